"""Stages *reach* and *sign-in*: the account has a table service, and the key opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.destinations.azure_table.tables import skew
from validator.http import Reason, Refused, Unreachable, settled
from validator.http.control import control
from validator.rehearsal import naming, together
from validator.rehearsal.reaching import UNASKED, blamed

if TYPE_CHECKING:
    from validator.destinations.azure_table.attempt import Attempt
    from validator.model import Finding

PUBLIC: Final = "login.microsoftonline.com"

LOGIN_HOSTS: Final = {
    "core.chinacloudapi.cn": "login.partner.microsoftonline.cn",
    "core.usgovcloudapi.net": "login.microsoftonline.us",
}
"""Where the other clouds sign in: the control is asked in the account's own."""

SKEW: Final = 15 * 60
"""Seconds by which a signature's time may be off before the service refuses it."""

WRONG_KEY: Final = "account-key-wrong"


def reach(attempt: Attempt) -> list[Finding]:
    """Connect to the account's table service. Where it has no name, the account's blobs tell why."""
    try:
        attempt.session.connect(attempt.service.base)
    except Unreachable as failure:
        if failure.reason in UNASKED:
            raise
        return [_blamed(attempt, failure)]
    return []


def _blamed(attempt: Attempt, failure: Unreachable) -> Finding:
    host = attempt.account.host
    known, blobs = together(
        lambda: control(attempt.session, host, LOGIN_HOSTS.get(attempt.account.suffix, PUBLIC)),
        lambda: _blobs(attempt) if failure.reason is Reason.NAME else failure,
    )
    if known is True and _named(blobs) and failure.reason is Reason.NAME:
        seen = f"{host} has no name, {attempt.account.blob_host} has one"
        return attempt.climb.finding("storage-account-without-tables", observed=seen)
    return blamed(attempt.climb, failure, known)


def _blobs(attempt: Attempt) -> object:
    return settled(lambda: attempt.session.connect(f"https://{attempt.account.blob_host}/"))


def _named(answer: object) -> bool:
    """Whether a host has a name, whatever else is the matter with it."""
    return not isinstance(answer, Unreachable) or answer.reason is not Reason.NAME


def sign_in(attempt: Attempt) -> list[Finding]:
    """List the tables, which needs the key and writes nothing."""
    try:
        attempt.tables = attempt.service.names()
    except Refused as refused:
        entry = naming.entry_for(refused, attempt.climb.destination.name, "")
        ahead = skew(refused.trace.timestamp) if refused.trace else 0.0
        if entry != WRONG_KEY or abs(ahead) < SKEW:
            raise
        return [_skewed(attempt, refused, ahead)]
    return []


def _skewed(attempt: Attempt, refused: Refused, ahead: float) -> Finding:
    """Blame the clocks: a signature of another hour is refused in the words for a wrong one."""
    off = f"{abs(ahead) / 60:.0f} minutes {'behind' if ahead > 0 else 'ahead of'} the service's"
    seen = f"this machine's clock is {off}; {naming.observed(refused)}"
    return attempt.climb.finding(
        "storage-clock-skewed", observed=seen, codes=refused.codes, trace=refused.trace
    )
