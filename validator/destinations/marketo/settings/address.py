"""Takes the host out of an address, whether its scheme and its path came along or not."""

from __future__ import annotations

import re
from typing import Final

_ADDRESS: Final = re.compile(
    r"""(?:https?:)?(?://)?
    ((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,9}[a-z]{2,24})
    (?:[:/?\#][\s\S]*)?""",
    re.IGNORECASE | re.ASCII | re.VERBOSE,
)
"""A host name has a dot in it; ten labels are more than any that is meant for people."""

_DOMAIN: Final = ".marketo.com"


def host(text: str) -> str | None:
    """Give the host of an address in lower case; None where the text is no address."""
    found = _ADDRESS.fullmatch(text)
    return found[1].lower() if found else None


def marketo(text: str) -> str | None:
    """Give what stands before `.marketo.com` in an address; empty where nothing does; None for any other."""
    name = f".{host(text) or ''}"
    return name.removesuffix(_DOMAIN)[1:] if name.endswith(_DOMAIN) else None
