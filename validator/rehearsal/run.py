"""What the configurations of one run share."""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from validator.fingerprint import fingerprint
from validator.model import Suppression

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from validator.config import Configuration
    from validator.http.session import Network
    from validator.model import Finding, Outcome


CURRENT: Final = "current"


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
    """One run: its options, its network (None with `--offline`), and what may be asked only once in it."""

    options: Options = field(default_factory=Options)
    network: Network | None = None
    observe: Callable[[str, Iterable[Outcome]], None] = _nobody
    returned: Callable[[], None] = _nothing
    """Called after each climb, by the thread that made it."""

    def __post_init__(self) -> None:
        self._locks: defaultdict[Hashable, threading.Lock] = defaultdict(threading.Lock)
        self._answers: dict[Hashable, tuple[Any, Exception | None]] = {}

    def once(self, key: Hashable, question: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the question gives
        """Ask `question` once per run and key; everybody else waits, and gets the same answer or error."""
        with self._locks[key]:
            if key not in self._answers:
                self._answers[key] = _tried(question)
            answer, error = self._answers[key]
        if error:
            raise error
        return answer


def _tried(question: Callable[[], Any]) -> tuple[Any, Exception | None]:
    try:
        return question(), None
    except Exception as error:  # noqa: BLE001 - raised again for each who asks
        return None, error
