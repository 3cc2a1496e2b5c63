"""Opening a file that nobody named: a folder of somebody else's may hold pipes and devices under any name."""

from __future__ import annotations

import os
from stat import S_ISREG
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_AT_ONCE: Final = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Windows has neither the first flag nor what would block; elsewhere, no byte is ever translated."""

_PIECE: Final = 1 << 16
"""Bytes asked for at a time. Python makes room for all of them first, and a configuration has 1 KiB."""


def regular(path: Path, most: int) -> bytes:
    """Read at most `most` bytes of a regular file, nothing of what may block. Raises `OSError`.

    Straight from the system: a buffered file costs as much as reading a small one.
    """
    number = os.open(path, os.O_RDONLY | _AT_ONCE)
    try:
        return _read(number, most) if S_ISREG(os.fstat(number).st_mode) else b""
    finally:
        os.close(number)


def _read(number: int, most: int) -> bytes:
    parts = []
    while most > 0 and (part := os.read(number, min(most, _PIECE))):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)
