"""The `leadcheck` command: parse, call, render, exit. Nothing else in this package prints or exits."""

import sys

from validator import __version__


def main() -> None:
    """Run the command line. The version is answered before anything heavy is imported."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"leadcheck {__version__}\n")
        return
    from validator.cli.app import run  # noqa: PLC0415 - typer costs 40 ms

    run()
