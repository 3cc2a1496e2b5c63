"""Bytes become text, or one sentence that says why they are none."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from typing import Final

from validator.config.document import Lines, Malformed

MAX_BYTES: Final = 1024 * 1024
"""The largest file that is read. A configuration has 1 KiB, the export of a large offer some 200 KiB."""


def decode(data: bytes | str) -> str:
    """Give the text of a file. A byte order mark is dropped, and counts as no column."""
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    if len(raw) > MAX_BYTES:
        raise Malformed("larger than 1 MiB, which no lead-destination configuration is")
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or _looks_utf16(raw):
        raise Malformed("encoded as UTF-16; save it as UTF-8")
    if b"\0" in raw:
        raise Malformed("a binary file, not YAML or JSON")
    try:
        text = raw.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        raise Malformed("not valid UTF-8; save it as UTF-8", Lines(before).place(len(before))) from None
    if not text.strip():
        raise Malformed("empty")
    return text


def _looks_utf16(raw: bytes) -> bool:
    """Tell UTF-16 without a mark: of plain text, every second byte is NUL and the others are not."""
    odd, even = raw[1:200:2], raw[:200:2]
    return bool(odd) and ((not any(odd) and all(even)) or (not any(even) and all(odd)))
