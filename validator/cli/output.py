"""Where reports go: standard output, and files."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from validator.cli.exits import wrong
from validator.cli.options import Colour
from validator.reporters import FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.model import Report

WIDEST: Final = 100
"""Columns: longer lines tire the eye."""

NARROWEST: Final = 40


def destinations(outputs: Sequence[str]) -> list[tuple[str, Path]]:
    """Read `FORMAT:PATH`, before anything is sent."""
    pairs = []
    for output in outputs:
        name, colon, path = output.partition(":")
        if name not in FORMATS or not colon or not path:
            wrong(f"--output takes FORMAT:PATH with one of the formats {', '.join(FORMATS)}")
        if not Path(path).parent.is_dir() or Path(path).is_dir():
            wrong(f"--output cannot write to {path}: no such folder, or it is one")
        pairs.append((name, Path(path)))
    return pairs


def write(
    report: Report, style: str, files: Sequence[tuple[str, Path]], colour: Colour, verbosity: int
) -> None:
    """Write the report to standard output and to each file: one that is full takes nothing from the rest."""
    typer.echo(
        FORMATS[style](report, colour=coloured(colour), width=width(), verbosity=verbosity),
        nl=False,
        color=True,
    )
    failed = []
    for name, path in files:
        try:
            path.write_text(FORMATS[name](report, verbosity=verbosity), encoding="utf-8")
        except OSError as error:
            failed.append(f"{path} ({error.strerror})")
    if failed:
        wrong(f"the report cannot be written to {', '.join(failed)}")


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
