"""Judges the My Domain of an API client: the host that its secret is sent to."""

from __future__ import annotations

import re
from typing import Final

from validator.destinations.remark import Remark
from validator.destinations.salesforce.settings import wrapping

ENTRY: Final = "salesforce-domain-malformed"

SUFFIX: Final = ".my.salesforce.com"

SHARED: Final = frozenset({"login.salesforce.com", "test.salesforce.com", "webto.salesforce.com"})
"""Hosts of all organisations together: the client credentials flow is not answered there."""

_ADDRESS: Final = re.compile(r"(?:https?://)?([^/?#\s]+)(?:[/?#].*)?", re.IGNORECASE | re.DOTALL)
_MINE: Final = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,120}[a-z0-9])?\.my\.salesforce\.com")
_LIGHTNING: Final = re.compile(r"([a-z0-9](?:[a-z0-9.-]{0,120}[a-z0-9])?)\.lightning\.force\.com")
_SETUP: Final = re.compile(r"([a-z0-9](?:[a-z0-9.-]{0,120}[a-z0-9])?)\.my\.salesforce-setup\.com")
"""Where users work, and where administrators do: pages under the same name, and no API."""

_LABEL: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?")


def host(text: str) -> str:
    """Give the host that a value names: what is around it aside, in lower case."""
    found = _ADDRESS.fullmatch(wrapping.bare(text))
    return found[1].lower() if found else ""


def remark(text: str) -> Remark | None:
    """Say what is wrong; one repair mends all of it."""
    named = host(text)
    if _MINE.fullmatch(named):
        return None if text == named else Remark(ENTRY, "more than the host stands in it", repaired=named)
    if named in SHARED:
        return Remark(ENTRY, f"{named} belongs to all organisations")
    for pattern in (_LIGHTNING, _SETUP):
        if found := pattern.fullmatch(named):
            words = "it is the address of pages, not of the API"
            return Remark(ENTRY, words, repaired=found[1] + SUFFIX)
    if _LABEL.fullmatch(named):
        return Remark(ENTRY, f"the name alone is given, without {SUFFIX}", repaired=named + SUFFIX)
    return Remark(ENTRY, f"the value is no host that ends with {SUFFIX}")
