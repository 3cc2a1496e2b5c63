"""The time of one configuration, and the record of what was asked in it."""

from __future__ import annotations

import time
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from validator.model import Exchange

exchanges: ContextVar[list[Exchange]] = ContextVar("exchanges")
"""Where the requests of the check at hand are recorded; questions asked in parallel share it."""

waits: ContextVar[Callable[[], None]] = ContextVar("waits", default=lambda: None)
"""Called by whoever is about to wait for an answer: what else there is to ask need not wait, too."""


class Clock:
    """What is left of a configuration's time."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.until = time.monotonic() + seconds

    def left(self) -> float:
        """Give the seconds left, negative once the time is over."""
        return self.until - time.monotonic()
