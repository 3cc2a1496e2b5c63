"""The findings that a configuration accepts by itself, under `leadcheck.ignore` or in a comment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from validator import catalogue
from validator.config.configuration import Ignored
from validator.config.fault import Fault, Path, get
from validator.config.naming import identifier
from validator.config.suggestions import nearest
from validator.foreign import shown
from validator.model import Severity, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from validator.config.configuration import Configuration
    from validator.model import Finding

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
            path = (*_LIST, index, "id")
            yield Fault("value-not-allowed", path, _nobodys(row["id"]), Severity.WARNING)


def unknown(configuration: Configuration, accepted: Iterable[Ignored]) -> Iterator[Finding]:
    """Warn of ids in comments that no finding has."""
    for one in accepted:
        if one.id not in catalogue.entries():
            found = configuration.finding(
                "value-not-allowed",
                Stage.SETTINGS,
                observed=_nobodys(one.id),
                severity=Severity.WARNING,
            )
            yield replace(found, location=one.location)


def _nobodys(written: str) -> str:
    meant = nearest(written, catalogue.entries())
    hint = f"; did you mean “{meant}”?" if meant else ""
    called = f"called “{written}”" if identifier(written) else "called so"
    return f"no finding is {called}{hint}"


def _rows(values: Mapping[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    rows = get(values, _LIST)
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict) and isinstance(row.get("id"), str):
            yield index, row


def _reason(row: Mapping[str, Any], configuration: Configuration) -> str | None:
    reason = row.get("reason")
    return shown(configuration.secrets.hide(reason)) if isinstance(reason, str) else None
