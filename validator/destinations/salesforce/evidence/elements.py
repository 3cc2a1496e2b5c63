"""XML of Salesforce's metadata, read with care: the files are anybody's who may change the repository.

Nothing declares a document type or an entity there, so what does is refused before it could grow; depth and
number of the elements are bounded.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPTH: Final = 32
"""Elements inside one another; metadata has some eight."""

MOST: Final = 400_000
"""Elements of one file: an object with 800 fields has about 20,000, with long picklists ten times that."""


class Broken(Exception):
    """The text is no XML that is read here, with the reason."""


@dataclass(slots=True)
class Element:
    """An element: its name without namespace, its own text, and what is inside."""

    name: str
    pieces: list[str] = field(default_factory=list)
    inside: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Give the text, without the blanks around it."""
        return "".join(self.pieces).strip()

    def all(self, name: str) -> Iterator[Element]:
        """Give the elements of that name right inside."""
        return (one for one in self.inside if one.name == name)

    def get(self, *path: str) -> str:
        """Give the text at the end of a path of first elements; the empty string where there is none."""
        at: Element | None = self
        for name in path:
            at = next(at.all(name), None) if at else None
        return at.text if at else ""

    def holds(self, *path: str) -> bool:
        """Whether `true` stands at the end of a path."""
        return self.get(*path).lower() == "true"


def read(data: bytes) -> Element:
    """Read a document. Raise Broken."""
    reading = _Reading()
    try:
        reading.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Broken(f"line {error.lineno}: {expat.ErrorString(error.code)}") from None
    except (LookupError, ValueError):
        raise Broken("it is in an encoding that nobody knows") from None
    return reading.root


class _Reading:
    def __init__(self) -> None:
        self.root = Element("")
        self._open = [self.root]
        self._number = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _refuse(self, *_: object) -> None:
        raise Broken("it declares a document type, which metadata never does")

    def _start(self, name: str, _: dict[str, str]) -> None:
        self._number += 1
        if len(self._open) > DEPTH or self._number > MOST:
            raise Broken("it is larger, or deeper, than any metadata")
        element = Element(name.rpartition(":")[2])
        self._open[-1].inside.append(element)
        self._open.append(element)

    def _end(self, _: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        self._open[-1].pieces.append(text)
