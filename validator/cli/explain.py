"""`leadcheck explain`."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated, Final

import typer

from validator.cli.exits import FOUND
from validator.cli.option import option

LONGEST: Final = 1 << 24
"""Bytes read from standard input: the log of a night. `diagnose` itself reads its beginning and its end."""


class Format(StrEnum):
    """How to answer."""

    TEXT = "text"
    JSON = "json"


def explain(
    text: Annotated[
        list[str],
        typer.Argument(metavar="ID|TEXT|-", help="A finding's id, a code, a pasted text, or - to read it."),
    ],
    *,
    format: Annotated[Format, option("--format", help="How to answer.")] = Format.TEXT,  # noqa: A002 - the option's name
) -> None:
    """Say what an error means, whether Microsoft documents it, and what to do.

    Takes a finding's id, a code (AADSTS700016, 0x80040220) or any text: a portal message, a log, JSON.
    Exit codes: 0 known, 1 not known.
    """
    from validator.catalogue import diagnose  # noqa: PLC0415 - --help does not need it
    from validator.reporters import explanation  # noqa: PLC0415 - the same

    words = sys.stdin.buffer.read(LONGEST).decode(errors="replace") if text == ["-"] else " ".join(text)
    diagnosis = diagnose(words)
    render = explanation.as_json if format is Format.JSON else explanation.as_text
    typer.echo(render(diagnosis), nl=False)
    if diagnosis.verdict not in {"matched", "possible"}:
        raise typer.Exit(FOUND)
