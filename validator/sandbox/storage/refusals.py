"""How the table service words a refusal: OData's JSON where that is accepted, its old XML elsewhere."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from werkzeug import Response

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

JSON: Final = "application/json"

_XML: Final = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<m:error xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">'
    '<m:code>{code}</m:code><m:message xml:lang="en-US">{message}</m:message></m:error>'
)


class Refused(Exception):
    """The service says no."""

    def __init__(
        self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.message = status, code, message
        self.headers = dict(headers or {})

    def response(self, request_id: str, moment: datetime, *, as_json: bool) -> Response:
        """Word it as the service does; the message ends with what support would ask for."""
        message = f"{self.message}\nRequestId:{request_id}\nTime:{stamp(moment)}"
        if as_json:
            said = {"code": self.code, "message": {"lang": "en-US", "value": message}}
            body, kind = json.dumps({"odata.error": said}), JSON
        else:
            body, kind = _XML.format(code=self.code, message=escape(message)), "application/xml"
        return Response(body, self.status, headers=self.headers, content_type=kind)


def stamp(moment: datetime) -> str:
    """Print a time as the service does: UTC, seven decimals."""
    return f"{moment:%Y-%m-%dT%H:%M:%S.%f}0Z"


def at_the_door(status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> Refused:
    """Refuse before any table is looked at: only such refusals repeat their code in a header."""
    return Refused(status, code, message, {"x-ms-error-code": code, **(headers or {})})


def invalid_input() -> Refused:
    """Refuse what makes no sense, without saying why: the service does not either."""
    return Refused(400, "InvalidInput", "One of the request inputs is not valid.")


def out_of_range(name: str, value: str) -> Refused:
    """Refuse a value that is too long, or that a key may not hold."""
    return Refused(400, "OutOfRangeInput", f"The '{name}' parameter of value '{value}' is out of range.")


def not_implemented() -> Refused:
    """Refuse what the service, or this emulator of it, does not do."""
    message = "The requested operation is not implemented on the specified resource."
    return Refused(501, "NotImplemented", message)


def method_not_allowed() -> Refused:
    """Refuse a method that means nothing here."""
    message = "The requested method is not allowed on the specified resource."
    return Refused(405, "MethodNotAllowed", message)


def resource_not_found() -> Refused:
    """Say that there is no such row, or nothing else at this path."""
    return Refused(404, "ResourceNotFound", "The specified resource does not exist.")
