"""The rungs: a check is a record, a destination is a list of checks."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from validator.rehearsal.blame import Blame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from validator.config import Configuration
    from validator.model import Finding, Stage
    from validator.rehearsal.climb import Climb


class Check(NamedTuple):
    """One rung.

    `run` gets what the destination's `start` made, gives findings, and may raise Skip, Refused or
    Unreachable. `beside`: asked at the same time as the check before it. `needed`: the later rungs stand on
    what it learns, so that the climb ends where it fails, even if the user ignores its finding.
    """

    id: str
    stage: Stage
    title: str
    run: Callable[[Any], Iterable[Finding] | None]
    beside: bool = False
    needed: bool = False


def later(package: str, name: str) -> Callable[[Any], Any]:
    """Give a function of a module inside a package, which is imported when it is first called.

    What speaks to a service is a third of a ladder's start, and `--offline` needs none of it.
    """

    @cache  # an import takes a lock, even where there is nothing to do
    def imported() -> Callable[[Any], Any]:
        module, _, function = name.rpartition(".")
        found: Callable[[Any], Any] = getattr(import_module(f"{package}.{module}"), function)
        return found

    def called(argument: Any) -> Any:  # noqa: ANN401 - whatever the function takes and gives
        return imported()(argument)

    return called


class Skip(Exception):
    """The check's question cannot be asked, which proves nothing against anybody."""

    def __init__(self, reason: str, *findings: Finding) -> None:
        super().__init__(reason)
        self.reason = reason
        self.findings = findings


@dataclass(frozen=True)
class Destination:
    """A ladder.

    `judge` reads the settings alone; `need` says whether the offer can go without them, under a policy;
    `evidence` judges the files that they name; `generic` names the entry for words nobody knows, by stage;
    `blame` names what is wrong where no answer comes; `unproven` says what no client can prove from here,
    and how a person confirms it.
    """

    name: str
    judge: Callable[[Configuration, frozenset[str]], list[Finding]]
    need: Callable[[Configuration, str], list[Finding]] = lambda *_: []
    evidence: Callable[[Configuration], list[Finding]] = lambda _: []
    checks: tuple[Check, ...] = ()
    start: Callable[[Climb], Any] = lambda climb: climb
    generic: tuple[tuple[Stage, str], ...] = ()
    blame: Blame = field(default_factory=Blame)
    unproven: tuple[str, ...] = ()
    nothing_to_check: bool = False
