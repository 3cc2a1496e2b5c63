"""What one climb towards an organisation knows: whose leads they are, and whether anybody may look there."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from validator.destinations.salesforce import evidence
from validator.destinations.salesforce.rest import Organization
from validator.destinations.salesforce.settings import API, FIELD, domain

if TYPE_CHECKING:
    from validator.destinations.salesforce.delivery import Leads
    from validator.destinations.salesforce.evidence import Evidence
    from validator.rehearsal import Climb

NO_CLIENT: Final = "no API client of the organisation is configured (leadcheck.salesforce.api)"
NOT_IN: Final = "the API client is not signed in"
NO_LEADS: Final = "the API client's user may not read leads"
NO_EMAIL: Final = "the API client's user may not see the e-mail of leads"


class Attempt:
    """The organisation of one configuration.

    `closed`: why its API cannot be asked for leads; None as soon as it can.
    """

    leads: Leads
    """What Web-to-Lead takes, and what the API shows of it, from the test lead on."""
    signed_in = False
    """Whether a token proved that the organisation is the configured one."""
    described = False
    """Whether the API has shown what the organisation asks of a lead."""

    def __init__(self, climb: Climb) -> None:
        self.climb = climb
        self.session = climb.session
        self.identifier = climb.configuration.text(FIELD).strip()
        self.configured = isinstance(climb.configuration.get(API), dict)
        self.closed: str | None = NOT_IN if self.configured else NO_CLIENT
        host = domain.host(climb.configuration.text(f"{API}/domain"))
        self.organization = Organization(climb.session, host)

    @cached_property
    def evidence(self) -> Evidence:
        """Give what the files beside the configuration told."""
        return evidence.gather(self.climb.configuration)
