"""How far a run over many configurations has come, for a person who waits at a terminal."""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import Final

WIDTH: Final = 30
"""Cells of the bar."""

OFTEN: Final = 0.1
"""Seconds between two drawings: more often than a person sees, and a slow terminal would hold the run up."""


class Bar:
    """One line on standard error, drawn again and again, and wiped away at the end.

    Only where that is a terminal, and no pipeline's that passes for one; standard output is never touched.
    """

    def __init__(self, *, wanted: bool) -> None:
        pipeline = os.environ.get("CI") or os.environ.get("TF_BUILD")
        self._seen = wanted and sys.stderr.isatty() and not pipeline and os.environ.get("TERM") != "dumb"
        self._lock = threading.Lock()
        self._done, self._next, self._drawn = 0, 0.0, 0

    def show(self, done: int, total: int) -> None:
        """Draw, if anything is worth it: threads may come in any order, and more often than anybody sees."""
        if not self._seen or total == 1:
            return
        with self._lock:
            self._done = max(self._done, done)
            now = time.monotonic()
            if now >= self._next:
                self._next = now + OFTEN
                self._draw(f"{_cells(self._done, total)} {self._done} of {total} configurations")

    def close(self) -> None:
        """Wipe the line away, and draw no more: a thread that was left behind may still come back."""
        with self._lock:
            if self._drawn:
                self._draw("")
            self._seen = False

    def _draw(self, text: str) -> None:
        text = text[: _columns() - 1]  # in the last column, a terminal may begin a new line
        wiped = " " * (self._drawn - len(text))
        self._drawn = len(text)
        try:
            sys.stderr.write(f"\r{text}{wiped}" if text else f"\r{wiped}\r")
            sys.stderr.flush()
        except OSError:  # the terminal is gone
            self._seen = False


def _cells(done: int, total: int) -> str:
    full = WIDTH * done // max(total, 1)
    return f"[{'#' * full}{'.' * (WIDTH - full)}]"


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except (OSError, ValueError):
        return 80
