"""Where the values of a configuration stand in its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from validator.config.naming import names
from validator.model import Location

if TYPE_CHECKING:
    from validator.config.formats import Part


class Places(Mapping[str, Location]):
    """Locations by the pointers of `customer-leads`, made when they are asked for: most never are.

    Each carries the file's own pointer.
    """

    def __init__(self, file: str, part: Part) -> None:
        self._file = file
        self._part = part
        self._made: dict[str, Location] = {}

    def __getitem__(self, pointer: str) -> Location:
        if pointer not in self._made:
            place = self._part.places[pointer]
            self._made[pointer] = Location(self._file, names(self._part.spelled(pointer)), *place)
        return self._made[pointer]

    def __iter__(self) -> Iterator[str]:
        return iter(self._part.places)

    def __len__(self) -> int:
        return len(self._part.places)

    def __contains__(self, pointer: object) -> bool:
        return pointer in self._part.places
