"""Every lead destination of Partner Center, one line each, in the order of Microsoft's documents."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

from validator.model import Stage
from validator.rehearsal import Destination

if TYPE_CHECKING:
    from validator.config import Configuration
    from validator.model import Finding

LADDERS: Final = {
    "dynamics": "dynamics",
    "table": "azure_table",
    "httpsEndpoint": "https_endpoint",
}
"""The package of each ladder, loaded when a configuration asks for it. Its checks are named after it."""

NOTHING: Final = frozenset({"none", "email"})
"""What leads can be sent to without any connection that could be checked."""


@cache
def destination(name: str) -> Destination:
    """Give the ladder of a `leadDestination`; for one that has none yet, a ladder that says so."""
    if name in LADDERS:
        ladder: Destination = import_module(f"{__name__}.{LADDERS[name]}").DESTINATION
        return ladder
    if name in NOTHING:
        return Destination(name, judge=lambda *_: [], nothing_to_check=True)
    return Destination(name, judge=_not_covered)


def _not_covered(configuration: Configuration, _: frozenset[str]) -> list[Finding]:
    if configuration.findings:
        return []
    return [configuration.finding("destination-not-covered", Stage.SETTINGS, pointer="/leadDestination")]
