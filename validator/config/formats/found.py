"""What a format finds in a document: an object that holds a configuration, and how to read its names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from validator.config.document import Document, pointer
from validator.config.fault import Fault, Path, to_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.config.document import Place


class Piece(NamedTuple):
    """A value by its path in the vocabulary of `customer-leads`, and the pointer at which the file has it."""

    path: Path
    origin: str
    value: Any


@dataclass(frozen=True)
class Found:
    """An object with a configuration. `at`: its JSON pointer in the document.

    `pieces`: its values, where the object is written in other names; `names`: those names, by the ones of
    `customer-leads`. `product` and `offer_type`: whose it is, and what kind of offer that is, where another
    place of the file says so. `omits_secrets`: whether an export in this format leaves them out. `faults`:
    what is to be said of the format.
    """

    at: str
    pieces: tuple[Piece, ...] | None = field(default=None, repr=False)
    names: Mapping[str, str] = field(default_factory=dict)
    product: object = None
    offer_type: object = None
    omits_secrets: bool = False
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Part:
    """A configuration cut out of its document: by pointers of `customer-leads`, where everything stands.

    `origins`: the file's own pointer below the object, by ours, where the two differ.
    """

    found: Found
    values: dict[str, Any] = field(repr=False)
    places: Mapping[str, Place] = field(repr=False)
    keys: Mapping[str, Place] = field(repr=False)
    origins: Mapping[str, str] = field(default_factory=dict, repr=False)

    def spelled(self, at: str) -> str:
        """Give the file's own pointer for one of ours."""
        if not self.origins:
            return at
        around, rest = at, ""
        while around and around not in self.origins:
            around, _, key = around.rpartition("/")
            rest = f"/{key}{rest}"
        return self.origins.get(around, around) + rest


def cut(document: Document, found: Found) -> Part:
    """Cut a configuration out of its document."""
    if found.pieces is not None:
        return _assembled(document, found, found.pieces)
    if not found.at:
        return Part(found, document.values, document.places, document.keys)
    return Part(
        found,
        _value(document.values, found.at),
        dict(_below(document.places, found.at, "")),
        dict(_below(document.keys, found.at, "")),
    )


def _assembled(document: Document, found: Found, pieces: tuple[Piece, ...]) -> Part:
    values: dict[str, Any] = {}
    places, keys = {"": document.places[found.at]}, {"": document.places[found.at]}
    origins: dict[str, str] = {}
    for piece in pieces:
        inner, around = values, ""
        for key in piece.path[:-1]:
            inner = inner.setdefault(str(key), {})
            around = pointer(around, key)
            origins.setdefault(around, "")
            for known in (places, keys):
                known.setdefault(around, document.places[found.at])
        inner[str(piece.path[-1])] = piece.value
        ours, theirs = to_pointer(piece.path), found.at + piece.origin
        if piece.origin:  # otherwise the value stands nowhere
            origins[ours] = piece.origin
            places.update(_below(document.places, theirs, ours))
            keys.update(_below(document.keys, theirs, ours))
    return Part(found, values, places, keys, origins)


def _below(known: Mapping[str, Place], at: str, ours: str) -> Iterator[tuple[str, Place]]:
    inside = at + "/"
    for whole, place in known.items():
        if whole == at or whole.startswith(inside):
            yield ours + whole[len(at) :], place


def _value(values: Any, at: str) -> Any:  # noqa: ANN401 - a file may hold anything
    for key in at.split("/")[1:]:
        plain = key.replace("~1", "/").replace("~0", "~")
        values = values[int(plain) if isinstance(values, list) else plain]
    return values
