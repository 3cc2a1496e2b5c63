"""What comes along around and inside an identifier when it is copied: blanks, quotation marks, dashes."""

from __future__ import annotations

import re
from typing import Final

_BLANKS: Final = "".join(
    map(
        chr,
        (
            *(*range(0x09, 0x0E), *range(0x1C, 0x21), 0x85, 0xA0, 0xAD, 0x1680),
            *(*range(0x2000, 0x2010), *range(0x2028, 0x2030), 0x205F, 0x2060, 0x3000, 0xFEFF),
        ),
    )
)
"""White space, and what takes no room at all."""

_DASHES: Final = "-_\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_QUOTES: Final = "\"'`\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb"
_MARKS: Final = ".,:;=()[]{}<>"

_AROUND: Final = _BLANKS + _DASHES + _QUOTES + _MARKS
_GAP: Final = re.compile(f"[{re.escape(_BLANKS + _DASHES)}]+")


def bare(text: str) -> str:
    """Give what is left of a text when all that may stand around an identifier is gone."""
    return text.strip(_AROUND)


def joined(text: str) -> str:
    """Give what is left of it when the blanks and dashes inside are gone, too."""
    return _GAP.sub("", bare(text))


def described(text: str) -> str | None:
    """Say what stands around or inside an identifier; None where nothing does."""
    inner = bare(text)
    where = [
        *([_around(text, inner)] if inner != text else []),
        *(["blanks or dashes stand inside the value"] if joined(text) != inner else []),
    ]
    return "; ".join(where) or None


def _around(text: str, inner: str) -> str:
    before, _, after = text.partition(inner)
    if not (before + after).strip(_BLANKS):
        return f"white space stands {'after' if after else 'before'} the value"
    quoted = any(quote in before + after for quote in _QUOTES)
    return f"{'quotation marks' if quoted else 'dashes or other marks'} stand around the value"
