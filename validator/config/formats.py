"""The formats a configuration comes in, each recognised by its shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from validator.config.suggestions import folded, nearest
from validator.config.vocabulary import BLOCKS, DESTINATIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Format:
    """One row. `words`: one of them, in lower case, stands in every file of this format."""

    name: str
    words: tuple[bytes, ...]
    find: Callable[[Mapping[str, Any]], Iterator[str]]
    """Give the JSON pointers of the objects that hold a configuration."""


def _customer_leads(values: Mapping[str, Any]) -> Iterator[str]:
    """Find the bare resource of the Product Ingestion API, or something that was meant to be one."""
    keys = {folded(key) for key in values}
    named = "/customer-leads/" in str(values.get("$schema"))
    if (
        named
        or "leaddestination" in keys
        or keys & {folded(block) for block in BLOCKS.values()}
        or _guessed(values)
    ):
        yield ""


def _guessed(values: Mapping[str, Any]) -> bool:
    """Recognise `destinationType: dynamics365ForCustomerEngagement`, which public scripts send."""
    meant = values.get("destinationType")
    return isinstance(meant, str) and nearest(meant, DESTINATIONS) is not None


FORMATS: Final = (
    Format(
        "customer-leads", (b"/customer-leads/", b"leaddestination", b"leadconfiguration"), _customer_leads
    ),
)


def recognise(values: object) -> Iterator[tuple[Format, str]]:
    """Give the format, and the pointer of each configuration in the values of a document."""
    if isinstance(values, dict):
        for row in FORMATS:
            if pointers := list(row.find(values)):
                yield from ((row, pointer) for pointer in pointers)
                return


def mentioned(data: bytes) -> bool:
    """Whether a file found in a folder may hold a configuration, and is worth reading."""
    lowered = data.lower()
    return any(word in lowered for row in FORMATS for word in row.words)
