"""The `leadcheck` command: parse, call, render, exit. Nothing else in this package prints or exits."""

import atexit
import gc
import io
import os
import sys

from validator import __version__

INTERRUPTED = 130
"""As a shell reports a program that SIGINT (2) ended."""


CRASHED = 3
"""Nothing could be completed, and nothing is proven wrong."""

YOUNG = 50_000
"""Objects from which Python looks for garbage. At its own 700 it looks through the catalogue and what was
read so often, and in vain, that a sixth of the time goes there."""


def main() -> None:
    """Run the command line. The version is answered before anything heavy is imported."""
    _open_streams()
    try:
        _run()
    except KeyboardInterrupt:  # before Typer was there to see it
        sys.exit(INTERRUPTED)
    except Exception as bug:  # noqa: BLE001 - a traceback's message may hold anything, a secret included
        _report(bug)
        sys.exit(CRASHED)


def _run() -> None:
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"leadcheck {__version__}\n")
        sys.stdout.flush()
        return
    gc.set_threshold(YOUNG)
    atexit.register(gc.freeze)  # as it ends, Python would look for garbage in all of it: 12 ms, in vain
    from validator.cli.app import run  # noqa: PLC0415 - typer costs 40 ms

    run()


def tell(line: str) -> None:
    """Write a line to standard error. Nobody who listens no longer may change what happens."""
    try:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
    except OSError:
        silence(sys.stderr.fileno())


def silence(stream: int) -> None:
    """Let Python flush what a stream would not take into nothing when it ends, or its exit code is 120."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream)
    os.close(nowhere)


def _open_streams() -> None:
    """Give a program that was started without a standard stream (`>&-`) one that swallows all.

    With PYTHONUNBUFFERED, Python would lose what is left of a text when a signal interrupts its writing.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode))  # noqa: PTH123, SIM115 - pathlib costs a start 3 ms
    if isinstance(getattr(sys.stdout, "buffer", None), io.RawIOBase):
        out = sys.stdout
        sys.stdout = open(out.fileno(), "w", encoding=out.encoding, errors=out.errors, closefd=False)  # noqa: SIM115 - as above


def _report(bug: Exception) -> None:
    refused = isinstance(bug, OSError) and bug.strerror  # a full disk, above all
    tell(f"leadcheck: {f'cannot go on: {refused}' if refused else _where(bug)}")
    if refused:
        silence(sys.stdout.fileno())


def _where(bug: Exception) -> str:
    from traceback import extract_tb  # noqa: PLC0415 - for this case alone

    places = [f"{os.path.basename(frame.filename)}:{frame.lineno}" for frame in extract_tb(bug.__traceback__)]  # noqa: PTH119 - as above
    return f"a bug in leadcheck, please report it: {type(bug).__name__} in {places[-3:]}"
