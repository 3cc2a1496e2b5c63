"""Exit codes: findings are told from failures, in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NoReturn

import typer

from validator.cli import tell
from validator.foreign import shown
from validator.terms import Verdict

if TYPE_CHECKING:
    from validator.model import Report, Severity

FOUND: Final = 1
USAGE: Final = 2
UNPROVEN: Final = 3


def exit_code(report: Report, fail_on: Severity, *, zero: bool = False) -> int:
    """Give the worst of all configurations: 2 beats 1 beats 3 beats 0. `zero` maps only 1 to 0."""
    if report.problems:
        return USAGE
    counted = (found for result in report.results for found in result.findings if not found.suppressed)
    if any(found.severity.rank <= fail_on.rank for found in counted):
        return 0 if zero else FOUND
    unproven = any(result.verdict is Verdict.UNPROVEN for result in report.results)
    return UNPROVEN if unproven else 0


def wrong(message: str) -> NoReturn:
    """End with a sentence about what was asked for."""
    tell(f"leadcheck: {shown(message)}")
    raise typer.Exit(USAGE)
