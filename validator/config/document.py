"""What both readers give: the values of one document, and where each of them stands in the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.model import Problem

MAX_DEPTH: Final = 64
"""Levels of nesting. The deepest real export has eight; libyaml slows down with the square of the depth."""

MAX_NODES: Final = 50_000
"""Values and keys in one file. A whole resource tree of an offer has a few thousand."""

MAX_DIGITS: Final = 100
"""Characters of a number. Python refuses to print more than 4300, and no setting here is a number anyway."""

HALF: Final = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair. An escape can write it alone, but no encoding can: nobody could send it."""

NO_CHARACTER: Final = "an escape inside the quotes that stands for no character"

Place = tuple[int, int]
"""Line and column, from 1; the column counts code points."""


class Unreadable(Exception):
    """A named input is no configuration: missing, broken, too large, or about something else."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Malformed(Exception):
    """A text is not what its reader reads. The message never repeats the text: it may hold a secret."""

    def __init__(self, message: str, place: Place | None = None, *, certain: bool = False) -> None:
        super().__init__(message)
        self.place = place
        self.certain = certain
        """No other reader would do better, or explain it better."""


@dataclass(frozen=True)
class Document:
    """One document. `places` and `keys` tell, by JSON pointer, where a value and its key begin."""

    values: Any = field(repr=False)
    places: Mapping[str, Place] = field(repr=False)
    keys: Mapping[str, Place] = field(repr=False)
    duplicates: tuple[str, ...] = ()
    """Pointers of keys written twice. `keys` holds the place of the second one."""


def pointer(around: str, key: str | int) -> str:
    """Give the JSON pointer (RFC 6901) of a key inside the thing at `around`."""
    text = str(key)
    if "/" in text or "~" in text:
        text = text.replace("~", "~0").replace("/", "~1")
    return f"{around}/{text}"


class Lines:
    """Where in a text a character stands. LF, CRLF and CR each end a line."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(end.end() for end in re.finditer(r"\r\n|\n|\r", text))]

    def place(self, index: int) -> Place:
        """Give line and column of the character at `index`."""
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1

    def index(self, place: Place) -> int:
        """Give the index of the character at a line and column."""
        line, column = place
        return self._starts[line - 1] + column - 1
