"""Which destination a configuration is for, or was meant to be for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from validator.config.fault import Fault
from validator.config.naming import identifier
from validator.config.suggestions import nearest, respelt
from validator.config.vocabulary import BLOCKS, DESTINATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEY = "leadDestination"


def destination(values: Mapping[str, Any]) -> tuple[str | None, list[Fault]]:
    """Give the destination, or the one that was most likely meant, so that its settings are judged as well.

    A missing key, and a value that is no text, are for the schema to report.
    """
    written = values.get(_KEY, values.get("destinationType"))
    if not isinstance(written, str):
        return _only_block(values), []
    if _KEY in values and written == "blob":
        return "blob", [Fault("blob-retired", (_KEY,), "“leadDestination” is blob")]
    if written in DESTINATIONS:
        return written, []
    meant = nearest(written, DESTINATIONS) or _only_block(values)
    hint = f"; did you mean “{meant}”?" if meant else f": it is one of {', '.join(DESTINATIONS)}"
    named = f"“{written}”" if identifier(written) else "the value"
    observed = f"{named} is no lead destination{hint}"
    fault = Fault("unknown-destination", (_KEY,), observed, repair=respelt(written, meant))
    return meant, [fault] if _KEY in values else []


def _only_block(values: Mapping[str, Any]) -> str | None:
    """Give the destination whose block is there, where it is the only one."""
    present = [name for name, block in BLOCKS.items() if block in values]
    return present[0] if len(present) == 1 else None
