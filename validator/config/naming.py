"""What of a file may be repeated: its names. All else may be a secret that went astray."""

from __future__ import annotations

import re
from typing import Final

_MOST: Final = 40
"""Characters of a value from a list."""

_KEY: Final = 64
"""Characters of a key; the longest of Microsoft's has 59."""

_NAME: Final = re.compile(rf"[\w$.-]{{0,{_KEY}}}")
_POINTER: Final = re.compile(rf"(?:/[\w$.-]{{0,{_KEY}}})*")
_IDENTIFIER: Final = re.compile(rf"[A-Za-z0-9_.-]{{1,{_MOST}}}")


def name(key: str) -> str:
    """Give a key as far as it looks like one: in `password S3cr3t: x` the rest is a value."""
    kept = _NAME.match(key)[0]  # type: ignore[index] # it matches nothing, too
    return kept if len(kept) == len(key) else kept + "…"


def names(pointer: str) -> str:
    """Give a JSON pointer whose keys may be shown."""
    return pointer if _POINTER.fullmatch(pointer) else "/".join(map(name, pointer.split("/")))


def identifier(value: object) -> str:
    """Give a value that looks like a name from a list; the empty string for any other."""
    return value if isinstance(value, str) and _IDENTIFIER.fullmatch(value) else ""
