"""Judges the server ID of the old connector: `ys12`, where the account's pages are on app-ys12.marketo.com.

Microsoft's instructions once take `ys12` from that name, and once say that all of it before `.marketo.com` is
meant. So both count; the first is what they show in the field.
"""

from __future__ import annotations

import re
from typing import Final

from validator.destinations.marketo.settings import address
from validator.destinations.remark import Remark
from validator.model import Severity

PASTED: Final = "marketo-server-id-pasted"

SAMPLE: Final = "ys12"
"""What Microsoft's instructions show. It may be the server of many accounts."""

_BARE: Final = re.compile("[a-zA-Z0-9-]{1,255}")
_APP: Final = re.compile("app-([a-z][a-z0-9]{1,11})", re.IGNORECASE | re.ASCII)
"""All that were seen begin with a letter: sjqe, sj12, ab00. A number would be taken for a form's."""


def meant(text: str) -> str | None:
    """Give the server that an address names for certain."""
    return pod(address.marketo(text) or "")


def pod(name: str) -> str | None:
    """Give what stands behind `app-` in the name of a server."""
    found = _APP.fullmatch(name)
    return found[1].lower() if found else None


def remark(text: str, *, sampled: bool) -> Remark | None:
    """Judge the server ID. `sampled`: whether the Munchkin ID beside it is the documentation's."""
    if text in {SAMPLE, f"app-{SAMPLE}"}:
        held = "serverId holds what Microsoft's instructions show"
        return Remark("documentation-sample", held, None if sampled else Severity.WARNING)
    if _BARE.fullmatch(text):
        repaired = pod(text)
        return Remark(PASTED, "app- stands before the ID", Severity.NOTE, repaired) if repaired else None
    if repaired := meant(text):
        return Remark(PASTED, "the value is the server's address", repaired=repaired)
    return _odd(text)


def _odd(text: str) -> Remark | None:
    if not text:  # an old configuration without it is told as a whole; in a new one, that is as it should be
        return None
    if address.host(text):
        return Remark("marketo-landing-page", "the value is an address that names no server")
    return Remark(PASTED, "the value holds characters that no server's ID holds")
