"""Secrets that stand in the file itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.config.configuration import Configuration
    from validator.model import Finding


def in_plain_text(configuration: Configuration, others: Iterable[Finding]) -> list[Finding]:
    """Warn of each secret that is written out, unless one of the other findings is about its value anyway."""
    if not configuration.plain:
        return []
    known = {(found.location.line, found.location.column) for found in others if found.location}
    told = []
    for pointer in configuration.plain:
        at = configuration.at(pointer)
        if at is None or (at.line, at.column) not in known:
            key = pointer.rpartition("/")[2]
            observed = f"“{key}” is written out"
            told.append(
                configuration.finding("secret-in-file", Stage.SETTINGS, pointer=pointer, observed=observed)
            )
    return told
