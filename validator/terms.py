"""The terms in which leadcheck speaks. Apart from `model`: explaining an error needs no reports."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple


class Severity(StrEnum):
    """How bad a finding is. Only errors make a configuration `not-ready`; a note never fails a run."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """Position from the worst (0) down, for sorting and for `--fail-on`."""
        return _RANKS[self]


_RANKS: Final = {severity: rank for rank, severity in enumerate(Severity)}


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


class Documented(NamedTuple):
    """One of the eight errors of Microsoft's document of 2018-10-05, with its verbatim text."""

    number: int
    message: str


class Step(NamedTuple):
    """One thing to do, and the page that describes it."""

    text: str
    url: str | None = None
