"""JSON with positions and duplicate keys, over the string scanner of the standard library.

The YAML reader is no substitute: it breaks the surrogate pairs that `json.dumps` writes for an emoji,
reads `1e5` as text, and refuses keys over 1024 characters.
"""

from __future__ import annotations

import re
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined] # untyped, and stable since Python 2.6
from typing import Any, Final

from validator.config.document import (
    HALF,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_NODES,
    NO_CHARACTER,
    Document,
    Lines,
    Malformed,
    pointer,
)

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
_WORDS: Final = {"true": True, "false": False, "null": None}

_COMMENTS: Final = ("//", "/*")

_SLIPS: Final = (
    ("#", "a comment, which JSON does not have"),
    ("'", "single quotes, where JSON has double ones"),
    ("\u2018", "typographic quotes, where JSON has straight ones"),
    ("\u201c", "typographic quotes, where JSON has straight ones"),
    ("\u201d", "typographic quotes, where JSON has straight ones"),
    ("...", "dots, where something was left out"),
    ("\u2026", "dots, where something was left out"),
    ("${", 'a reference has to stand in quotes: "${NAME}"'),
)
"""What texts that were copied from documents have in the place of something else, and what to say of it."""


def read(text: str) -> list[Document]:
    """Read one JSON text. Raises `Malformed` with line and column."""
    reader = _Reader(text)
    try:
        values = reader.document()
    except _Stop as stop:
        raise Malformed(stop.message, Lines(text).place(stop.index), certain=stop.certain) from None
    lines = Lines(text)
    places = {at: lines.place(index) for at, index in reader.places.items()}
    keys = {at: lines.place(index) for at, index in reader.keys.items()}
    return [Document(values, places, keys, tuple(reader.duplicates))]


class _Stop(Exception):
    def __init__(self, message: str, index: int, *, certain: bool = False) -> None:
        self.message, self.index, self.certain = message, index, certain


class _Reader:
    """Each method takes the index at which it begins, and gives what it read and the index after it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.places: dict[str, int] = {}
        self.keys: dict[str, int] = {}
        self.duplicates: list[str] = []
        self._nodes = 0

    def document(self) -> Any:  # noqa: ANN401 - a file may hold anything
        values, end = self.value(self.skip(0), "", 0)
        if (end := self.skip(end)) != len(self.text):
            raise self._unexpected("something stands after the end of the JSON", end)
        return values

    def skip(self, index: int) -> int:
        return _SPACE.match(self.text, index).end()  # type: ignore[union-attr] # it matches nothing, too

    def value(self, index: int, at: str, depth: int) -> tuple[Any, int]:
        self._count(index, depth)
        self.places[at] = index
        match self.text[index : index + 1]:
            case '"':
                return self._string(index)
            case "{":
                return self._object(index, at, depth)
            case "[":
                return self._array(index, at, depth)
        return self._plain(index)

    def _count(self, index: int, depth: int) -> None:
        self._nodes += 1
        if depth > MAX_DEPTH:
            raise _Stop(f"nested more than {MAX_DEPTH} levels deep", index, certain=True)
        if self._nodes > MAX_NODES:
            raise _Stop(f"more than {MAX_NODES} values", index, certain=True)

    def _object(self, index: int, at: str, depth: int) -> tuple[dict[str, Any], int]:
        found: dict[str, Any] = {}
        index = self.skip(index + 1)
        while self.text[index : index + 1] != "}" or found:
            if self.text[index : index + 1] != '"':
                raise self._unexpected("a key in double quotes is expected here", index)
            start = index
            key, index = self._string(index)
            index = self.skip(index)
            if self.text[index : index + 1] != ":":
                raise self._unexpected("a colon is expected after the key", index)
            here = pointer(at, key)
            if key in found:
                self.duplicates.append(here)
            self.keys[here] = start
            found[key], index = self.value(self.skip(index + 1), here, depth + 1)
            index, more = self._next(index, "}")
            if not more:
                return found, index
        return found, index + 1

    def _array(self, index: int, at: str, depth: int) -> tuple[list[Any], int]:
        found: list[Any] = []
        index = self.skip(index + 1)
        while self.text[index : index + 1] != "]" or found:
            item, index = self.value(index, pointer(at, len(found)), depth + 1)
            found.append(item)
            index, more = self._next(index, "]")
            if not more:
                return found, index
        return found, index + 1

    def _next(self, index: int, close: str) -> tuple[int, bool]:
        """Step over a comma (more follows) or the closing bracket."""
        index = self.skip(index)
        mark = self.text[index : index + 1]
        if mark not in (",", close):
            raise self._unexpected(f"a comma or {close} is expected here", index)
        return (self.skip(index + 1), True) if mark == "," else (index + 1, False)

    def _unexpected(self, message: str, index: int) -> _Stop:
        """Explain what stands in the place of what is expected; a comment is none in YAML either."""
        if self.text.startswith(_COMMENTS, index):
            return _Stop("a comment, which JSON does not have", index, certain=True)
        before = self.text[:index].rstrip()
        if self.text[index : index + 1] in ("}", "]") and before.endswith(","):
            return _Stop("a comma before the closing bracket, which JSON does not allow", len(before) - 1)
        slip = next((told for mark, told in _SLIPS if self.text.startswith(mark, index)), message)
        return _Stop(slip, index)

    def _string(self, index: int) -> tuple[str, int]:
        try:
            read, end = scanstring(self.text, index + 1, True)
        except JSONDecodeError as error:
            what = "an invalid escape" if "escape" in error.msg else "a line break or control character"
            message = (
                "the closing quote is missing" if "Unterminated" in error.msg else f"{what} inside the quotes"
            )
            raise _Stop(message, min(error.pos, len(self.text))) from None
        if HALF.search(read):
            raise _Stop(NO_CHARACTER, index, certain=True)
        return read, end

    def _plain(self, index: int) -> tuple[Any, int]:
        if number := _NUMBER.match(self.text, index):
            whole = not (number[1] or number[2])
            if number.end() - index > MAX_DIGITS:
                raise _Stop("a number with too many digits", index, certain=True)
            return int(number[0]) if whole else float(number[0]), number.end()
        for word, value in _WORDS.items():
            if self.text.startswith(word, index):
                return value, index + len(word)
        raise self._unexpected("a value is expected here", index)
