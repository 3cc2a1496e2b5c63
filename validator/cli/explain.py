"""`leadcheck explain`."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path  # noqa: TC003 - typer reads the annotation
from typing import TYPE_CHECKING, Annotated, Final

import typer

from validator.cli.exits import FOUND, wrong
from validator.cli.option import option

if TYPE_CHECKING:
    from validator.catalogue import Diagnosis

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
    config: Annotated[
        Path | None,
        option(
            "--config", metavar="FILE", help="Compare the identifiers in the text with a configuration's."
        ),
    ] = None,
    format: Annotated[Format, option("--format", help="How to answer.")] = Format.TEXT,  # noqa: A002 - the option's name
) -> None:
    """Say what an error means, whether Microsoft documents it, and what to do.

    Takes a finding's id, a code (AADSTS700016, 0x80040220) or any text: a portal message, a log, JSON. Of a
    lead's LeadSource (AzureMarketplace-INS|fabrikam.crm-addin) it says what the customer did, and where.
    Exit codes: 0 known, 1 not known.
    """
    words = sys.stdin.buffer.read(LONGEST).decode(errors="replace") if text == ["-"] else " ".join(text)
    if "|" in words and _lead_source(words, format):
        return
    from validator.catalogue import diagnose  # noqa: PLC0415 - --help does not need it
    from validator.reporters import explanation  # noqa: PLC0415 - the same

    diagnosis = diagnose(words)
    notes, support = _beside(diagnosis, config) if config else ([], [])
    render = explanation.as_json if format is Format.JSON else explanation.as_text
    typer.echo(render(diagnosis, notes=notes, support=support), nl=False)
    if diagnosis.verdict not in {"matched", "possible"}:
        raise typer.Exit(FOUND)


def _beside(diagnosis: Diagnosis, path: Path) -> tuple[list[str], list[str]]:
    """Compare with the configurations of a file: what was found, and what support will ask for."""
    from validator import api, comparing  # noqa: PLC0415 - few compare
    from validator.config import Unreadable  # noqa: PLC0415 - the same
    from validator.reporters.words import place  # noqa: PLC0415 - the same

    try:
        found = api.load(str(path))
    except Unreadable as unreadable:
        wrong(f"cannot read {place(unreadable.problem)}: {unreadable.problem.message}")
    notes = [note for one in found for note in comparing.compared(diagnosis, one)]
    return list(dict.fromkeys(notes)), [word for one in found[:1] for word in comparing.support(one)]


def _lead_source(words: str, style: Format) -> bool:
    """Tell where a lead came from, if that is what the text says, and nothing else."""
    from validator import lead  # noqa: PLC0415 - few ask for it
    from validator.reporters import lead_source  # noqa: PLC0415 - the same

    source = lead.parse_lead_source(words.strip(" \t\r\n\"'"))
    if source is None or not lead.written_by_marketplace(source):
        return False
    typer.echo((lead_source.as_json if style is Format.JSON else lead_source.as_text)(source), nl=False)
    return True
