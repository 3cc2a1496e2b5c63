"""All worlds by name, and how several become one."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

from validator.sandbox.worlds import dataverse, endpoint, entra, marketo, network, salesforce, storage
from validator.sandbox.worlds.world import World

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["HEALTHY", "WORLDS", "Contradiction", "UnknownWorld", "World", "merged"]

HEALTHY: Final = World(None, "nothing is wrong")

WORLDS: Final[Mapping[str, World]] = {
    world.name: world
    for world in (
        HEALTHY,
        *network.WORLDS,
        *entra.WORLDS,
        *dataverse.WORLDS,
        *storage.WORLDS,
        *endpoint.WORLDS,
        *salesforce.WORLDS,
        *marketo.WORLDS,
    )
}


class UnknownWorld(ValueError):
    """No world has this name; the message names similar ones."""


class Contradiction(ValueError):
    """Two worlds want one thing to be two ways; the message names them and the thing."""


def merged(names: Sequence[str]) -> tuple[dict[str, object], dict[str, object]]:
    """Put worlds together: changes of the state, and overrides of the configuration."""
    worlds = [_find(name) for name in names]
    return _union(worlds, "changes"), _union(worlds, "overrides")


def _find(name: str) -> World:
    if name in WORLDS:
        return WORLDS[name]
    similar = difflib.get_close_matches(name, WORLDS, n=3)
    hint = f" Did you mean {' or '.join(similar)}?" if similar else ""
    raise UnknownWorld(f"There is no world named {name!r}.{hint}")


def _union(worlds: Sequence[World], what: str) -> dict[str, object]:
    union: dict[str, object] = {}
    origin: dict[str, str] = {}
    for world in worlds:
        for path, value in getattr(world, what).items():
            if union.setdefault(path, value) != value:
                raise Contradiction(
                    f"The worlds {origin[path]} and {world.name} contradict each other: {path}."
                )
            origin.setdefault(path, world.name)
    return union
