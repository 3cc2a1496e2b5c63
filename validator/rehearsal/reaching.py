"""Whose fault a missing answer is: the destination's, or that of the network of this run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.http import Reason
from validator.rehearsal import naming

if TYPE_CHECKING:
    from validator.http import Unreachable
    from validator.model import Finding
    from validator.rehearsal.climb import Climb

UNASKED: Final = frozenset({Reason.NOT_ALLOWED, Reason.PROXY, Reason.DEADLINE})
"""Reasons that a control would say nothing about."""

EVERYWHERE: Final = dict.fromkeys((18, 19, 20, 21, 62), "tls-inspected") | dict.fromkeys(
    (9, 10), "clock-wrong"
)
"""What OpenSSL's verification codes mean where the control's certificate has the same fault."""


def blamed(climb: Climb, failure: Unreachable, control: Unreachable | bool) -> Finding:  # noqa: FBT001 - as `control` gives it
    """Name a missing answer. `control`: whether Entra answered on the same way, or why it did not."""
    at_fault = climb.destination.blame.reasons
    if control is True and failure.reason in at_fault:
        return climb.finding(at_fault[failure.reason], observed=str(failure))
    if isinstance(control, bool) or not control.reason is failure.reason is Reason.TLS:
        return naming.unanswered(climb, failure)
    seen = f"{failure}; {control}"
    everywhere = EVERYWHERE.get(failure.verify_code or 0)
    if failure.tls_reason and failure.tls_reason == control.tls_reason:
        everywhere = "network-unavailable"  # something answers in the place of every server
    if everywhere and control.verify_code == failure.verify_code:
        return climb.finding(everywhere, observed=seen)
    return naming.untrusted(climb, failure, seen)
