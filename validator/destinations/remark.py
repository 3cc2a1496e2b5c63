"""What a judgement over the settings gives back, and how it becomes findings at their places."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from validator.config.secrets import Secret
from validator.model import Repair, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.config.configuration import Configuration
    from validator.model import Finding, Severity


class Remark(NamedTuple):
    """A catalogue entry's id, and what was seen. `observed` never quotes text that could be a credential.

    `severity`: another one than the entry's own. `repaired`: what the whole value should be, where that is
    certain.
    """

    entry: str
    observed: str
    severity: Severity | None = None
    repaired: str | None = None


def told(
    configuration: Configuration,
    remarks: Iterable[tuple[str, Remark]],
    stage: Stage = Stage.SETTINGS,
) -> list[Finding]:
    """Report remarks, each about the value at its JSON pointer."""
    return [_finding(configuration, pointer, remark, stage) for pointer, remark in remarks]


def _finding(configuration: Configuration, pointer: str, remark: Remark, stage: Stage) -> Finding:
    found = configuration.finding(
        remark.entry,
        stage,
        pointer=pointer,
        observed=remark.observed,
        severity=remark.severity,
    )
    if remark.repaired is None:
        return found
    return replace(found, repair=Repair(pointer, configuration.text(pointer), remark.repaired))


def written(configuration: Configuration, pointer: str) -> str | None:
    """Give the text at a pointer; None where it is missing, no text, unknown, or reported by the reading."""
    if pointer in configuration.reported:
        return None
    held = configuration.get(pointer)
    if isinstance(held, Secret):
        return held.reveal() if held.known else None
    return held if isinstance(held, str) else None
