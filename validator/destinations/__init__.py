"""Every lead destination of Partner Center, one line each, in the order of Microsoft's documents."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from importlib import import_module
from typing import TYPE_CHECKING, Final

from validator.model import Severity, Stage
from validator.rehearsal import Destination

if TYPE_CHECKING:
    from collections.abc import Callable

    from validator.config import Configuration
    from validator.model import Finding

    Judge = Callable[[Configuration, frozenset[str]], list[Finding]]

LADDERS: Final = {
    "dynamics": "dynamics",
    "salesforce": "salesforce",
    "marketo": "marketo",
    "table": "azure_table",
    "httpsEndpoint": "https_endpoint",
}
"""The package of each ladder, loaded when a configuration asks for it. Its checks are named after it."""

NOTHING: Final = frozenset({"none", "email"})
"""What leads can be sent to without any connection that could be checked."""


@cache
def destination(name: str) -> Destination:
    """Give the ladder of a `leadDestination`; one without rungs yet says that it ends with the settings."""
    if name in NOTHING:
        return Destination(name, judge=_nothing, nothing_to_check=True)
    ladder = _ladder(name)
    return ladder if ladder.checks else replace(ladder, judge=partial(_settings_alone, ladder.judge))


def _ladder(name: str) -> Destination:
    if name not in LADDERS:
        return Destination(name, judge=_nothing)
    ladder: Destination = import_module(f"{__name__}.{LADDERS[name]}").DESTINATION
    return ladder


def _nothing(*_: object) -> list[Finding]:
    return []


def _settings_alone(judge: Judge, configuration: Configuration, allowed: frozenset[str]) -> list[Finding]:
    """Judge the settings, and where they hold say that nothing else was looked at."""
    found = judge(configuration, allowed)
    if any(one.severity is Severity.ERROR for one in (*configuration.findings, *found)):
        return found
    beyond = configuration.finding("destination-not-covered", Stage.SETTINGS, pointer="/leadDestination")
    return [*found, beyond]
