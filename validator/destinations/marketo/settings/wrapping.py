"""What people paste around a value: white space and quotation marks."""

from __future__ import annotations

from typing import Final

from validator.destinations.remark import Remark

BLANKS: Final = (
    " \t\r\n\f\v\u0085\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
"""White space, and what takes no room at all: both come along from a page or a mail."""

QUOTES: Final = "\"'`\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb"


def unwrapped(text: str) -> str:
    """Give what stands inside."""
    return text.strip(BLANKS + QUOTES)


def quoted(text: str) -> bool:
    """Whether there is a quotation mark at either end, perhaps behind blanks."""
    return text.strip(BLANKS) != unwrapped(text)


def around(text: str) -> Remark | None:
    """Say what stands around a value, or None where nothing does."""
    if unwrapped(text) == text:
        return None
    if quoted(text):
        words = "quotation marks stand around the value"
    elif text.rstrip(BLANKS) == text:
        words = "white space stands before the value"
    else:
        end = text[len(text.rstrip(BLANKS)) :]
        what = "a line break" if "\n" in end or "\r" in end else "white space"
        words = f"{what} stands after the value"
    return Remark("marketo-value-spaced", words)
