"""The compiled catalogue, read once and only when somebody asks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from validator.catalogue.entry import Entry, entry

COMPILED: Final = Path(__file__).with_name("catalogue.json")
"""Made from the YAML files beside it by `python -m validator.catalogue.build`."""


class Rows(Mapping[str, Entry]):
    """All entries by id, in catalogue order. Each is made when it is first asked for: most runs need few."""

    def __init__(self, compiled: Mapping[str, Any]) -> None:
        self._rows: Mapping[str, Any] = compiled["entries"]
        self._documented: Mapping[str, str] = compiled["documented"]
        self._made: dict[str, Entry] = {}

    def __getitem__(self, identifier: str) -> Entry:
        if identifier not in self._made:
            self._made[identifier] = entry(identifier, self._rows[identifier], self._documented)
        return self._made[identifier]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


@cache
def entries() -> Mapping[str, Entry]:
    """Give the whole catalogue: id to entry."""
    return Rows(json.loads(COMPILED.read_text(encoding="utf-8")))


def lookup(identifier: str) -> Entry:
    """Give one entry; KeyError where there is none of that id."""
    return entries()[identifier]
