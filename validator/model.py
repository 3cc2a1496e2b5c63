"""What leadcheck says: findings, outcomes, reports. Nothing here reads, sends or prints.

No slots: `dataclass` would make each class twice, which costs every start 2 ms.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from validator.terms import Delivery, Documented, Severity, Stage, Status, Step, Verdict

__all__ = [
    "Delivery",
    "Documented",
    "Exchange",
    "Finding",
    "Location",
    "Outcome",
    "Problem",
    "Repair",
    "Report",
    "Result",
    "Severity",
    "Source",
    "Stage",
    "Status",
    "Step",
    "Suppression",
    "TestLead",
    "Trace",
    "Verdict",
]


class Location(NamedTuple):
    """A place in the file as the user wrote it. Lines and columns count from 1, columns in code points."""

    file: str
    pointer: str
    line: int
    column: int
    end: tuple[int, int] | None = None
    """Line and column behind the value, where somebody asked for it and it is a text."""


class Trace(NamedTuple):
    """What Microsoft's support asks for: the identifiers a service gave to one refused request."""

    request_id: str | None = None
    correlation_id: str | None = None
    timestamp: str | None = None


class Suppression(NamedTuple):
    """Why a finding does not count: `by` is `configuration`, `--ignore` or `--select`."""

    by: str
    reason: str | None = None


@dataclass(frozen=True)
class Repair:
    """What a value is and should be: a text, or a list of them in the place of one.

    Either may be a credential: both are for the file alone.
    """

    pointer: str
    old: str = field(repr=False)
    new: str | tuple[str, ...] = field(repr=False)
    written: str | None = field(default=None, repr=False)
    """What to write from the location to its end; None for a credential, and where nobody asked for it."""


@dataclass(frozen=True)
class Finding:
    """One fault, named after its catalogue entry, with what was seen and what to do."""

    id: str
    severity: Severity
    stage: Stage
    title: str
    cause: str
    documented: Documented | None = None
    observed: str | None = None
    codes: tuple[str, ...] = ()
    trace: Trace | None = None
    fix: tuple[Step, ...] = ()
    location: Location | None = None
    suppressed: Suppression | None = None
    inconclusive: bool = False
    """The entry says that nobody could know: the check that carries it proved nothing."""
    repair: Repair | None = None
    """What `--fix` would write, where that is certain."""


class Exchange(NamedTuple):
    """One request on the wire, credentials removed. `status` is None when no answer came."""

    method: str
    url: str
    status: int | None
    milliseconds: int


@dataclass(frozen=True)
class Outcome:
    """How one rung of the ladder ended; `note` says why for all but `passed`."""

    id: str
    stage: Stage
    title: str
    status: Status
    seconds: float = 0.0
    note: str | None = None
    exchanges: tuple[Exchange, ...] = ()


@dataclass(frozen=True)
class TestLead:
    """The MSFT_TEST lead of this run; `earlier` holds the UTC times of others' that were already there."""

    __test__ = False  # pytest: not a test class

    token: str
    outcome: Delivery
    where: str | None = None
    cleaned_up: bool = False
    earlier: tuple[str, ...] = ()
    probes: tuple[str, ...] = ()


class Source(NamedTuple):
    """Where a configuration was read from, and in which of the known formats."""

    file: str
    pointer: str
    line: int
    format: str
    document: int = 0
    """Which document of the file it is, from 0: their pointers say nothing of it."""


@dataclass(frozen=True)
class Result:
    """Everything known about one configuration."""

    source: Source
    product: str | None
    destination: str
    verdict: Verdict
    checks: tuple[Outcome, ...] = ()
    findings: tuple[Finding, ...] = ()
    fixed: tuple[Finding, ...] = ()
    test_lead: TestLead | None = None
    unproven: tuple[str, ...] = ()


class Problem(NamedTuple):
    """An input that could not be read as a configuration."""

    file: str
    message: str
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True)
class Report:
    """One run. `environment` is `production` or `sandbox`; `started_at` is UTC, ISO 8601."""

    environment: str
    started_at: str
    duration_seconds: float
    problems: tuple[Problem, ...] = ()
    results: tuple[Result, ...] = field(default=())
