"""Questions that several configurations have in common: one of them asks, and all hear the answer.

A publisher's offers mostly send their leads to one account. Who signs in, and what it may do there, is the
same for all of them, and a service counts its questions: Dataverse takes 52 at a time from one user.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Final

from validator.http import Reason, Refused, Unreachable, exchanges

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from types import TracebackType

    from validator.http import Clock
    from validator.model import Exchange

FRESH: Final = 300.0
"""Seconds for which an answer holds: half of the shortest life that an administrator can give a token."""


class Questions:
    """What was asked in one run, and what was heard. All who hear an answer have its requests on record."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked: dict[Hashable, _Asked] = {}

    def once(self, key: Hashable, question: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever it gives
        """Ask once per run, whatever comes of it: a password that is tried again may lock its user out."""
        asked, ours = self._join(key, lambda _: True)
        if ours:
            asked.ask(question, lambda _: True)
        return asked.hear()

    def shared(
        self, key: Hashable, clock: Clock, question: Callable[[], Any], definite: Callable[[Refused], bool]
    ) -> Any:  # noqa: ANN401 - the same
        """Ask what is the same for all. An error that is no `definite` refusal is for those who wait for it.

        Nobody waits longer than the own `clock` allows, or hears that somebody else's time is over.
        """
        asked, ours = self._join(key, _Asked.holds)
        if ours:
            asked.ask(question, definite)
        elif not asked.answered(clock.left()):
            return question()  # which tells that the time is over
        elif asked.late():
            return self.shared(key, clock, question, definite)
        return asked.hear()

    def _join(self, key: Hashable, holds: Callable[[_Asked], bool]) -> tuple[_Asked, bool]:
        """Give the question that was asked, if that `holds`; else a new one, for the caller to ask."""
        with self._lock:
            asked = self._asked.get(key)
            if asked and holds(asked):
                return asked, False
            asked = self._asked[key] = _Asked()
            return asked, True


class _Asked:
    """A question on its way, or answered."""

    def __init__(self) -> None:
        self._at = time.monotonic()
        self._future: Future[tuple[Any, Exception | None, list[Exchange]]] = Future()
        self._trace: TracebackType | None = None
        self._kept = True

    def ask(self, question: Callable[[], Any], definite: Callable[[Refused], bool]) -> None:
        """Ask, and keep what was heard and the requests that it took."""
        record: list[Exchange] = []
        before = exchanges.set(record)
        try:
            self._future.set_result((question(), None, record))
        except Exception as error:  # noqa: BLE001 - raised again for each who asks
            self._trace = error.__traceback__
            self._kept = isinstance(error, Refused) and definite(error)
            self._future.set_result((None, error, record))
        finally:
            exchanges.reset(before)

    def answered(self, seconds: float) -> bool:
        """Wait for the answer; say whether it came."""
        try:
            self._future.result(max(0.0, seconds))
        except TimeoutError:
            return False
        return True

    def hear(self) -> Any:  # noqa: ANN401 - whatever the question gives
        """Give the answer, or raise the error, once it is there."""
        answer, error, record = self._future.result()
        exchanges.get([]).extend(record)
        if error:
            raise error.with_traceback(self._trace)  # or each who hears it would leave a trace in it
        return answer

    def late(self) -> bool:
        """Whether no answer came because the time of whoever asked was over."""
        error = self._future.result()[1]
        return isinstance(error, Unreachable) and error.reason is Reason.DEADLINE

    def holds(self) -> bool:
        """Whether this serves who asks now: it is on its way, or was answered for good, and not long ago."""
        return not self._future.done() or (self._kept and time.monotonic() - self._at < FRESH)
