"""What a configuration ignores although it was not found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from validator import catalogue
from validator.model import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.config import Configuration
    from validator.model import Finding


def unused(configuration: Configuration, findings: Sequence[Finding], *, complete: bool) -> Iterator[Finding]:
    """Tell what nothing was found of, where it would have been found: all of it after a `complete` climb.

    The settings alone show what has a sample and no world.
    """
    for one in configuration.ignored:
        entry = catalogue.entries().get(one.id)
        shown = entry and (complete or (entry.sample and not entry.world))
        if shown and not any(map(one.hides, findings)):
            found = configuration.finding("ignore-unused", Stage.SETTINGS, observed=f"{one.id} was not found")
            yield replace(found, location=one.location)
