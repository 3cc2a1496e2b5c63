"""Commands that serve until they are interrupted: their address, their first line, their end."""

from __future__ import annotations

import json
import os
import re
import signal
import threading
import time
from typing import TYPE_CHECKING, Any, Final

import typer

from validator.cli.exits import wrong

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LISTEN: Final = re.compile(r"(127\.0\.0\.1|localhost|::1|\[::1\]):([0-9]{1,5})")

POLL: Final = 0.05
"""Seconds until a signal is noticed that the system gave to another thread than the first."""


def address(listen: str) -> tuple[str, int]:
    """Read `--listen`: a loopback address, and a port."""
    found = LISTEN.fullmatch(listen)
    if not found:
        wrong("--listen takes a loopback address and a port, such as 127.0.0.1:8443")
    return found[1].strip("[]"), int(found[2])


def ending() -> threading.Event:
    """Give the event that Ctrl-C and SIGTERM set from now on, instead of ending the program."""
    done = threading.Event()
    for end in (signal.SIGINT, signal.SIGTERM):
        signal.signal(end, lambda *_: done.set())
    return done


def announce(ready: Mapping[str, Any], ready_file: Path | None) -> None:
    """Write the first line: to the file, which is there whole or not at all, then to standard output."""
    line = json.dumps(ready)
    if ready_file:
        unfinished = ready_file.with_name(ready_file.name + f".{os.getpid()}")
        unfinished.write_text(line + "\n", encoding="utf-8")
        unfinished.replace(ready_file)
    typer.echo(line)


def wait(done: threading.Event) -> None:
    """Wait for the end.

    Not by the event's own `wait`: a signal that another thread gets does not wake it, and a handler that
    interrupts it while it takes its lock waits for that lock for ever.
    """
    while not done.is_set():
        time.sleep(POLL)
