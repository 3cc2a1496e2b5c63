"""Where reports go: standard output, and files."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from validator.cli import silence, tell
from validator.cli.exits import wrong
from validator.cli.options import Colour
from validator.reporters import EXACT, FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.model import Report

WIDEST: Final = 100
"""Columns: longer lines tire the eye."""

NARROWEST: Final = 40

SUMMARY: Final = 900_000
"""Bytes: GitHub drops the summary of a step that is larger than 1 MiB, and other lines may stand in it."""


def destinations(outputs: Sequence[str]) -> list[tuple[str, Path]]:
    """Read `FORMAT:PATH`, before anything is sent."""
    pairs = []
    for output in outputs:
        name, colon, path = output.partition(":")
        if name not in FORMATS or not colon or not path:
            wrong(f"--output takes FORMAT:PATH with one of the formats {', '.join(FORMATS)}")
        writable("--output", Path(path))
        pairs.append((name, Path(path)))
    return pairs


def writable(option: str, path: Path | None) -> Path | None:
    """Refuse a file that could not be written, before anything is sent."""
    if path and not _writable(path):
        wrong(f"{option} cannot write to {path}: no such folder, or no file that could be written")
    return path


def _writable(path: Path) -> bool:
    """Say whether a report may go there: to a file, new or old. A pipe without a reader would block."""
    try:
        return path.parent.is_dir() and (path.is_file() or path.is_char_device() or not path.exists())
    except OSError:  # a name that is too long
        return False


@dataclass(frozen=True)
class Writing:
    """How a report is written: in which format, where else, and how much of it.

    `aside`: to standard error, because standard output is taken.
    """

    style: str
    files: Sequence[tuple[str, Path]]
    colour: Colour
    verbosity: int
    baseline: Path | None = None
    aside: bool = False

    @property
    def exact(self) -> bool:
        """Whether a format shows where a value ends."""
        return not EXACT.isdisjoint({self.style, *(name for name, _ in self.files)})


def write(report: Report, how: Writing) -> None:
    """Write the report to each file and to standard output; one that fails takes nothing from the rest."""
    text = FORMATS[how.style](report, colour=coloured(how.colour), width=width(), verbosity=how.verbosity)
    written = [(path, FORMATS[name](report, verbosity=how.verbosity)) for name, path in how.files]
    if how.baseline:
        from validator.cli.baseline import listed  # noqa: PLC0415 - most runs have none

        written.append((how.baseline, listed(report)))
    failed = [failure for path, each in written if (failure := _failure(path, each))]
    failed += summarised(report, how)
    if how.aside:
        tell(text.rstrip("\n"))
        text = ""
    try:
        typer.echo(text, nl=False, color=True)
        sys.stdout.flush()
    except BrokenPipeError:  # a reader such as `head` has seen enough
        silence(sys.stdout.fileno())
    except OSError as error:
        silence(sys.stdout.fileno())
        failed.append(f"standard output ({error.strerror})")
    if failed:
        wrong(f"the report cannot be written to {', '.join(failed)}")


def summarised(report: Report, how: Writing) -> list[str]:
    """Add the Markdown to the summary of the workflow's step, if there is one; say what failed."""
    named = os.environ.get("GITHUB_STEP_SUMMARY")
    if not named or "github" not in {how.style, *(name for name, _ in how.files)}:
        return []
    text = FORMATS["markdown"](report)
    if len(text.encode()) > SUMMARY:
        text = text.encode()[:SUMMARY].decode(errors="ignore").rpartition("\n")[0]
        text += "\n\nThe rest is left out: GitHub takes no more.\n"
    try:
        with Path(named).open("a", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        return [f"the summary of the step ({error.strerror})"]
    return []


def _failure(path: Path, text: str) -> str | None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        return f"{path} ({error.strerror})"
    return None


def coloured(wish: Colour) -> bool:
    """Decide about colour: the option, then NO_COLOR and FORCE_COLOR, then whether a person is looking."""
    if wish is not Colour.AUTO:
        return wish is Colour.ALWAYS
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def width() -> int:
    """Give the columns of the report: the terminal's, or 80 where there is none."""
    columns = shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else 80
    return max(NARROWEST, min(columns, WIDEST))
