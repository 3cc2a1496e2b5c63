"""`leadcheck catalogue`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from validator.cli.option import option


class Format(StrEnum):
    """How to print it."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


def catalogue(
    *,
    format: Annotated[Format, option("--format", help="How to print it.")] = Format.TEXT,  # noqa: A002 - the option's name
) -> None:
    """Print every finding that leadcheck can give, with its cause and its fix."""
    from validator.catalogue import entries as all_entries  # noqa: PLC0415 - --help does not need it
    from validator.reporters import entries  # noqa: PLC0415 - the same

    renderers = {
        Format.TEXT: entries.as_text,
        Format.JSON: entries.as_json,
        Format.MARKDOWN: entries.as_markdown,
    }
    typer.echo(renderers[format](all_entries()), nl=False)
