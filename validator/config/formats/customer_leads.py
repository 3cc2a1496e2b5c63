"""The resource `customer-leads` of Microsoft's Product Ingestion API, alone and in its four envelopes.

Source: the API's documentation, Microsoft's offer template on GitHub, and Suger's published SDK, which holds
the same resource inside a product of its own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from validator.config.destination import destination
from validator.config.document import pointer
from validator.config.fault import Fault
from validator.config.formats.found import Found, Piece
from validator.config.naming import name
from validator.config.suggestions import folded, nearest
from validator.config.vocabulary import BLOCKS, DESTINATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Names = Mapping[str, Any]

_BLOCKS: Final = {folded(block) for block in BLOCKS.values()}

LEADS: Final = "/customer-leads/"
PRODUCT: Final = "/product/"


def bare(values: object) -> Iterator[Found]:
    """Find the resource itself, or something that was meant to be one."""
    if isinstance(values, dict) and (_is(values, LEADS) or _meant(values)):
        yield _respelt(values, Found(""))


def _respelt(values: Names, found: Found) -> Found:
    """Read the destination's block under another name than its own: what is in it is judged as well."""
    meant, _ = destination(values)
    block = BLOCKS.get(meant or "")
    if block is None or block in values:
        return found
    written = next((key for key in values if isinstance(values[key], dict) and nearest(key, [block])), None)
    if written is None:
        return found
    pieces = tuple(
        Piece((block if key == written else key,), pointer("", key), value) for key, value in values.items()
    )
    observed = f"“{block}” is missing; “{name(written)}” stands in its place"
    return replace(found, pieces=pieces, faults=(Fault("missing-key", (block,), observed, at_key=True),))


def resource_tree(values: object) -> Iterator[Found]:
    """Find the resources of an export. `root` or `target` stand in none of the other envelopes."""
    if isinstance(values, dict) and (_is(values, "/resource-tree/") or {"root", "target"} & values.keys()):
        yield from _among(values.get("resources"), "/resources")


def offer_template(values: object) -> Iterator[Found]:
    """Find the resources below the product of Microsoft's template for offers."""
    product = values.get("product") if isinstance(values, dict) else None
    if isinstance(product, dict):
        for found in _among(product.get("resources"), "/product/resources"):
            yield replace(found, product=found.product or _name(product), offer_type=product.get("type"))


def configure(values: object) -> Iterator[Found]:
    """Find the resources of a request to configure a product, or of its answer."""
    if isinstance(values, dict):
        yield from _among(values.get("resources"), "/resources")


def suger(values: object) -> Iterator[Found]:
    """Find the resource inside products of Suger's, one or several."""
    listed = values if isinstance(values, list) else [values]
    for index, product in enumerate(listed):
        at = f"/{index}" if isinstance(values, list) else ""
        inner: Any = product
        for key in ("info", "azureProductResource", "customerLeads"):
            inner = inner.get(key) if isinstance(inner, dict) else None
        if isinstance(inner, dict) and isinstance(product, dict):
            found = Found(f"{at}/info/azureProductResource/customerLeads", product=product.get("name"))
            yield _respelt(inner, found)


def _among(resources: object, at: str) -> Iterator[Found]:
    """Find the lead resources in a list, each with what the list knows of its product."""
    listed = [each for each in resources if isinstance(each, dict)] if isinstance(resources, list) else []
    products = {str(each.get("id")): each for each in listed if _is(each, PRODUCT)}
    for index, each in enumerate(resources if isinstance(resources, list) else ()):
        if isinstance(each, dict) and (_is(each, LEADS) or "leadDestination" in each):
            known = products.get(str(each.get("product")), {})
            found = Found(pointer(at, index), product=_name(known), offer_type=known.get("type"))
            yield _respelt(each, found)


def _name(product: Names) -> object:
    identity = product.get("identity")
    return identity.get("externalId") if isinstance(identity, dict) else None


def _is(values: Names, kind: str) -> bool:
    return kind in str(values.get("$schema"))


def _meant(values: Names) -> bool:
    if "leadDestination" in values:
        return True
    keys = {folded(key) for key in values}
    return "leaddestination" in keys or bool(keys & _BLOCKS) or _guessed(values)


def _guessed(values: Names) -> bool:
    """Recognise `destinationType: dynamics365ForCustomerEngagement`, which public scripts send."""
    meant = values.get("destinationType")
    return isinstance(meant, str) and nearest(meant, DESTINATIONS) is not None
