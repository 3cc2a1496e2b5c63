"""The `leadcheck` command: parse, call, render, exit. Nothing else in this package prints or exits."""

import os
import sys

from validator import __version__

INTERRUPTED = 130
"""As a shell reports a program that SIGINT (2) ended."""


CRASHED = 3
"""Nothing could be completed, and nothing is proven wrong."""


def main() -> None:
    """Run the command line. The version is answered before anything heavy is imported."""
    _open_streams()
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"leadcheck {__version__}\n")
        return
    try:
        from validator.cli.app import run  # noqa: PLC0415 - typer costs 40 ms

        run()
    except KeyboardInterrupt:  # before Typer was there to see it
        sys.exit(INTERRUPTED)
    except Exception as bug:  # noqa: BLE001 - a traceback's message may hold anything, a secret included
        _report(bug)
        sys.exit(CRASHED)


def _open_streams() -> None:
    """Give a program that was started without a standard stream (`>&-`) one that swallows all."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode))  # noqa: PTH123, SIM115 - pathlib costs a start 3 ms


def _report(bug: Exception) -> None:
    from traceback import extract_tb  # noqa: PLC0415 - for this case alone

    places = [f"{os.path.basename(frame.filename)}:{frame.lineno}" for frame in extract_tb(bug.__traceback__)]  # noqa: PTH119 - as above
    sys.stderr.write(
        f"leadcheck: a bug in leadcheck, please report it: {type(bug).__name__} in {places[-3:]}\n"
    )
