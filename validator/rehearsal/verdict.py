"""What was proven. Never more than was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.model import Delivery, Finding, Outcome, Severity, Status, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.rehearsal.climb import Climb

DELIVERED: Final = {Delivery.CONFIRMED: Verdict.READY, Delivery.ACCEPTED: Verdict.ACCEPTED}

PROMISING: Final = {Verdict.READY, Verdict.ACCEPTED, Verdict.PERMITTED}
"""After these a publisher would press Publish, and should know what nobody could prove."""

UNKNOWN: Final = {Status.INCONCLUSIVE, Status.CRASHED}


def verdict(climb: Climb, outcomes: Sequence[Outcome], findings: Sequence[Finding]) -> Verdict:
    """Give the first verdict that applies, in the order of the contract."""
    if any(found.severity is Severity.ERROR and not found.suppressed for found in findings):
        return Verdict.NOT_READY
    if any(outcome.status in UNKNOWN for outcome in outcomes) or climb.ended:
        return Verdict.UNPROVEN
    if climb.destination.nothing_to_check:
        return Verdict.NOTHING_TO_CHECK
    options = climb.run.options
    if options.offline:
        return Verdict.SETTINGS_OK
    if not options.test_lead:
        return Verdict.PERMITTED
    return DELIVERED.get(climb.test_lead.outcome, Verdict.UNPROVEN) if climb.test_lead else Verdict.UNPROVEN
