"""Every lead destination of Partner Center, one line each, in the order of Microsoft's documents."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

from validator.destinations.offer import need
from validator.rehearsal import Destination

if TYPE_CHECKING:
    from validator.model import Finding

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
    """Give the ladder of a `leadDestination`; of one that is none, the reading has told."""
    if name not in LADDERS:
        nothing = name in NOTHING
        return Destination(name, judge=_nothing, need=need if nothing else _nothing, nothing_to_check=nothing)
    ladder: Destination = import_module(f"{__name__}.{LADDERS[name]}").DESTINATION
    return ladder


def _nothing(*_: object) -> list[Finding]:
    return []
