"""Stage *reach*: the account's API is there, at the host that the Munchkin ID names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.http import Unreachable
from validator.http.control import control
from validator.rehearsal.reaching import UNASKED, blamed

if TYPE_CHECKING:
    from validator.destinations.marketo.attempt import Attempt
    from validator.model import Finding

LOGIN_HOST: Final = "login.microsoftonline.com"


def reach(attempt: Attempt) -> list[Finding]:
    """Connect, and send nothing. Entra is the control where no connection comes about."""
    try:
        attempt.session.connect(attempt.account.url)
    except Unreachable as failure:
        if failure.reason in UNASKED:
            raise
        known = control(attempt.session, failure.host, LOGIN_HOST)
        return [blamed(attempt.climb, failure, known)]
    return []
