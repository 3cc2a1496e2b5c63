"""Stage *reach*: Web-to-Lead is there. It is Salesforce's own, so nothing here is the publisher's fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.destinations.salesforce.web_to_lead import URL
from validator.http import Unreachable
from validator.http.control import control
from validator.rehearsal.reaching import UNASKED, blamed

if TYPE_CHECKING:
    from validator.destinations.salesforce.attempt import Attempt
    from validator.model import Finding

LOGIN_HOST: Final = "login.microsoftonline.com"


def reach(attempt: Attempt) -> list[Finding]:
    """Connect to Web-to-Lead, and send nothing. Entra is the control where no connection comes about."""
    try:
        attempt.session.connect(URL)
    except Unreachable as failure:
        if failure.reason in UNASKED:
            raise
        known = control(attempt.session, failure.host, LOGIN_HOST)
        return [blamed(attempt.climb, failure, known)]
    return []
