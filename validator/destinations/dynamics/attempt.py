"""What one climb to one instance has learned so far: each rung adds to it, the next ones use it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from validator.destinations.dynamics.dataverse import Dataverse, Owner
from validator.destinations.dynamics.settings.instance import Instance, instance
from validator.rehearsal import naming

if TYPE_CHECKING:
    from validator.destinations.dynamics.delivery import Leads
    from validator.destinations.dynamics.entra import Tenant
    from validator.http import Refused, Unreachable
    from validator.model import Finding
    from validator.rehearsal import Climb

BLOCK: Final = "/dynamicsLeadConfiguration/"

NOWHERE: Final = Instance(host="", url="https://", origin="", authority="", region_known=False)
"""Where a text leads that is no address, if the publisher ignores that finding: nothing is sent there."""


class Attempt:
    """The settings of one configuration, the instance they name, and who we are there."""

    tenant: Tenant | Refused | Unreachable
    """What Entra says of the configured tenant; asked beside the instance, judged later."""
    owner: Owner
    user: str
    """GUID of our own user in the instance (`systemuserid`)."""
    leads: Leads
    """The instance's leads, from the test lead on."""

    def __init__(self, climb: Climb) -> None:
        self.climb = climb
        self.session = climb.session
        self.instance = instance(self.setting("instanceUrl")) or NOWHERE
        hosts = frozenset(
            {self.instance.url.removeprefix("https://"), self.instance.origin.removeprefix("https://")}
        )
        self.dataverse = Dataverse(self.session, self.instance.url, hosts)

    def setting(self, key: str) -> str:
        """Give a value of the Dynamics block, a credential's included, without white space around it."""
        return self.climb.configuration.text(BLOCK + key).strip()

    @property
    def application(self) -> bool:
        """Whether an Entra application signs in; otherwise an Office 365 user does."""
        return self.setting("authentication") != "office365"

    @property
    def configured_tenant(self) -> str:
        """Give the tenant to sign in to: its GUID or domain, or the domain of the user."""
        return (
            self.setting("directoryId") if self.application else self.setting("username").rpartition("@")[2]
        )

    @property
    def scope(self) -> str:
        """Give the scope of a token for the instance."""
        return f"{self.instance.origin}/.default"

    def finding(self, entry: str, **details: Any) -> Finding:  # noqa: ANN401 - as Configuration.finding takes them
        """Report a catalogue entry from the check at hand."""
        return self.climb.finding(entry, **details)

    def refused(self, entry: str, refusal: Refused) -> Finding:
        """Report a catalogue entry with the service's own words."""
        return naming.refused(self.climb, entry, refusal)
