"""What leadcheck says: findings, outcomes, reports. Nothing here reads, sends, prints or imports ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is. Only errors make a configuration `not-ready`; a note never fails a run."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """Position from the worst (0) down, for sorting and for `--fail-on`."""
        return tuple(Severity).index(self)


class Stage(StrEnum):
    """The ladder that the publish step climbs, in its order."""

    SETTINGS = "settings"
    REACH = "reach"
    SIGN_IN = "sign-in"
    PERMISSIONS = "permissions"
    TEST_LEAD = "test-lead"
    ARRIVAL = "arrival"


class Status(StrEnum):
    """How a check ended. `inconclusive`: nobody could know; `crashed`: a bug of ours."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    INCONCLUSIVE = "inconclusive"
    CRASHED = "crashed"


class Verdict(StrEnum):
    """What was proven about one configuration; the first that applies, in this order."""

    NOT_READY = "not-ready"
    UNPROVEN = "unproven"
    SETTINGS_OK = "settings-ok"
    PERMITTED = "permitted"
    ACCEPTED = "accepted"
    READY = "ready"
    NOTHING_TO_CHECK = "nothing-to-check"


class Delivery(StrEnum):
    """What became of the test lead. `unknown`: it may have been sent, and nobody could look."""

    CONFIRMED = "confirmed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    NOT_SENT = "not-sent"


@dataclass(frozen=True, slots=True)
class Location:
    """A place in the file as the user wrote it. Lines and columns count from 1, columns in code points."""

    file: str
    pointer: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Documented:
    """One of the eight errors of Microsoft's document of 2018-10-05, with its verbatim text."""

    number: int
    message: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, and the page that describes it."""

    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """What Microsoft's support asks for: the identifiers a service gave to one refused request."""

    request_id: str | None = None
    correlation_id: str | None = None
    timestamp: str | None = None


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why a finding does not count: `by` is `configuration`, `--ignore` or `--select`."""

    by: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request on the wire, credentials removed. `status` is None when no answer came."""

    method: str
    url: str
    status: int | None
    milliseconds: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one rung of the ladder ended; `note` says why for all but `passed`."""

    id: str
    stage: Stage
    title: str
    status: Status
    seconds: float = 0.0
    note: str | None = None
    exchanges: tuple[Exchange, ...] = ()


@dataclass(frozen=True, slots=True)
class TestLead:
    """The MSFT_TEST lead of this run; `earlier` holds the UTC times of others' that were already there."""

    __test__ = False  # pytest: not a test class

    token: str
    outcome: Delivery
    where: str | None = None
    cleaned_up: bool = False
    earlier: tuple[str, ...] = ()
    probes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a configuration was read from, and in which of the known formats."""

    file: str
    pointer: str
    line: int
    format: str


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Problem:
    """An input that could not be read as a configuration."""

    file: str
    message: str
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One run. `environment` is `production` or `sandbox`; `started_at` is UTC, ISO 8601."""

    environment: str
    started_at: str
    duration_seconds: float
    problems: tuple[Problem, ...] = ()
    results: tuple[Result, ...] = field(default=())
