"""Stage *reach*: is there a Dynamics 365 instance at the configured address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.destinations.dynamics.dataverse import NotDynamics, Owner
from validator.destinations.dynamics.entra import Tenant, discover, library
from validator.http import Refused, Unreachable, settled
from validator.http.control import same_way
from validator.rehearsal import together
from validator.rehearsal.reaching import blamed

if TYPE_CHECKING:
    from validator.destinations.dynamics.attempt import Attempt
    from validator.model import Finding


def reach(attempt: Attempt) -> list[Finding]:
    """Ask the instance who owns it and, at the same time, Entra about the tenant.

    Entra's answer, whatever it is, is the control: the network is there, so the address is at fault.
    Meanwhile the library for the sign-in is loaded, which takes as long as an answer.
    """

    def probe() -> Owner | NotDynamics | Refused | Unreachable:
        try:
            return settled(lambda: attempt.climb.shared(attempt.instance.url, attempt.dataverse.probe))
        except NotDynamics as other:
            return other

    def tenant() -> None:
        attempt.tenant = settled(lambda: discovered(attempt, attempt.instance.authority))

    answer, *_ = together(probe, tenant, library)
    if isinstance(answer, Owner):
        attempt.owner = answer
        return []
    if isinstance(answer, NotDynamics):
        entry = "not-a-dynamics-instance" if _control(attempt) else "answer-not-understood"
        return [attempt.finding(entry, observed=f"{attempt.instance.host}: {answer}")]
    if isinstance(answer, Refused):
        raise answer
    control = attempt.tenant if isinstance(attempt.tenant, Unreachable) else _control(attempt)
    return [blamed(attempt.climb, answer, control)]


def discovered(attempt: Attempt, login_host: str) -> Tenant:
    """Look the configured tenant up at a sign-in host."""
    asked = login_host, attempt.configured_tenant
    return attempt.climb.shared(asked, lambda: discover(attempt.session, *asked))


def _control(attempt: Attempt) -> bool:
    """Whether Entra answered as Entra does, on the same way: what answers in its place is no control."""
    if not same_way(attempt.session, attempt.instance.host, attempt.instance.authority):
        return False
    return isinstance(attempt.tenant, Tenant) or (isinstance(attempt.tenant, Refused) and attempt.tenant.own)
