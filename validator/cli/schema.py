"""`leadcheck schema`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Name(StrEnum):
    """The JSON Schemas that come with leadcheck."""

    CONFIGURATION = "configuration"
    REPORT = "report"
    CATALOGUE = "catalogue"


FILES = {
    Name.CONFIGURATION: "lead-destination.schema.json",
    Name.REPORT: "report.schema.json",
    Name.CATALOGUE: "catalogue.schema.json",
}


def schema(
    name: Annotated[Name, typer.Argument(help="Which one.")] = Name.CONFIGURATION,
) -> None:
    """Print a JSON Schema: of the configuration file, of the JSON report, or of the JSON catalogue."""
    from validator.config import schemas  # noqa: PLC0415 - --help does not need it

    typer.echo((schemas() / FILES[name]).read_text(encoding="utf-8"), nl=False)
