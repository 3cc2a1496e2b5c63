"""What a query asks for ($filter, $select, $top), and how much about it the answer shall tell."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from werkzeug import Response

from validator.sandbox.storage.conditions import condition
from validator.sandbox.storage.refusals import JSON, Refused, invalid_input, not_implemented
from validator.sandbox.storage.values import KEYS, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from werkzeug import Request

    from validator.sandbox.storage.account import Row

MOST: Final = 1000
"""Rows that one answer holds. The real service says where the rest begins; no table here has so many."""

_OPTIONS: Final = {"$filter", "$select", "$top", "$format"}
_LEVELS: Final = ("nometadata", "minimalmetadata", "fullmetadata")


def level(request: Request) -> str:
    """Say how much metadata a request accepts. Without JSON it asks for Atom, which is spoken no more."""
    accepted = request.args.get("$format", request.headers.get("Accept", "")).replace(" ", "")
    if JSON not in accepted:
        raise Refused(415, "AtomFormatNotSupported", "Atom format is not supported.")
    asked = (name for name in _LEVELS if f"odata={name}" in accepted)
    return next(asked, "minimalmetadata")


def query(rows: Iterable[Row], options: Mapping[str, str]) -> list[Row]:
    """Find rows. Options that tables do not know are refused."""
    if any(name.startswith("$") and name not in _OPTIONS for name in options):
        raise not_implemented()
    found = list(rows)
    if "$filter" in options:
        holds = condition(options["$filter"])
        found = [row for row in found if holds(row)]
    return found[: _most(options.get("$top", str(MOST)))]


def select(row: Row, options: Mapping[str, str]) -> Row:
    """Keep the properties that were asked for, null where the row has none; all when none were named."""
    wanted = [name.strip() for name in options.get("$select", "*").split(",")]
    if "*" in wanted:
        return row
    kept: Row = {}
    for name in wanted:
        kept |= {name + TYPE: row[name + TYPE]} if name + TYPE in row else {}
        kept[name] = row.get(name)
    return kept


def _most(text: str) -> int:
    if not text.isdecimal() or int(text) > MOST:
        raise invalid_input()
    return int(text)


def path(table: str, row: Row) -> str:
    """Give the path of a row."""
    partition, key = (quote(row[name].replace("'", "''"), safe="'") for name in KEYS)
    return f"{table}(PartitionKey='{partition}',RowKey='{key}')"


def etag(row: Row) -> str:
    """Give the tag of a row's state: the time of its last change."""
    return f"W/\"datetime'{quote(row['Timestamp'], safe='')}'\""


def reply(body: Mapping[str, Any], detail: str, status: int = 200) -> Response:
    """Answer with JSON, and say how much metadata is in it."""
    kind = f"{JSON};odata={detail};streaming=true;charset=utf-8"
    return Response(json.dumps(body, ensure_ascii=False), status, content_type=kind)


def context(address: str, subject: str, detail: str) -> dict[str, Any]:
    """Say what an answer is about, where the client accepts to be told."""
    return {} if detail == "nometadata" else {"odata.metadata": f"{address}/$metadata#{subject}"}


def body(request: Request) -> object:
    """Read the JSON of a request, all of which has to be text that UTF-8 can carry."""
    try:
        read: object = json.loads(request.get_data())
        json.dumps(read, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise invalid_input() from None
    return read


def silent(request: Request) -> bool:
    """Whether the client prefers an answer without what it has just sent."""
    return "return-no-content" in request.headers.get("Prefer", "")


def applied(answer: Response, preference: str) -> Response:
    """Say which preference an answer follows."""
    answer.headers["Preference-Applied"] = preference
    return answer
