"""The part of OData's query language that clients use here: $select, $filter, $orderby, $top, $expand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from validator.sandbox.dataverse.refusals import Refused
from validator.sandbox.filtering import Condition, Filter

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

Record = Mapping[str, Any]

_KNOWN: Final = {"$select", "$filter", "$orderby", "$top", "$expand", "$count"}
_WORD: Final = re.compile(r"\s*('(?:[^']|'')*'|[A-Za-z_][\w/]*|-?\d+|[(),])")
_FUNCTIONS: Final[Mapping[str, Callable[[str, str], bool]]] = {
    "contains": lambda text, part: part in text,
    "startswith": str.startswith,
    "endswith": str.endswith,
}


def query(
    entity: str, records: Iterable[Record], options: MultiDict[str, str], columns: Sequence[str]
) -> list[dict[str, Any]]:
    """Answer a query over a table. What does not exist, option or column, is refused, as by the service."""
    for option in options:
        if option not in _KNOWN:
            raise _bad(f"The query parameter {option} is not supported.")
    found = list(records)
    if "$filter" in options:
        condition = _Filter(entity, options["$filter"], columns).parse()
        found = [record for record in found if condition(record)]
    for part in reversed(options.get("$orderby", "").split(",")) if "$orderby" in options else ():
        column, _, direction = part.strip().partition(" ")
        _check(entity, column, columns)
        found.sort(key=partial(_sortable, column), reverse=direction == "desc")
    if "$top" in options:
        found = found[: _count(options["$top"])]
    return [select(entity, record, options, columns) for record in found]


def select(
    entity: str, record: Record, options: MultiDict[str, str], columns: Sequence[str]
) -> dict[str, Any]:
    """Keep the columns that were asked for; all of them when none were named."""
    wanted = [name.strip() for name in options.get("$select", "").split(",") if name.strip()]
    for name in wanted:
        _check(entity, name, columns)
    return {name: record.get(name) for name in wanted or columns}


def _check(entity: str, name: str, columns: Sequence[str]) -> None:
    if name not in columns:
        raise _bad(f"Could not find a property named '{name}' on type 'Microsoft.Dynamics.CRM.{entity}'.")


def _bad(message: str) -> Refused:
    return Refused(400, "0x80060888", message)


def _sortable(column: str, record: Record) -> tuple[bool, str]:
    return record.get(column) is not None, str(record.get(column))


def _count(text: str) -> int:
    if not text.isdecimal():
        raise _bad(f"Invalid value '{text}' for $top query option found.")
    return int(text)


class _Filter(Filter):
    """A reader of $filter: comparisons and text functions."""

    word = _WORD

    def __init__(self, entity: str, text: str, columns: Sequence[str]) -> None:
        self._entity, self._columns = entity, columns
        super().__init__(text)

    def comparison(self, name: str) -> Condition:
        """Read a comparison, or a function of text."""
        return self._function(_FUNCTIONS[name]) if name in _FUNCTIONS else self._comparison(name)

    def refusal(self, at: int) -> Refused:
        """Refuse it as the service does."""
        return _bad(f"Syntax error at position {at} in '{self.text}'.")

    def _function(self, holds: Callable[[str, str], bool]) -> Condition:
        self.expect("(")
        column = self._column(self.take())
        self.expect(",")
        part = self._value(self.take())
        self.expect(")")
        # Dataverse compares text without regard to case
        return lambda record: holds(str(record.get(column) or "").lower(), str(part).lower())

    def _comparison(self, column: str) -> Condition:
        self._column(column)
        operator, value = self.take(), self._value(self.take())
        if operator == "eq":
            return lambda record: _same(record.get(column), value)
        if operator == "ne":
            return lambda record: not _same(record.get(column), value)
        raise self.refusal(self.text.find(operator))

    def _column(self, word: str) -> str:
        _check(self._entity, word, self._columns)
        return word

    def _value(self, word: str) -> object:
        if word.startswith("'"):
            return word[1:-1].replace("''", "'")
        if word.lstrip("-").isdecimal():
            return int(word)
        if word in {"null", "true", "false"}:
            return {"null": None, "true": True, "false": False}[word]
        raise self.refusal(self.text.find(word))


def _same(left: object, right: object) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return left.lower() == right.lower()
    return left == right
