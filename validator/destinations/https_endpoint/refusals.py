"""From an endpoint's refusal to the entry that names it: by its code where it has one, else by its status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from validator import catalogue
from validator.destinations.https_endpoint.settings.kinds import TRIGGERS, Kind
from validator.http.hosts import SIGN_IN
from validator.rehearsal import naming

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.destinations.https_endpoint.attempt import Answer, Attempt
    from validator.http import Refused
    from validator.model import Finding

REDIRECTS: Final = range(300, 400)
UNAUTHORIZED: Final = 401
SERVER_ERROR: Final = 500

ANY: Final[Mapping[int, str]] = {
    401: "endpoint-login-required",
    404: "endpoint-path-not-found",
    405: "endpoint-method-refused",
    407: "proxy-failed",
    408: "service-unavailable",
    410: "endpoint-path-not-found",
    415: "endpoint-media-type-refused",
    421: "service-unavailable",
    425: "service-unavailable",
    429: "service-throttled",
    503: "service-unavailable",
    504: "endpoint-response-too-late",
    511: "network-unavailable",
}
"""What a status means from a receiver of which nothing more is known."""

TRIGGER: Final[Mapping[int, str]] = {
    401: "endpoint-signature-rejected",
    403: "endpoint-signature-rejected",
    404: "endpoint-workflow-not-found",
    410: "endpoint-workflow-not-found",
}

BY_KIND: Final[Mapping[Kind, Mapping[int, str]]] = {
    Kind.POWER_AUTOMATE: TRIGGER,
    Kind.LOGIC_APP: TRIGGER,
    Kind.LOGIC_APP_STANDARD: TRIGGER,
    Kind.FUNCTION: {
        401: "endpoint-function-key-rejected",
        404: "endpoint-function-not-found",
    },
}
"""What it means from a receiver that its address gives away, unless it says more itself."""

STOPPED: Final = "web app is stopped"
"""What App Service says in the place of an app that does not run."""

URL_GONE: Final = "endpoint-flow-url-gone"

GONE: Final = frozenset({404, 410})
"""How an address that stopped in 2025 answers is not published; these say that nothing is there."""

GENERIC: Final = "endpoint-lead-refused"


def finding(attempt: Attempt, answer: Answer, refused: Refused) -> Finding:
    """Report a refusal with the endpoint's own words."""
    return attempt.climb.finding(
        entry(attempt, answer, refused),
        observed=observed(answer, refused),
        codes=refused.codes,
        trace=refused.trace,
    )


def entry(attempt: Attempt, answer: Answer, refused: Refused) -> str:
    """Name a refusal."""
    status = answer.status
    if status in REDIRECTS:
        return "endpoint-login-required" if _target(answer) in SIGN_IN else "endpoint-redirects"
    if status >= SERVER_ERROR:
        return ANY.get(status, "endpoint-receiver-failed")
    if named := _by_code(attempt, refused):
        return named
    if status == UNAUTHORIZED and "bearer" in answer.headers.get("WWW-Authenticate", "").lower():
        return "endpoint-login-required"
    return _by_kind(attempt, answer, refused) or ANY.get(status, GENERIC)


def _by_code(attempt: Attempt, refused: Refused) -> str | None:
    """Name it by the service's code, if the code means something where leads are posted."""
    named = naming.entry_for(refused, attempt.name, GENERIC) if refused.codes else GENERIC
    known = named != GENERIC and attempt.name in catalogue.lookup(named).destinations
    return named if known else None


def _by_kind(attempt: Attempt, answer: Answer, refused: Refused) -> str | None:
    """Name what the host of such a receiver means, where the receiver itself says nothing.

    A trigger speaks in codes; how it words a wrong signature is not published.
    """
    if bool(refused.codes) if attempt.kind in TRIGGERS else answer.spoken:
        return GENERIC if answer.status == UNAUTHORIZED else None
    if attempt.once_a_flow and answer.status in GONE:
        return URL_GONE
    if STOPPED in refused.message.lower():
        return "endpoint-function-stopped"
    return BY_KIND.get(attempt.kind, {}).get(answer.status)


def observed(answer: Answer, refused: Refused) -> str:
    """Tell what the endpoint said; of a redirect only the host, as the rest of its address may hold a key."""
    if answer.status not in REDIRECTS:
        return naming.observed(refused)
    return f"HTTP {answer.status}, a redirect to {_target(answer) or 'no other host'}"


def _target(answer: Answer) -> str:
    """Give the host that a redirect leads to."""
    try:
        return urlsplit(answer.headers.get("Location", "")).hostname or ""
    except ValueError:
        return ""
