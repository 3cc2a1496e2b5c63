"""Whose fault a missing answer is: the destination's, or that of the network of this run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.http import Reason, Unreachable
from validator.http.control import control
from validator.rehearsal import naming

if TYPE_CHECKING:
    from validator.model import Finding
    from validator.rehearsal.climb import Climb

UNASKED: Final = frozenset({Reason.NOT_ALLOWED, Reason.PROXY, Reason.DEADLINE})
"""Reasons that a control would say nothing about."""

EVERYWHERE: Final = dict.fromkeys((18, 19, 20, 21, 62), "tls-inspected") | dict.fromkeys(
    (9, 10), "clock-wrong"
)
"""What OpenSSL's verification codes mean where the control's certificate has the same fault."""


LOGIN_HOST: Final = "login.microsoftonline.com"
"""The control: Entra, which is there for everybody who has a network."""


def connect(climb: Climb, url: str) -> list[Finding]:
    """Connect, and send nothing. Entra is the control where no connection comes about."""
    try:
        climb.session.connect(url)
    except Unreachable as failure:
        if failure.reason in UNASKED:
            raise
        return [blamed(climb, failure, control(climb.session, failure.host, LOGIN_HOST))]
    return []


def blamed(climb: Climb, failure: Unreachable, known: Unreachable | bool) -> Finding:  # noqa: FBT001 - as `control` gives it
    """Name a missing answer. `known`: whether Entra answered on the same way, or why it did not."""
    at_fault = climb.destination.blame.reasons
    if known is True and failure.reason in at_fault:
        return climb.finding(at_fault[failure.reason], observed=str(failure))
    if isinstance(known, bool) or not known.reason is failure.reason is Reason.TLS:
        return naming.unanswered(climb, failure)
    seen = f"{failure}; {known}"
    everywhere = EVERYWHERE.get(failure.verify_code or 0)
    if failure.tls_reason and failure.tls_reason == known.tls_reason:
        everywhere = "network-unavailable"  # something answers in the place of every server
    if everywhere and known.verify_code == failure.verify_code:
        return climb.finding(everywhere, observed=seen)
    return naming.untrusted(climb, failure, seen)
