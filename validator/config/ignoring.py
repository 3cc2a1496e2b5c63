"""The findings that a configuration accepts by itself, under `leadcheck.ignore`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from validator import catalogue
from validator.config.configuration import Ignored
from validator.config.fault import Fault, Path, get
from validator.config.naming import identifier
from validator.config.suggestions import nearest
from validator.foreign import shown
from validator.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.config.configuration import Configuration

_LIST: Final[Path] = ("leadcheck", "ignore")


def ignored(configuration: Configuration) -> tuple[Ignored, ...]:
    """Give what the configuration ignores; rows that are not in order have a finding of their own."""
    return tuple(
        Ignored(row["id"], _reason(row, configuration), configuration.at(f"/leadcheck/ignore/{index}"))
        for index, row in _rows(configuration.values)
    )


def unknown_ids(values: Mapping[str, Any]) -> Iterator[Fault]:
    """Warn of ids that no finding has: such a row hides nothing."""
    for index, row in _rows(values):
        if row["id"] not in catalogue.entries():
            meant = nearest(row["id"], catalogue.entries())
            hint = f"; did you mean “{meant}”?" if meant else ""
            called = f"called “{row['id']}”" if identifier(row["id"]) else "called so"
            observed = f"no finding is {called}{hint}"
            yield Fault("value-not-allowed", (*_LIST, index, "id"), observed, Severity.WARNING)


def _rows(values: Mapping[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    rows = get(values, _LIST)
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict) and isinstance(row.get("id"), str):
            yield index, row


def _reason(row: Mapping[str, Any], configuration: Configuration) -> str | None:
    reason = row.get("reason")
    return shown(configuration.secrets.hide(reason)) if isinstance(reason, str) else None
