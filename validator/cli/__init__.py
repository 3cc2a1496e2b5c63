"""The `leadcheck` command: parse, call, render, exit. Nothing else in this package prints or exits."""

import sys

from validator import __version__

INTERRUPTED = 130
"""As a shell reports a program that SIGINT (2) ended."""


def main() -> None:
    """Run the command line. The version is answered before anything heavy is imported."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"leadcheck {__version__}\n")
        return
    try:
        from validator.cli.app import run  # noqa: PLC0415 - typer costs 40 ms

        run()
    except KeyboardInterrupt:  # before Typer was there to see it
        sys.exit(INTERRUPTED)
