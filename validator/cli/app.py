"""The commands, one line each."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from validator import __version__
from validator.cli.catalogue import catalogue
from validator.cli.exits import INTERRUPTED
from validator.cli.explain import explain
from validator.cli.sandbox import sandbox
from validator.cli.schema import schema
from validator.cli.validate import validate

HELP = {"help_option_names": ["-h", "--help"]}

app = typer.Typer(
    name="leadcheck",
    help="Tell whether leads from Azure Marketplace and AppSource will really arrive, before they are lost.",
    epilog="Start with: leadcheck validate examples/dynamics.yaml --sandbox",
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help is twice as fast, and reads the same in a log
    pretty_exceptions_enable=False,  # they would print local variables, secrets among them
    context_settings=HELP,
)

for command in (validate, explain, catalogue, sandbox, schema):
    app.command(context_settings=HELP)(command)


def _version(asked: bool) -> None:  # noqa: FBT001 - typer calls it so
    if asked:
        typer.echo(f"leadcheck {__version__}")
        raise typer.Exit


@app.callback()
def leadcheck(
    *,
    version: Annotated[
        bool, typer.Option("--version", "-V", is_eager=True, callback=_version, help="Print the version.")
    ] = False,
) -> None:
    """Name the options that stand before a command."""


def run() -> None:
    """Run a command. A reader that goes away (`| head`) and Ctrl-C end it quietly."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a Windows code page must not end a report
    try:
        app(prog_name="leadcheck")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
