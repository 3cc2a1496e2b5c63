"""The rows of one table: found, read, written, deleted. Nobody changes a row here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug import Response

from validator.sandbox.storage import queries, values
from validator.sandbox.storage.refusals import Refused, not_implemented, resource_not_found, stamp
from validator.sandbox.storage.tables import being_deleted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug import Request

    from validator.sandbox.storage.account import Row, StorageAccount, Table


class Rows:
    """The rows of any table of an account."""

    def __init__(self, account: StorageAccount, address: str) -> None:
        self._account, self._address = account, address

    def find(self, request: Request, table: str) -> Response:
        """Give the rows that a query asks for, in the order of their keys."""
        detail = queries.level(request)
        rows = sorted(self._table(table).rows, key=_keys)
        found = queries.query(rows, request.args)
        shown = [self._shown(table, row, detail, request.args) for row in found]
        return queries.reply({**queries.context(self._address, table, detail), "value": shown}, detail)

    def read(self, request: Request, table: str, partition: str, key: str) -> Response:
        """Give one row."""
        detail = queries.level(request)
        row = _find(self._table(table), (partition, key))
        return self._one(table, row, detail, request.args)

    def insert(self, request: Request, table: str) -> Response:
        """Write a new row."""
        detail = queries.level(request)
        rows = self._table(table).rows
        sent = values.read(queries.body(request))
        if any(_keys(row) == _keys(sent) for row in rows):
            raise Refused(409, "EntityAlreadyExists", "The specified entity already exists.")
        keys = {name: sent.pop(name) for name in values.KEYS}
        row = {**keys, "Timestamp": stamp(self._account.now()), **sent}
        if not self._account.rows_consumed:
            rows.append(row)
        where = f"{self._address}/{queries.path(table, row)}"
        if queries.silent(request):
            answer = queries.applied(Response(status=204), "return-no-content")
            answer.headers["DataServiceId"] = where
        else:
            answer = queries.applied(self._one(table, row, detail, {}, 201), "return-content")
        answer.headers.update({"ETag": queries.etag(row), "Location": where})
        return answer

    def delete(self, request: Request, table: str, partition: str, key: str) -> Response:
        """Delete one row: any state of it (`*`), or the one that its tag names."""
        wanted = request.headers.get("If-Match")
        if wanted is None:
            message = "An HTTP header that's mandatory for this request is not specified."
            raise Refused(400, "MissingRequiredHeader", message)
        found = self._table(table)
        row = _find(found, (partition, key))
        if wanted not in {"*", queries.etag(row)}:
            message = "The update condition specified in the request was not satisfied."
            raise Refused(412, "UpdateConditionNotSatisfied", message)
        found.rows.remove(row)
        return Response(status=204)

    def change(self, *_: object, **__: object) -> Response:
        """Refuse to replace or merge a row: the service can, and this emulator has no use for it."""
        raise not_implemented()

    def _table(self, name: str) -> Table:
        known = self._account.table(name)
        if known is None:
            raise Refused(404, "TableNotFound", "The table specified does not exist.")
        if known[1].being_deleted:
            raise being_deleted()
        return known[1]

    def _one(
        self, table: str, row: Row, detail: str, options: Mapping[str, str], status: int = 200
    ) -> Response:
        context = queries.context(self._address, f"{table}/@Element", detail)
        answer = queries.reply({**context, **self._shown(table, row, detail, options)}, detail, status)
        answer.headers["ETag"] = queries.etag(row)
        return answer

    def _shown(self, table: str, row: Row, detail: str, options: Mapping[str, str]) -> Row:
        """Give what was asked for of a row, with as much metadata as was accepted."""
        kept = queries.select(row, options)
        if detail == "nometadata":
            return {name: value for name, value in kept.items() if not name.endswith(values.TYPE)}
        if detail == "minimalmetadata":
            return {"odata.etag": queries.etag(row), **kept}
        path = queries.path(table, row)
        times = {f"Timestamp{values.TYPE}": "Edm.DateTime"} if "Timestamp" in kept else {}
        return {
            "odata.type": f"{self._account.name}.{table}",
            "odata.id": f"{self._address}/{path}",
            "odata.etag": queries.etag(row),
            "odata.editLink": path,
            **times,
            **kept,
        }


def _keys(row: Row) -> tuple[str, ...]:
    return tuple(row[name] for name in values.KEYS)


def _find(table: Table, keys: tuple[str, str]) -> Row:
    for row in table.rows:
        if _keys(row) == keys:
            return row
    raise resource_not_found()
