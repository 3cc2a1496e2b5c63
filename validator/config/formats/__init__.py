"""The formats a configuration comes in, each recognised by its shape. The first that fits counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from validator.config.formats import cloud_partner_portal, customer_leads, ingestion
from validator.config.formats.found import Found, Part, Piece, cut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["FORMATS", "Format", "Found", "Part", "Piece", "cut", "mentioned", "recognise"]


class Format(NamedTuple):
    """One row: the name in reports, and what finds the objects that hold a configuration in a document."""

    name: str
    find: Callable[[object], Iterator[Found]]


FORMATS: Final = (
    Format("customer-leads", customer_leads.bare),
    Format("resource-tree", customer_leads.resource_tree),
    Format("offer-template", customer_leads.offer_template),
    Format("configure", customer_leads.configure),
    Format("ingestion-v1", ingestion.lead_configuration),
    Format("cloud-partner-portal", cloud_partner_portal.offers),
    Format("suger", customer_leads.suger),
)

WORDS: Final = (b"/customer-leads/", b"leaddestination", b"leadconfiguration", b"destinationtype")
"""One of them, in lower case, stands in every file of any format."""


def recognise(values: object) -> Iterator[tuple[Format, Found]]:
    """Give the format, and each object of a document that holds a configuration."""
    for row in FORMATS:
        if found := list(row.find(values)):
            yield from ((row, one) for one in found)
            return


def mentioned(data: bytes) -> bool:
    """Whether a file found in a folder may hold a configuration, and is worth reading."""
    lowered = data.lower()
    return any(word in lowered for word in WORDS)
