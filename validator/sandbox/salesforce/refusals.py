"""How Salesforce words a refusal: OAuth's object at the sign-in, a list of errors everywhere else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from werkzeug import Response

if TYPE_CHECKING:
    from collections.abc import Mapping

_JSON: Final = "application/json;charset=UTF-8"


class Refused(Exception):
    """The service says no, with this body."""

    def __init__(self, status: int, body: object) -> None:
        super().__init__(status)
        self.status, self.body = status, body


def reply(body: object, status: int = 200) -> Response:
    """Answer with JSON."""
    return Response(json.dumps(body), status, content_type=_JSON)


def oauth(error: str, description: str) -> Refused:
    """Refuse a sign-in."""
    return Refused(400, {"error": error, "error_description": description})


def error(status: int, code: str, message: str, **more: object) -> Refused:
    """Refuse a request of the API."""
    return Refused(status, [{"message": message, "errorCode": code, **more}])


def not_found() -> Refused:
    """Say that nothing stands at a path, or that this user may not know of it."""
    return error(404, "NOT_FOUND", "The requested resource does not exist")


def session_ended() -> Refused:
    """Refuse a token that is none, or is none any more."""
    return error(401, "INVALID_SESSION_ID", "Session expired or invalid")


def unsupported(name: str) -> Refused:
    """Refuse a query over an object that this user does not see."""
    return error(400, "INVALID_TYPE", f"sObject type '{name}' is not supported.")


def no_such_column(name: str) -> Refused:
    """Refuse a query over a field that does not exist, or that this user does not see."""
    message = (
        f"No such column '{name}' on entity 'Lead'. If you are attempting to use a custom field, be sure to "
        "append the '__c' after the custom field name."
    )
    return error(400, "INVALID_FIELD", message)


def malformed(text: str) -> Refused:
    """Refuse a query that cannot be read."""
    return error(400, "MALFORMED_QUERY", f"unexpected token: '{text}'")


def attributes(identifier: str, version: str) -> Mapping[str, str]:
    """Say what a record is, and where."""
    return {"type": "Lead", "url": f"/services/data/{version}/sobjects/Lead/{identifier}"}
