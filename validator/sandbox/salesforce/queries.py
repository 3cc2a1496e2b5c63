"""The part of SOQL that finds leads: fields, conditions joined by AND, an order, a limit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from validator.sandbox.salesforce.refusals import malformed, no_such_column, unsupported

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Record = Mapping[str, Any]

_QUERY: Final = re.compile(
    r"\s*SELECT\s+(?P<fields>[\w\s,]+?)\s+FROM\s+(?P<object>\w+)"
    r"(?:\s+WHERE\s+(?P<where>.+?))?"
    r"(?:\s+ORDER\s+BY\s+(?P<order>\w+)(?:\s+(?P<way>ASC|DESC))?)?"
    r"(?:\s+LIMIT\s+(?P<limit>\d{1,5}))?\s*",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION: Final = re.compile(
    r"\s*(?P<field>\w+)\s*(?P<how>=|\bLIKE\b)\s*'(?P<text>(?:[^'\\]|\\.)*)'\s*", re.IGNORECASE | re.DOTALL
)
_SYSTEM: Final = frozenset({"Id", "CreatedDate"})
"""What every user sees of a record that may be seen at all."""


def found(text: str, leads: Iterable[Record], visible: Iterable[str], *, readable: bool) -> list[Record]:
    """Carry a query out, with the fields that this user sees. Raise Refused."""
    query = _QUERY.fullmatch(text)
    if not query:
        raise malformed(text.partition(" ")[0])
    if query["object"].lower() != "lead" or not readable:
        raise unsupported(query["object"])
    names = {name.lower(): name for name in (*visible, *_SYSTEM)}
    fields = [_known(name.strip(), names) for name in query["fields"].split(",")]
    holds = [_condition(each, names) for each in _split(query["where"] or "")]
    rows = [lead for lead in leads if all(hold(lead) for hold in holds)]
    if query["order"]:
        key, newest = _known(query["order"], names), (query["way"] or "").upper() == "DESC"
        rows.sort(key=lambda lead: str(lead.get(key) or ""), reverse=newest)
    kept = rows[: int(query["limit"])] if query["limit"] else rows
    return [{"Id": lead["Id"], **{name: lead.get(name) for name in fields}} for lead in kept]


def _known(name: str, names: Mapping[str, str]) -> str:
    if name.lower() not in names:
        raise no_such_column(name)
    return names[name.lower()]


def _split(where: str) -> list[str]:
    return re.split(r"\s+AND\s+(?=\w+\s*(?:=|LIKE\b))", where, flags=re.IGNORECASE) if where else []


def _condition(text: str, names: Mapping[str, str]) -> Callable[[Record], bool]:
    read = _CONDITION.fullmatch(text)
    if not read:
        raise malformed(text.strip().partition(" ")[0])
    field = _known(read["field"], names)
    if read["how"] == "=":
        wanted = re.sub(r"\\(.)", r"\1", read["text"]).lower()
        return lambda lead: str(lead.get(field) or "").lower() == wanted
    pattern = re.compile(_like(read["text"]), re.IGNORECASE | re.DOTALL)
    return lambda lead: bool(pattern.fullmatch(str(lead.get(field) or "")))


def _like(text: str) -> str:
    """Make an expression of a pattern: `%` stands for anything, `_` for one character, unless escaped."""
    signs = {"%": ".*", "_": "."}
    pieces: list[str] = re.findall(r"\\.|.", text, re.DOTALL)
    return "".join(signs.get(piece) or re.escape(piece[-1]) for piece in pieces)
