"""Stage *reach*: the name leads to the public internet, somebody is there, and TLS holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from validator.destinations.https_endpoint.refusals import URL_GONE
from validator.http import Reason, Unreachable
from validator.http.addresses import local
from validator.http.control import control
from validator.rehearsal.reaching import UNASKED, blamed

if TYPE_CHECKING:
    from validator.destinations.https_endpoint.attempt import Attempt
    from validator.http.wire import Handshake
    from validator.model import Finding

NEAR: Final = timedelta(days=30)
"""Before its end, from which a certificate is worth a warning: what renews itself does so earlier."""

LOGIN_HOST: Final = "login.microsoftonline.com"


def reach(attempt: Attempt) -> list[Finding]:
    """Connect, and look at the certificate. Entra is asked only where nobody answers, as the control."""
    if attempt.at_home:
        return [attempt.climb.finding("endpoint-host-private", observed=attempt.at_home)]
    try:
        return _expiring(attempt, attempt.session.connect(attempt.url))
    except Unreachable as failure:
        if failure.reason in UNASKED:
            raise
        return [_blamed(attempt, failure)]


def _blamed(attempt: Attempt, failure: Unreachable) -> Finding:
    known = True if local(failure.host) else control(attempt.session, failure.host, LOGIN_HOST)
    if known is True and failure.reason is Reason.NAME and attempt.once_a_flow:
        return attempt.climb.finding(URL_GONE, observed=str(failure))
    return blamed(attempt.climb, failure, known)


def _expiring(attempt: Attempt, shown: Handshake) -> list[Finding]:
    left = shown.expires - datetime.now(UTC)
    if left >= NEAR:
        return []
    seen = f"it holds until {shown.expires:%Y-%m-%d}, {left.days} day{'' if left.days == 1 else 's'} from now"
    return [attempt.climb.finding("endpoint-certificate-expiring", observed=seen)]
