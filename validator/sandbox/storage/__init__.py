"""Azure Storage: an account's tables, at https://{account}.table.core.windows.net, and its blob host.

Only the part of a table service that leads need: no batches, no shared access signatures, no changes of rows.
"""

from __future__ import annotations

from email.utils import format_datetime
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from werkzeug import Request, Response
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import BaseConverter, Map, Rule

from validator.sandbox.storage.blobs import Blobs
from validator.sandbox.storage.door import enter
from validator.sandbox.storage.refusals import (
    JSON,
    Refused,
    method_not_allowed,
    not_implemented,
    resource_not_found,
)
from validator.sandbox.storage.rows import Rows
from validator.sandbox.storage.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from validator.sandbox.storage.account import StorageAccount

__all__ = ["Blobs", "TableService"]


class Key(BaseConverter):
    """A key in a path, quotes doubled; it may be empty."""

    regex = "(?:[^']|'')*"

    def to_python(self, value: str) -> str:
        """Take the doubling away."""
        return value.replace("''", "'")


class Name(BaseConverter):
    """What may be the name of a table."""

    regex = "[^'()/]+"
    part_isolating = True


NO_CONTENT: Final = 204

_ROW: Final = "/<name:table>(PartitionKey='<key:partition>',RowKey='<key:key>')"
_MAP: Final = Map(
    [
        Rule("/Tables", endpoint="tables.find", methods=["GET"]),
        Rule("/Tables()", endpoint="tables.find", methods=["GET"]),
        Rule("/Tables", endpoint="tables.create", methods=["POST"]),
        Rule("/Tables('<key:table>')", endpoint="tables.read", methods=["GET"]),
        Rule("/Tables('<key:table>')", endpoint="tables.delete", methods=["DELETE"]),
        Rule("/<name:table>", endpoint="rows.find", methods=["GET"]),
        Rule("/<name:table>()", endpoint="rows.find", methods=["GET"]),
        Rule("/<name:table>", endpoint="rows.insert", methods=["POST"]),
        Rule(_ROW, endpoint="rows.read", methods=["GET"]),
        Rule(_ROW, endpoint="rows.delete", methods=["DELETE"]),
        Rule(_ROW, endpoint="rows.change", methods=["PUT", "PATCH"]),
    ],
    converters={"key": Key, "name": Name},
    strict_slashes=False,
)


class TableService:
    """The WSGI application of one account's table host."""

    def __init__(self, account: StorageAccount) -> None:
        self._account = account

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer one request, and sign the answer as the service does."""
        request, request_id, moment = Request(environ), str(uuid4()), self._account.now()
        try:
            enter(request, self._account)
            answer = self._answer(request)
        except Refused as refused:
            as_json = JSON in request.headers.get("Accept", "")
            answer = refused.response(request_id, moment, as_json=as_json)
        answer.headers.extend(
            {
                "Date": format_datetime(moment, usegmt=True),
                "Server": "Windows-Azure-Table/1.0 Microsoft-HTTPAPI/2.0",
                "Cache-Control": "no-cache",
                "X-Content-Type-Options": "nosniff",
                "x-ms-request-id": request_id,
                "x-ms-version": request.headers.get("x-ms-version", self._account.newest_version),
            }
        )
        return answer(environ, start)

    def _answer(self, request: Request) -> Response:
        if "comp" in request.args:  # properties and statistics of the service, policies of a table
            raise not_implemented()
        try:
            endpoint, asked = _MAP.bind_to_environ(request.environ).match()
        except MethodNotAllowed:
            raise method_not_allowed() from None
        except HTTPException:
            raise resource_not_found() from None
        subject, _, action = endpoint.partition(".")
        place = {"tables": Tables, "rows": Rows}[subject](self._account, f"https://{request.host}")
        answer: Response = getattr(place, action)(request, **asked)
        if answer.status_code == NO_CONTENT:
            del answer.headers["Content-Type"]
        return answer
