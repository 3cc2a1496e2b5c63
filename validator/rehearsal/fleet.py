"""The only place with threads: many configurations at a time, and many questions of one."""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from contextvars import Context, copy_context
from typing import TYPE_CHECKING, Any, Final

from validator.http import waits

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from validator.model import Result
    from validator.rehearsal.climb import Climb

GRACE: Final = 0.9
"""Seconds past the deadline after which a thread is abandoned: sockets end by themselves at the deadline,
a resolver or a proxy that drips its answer to CONNECT does not."""

_POLL: Final = 0.2
"""Seconds until an interruption is noticed whose signal the system gave to another thread than the first."""


def together(*questions: Callable[[], Any]) -> list[Any]:
    """Ask questions at the same time. Raise what the first of them raised, once all have ended.

    They are asked in turn until one `waits`: then the others get threads. A thread costs as much as half a
    request, and in a fleet most answers are there already.
    """
    answers: list[Any] = [None] * len(questions)
    faults: list[BaseException | None] = [None] * len(questions)

    def ask(number: int) -> None:
        try:
            answers[number] = questions[number]()
        except BaseException as fault:  # noqa: BLE001 - raised again by whoever asked
            faults[number] = fault

    def start_others() -> None:
        for number in numbers:  # whoever comes to one first, takes it
            threads.append(_start(context, ask, number))  # noqa: PERF401 - another may start some meanwhile
        start_those_around()

    numbers = iter(range(len(questions)))
    threads: list[threading.Thread] = []
    start_those_around = waits.get()
    before = waits.set(start_others)
    context = copy_context()  # of now: whoever waits is in the middle of something
    for number in numbers:
        ask(number)
    waits.reset(before)
    for thread in threads:
        thread.join()
    for fault in filter(None, faults):
        raise fault
    return answers


class Interruption:
    """The wish to end early. A signal handler may call `request` at any moment, and more than once."""

    def __init__(self) -> None:
        self.requested = False
        self._wake: queue.SimpleQueue[Climb | None] | None = None

    def request(self) -> bool:
        """Ask to end; say False where nothing has begun, so that nothing sent would go unreported."""
        self.requested = self._wake is not None
        if self._wake is not None:
            self._wake.put(None)
        return self.requested

    def listen(self, wake: queue.SimpleQueue[Climb | None]) -> None:
        """Wake whoever waits at `wake` from now on."""
        self._wake = wake


def rehearse(climbs: Sequence[Climb], jobs: int, interruption: Interruption | None = None) -> list[Result]:
    """Climb all, `jobs` at a time, until the end or an interruption. No deadline is outlived by a second."""
    fleet = _Fleet(climbs, jobs, interruption or Interruption())
    try:
        fleet.sail()
    except KeyboardInterrupt:  # of a program that leaves the signal to Python
        fleet.interruption.request()
    fleet.recall()
    return [climb.result() for climb in climbs]


class _Fleet:
    """Climbs under way. A thread that does not come back is left behind: a daemon, as none can be ended."""

    def __init__(self, climbs: Sequence[Climb], jobs: int, interruption: Interruption) -> None:
        self.waiting = deque(climbs)
        self.under_way: dict[Climb, float] = {}
        self.back: queue.SimpleQueue[Climb | None] = queue.SimpleQueue()
        self.jobs = jobs
        self.interruption = interruption
        interruption.listen(self.back)

    def sail(self) -> None:
        while (self.waiting or self.under_way) and not self.interruption.requested:
            while self.waiting and len(self.under_way) < self.jobs:
                self._launch(self.waiting[0])
                self.waiting.popleft()
            try:
                left = min(self.under_way.values()) - time.monotonic()
                returned = self.back.get(timeout=max(0.0, min(left, _POLL)))
            except queue.Empty:
                self._leave_behind()
            else:
                if returned:
                    self.under_way.pop(returned, None)

    def recall(self) -> None:
        """Give up what has not come back; nothing, unless somebody interrupted."""
        for climb in {**self.under_way, **dict.fromkeys(self.waiting)}:
            climb.give_up("interrupted")

    def _launch(self, climb: Climb) -> None:
        self.under_way[climb] = time.monotonic() + climb.run.options.deadline + GRACE
        _start(copy_context(), self._voyage, climb)

    def _voyage(self, climb: Climb) -> None:
        try:
            climb.climb()
        except Exception:  # noqa: BLE001 - a bug outside the checks; its message may hold anything
            climb.give_up("check-crashed")
        finally:
            self.back.put(climb)

    def _leave_behind(self) -> None:
        now = time.monotonic()
        for climb in [late for late, until in self.under_way.items() if until <= now]:
            climb.give_up("deadline-reached")
            del self.under_way[climb]


def _start(context: Context, work: Callable[..., None], *arguments: object) -> threading.Thread:
    thread = threading.Thread(target=context.copy().run, args=(work, *arguments), daemon=True)
    thread.start()
    return thread
