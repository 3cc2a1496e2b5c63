"""Pasted text made comparable. Linear in its length."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.catalogue.unwrapping import unwrapped

if TYPE_CHECKING:
    from collections.abc import Mapping

_SIGNS: Final[Mapping[int, str | None]] = {
    **dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u2032\u00b4\u0060\u2039\u203a\ufffd"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u2033\u00ab\u00bb"), '"'),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-"),
    ord("\ufb01"): "fi",
    ord("\ufb02"): "fl",
    ord("\u2026"): "...",
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff")),
}
_SPELLINGS: Final = (
    *(("can't", "cannot"), ("n't", " not")),
    *((f"{verb}nt ", f"{verb} not ") for verb in ("could", "does", "is", "was", "did", "has")),
    *(("azure active directory", "aad"), ("microsoft entra id", "aad"), ("azure ad ", "aad ")),
    *(("azure ad.", "aad."), (" |", "|"), ("| ", "|")),
)
"""What the years, and contractions, have made of the same words."""


def plain(text: str) -> str:
    """Bring every era's and every encoder's spelling of the same words to one: one line, lower case."""
    words = unwrapped(text).translate(_SIGNS).lower()
    for spelling, usual in _SPELLINGS:
        words = words.replace(spelling, usual)
    return " ".join(words.split())
