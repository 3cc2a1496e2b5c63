"""What people paste around a connection string: white space, quotation marks, the JSON of 2017."""

from __future__ import annotations

import json
import re
from typing import Final

from validator.destinations.remark import Remark

_BLANKS: Final = "".join(
    map(
        chr,
        (
            *(*range(0x09, 0x0E), *range(0x1C, 0x21), 0x85, 0xA0, 0xAD, 0x1680),
            *(*range(0x2000, 0x2010), *range(0x2028, 0x2030), 0x205F, 0x2060, 0x3000, 0xFEFF),
        ),
    )
)
"""White space, and what takes no room at all: nobody sees it, and no part of a connection string holds it."""

_QUOTES: Final = "\"'`\u2018\u2019\u201c\u201d\u00ab\u00bb"

_BLANK: Final = re.compile(f"[{_BLANKS}]")
_WORD: Final = re.compile(r"\w{1,60}", re.ASCII)


def trimmed(text: str) -> str:
    """Give a text without the blanks around it."""
    return text.strip(_BLANKS)


def joined(text: str) -> str:
    """Give a text without any blank."""
    return _BLANK.sub("", text)


def unwrapped(text: str) -> tuple[str, list[Remark]]:
    """Give what stands inside, and a remark for each wrapping, the most telling first."""
    bare, remarks = _peeled(text)
    inner = _in_json(bare)
    if inner is None:
        return bare, remarks
    content, more = _peeled(inner)
    return content, [Remark("connection-string-json-wrapped", "the value is a JSON object"), *remarks, *more]


def _peeled(text: str) -> tuple[str, list[Remark]]:
    """Take blanks and quotation marks off, and say so."""
    bare = trimmed(text)
    remarks = [] if bare == text else [Remark("connection-string-spaced", _spaced(text))]
    content = bare.strip(_QUOTES + _BLANKS)
    if content != bare:
        remarks.insert(0, Remark("connection-string-quoted", "quotation marks stand around the value"))
    return content, remarks


def _spaced(text: str) -> str:
    end = text[len(text.rstrip(_BLANKS)) :]
    what = "a line break" if "\n" in end or "\r" in end else "white space"
    return f"{what} stands after the value" if end else "white space stands before the value"


def _in_json(text: str) -> str | None:
    """Give the one text in a JSON object, whose key may be anything; None where it is no such object.

    It is taken apart by hand: a parser would follow hostile nesting, and single quotes are to be read too.
    """
    if not (text.startswith("{") and text.endswith("}")):
        return None
    name, _, value = map(trimmed, text[1:-1].partition(":"))
    value = trimmed(value.removesuffix(","))
    quote, content = value[:1], value[1:-1]
    if quote not in {'"', "'"} or not value.endswith(quote, 1) or quote in content:
        return None
    if not _WORD.fullmatch(name.strip("\"'")):
        return None
    try:
        return str(json.loads(f'"{content}"', strict=False))
    except ValueError:
        return content
