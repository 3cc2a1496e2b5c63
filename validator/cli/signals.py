"""Signals: whoever ends a run still learns what became of the test leads."""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from validator.cli import INTERRUPTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.rehearsal import Interruption

ENDING: Final = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""Ctrl-C; what `timeout`, a container and a cancelled pipeline send; a terminal that is closed."""

PATIENCE: Final = 3
"""The signal that ends everything at once: the second often follows the first by habit."""


@contextmanager
def heeded(interruption: Interruption) -> Iterator[None]:
    """Let the first signal end the run with its report, ignore the second, and give in to the third.

    Before anything was sent, a signal is Python's own KeyboardInterrupt. After the first, the program ends
    with the block, and what still comes is ignored: Python, as it ends, would let a signal kill it.
    """
    seen = 0

    def asked(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen >= PATIENCE:
            os._exit(INTERRUPTED)
        if not interruption.request() and seen == 1:
            raise KeyboardInterrupt

    before = {number: signal.getsignal(number) for number in ENDING}
    for number in (number for number in ENDING if before[number] is not signal.SIG_IGN):  # as nohup asks
        signal.signal(number, asked)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_IGN if seen else handler)
