"""How Marketo words what it does: one envelope, with HTTP 200 whatever becomes of a request.

Only the sign-in answers as OAuth does. Source: Adobe's page of error codes.
"""

from __future__ import annotations

import json
from secrets import token_hex
from typing import Final

from werkzeug import Response

_JSON: Final = "application/json;charset=UTF-8"

WORDS: Final = {
    "502": "Bad Gateway",
    "601": "Access token invalid",
    "602": "Access token expired",
    "603": "Access denied",
    "604": "Request timed out",
    "607": "Daily quota reached",
    "608": "API Temporarily Unavailable",
    "609": "Invalid JSON",
    "610": "Requested resource not found",
    "611": "System error",
    "612": "Invalid Content Type",
    "614": "Invalid Subscription",
    "615": "Concurrent access limit reached",
    "713": "Transient Error",
    "1004": "Lead not found",
    "1007": "Multiple lead match lookup criteria",
    "1013": "Object not found",
}
"""The codes whose words never differ."""


class Refused(Exception):
    """The service says no, with this body."""

    def __init__(self, body: object, status: int = 200) -> None:
        super().__init__(status)
        self.status, self.body = status, body


class Skipped(Exception):
    """One person of a request is left out, for this reason."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(code)
        self.reason = {"code": code, "message": message or WORDS[code]}


def reply(body: object, status: int = 200) -> Response:
    """Answer with JSON."""
    return Response(json.dumps(body), status, content_type=_JSON)


def result(*things: object) -> Response:
    """Answer a request of the API."""
    return reply({"requestId": _request(), "result": things, "success": True})


def assets(*things: object) -> Response:
    """Answer a request for assets, which has an envelope of its own: no result is no key."""
    said = {"success": True, "errors": [], "requestId": _request()}
    if not things:
        return reply({**said, "warnings": ["No assets found for the given search criteria."]})
    return reply({**said, "warnings": [], "result": things})


def error(code: str, message: str = "") -> Refused:
    """Refuse a request of the API."""
    errors = [{"code": code, "message": message or WORDS[code]}]
    return Refused({"requestId": _request(), "success": False, "errors": errors})


def oauth(name: str, description: str) -> Refused:
    """Refuse a sign-in."""
    return Refused({"error": name, "error_description": description}, 401)


def _request() -> str:
    return f"{token_hex(2)}#{token_hex(5)}"
