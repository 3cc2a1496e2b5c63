"""One configuration on its way up the ladder, and what can be said of it at any moment."""

from __future__ import annotations

import threading
import time
import traceback
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from validator import catalogue
from validator.config.plain import in_plain_text
from validator.http import Clock, Refused, Unreachable, exchanges
from validator.model import (
    Exchange,
    Finding,
    Outcome,
    Result,
    Severity,
    Stage,
    Status,
    TestLead,
)
from validator.rehearsal import naming
from validator.rehearsal.check import Check, Destination, Skip
from validator.rehearsal.fleet import together
from validator.rehearsal.unused import unused
from validator.rehearsal.verdict import PROMISING, verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from validator.config import Configuration
    from validator.rehearsal.run import Run

T = TypeVar("T")

SETTINGS = Check("settings", Stage.SETTINGS, "the settings are well formed", lambda climb: climb.judged())


class Climb:
    """The state of one climb. Checks write to it; `result` may be asked for at any time, by any thread."""

    def __init__(self, run: Run, configuration: Configuration, destination: Destination) -> None:
        self.run = run
        self.configuration = configuration
        self.destination = destination
        self.test_lead: TestLead | None = None
        self.unproven: list[str] = []
        self.ended: str | None = None
        self.clock = Clock(run.options.deadline)
        self._outcomes: list[Outcome] = []
        self._findings: list[Finding] = []
        self._group: tuple[Check, ...] = (SETTINGS,)
        self._open = True
        self._lock = threading.Lock()

    def climb(self) -> None:
        """Climb until the top, or until a stage does not hold."""
        self.clock = Clock(self.run.options.deadline)
        self._ask((SETTINGS,))
        if not self.ended and self.run.network and self.destination.checks:
            self.session = self.run.network.session(self.clock, self.configuration.secrets)
            for group in _groups(self.destination.checks):
                self._ask(group)
        self._group = ()
        self.run.returned()

    @cached_property
    def state(self) -> Any:  # noqa: ANN401 - the destination's own
        """Give what the destination's checks share."""
        return self.destination.start(self)

    def judged(self) -> list[Finding]:
        """Judge the settings, and the files that they name, without any request."""
        options = self.run.options
        found = [
            *self.configuration.findings,
            *self.destination.judge(self.configuration, options.allow_hosts),
            *self.destination.need(self.configuration, options.policy),
            *self.destination.evidence(self.configuration),
        ]
        return [*found, *in_plain_text(self.configuration, found)]

    def finding(self, entry: str, **details: Any) -> Finding:  # noqa: ANN401 - as Configuration.finding takes them
        """Report a catalogue entry from the check at hand."""
        return self.configuration.finding(entry, self._group[0].stage, **details)

    def shared(self, key: Hashable, question: Callable[[], T]) -> T:
        """Ask what is the same for every configuration with this `key`: one of them asks for all."""
        answer: T = self.run.questions.shared(key, self.clock, question, self._definite)
        return answer

    def _definite(self, refused: Refused) -> bool:
        """Whether a refusal has a name, and not that of a "not now", so that all would hear the same."""
        entry = naming.entry_for(refused, self.destination.name, "")
        return entry != "" and not catalogue.lookup(entry).inconclusive

    def left_out(self, check: Check) -> str | None:
        """Say why a check is not made, if it is not."""
        options = self.run.options
        if self.ended:
            return self.ended
        if options.offline and check.stage is not Stage.SETTINGS:
            return "--offline"
        if not options.test_lead and check.stage in {Stage.TEST_LEAD, Stage.ARRIVAL}:
            return "--no-test-lead"
        return None

    def give_up(self, entry: str) -> None:
        """End the climb from outside (`interrupted`, `deadline-reached`): what is asked proves nothing."""
        with self._lock:
            if not self._group:  # it has ended by itself
                return
            done = {outcome.id for outcome in self._outcomes}
            for check in (check for check in self._group if check.id not in done):
                found = self.finding(entry)
                self._findings.append(found)
                self._outcomes.append(_outcome(check, Status.INCONCLUSIVE, note=found.title))
            self.ended = catalogue.lookup(entry).title
            self._open = False

    def result(self) -> Result:
        """Say everything known so far."""
        with self._lock:
            outcomes = [*self._outcomes]
            findings = self._counted(naming.one_per_fault(self._findings))
        done = {outcome.id for outcome in outcomes}
        rest = [check for check in self.destination.checks if check.id not in done]
        outcomes += [_skipped(check, self.left_out(check)) for check in rest]
        proven = verdict(self, outcomes, findings)
        complete = proven in PROMISING or self.destination.nothing_to_check
        findings += self._counted(list(unused(self.configuration, findings, complete=complete)))
        beyond = self.destination.unproven if proven in PROMISING else ()
        return Result(
            source=self.configuration.source,
            product=self.configuration.product,
            destination=self.configuration.destination,
            verdict=proven,
            checks=tuple(outcomes),
            findings=tuple(sorted(findings, key=lambda found: found.severity.rank)),
            fixed=self.configuration.fixed,
            test_lead=self.test_lead,
            unproven=(*self.unproven, *beyond),
        )

    def _ask(self, group: tuple[Check, ...]) -> None:
        asked = [check for check in group if not self.left_out(check)]
        if not asked:
            return
        self._group = tuple(asked)
        answers = together(*(lambda check=check: self._answer(check) for check in asked))
        with self._lock:
            if not self._open:
                return
            for outcome, findings, stops in answers:
                self._outcomes.append(outcome)
                self._findings += findings
                if stops and not self.ended:
                    self.ended = f"'{outcome.title}' {_ENDINGS[outcome.status]}"
        self.run.observe(self.configuration.source.file, [outcome for outcome, *_ in answers])

    def _answer(self, check: Check) -> tuple[Outcome, list[Finding], bool]:
        record: list[Exchange] = []
        exchanges.set(record)
        started = time.monotonic()
        status, note, findings, stops = self._try(check)
        seconds = round(time.monotonic() - started, 3)
        return _outcome(check, status, seconds, note, tuple(record)), findings, stops

    def _try(self, check: Check) -> tuple[Status, str | None, list[Finding], bool]:
        try:
            return self._run(check)
        except Exception as bug:  # noqa: BLE001 - a bug in one check must not end the others
            found = self.finding("check-crashed", observed=_whereabouts(bug))
            return Status.CRASHED, found.title, [found], True

    def _run(self, check: Check) -> tuple[Status, str | None, list[Finding], bool]:
        try:
            findings = list(check.run(self if check is SETTINGS else self.state) or ())
        except Skip as skip:
            return Status.SKIPPED, skip.reason, list(skip.findings), False
        except (Refused, Unreachable) as failure:
            found = naming.of(self, failure, check.stage)
            return _status([found]), found.title, [found], True
        status = _status(findings)
        counted = [found for found in self._counted(findings) if check.needed or not found.suppressed]
        return status, _note(status, findings), findings, _status(counted) is not Status.PASSED

    def _counted(self, findings: list[Finding]) -> list[Finding]:
        suppression = self.run.options.suppression
        counted = [(found, suppression(found, self.configuration)) for found in findings]
        return [found if by == found.suppressed else replace(found, suppressed=by) for found, by in counted]


_ENDINGS = {
    Status.FAILED: "failed",
    Status.INCONCLUSIVE: "could not be told",
    Status.CRASHED: "crashed",
}


def _groups(checks: tuple[Check, ...]) -> Iterator[tuple[Check, ...]]:
    group: list[Check] = []
    for check in checks:
        if group and not check.beside:
            yield tuple(group)
            group = []
        group.append(check)
    yield tuple(group)


def _outcome(
    check: Check,
    status: Status,
    seconds: float = 0.0,
    note: str | None = None,
    record: tuple[Exchange, ...] = (),
) -> Outcome:
    return Outcome(check.id, check.stage, check.title, status, seconds, note, record)


@lru_cache(maxsize=256)
def _skipped(check: Check, why: str | None) -> Outcome:
    """Tell of a check that was not made. Remembered: without a network they are all the same for a folder."""
    return _outcome(check, Status.SKIPPED, note=why)


def _status(findings: list[Finding]) -> Status:
    if any(found.severity is Severity.ERROR for found in findings):
        return Status.FAILED
    return Status.INCONCLUSIVE if any(found.inconclusive for found in findings) else Status.PASSED


def _note(status: Status, findings: list[Finding]) -> str | None:
    telling = [found for found in findings if found.severity is Severity.ERROR or found.inconclusive]
    return "; ".join(dict.fromkeys(found.title for found in telling)) if status is not Status.PASSED else None


def _whereabouts(bug: Exception) -> str:
    """Name the bug and its line, without its message: that may hold anything, a secret included."""
    frame = traceback.extract_tb(bug.__traceback__)[-1]
    return f"{type(bug).__name__} in {Path(frame.filename).name}, line {frame.lineno}"
