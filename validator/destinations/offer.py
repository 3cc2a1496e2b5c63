"""Whether an offer can go without a lead destination.

Source: Microsoft's lead management pages of 2018 to 2022 list the kinds of offers that had to have one; since
July 2022 it is optional for all, because every lead is kept in the Referrals workspace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from validator.model import Severity, Stage

if TYPE_CHECKING:
    from validator.config import Configuration
    from validator.model import Finding

TYPE: Final = "/leadcheck/offer/type"
LISTING: Final = "/leadcheck/offer/listing"

STRICT: Final = "2019"
"""The policy under which it is an error."""


class Kind(NamedTuple):
    """A kind of offer that had to have a destination: by its type, by what its page offers, or by both."""

    name: str
    type: str | None = None
    listing: str | None = None


KINDS: Final = (
    Kind("an offer of software as a service with Contact me", "softwareAsAService", "contactMe"),
    Kind("a consulting service", "consultingService"),
    Kind("a Dynamics 365 app with Contact me", "dynamics365ForCustomerEngagement", "contactMe"),
    Kind("a Dynamics 365 operations app", "dynamics365ForOperations"),
    Kind("a Dynamics 365 Business Central app", "dynamics365BusinessCentral"),
    Kind("an offer with a test drive", listing="testDrive"),
)


def need(configuration: Configuration, policy: str) -> list[Finding]:
    """Say whether an offer like this one had to have a destination, and has none that takes leads."""
    kind, listing = configuration.text(TYPE), configuration.text(LISTING)
    for one in KINDS:
        if one.type in {None, kind} and one.listing in {None, listing}:
            observed = f"leadDestination is {configuration.destination}, for {one.name}"
            severity = Severity.ERROR if policy == STRICT else None
            found = configuration.finding(
                "destination-needed", Stage.SETTINGS, observed=observed, severity=severity
            )
            return [found]
    return []
