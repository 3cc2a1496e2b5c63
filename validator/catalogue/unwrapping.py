"""Takes from a pasted text what others have put around and into its words.

A message comes out of a portal, a log, a mail, an address bar or a terminal, and each of them encodes it in
its own way, often one in another. Every step costs next to nothing where its sign is absent, and none looks
further than a few hundred characters ahead: the whole is linear in the length of the text.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

MOST: Final = 256 * 1024
"""Characters of a text that are read, half from its start and half from its end, where a log's error is."""

_NESTED: Final = 3
"""How often one encoding is looked for inside itself: JSON in JSON in JSON, `%2520`, `&amp;quot;`."""

_MIXED: Final = 2
"""How often all encodings are looked for, as one may hide another: JSON in an address, and its like."""

_SOFTLY_BROKEN: Final = r"[^\n]{60}=\n"
_ESCAPE: Final = (
    r"(?<!\\)\\{1,16}(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(033|[eE])(?=\[)|([nrtbf])|([\"'/`]))"
)
_PERCENT: Final = r"(?:%[0-9a-fA-F]{2}){1,200}"
_PLUS: Final = r"(?<=[\w%.,:;='\")\]])\+(?=[\w%=('\"\[])"
"""The blank of a query string, where it stands between words."""
_QUERY: Final = r"(?<![^\s+=])[^\s+]{1,40}(?:\+[^\s+]{1,40}){3,500}"
"""Four words and more, joined by plus signs."""
_ENTITY: Final = r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,6}));"
_ENTITIES: Final = {
    "amp": "&",
    "lt": "<",
    "gt": ">",
    "quot": '"',
    "apos": "'",
    "nbsp": " ",
    "hellip": "...",
    "lsquo": "'",
    "rsquo": "'",
    "ldquo": '"',
    "rdquo": '"',
    "ndash": "-",
    "mdash": "-",
}
"""The entities that occur in errors; Python's own list of all 2231 takes its time to load."""
_WITHIN_WORDS: Final = r"</?(?:[biu]|em|strong|span|mark|font|small|wbr)(?:\s[^<>]{0,300})?/?>"
_TAG: Final = r"<(?:/?[a-zA-Z][\w:.-]{0,40}(?:\s[^<>]{0,300})?/?|!--[^<>]{0,300}--|!\[CDATA\[)>?|\]\]>"

_TERMINAL: Final = (
    r"\x1b\[[0-?]{0,40}[ -/]{0,4}[@-~]"  # colours and cursor
    r"|\x1b\][^\x07\x1b]{0,300}(?:\x07|\x1b\\)"  # titles and links
    r"|\x9b[0-?]{0,40}[@-~]|\^\[\[[0-9;]{0,40}m|\x1b[@-_]?"
    r"|\[[0-9]{1,2}(?:;[0-9]{1,3}){0,5}m"  # what is left where the escape was lost
)
_CONTROL: Final = {
    **dict.fromkeys(range(9)),
    **dict.fromkeys(range(14, 32)),
    **dict.fromkeys(range(127, 160)),
    11: " ",
    12: " ",
}

_EMPTY: Final = r"\n\s+"
_DAY: Final = r"\d{4}[-/]\d\d[-/]\d\d"
_CLOCK: Final = r"\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?"
_STAMPED: Final = rf"[ \t\[(]{{0,4}}{_DAY}"
"""The line of a log, which its writer began and no window."""
_LEVEL: Final = r"(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERR|ERROR|FATAL|CRITICAL)"
_LOGGER: Final = r"[ \t]{0,4}[\[(][\w.:/-]{1,60}[\])]:?(?=[ \t])"
_PREFIX: Final = (
    rf"(?i:\n[ \t]{{0,80}}(?:(?=[>|\[(<#\d])(?:[>|][ \t]?){{0,8}}"
    rf"(?:\[?{_DAY}(?:[T ]{_CLOCK}|(?![T ]\d\d:))\]?[ \t]{{1,4}}(?=\S)"
    rf"(?:{_LEVEL}:?(?=[ \t]))?(?:{_LOGGER}){{0,2}})?"
    rf"(?:##\[\w{{1,12}}\])?(?:[\[(<]{_LEVEL}[\])>]:?(?=[ \t]))?)?[ \t]{{0,40}})"
)
"""A line break, and what a log or a mail writes at the start of the line that follows.

A time that a line is all of is no prefix: `Timestamp:` may stand above it.
"""

_HYPHENATED: Final = rf"(?<=[a-zA-Z0-9]-){_PREFIX}"
"""A line that was broken at the hyphen of a word, or of an identifier."""

_NARROWEST: Final = 40
"""Columns of the narrowest window that somebody reads a log in."""
_USUAL: Final = frozenset({80, 100, 120, 132})
"""Columns of windows that nobody has resized: here one full line is enough to tell."""

_MOJIBAKE: Final = {"\u00e2\u20ac\u2122": "'", "\u00e2\u20ac\u02dc": "'", "\u00e2\u20ac\u0153": '"'}
"""Typographic quotation marks in UTF-8, shown by a program that expected Windows' code page."""


def unwrapped(text: str) -> str:
    """Give the words alone; line breaks are kept where nothing speaks against them."""
    half = MOST // 2
    words = text if len(text) <= MOST else f"{text[:half]} {text[-half:]}"
    words = words.replace("\r\n", "\n")
    words = _terminal(_joined(_unprinted(words)))
    for _ in range(_MIXED):
        before = words
        for sign, decode in _DECODERS:
            if sign in words:
                words = decode(words)
        if words == before:
            break
    for broken, meant in _MOJIBAKE.items():
        words = words.replace(broken, meant)
    words = _terminal(words)
    if "\n" not in words:
        return words
    words = re.sub(_HYPHENATED, "", re.sub(_EMPTY, "\n", words))
    return re.sub(_PREFIX, " ", words)


def _terminal(words: str) -> str:
    """Take out what steers a terminal, and controls of every kind."""
    if not words.isprintable() or "[" in words:
        words = re.sub(_TERMINAL, "", words).translate(_CONTROL)
    return words


def _joined(words: str) -> str:
    """Put together what a window has cut: lines that are all of one length, and end inside words."""
    *full, last = words.rstrip("\n").split("\n")
    widths = {len(line) for line in full}
    width = max(widths, default=0)
    told = len(full) > 1 or width in _USUAL
    told = told and not any(re.match(_STAMPED, line) for line in (*full[1:], last))
    cut = told and len(widths) == 1 and width >= _NARROWEST and len(last) <= width
    return "".join((*full, last)) if cut else words


def _unescaped(words: str) -> str:
    return re.sub(_ESCAPE, _character, words)


def _character(escape: re.Match[str]) -> str:
    wide, narrow, terminal, blank, sign = escape.groups()
    if wide or narrow:
        return chr(int(wide or narrow, 16))
    if terminal:
        return "\x1b"
    return {"n": "\n", "r": ""}.get(blank, " ") if blank else sign


def _unquoted(words: str) -> str:
    """Read percent encoding, and with it the plus signs that stand for blanks."""
    for _ in range(_NESTED):
        if not re.search(_PERCENT, words):
            break
        words = re.sub(_PERCENT, _octets("%"), _spaced(words))
    return words


def _spaced(words: str) -> str:
    return re.sub(_PLUS, " ", words)


def _asked(words: str) -> str:
    """Read a query in which nothing but the blanks had to be encoded."""
    return re.sub(_QUERY, lambda found: found[0].replace("+", " "), words)


def _unprinted(words: str) -> str:
    """Read quoted-printable, which mail is sent in, where a soft line break at a full line shows it."""
    if not re.search(_SOFTLY_BROKEN, words):
        return words
    joined = words.replace("=\n", "")
    return re.sub(r"(?:=[0-9A-F]{2}){1,200}", _octets("="), joined)


def _octets(mark: str) -> Callable[[re.Match[str]], str]:
    return lambda found: bytes.fromhex(found[0].replace(mark, "")).decode("utf-8", "replace")


def _unmarked(words: str) -> str:
    """Read entities, at any depth, then take out the tags."""
    for _ in range(_NESTED):
        if "&" not in words:
            break
        words = re.sub(_ENTITY, _entity, words)
    words = re.sub(_WITHIN_WORDS, "", words)
    return re.sub(_TAG, " ", words)


def _entity(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return _ENTITIES.get(name.lower(), found[0])
    number = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(number) if number <= sys.maxunicode else " "


_DECODERS: Final[tuple[tuple[str, Callable[[str], str]], ...]] = (
    ("\\", _unescaped),
    ("%", _unquoted),
    ("+", _asked),
    ("&", _unmarked),
    ("<", _unmarked),
    ("=\n", _unprinted),
)
"""Each with the sign without which there is nothing for it to do, the outermost encoding first."""
