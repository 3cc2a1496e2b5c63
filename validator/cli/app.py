"""The commands, one line each."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Annotated, Final

import typer

from validator import __version__

COMMANDS: Final = ("validate", "explain", "catalogue", "sandbox", "receive", "convert", "schema")
"""Each is the function of that name in the module of that name."""

HELP = {"help_option_names": ["-h", "--help"]}


def _version(asked: bool) -> None:  # noqa: FBT001 - typer calls it so
    if asked:
        typer.echo(f"leadcheck {__version__}")
        raise typer.Exit


def leadcheck(
    *,
    version: Annotated[
        bool, typer.Option("--version", "-V", is_eager=True, callback=_version, help="Print the version.")
    ] = False,
) -> None:
    """Tell whether leads from Azure Marketplace and AppSource will really arrive, before they are lost."""


def load(*names: str) -> typer.Typer:
    """Give the command line with these commands: the declarations of the others would cost 10 ms."""
    app = typer.Typer(
        name="leadcheck",
        epilog="Start with: leadcheck validate examples/dynamics.yaml --sandbox",
        no_args_is_help=True,
        rich_markup_mode=None,  # plain help is twice as fast, and reads the same in a log
        pretty_exceptions_enable=False,  # they would print local variables, secrets among them
        context_settings=HELP,
    )
    app.callback()(leadcheck)
    for name in names:
        command = getattr(import_module(f"validator.cli.{name}"), name)
        app.command(context_settings=HELP)(command)
    return app


def run() -> None:
    """Run a command. Typer ends it quietly on Ctrl-C, and when the reader goes away (`| head`)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a Windows code page must not end a report
    asked = sys.argv[1:2]
    load(*asked if asked and asked[0] in COMMANDS else COMMANDS)(prog_name="leadcheck")
