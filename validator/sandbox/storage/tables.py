"""The tables of an account: listed, made, removed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from werkzeug import Response

from validator.sandbox.storage import queries
from validator.sandbox.storage.account import Table
from validator.sandbox.storage.refusals import Refused, invalid_input, resource_not_found

if TYPE_CHECKING:
    from werkzeug import Request

    from validator.sandbox.storage.account import Row, StorageAccount

LENGTHS: Final = range(3, 64)
"""How long the name of a table may be."""

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*")


class Tables:
    """The list of an account's tables, which is a table itself."""

    def __init__(self, account: StorageAccount, address: str) -> None:
        self._account, self._address = account, address

    def find(self, request: Request) -> Response:
        """List the tables that a query asks for."""
        detail = queries.level(request)
        known = sorted(self._account.tables.items())
        rows = [{"TableName": name} for name, table in known if table.exists and not table.being_deleted]
        shown = [self._shown(row, detail) for row in queries.query(rows, request.args)]
        return queries.reply({**self._context(detail, "Tables"), "value": shown}, detail)

    def create(self, request: Request) -> Response:
        """Make a table."""
        detail = queries.level(request)
        name = _name(queries.body(request))
        known = self._account.table(name)
        if known and known[1].being_deleted:
            raise being_deleted()
        if known:
            raise Refused(409, "TableAlreadyExists", "The table specified already exists.")
        self._account.tables[name] = Table()
        headers = {"Location": f"{self._address}/{_path(name)}"}
        if queries.silent(request):
            return queries.applied(Response(status=204, headers=headers), "return-no-content")
        answer = self._one(name, detail, 201)
        answer.headers.extend(headers)
        return answer

    def read(self, request: Request, table: str) -> Response:
        """Give one table."""
        return self._one(self._known(table), queries.level(request))

    def delete(self, _: Request, table: str) -> Response:
        """Remove a table, at once; the real service takes a minute, in which nobody can make it anew."""
        del self._account.tables[self._known(table)]
        return Response(status=204)

    def _known(self, name: str) -> str:
        known = self._account.table(name)
        if known is None:
            raise resource_not_found()
        if known[1].being_deleted:
            raise being_deleted()
        return known[0]

    def _one(self, name: str, detail: str, status: int = 200) -> Response:
        row = self._shown({"TableName": name}, detail)
        return queries.reply({**self._context(detail, "Tables/@Element"), **row}, detail, status)

    def _context(self, detail: str, subject: str) -> dict[str, Any]:
        return queries.context(self._address, subject, detail)

    def _shown(self, row: Row, detail: str) -> Row:
        if detail != "fullmetadata":
            return row
        path = _path(row["TableName"])
        kind = f"{self._account.name}.Tables"
        return {"odata.type": kind, "odata.id": f"{self._address}/{path}", "odata.editLink": path, **row}


def being_deleted() -> Refused:
    """Refuse the use of a table that somebody has just removed."""
    return Refused(409, "TableBeingDeleted", "The specified table is being deleted.")


def _path(name: str) -> str:
    return f"Tables('{name}')"


def _name(sent: object) -> str:
    name = sent.get("TableName") if isinstance(sent, dict) else None
    if not isinstance(name, str):
        raise invalid_input()
    if not _NAME.fullmatch(name) or name.lower() == "tables":
        message = "The specifed resource name contains invalid characters."  # the service's own spelling
        raise Refused(400, "InvalidResourceName", message)
    if len(name) not in LENGTHS:
        message = "The specified resource name length is not within the permissible limits."
        raise Refused(400, "OutOfRangeInput", message)
    return name
