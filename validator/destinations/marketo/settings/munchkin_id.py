"""Judges the Munchkin ID, the name of a Marketo account: 123-PQR-789."""

from __future__ import annotations

import re
from typing import Final

from validator.destinations.marketo.settings import address
from validator.destinations.remark import Remark
from validator.model import Severity

MALFORMED: Final = "marketo-munchkin-id-malformed"

SOUND: Final = re.compile("[0-9]{3}-[A-Z]{3}-[0-9]{3}")

PUBLISHED: Final = re.compile("[a-zA-Z0-9]{3}-[a-zA-Z0-9]{3}-[a-zA-Z0-9]{3}")
"""The pattern of Microsoft's schema `customer-leads/2022-03-01-preview2`."""

SAMPLE: Final = "123-PQR-789"
"""What Microsoft's instructions show."""

DASHES: Final = "-\u00ad\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d"
"""A class of a pattern: the hyphen, what editors make of it, and the minus of mathematics."""

_BETWEEN: Final = rf"[{DASHES}\s_.]{{0,3}}"
_MEANT: Final = re.compile(f"([0-9]{{3}}){_BETWEEN}([A-Za-z]{{3}}){_BETWEEN}([0-9]{{3}})")

_HOST: Final = re.compile(r"([0-9]{3}-[a-z]{3}-[0-9]{3})\.(?:mktorest|mktoweb)\.com")
"""The hosts of an account: its REST API, and its landing pages where they have no domain of their own."""

_GROUP: Final = 3
"""Characters of each of the three groups."""


def meant(text: str) -> str | None:
    """Give the Munchkin ID that a text is, however it is spelled, or that its host begins with."""
    if found := _MEANT.fullmatch(text):
        return "-".join(found.groups()).upper()
    found = _HOST.fullmatch(address.host(text) or "")
    return found[1].upper() if found else None


def remark(text: str) -> Remark | None:
    """Judge the Munchkin ID."""
    if SOUND.fullmatch(text):
        held = "munchkinId holds what Microsoft's instructions show"
        return Remark("documentation-sample", held) if text == SAMPLE else None
    repaired = meant(text)
    if repaired is None:
        return _malformed(text)
    if PUBLISHED.fullmatch(text):
        return Remark("marketo-munchkin-id-spelling", "letters are in lower case", Severity.WARNING, repaired)
    if _MEANT.fullmatch(text):
        return Remark("marketo-munchkin-id-spelling", _spelled(text), repaired=repaired)
    return Remark(MALFORMED, "the value is the address of the account's host", repaired=repaired)


def _spelled(text: str) -> str:
    if text.isalnum():
        return "the hyphens between the groups are missing"
    return "something else than a hyphen stands between the groups"


def _malformed(text: str) -> Remark:
    if not text:
        return Remark(MALFORMED, "the value is empty")
    if address.marketo(text):
        return Remark(MALFORMED, "the value is an address of Marketo that names no account")
    if address.host(text):
        return Remark("marketo-landing-page", "the value is an address outside Marketo, and names no account")
    groups = [len(group) for group in re.split(f"[{DASHES}]", text)]
    if groups == [_GROUP] * 3:
        return Remark(MALFORMED, "a group holds other characters: digits, letters, digits are expected")
    return Remark(MALFORMED, f"the value, of length {len(text)}, is not three groups of three characters")
