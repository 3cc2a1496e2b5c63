"""An offer of the Cloud Partner Portal, whose API still serves what predates Partner Center.

Its names are flat, behind the prefix of the offer's family. Which blocks there are is known from public
files; in all of them they are empty, so that the names inside are taken from the other two formats.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from validator.config.document import pointer
from validator.config.fault import Fault
from validator.config.formats.found import Found, Piece
from validator.config.formats.ingestion import MEANT, read
from validator.config.suggestions import folded, nearest
from validator.config.vocabulary import BLOCKS, DESTINATIONS
from validator.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OFFER: Final = "/definition/offer"
EMAILS: Final = "leadnotificationemails"

KNOWN: Final = {
    **{folded(block): block for block in BLOCKS.values()},
    "crmleadconfiguration": BLOCKS["dynamics"],
}
"""Blocks by their names here, without case."""

SETTINGS: Final = {
    **MEANT,
    **{
        folded(name): name
        for name in (
            *("instanceUrl", "storageAccountConnectionString", "httpsEndpointUrl"),
            *("munchkinId", "clientId", "clientSecret"),
        )
    },
    "url": "instanceUrl",
}


def offers(values: object) -> Iterator[Found]:
    """Find the offers: one, or those of a list. An export holds no secrets."""
    several = isinstance(values, list)
    for index, offer in enumerate(values if isinstance(values, list) else [values]):
        found = _found(f"/{index}" if several else "", offer) if isinstance(offer, dict) else None
        if found:
            yield found


def _found(at: str, offer: Mapping[str, Any]) -> Found | None:
    definition = offer.get("definition")
    settings = definition.get("offer") if isinstance(definition, dict) else None
    named = {_short(key): key for key in settings} if isinstance(settings, dict) else {}
    if "leaddestination" not in named or not isinstance(settings, dict):
        return None
    pieces = tuple(_pieces(settings, named))
    populated = next((piece for piece in pieces if len(piece.path) > 1), None)
    doubt = (
        (Fault("format-not-documented", populated.path, _doubt(populated), Severity.NOTE),)
        if populated
        else ()
    )
    names = {part: theirs for piece in pieces for part, theirs in _names(piece)}
    return Found(f"{at}{OFFER}", pieces, names, offer.get("id"), omits_secrets=True, faults=doubt)


def _names(piece: Piece) -> Iterator[tuple[str, str]]:
    """Give the portal's names of a value and of the block that it stands in, by those of `customer-leads`."""
    theirs = [key.replace("~1", "/").replace("~0", "~") for key in piece.origin.split("/")[1:]]
    yield from zip(map(str, piece.path[-len(theirs) :]), theirs, strict=True)


def _doubt(piece: Piece) -> str:
    return f"“{piece.path[0]}” is read by the names that Microsoft's other interfaces have"


def _short(key: str) -> str:
    """Give a name without its prefix and its case."""
    return folded(key.rpartition(".")[2])


def _pieces(settings: Mapping[str, Any], named: Mapping[str, str]) -> Iterator[Piece]:
    written = settings[named["leaddestination"]]
    meant = nearest(written, DESTINATIONS) if isinstance(written, str) else None
    yield Piece(("leadDestination",), pointer("", named["leaddestination"]), meant or written)
    for name, block in KNOWN.items():
        inner = settings.get(named.get(name, ""))
        if isinstance(inner, dict):
            at = pointer("", named[name])
            for key, value in inner.items():
                setting = SETTINGS.get(folded(key)) or str(key)
                yield Piece((block, setting), pointer(at, key), read(setting, value))
    emails = settings.get(named.get(EMAILS, ""))
    if emails and meant in BLOCKS:
        value = read("contactEmail", emails)
        yield Piece((BLOCKS[meant], "contactEmail"), pointer("", named[EMAILS]), value)
