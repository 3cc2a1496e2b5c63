"""What the configurations of one run share."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from validator import lead
from validator.fingerprint import fingerprint
from validator.model import Suppression
from validator.rehearsal.questions import Questions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from validator.config import Configuration
    from validator.http.session import Network
    from validator.model import Finding, Outcome


CURRENT: Final = "current"

SOONEST: Final = timedelta(microseconds=1)
"""After which another token can be made: the finest that a clock tells."""


@dataclass(frozen=True)
class Options:
    """What the user asked for. `deadline` is seconds per configuration: the publish step's own is 120."""

    offline: bool = False
    test_lead: bool = True
    cleanup: bool = False
    probe_shapes: bool = False
    deadline: float = 120.0
    jobs: int = 16
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    allow_hosts: frozenset[str] = frozenset()
    policy: str = CURRENT
    """Of which year Microsoft's demands are taken: since 2022 no offer has to have a destination."""
    baseline: frozenset[str] = frozenset()
    """Fingerprints of the findings that were there before."""

    def suppression(self, finding: Finding, configuration: Configuration) -> Suppression | None:
        """Say who asked for a finding not to count: the file itself or the command line."""
        for ignored in configuration.ignored:
            if ignored.hides(finding):
                return Suppression("configuration", ignored.reason)
        if finding.id in self.ignore:
            return Suppression("--ignore")
        if self.select and finding.id not in self.select:
            return Suppression("--select")
        if (
            self.baseline
            and fingerprint(configuration.source, configuration.product, finding) in self.baseline
        ):
            return Suppression("--baseline", "it was there before")
        return None


def _nobody(source: str, outcomes: Iterable[Outcome]) -> None:
    """Watch nothing."""


def _nothing() -> None:
    """Count nothing."""


@dataclass
class Run:
    """One run: its options, its network (None with `--offline`), and what was asked in it."""

    options: Options = field(default_factory=Options)
    network: Network | None = None
    observe: Callable[[str, Iterable[Outcome]], None] = _nobody
    returned: Callable[[], None] = _nothing
    """Called after each climb, by the thread that made it."""
    questions: Questions = field(default_factory=Questions)
    sent: set[str] = field(default_factory=set)
    """The tokens of its test leads."""

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._last = datetime.now(UTC)

    def token(self) -> str:
        """Make the token of a test lead that is sent now; no other of this run has the same."""
        with self._lock:
            self._last = max(datetime.now(UTC), self._last + SOONEST)
            made = lead.token(self._last)
            self.sent.add(made)
        return made
