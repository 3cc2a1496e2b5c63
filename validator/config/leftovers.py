"""Blocks of other destinations, which Partner Center's schema lets pass and nobody reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from validator.config.fault import Fault
from validator.config.vocabulary import BLOCKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def leftovers(values: Mapping[str, Any], destination: str | None) -> Iterator[Fault]:
    """Find blocks that belong to another destination than the one that is chosen. Empty ones are harmless."""
    if destination is None:
        return
    for name, block in BLOCKS.items():
        if name != destination and values.get(block):
            observed = f"“{block}” stands here, and “leadDestination” is {destination}"
            yield Fault("stray-destination-block", (block,), observed, at_key=True)
