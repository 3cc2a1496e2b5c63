"""Finds the identifier in what was pasted whole: the Web-to-Lead form, its tag, an address, `oid=…`."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from validator.destinations.salesforce.settings.record_id import SHORT

SANDBOX: Final = "test.salesforce.com"
"""Where the form of a sandbox organisation posts to. The marketplace never posts there."""

_TAG: Final = re.compile(r"<input\b([^<>]*)", re.IGNORECASE)
_OID: Final = re.compile(r"(?<![\w-])name\s*=[\s\"'{\\]*oid\b", re.IGNORECASE)
_VALUE: Final = re.compile(r"(?<![\w-])value\s*=[\s\"'{\\]*([^\s\"'{}\\/<>]*)", re.IGNORECASE)
"""The generator writes some attributes with quotation marks, others without; copies lie in JSON and JSX."""

_KEYED: Final = re.compile(
    r"(?<![\w-])(?:oid|org_?id|objectIdentifier|organi[sz]ation[ _]?id(?:entifier)?)"
    r"[\"'\\]*\s*[=:]>?[\s\"'{\\]*([0-9A-Za-z]+)",
    re.IGNORECASE | re.ASCII,
)
"""`orgId` stands in the newer forms' address, and in the settings of reCAPTCHA."""

_LOOSE: Final = re.compile(
    r"(?<![0-9A-Za-z])00D[0-9A-Za-z]{12}(?:[0-9A-Za-z]{3})?(?![0-9A-Za-z])", re.IGNORECASE | re.ASCII
)


class Pasted(NamedTuple):
    """What the text is, the identifier in it (None where it has none), and whether no other can be meant."""

    words: str
    value: str | None
    certain: bool


def read(text: str) -> Pasted | None:
    """Look for an identifier in a text that is none itself; None where the text has nothing of a form."""
    live = _live(text)
    tags = [_value(tag) for tag in _TAG.findall(live) if _OID.search(tag)]
    keyed = _KEYED.findall(live) or ([_value(live)] if _OID.search(live) and not tags else [])
    loose = _LOOSE.findall(live)
    values = tags or keyed or loose
    if not values and "<form" not in live.lower():
        return None
    several = len({value[:SHORT] for value in (*tags, *keyed, *loose)}) > 1
    doubts = {
        "no oid stands in it": not values,
        "different organisations stand in it": several,
        f"it is for a sandbox, at {SANDBOX}": SANDBOX in live.lower(),
    }
    words = "; ".join([_what(live), *(doubt for doubt, there in doubts.items() if there)])
    certain = bool(tags or keyed) and not any(doubts.values())
    return Pasted(words, values[0] if values else None, certain)


def _value(attributes: str) -> str:
    found = _VALUE.search(attributes)
    return found[1] if found else ""


def _live(text: str) -> str:
    """Leave out comments: the generator keeps inputs in them that are not sent. Copies may be escaped."""
    plain = text.replace("&quot;", '"').replace("&lt;", "<")
    first, *rest = plain.split("<!--")
    return first + "".join(piece.partition("-->")[2] for piece in rest)


def _what(text: str) -> str:
    low = text.lower()
    if "<form" in low:
        return "the value is a whole form"
    if "<input" in low:
        return "the value is a tag of the form"
    return "the value is an address" if "://" in low else "the value holds more than the identifier"
