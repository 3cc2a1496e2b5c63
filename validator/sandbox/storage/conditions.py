"""The condition of a query ($filter): comparisons joined by `and`, `or`, `not` and parentheses."""

from __future__ import annotations

import operator
import re
from base64 import b16decode
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from validator.sandbox.filtering import Condition, Filter
from validator.sandbox.storage.refusals import Refused, invalid_input, not_implemented
from validator.sandbox.storage.values import moment, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_WORD: Final = re.compile(r"\s*((?:datetime|guid|X|binary)?'(?:[^']|'')*'|-?\d[\d.]*L?|[A-Za-z_]\w*|[(),])")
_OPERATORS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    name: getattr(operator, name) for name in ("eq", "ne", "gt", "ge", "lt", "le")
}
_QUOTED: Final[Mapping[str, Callable[[str], object]]] = {
    "": str,
    "datetime": moment,
    "guid": UUID,
    "X": lambda text: b16decode(text, casefold=True),
    "binary": lambda text: b16decode(text, casefold=True),
}


def condition(text: str) -> Condition:
    """Read a condition; what cannot be read is refused."""
    return _Filter(text).parse()


class _Filter(Filter):
    word = _WORD

    def refusal(self, _: int) -> Refused:
        return invalid_input()

    def comparison(self, name: str) -> Condition:
        if self.next_is("("):  # a function, such as startswith: tables know none
            raise not_implemented()
        compare, value = _OPERATORS.get(self.take()), _literal(self.take())
        if compare is None or not name.isidentifier():
            raise invalid_input()
        return lambda row: _alike(typed(row, name), value) and compare(typed(row, name), value)


def _alike(left: object, right: object) -> bool:
    """Whether two values can be compared; a row without the property, or with another type, meets nothing."""
    return type(left) is type(right) or {type(left), type(right)} == {int, float}


def _literal(word: str) -> object:
    if word in {"true", "false"}:
        return word == "true"
    kind, quote, text = word.partition("'")
    try:
        if quote:
            return _QUOTED[kind](text[:-1].replace("''", "'"))
        return float(word) if "." in word else int(word.removesuffix("L"))
    except ValueError:
        raise invalid_input() from None
