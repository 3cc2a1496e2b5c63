"""A credential that a service repeats in another shape: encoded, escaped, torn apart, reversed.

Both sides are brought to one bare form, in which all ways of writing the same are equal, and compared there.
"""

from __future__ import annotations

import re
from binascii import b2a_base64
from typing import TYPE_CHECKING, Final
from unicodedata import category, normalize
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD: Final = 8
"""Characters below which what looks like a credential may be chance, or a part of any word."""

_LONGEST_WORD: Final = 16

_HEAD: Final = 500
"""Characters of a credential that are compared. Only tokens are longer."""

_CUT: Final = 16
"""Characters of the beginning or the end by which one that was cut off is known."""

_COMPOSITE: Final = re.compile(r"[;/@]|=.")
"""What holds more than a credential: its beginning may stand anywhere."""

_LAYERS: Final = 3
"""How often a text may be encoded, one way inside another."""

_ENCODED: Final = re.compile(r"[&%\\]|[^\0-\x7f]")
_ENTITY: Final = re.compile(r"&#?\w{1,32};?", re.ASCII)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|[nrtbf]|(.))", re.DOTALL)
_WITHOUT: Final = dict.fromkeys([*range(33), 127, *map(ord, "+-_/")])
"""Blanks, controls, and what is ambiguous: a plus may be a blank, and base64 has two alphabets."""


def is_word(value: str) -> bool:
    """Whether it may be a word that has a meaning elsewhere: no service gives or takes such a credential."""
    return value.isalpha() and len(value) < _LONGEST_WORD


def bare(text: str) -> str:
    """Give a text without encodings, blanks, invisible characters, marks, `+-_/`, and letter case."""
    if _ENCODED.search(text):
        text = _decoded(text)
    if not text.isascii():
        kept = (character for character in normalize("NFKD", text) if category(character)[0] not in "CMZ")
        text = "".join(kept)
    return text.casefold().translate(_WITHOUT)


def _decoded(text: str) -> str:
    from html import unescape  # noqa: PLC0415 - 2 ms, only for a text that is encoded

    for _ in range(_LAYERS):
        text = _ENTITY.sub(lambda found: unescape(found[0]), normalize("NFKD", text))
        text = _ESCAPE.sub(_meant, unquote(text))
    return text


def _meant(escape: re.Match[str]) -> str:
    if escape[1]:
        return chr(int(escape[1], 16))
    return f"%{escape[2]}" if escape[2] else escape[3] or ""  # a byte: the next layer reads it as UTF-8


def disguises(value: str) -> set[str]:
    """Give what `bare` makes of a text that repeats `value` in one of its shapes."""
    raw = value[:_HEAD].encode("utf-8", "surrogatepass")
    shapes = {raw.hex(), *map(bare, _base64(raw))}
    if not is_word(value):
        plain = bare(value[:_HEAD])
        shapes |= {plain, plain[::-1]}
        if len(plain) >= 2 * _CUT and not _COMPOSITE.search(value):
            shapes |= {plain[:_CUT], plain[-_CUT:]}
    return {shape for shape in shapes if len(shape) >= WORD}


def _base64(raw: bytes) -> Iterator[str]:
    """Encode it as it looks behind 0, 1 and 2 other bytes, without the characters that these share in."""
    for before, shared in enumerate((0, 2, 3)):
        whole = (before + len(raw)) * 8 // 6
        if whole - shared >= WORD:
            yield b2a_base64(bytes(before) + raw, newline=False)[shared:whole].decode()
