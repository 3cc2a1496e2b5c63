"""Stage *reach*: is there a Dynamics 365 instance at the configured address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.destinations.dynamics.dataverse import NotDynamics, Owner
from validator.destinations.dynamics.entra import Tenant, discover
from validator.http import Reason, Refused, Unreachable, settled
from validator.rehearsal import naming, together

if TYPE_CHECKING:
    from validator.destinations.dynamics.attempt import Attempt
    from validator.model import Finding

AT_FAULT: Final = {
    Reason.NAME: "instance-host-not-found",
    Reason.CONNECT: "instance-connection-refused",
    Reason.TIMEOUT: "instance-no-answer",
    Reason.CLOSED: "instance-closed-connection",
}
"""What a missing answer means while the rest of the network answers."""


EVERYWHERE: Final = dict.fromkeys((18, 19, 20, 21), "tls-inspected") | dict.fromkeys((9, 10), "clock-wrong")
"""What OpenSSL's verification codes mean where Entra's certificate has the same fault."""


def reach(attempt: Attempt) -> list[Finding]:
    """Ask the instance who owns it and, at the same time, Entra about the tenant.

    Entra's answer, whatever it is, is the control: the network is there, so the address is at fault.
    """

    def probe() -> Owner | NotDynamics | Refused | Unreachable:
        try:
            return settled(attempt.dataverse.probe)
        except NotDynamics as other:
            return other

    def tenant() -> None:
        login_host = attempt.instance.authority
        attempt.tenant = settled(lambda: discover(attempt.session, login_host, attempt.configured_tenant))

    answer, _ = together(probe, tenant)
    if isinstance(answer, Owner):
        attempt.owner = answer
        return []
    if isinstance(answer, NotDynamics):
        entry = "not-a-dynamics-instance" if _control(attempt) else "answer-not-understood"
        return [attempt.finding(entry, observed=f"{attempt.instance.host}: {answer}")]
    if isinstance(answer, Refused):
        raise answer
    return [_unanswered(attempt, answer)]


def _unanswered(attempt: Attempt, failure: Unreachable) -> Finding:
    control = attempt.tenant
    if isinstance(control, Unreachable) and control.reason is failure.reason is Reason.TLS:
        entry = (
            EVERYWHERE.get(failure.verify_code or 0) if control.verify_code == failure.verify_code else None
        )
        return attempt.finding(entry or naming.certificate(failure), observed=f"{failure}; {control}")
    if _control(attempt) and failure.reason in AT_FAULT:
        return attempt.finding(AT_FAULT[failure.reason], observed=str(failure))
    return naming.unanswered(attempt.climb, failure)


def _control(attempt: Attempt) -> bool:
    """Whether Entra answered as Entra does, on the same way: what answers in its place is no control."""
    ways = {
        attempt.session.route(f"https://{host}/")
        for host in (attempt.instance.host, attempt.instance.authority)
    }
    if len(ways) > 1:
        return False
    return isinstance(attempt.tenant, Tenant) or (isinstance(attempt.tenant, Refused) and attempt.tenant.own)
