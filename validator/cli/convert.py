"""`leadcheck convert`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from validator.cli.exits import wrong
from validator.reporters.words import place


class Target(StrEnum):
    """What a configuration is converted to."""

    CUSTOMER_LEADS = "customer-leads"
    YAML = "yaml"


def convert(
    path: Annotated[str, typer.Argument(metavar="PATH", help="A file, or - for standard input.")],
    *,
    to: Annotated[Target, typer.Option("--to", help="What to write.")] = Target.YAML,
    product: Annotated[
        str | None, typer.Option("--product", metavar="ID", help="Take one product of a file with many.")
    ] = None,
) -> None:
    """Write a configuration of any format as Microsoft's resource, or as a file of leadcheck's own.

    Secrets become references like ${LEAD_APPLICATION_KEY}: set the variables where leadcheck runs.
    """
    from validator.config import Input, Unreadable  # noqa: PLC0415 - --help does not need it
    from validator.config.converting import converted  # noqa: PLC0415 - the same

    source = Input(path, None if path == "-" else Path(path), named=True)
    try:
        text = converted(path, source.read(), str(to), product)
    except Unreadable as unreadable:
        problem = unreadable.problem
        wrong(f"cannot read {place(problem)}: {problem.message}")
    typer.echo(text, nl=False)
