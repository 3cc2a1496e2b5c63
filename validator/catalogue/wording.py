"""Pasted text made comparable. Linear in its length."""

from __future__ import annotations

import re
from typing import Final

MOST: Final = 256 * 1024
"""Characters of a text that are read, half from its start and half from its end, where a log's error is."""

_SIGNS: Final = {
    **dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u2032\u00b4\u0060"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u2033"), '"'),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-"),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff")),
}
_COLOUR: Final = re.compile("(?:\x1b|\u241b)\\[[0-9;]{0,20}[a-zA-Z]|\\[(?:[0-9]{1,3};){0,6}[0-9]{1,3}m")
"""With the escape that begins it, and where a browser or an editor has lost it."""

_SOFT_BREAK: Final = re.compile(r"=\r?\n")
"""Where quoted-printable, as mails are sent, breaks a line."""

_TAG: Final = re.compile(r"</?[a-zA-Z][\w:.-]{0,40}(?:\s[^<>]{0,500})?/?>")
"""Tags of HTML and XML; a placeholder such as `<your secret>` is none, or loses nothing."""

_PREFIX: Final = re.compile(
    r"^[ \t\[(]{0,4}\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[^\s\]]{0,14}\]?"
    r"(?:[ \t]{1,4}[\[(]?(?:error|warn|warning|info|debug|trace|fatal|critical)[\])]?:?)?"
    r"(?:[ \t]{1,4}\[[^\[\]\n]{0,60}\])?",
    re.IGNORECASE | re.MULTILINE,
)
"""What a log writes before each line: it may stand in the middle of a message that was wrapped."""

_QUOTED: Final = re.compile(r"^[ \t]{0,8}(?:>[ \t]?){1,8}", re.MULTILINE)
"""What a mail writes before each line that it answers."""

_BLANKS: Final = 3
"""Plus signs in a text without blanks, from which they are taken for blanks."""

_PERCENT: Final = re.compile(r"%(?:20|25|0a|0d|3a|27|22|2f)", re.IGNORECASE)
"""Signs that a text was part of an address, and is still spelt as such."""

_SPELLINGS: Final = (
    *(
        ("\\r", " "),
        ("\\n", " "),
        ("\\t", " "),
        ("\\u0027", "'"),
        ("\\u0022", '"'),
        ('\\"', '"'),
        ("\\'", "'"),
    ),
    *(("&#39;", "'"), ("&apos;", "'"), ("&quot;", '"'), ("n't", " not")),
    *(("azure active directory", "aad"), ("microsoft entra id", "aad"), ("azure ad ", "aad ")),
    *(("azure ad.", "aad."), (" |", "|"), ("| ", "|")),
)
"""What a document's editor, a JSON or HTML encoder and a contraction make of the same words."""


def plain(text: str) -> str:
    """Bring every era's and every encoder's spelling of the same words to one: one line, lower case."""
    half = MOST // 2
    bounded = text if len(text) <= MOST else f"{text[:half]} {text[-half:]}"
    words = _unwrapped(bounded).translate(_SIGNS).lower()
    for spelling, usual in _SPELLINGS:
        words = words.replace(spelling, usual)
    return " ".join(words.split())


def _unwrapped(text: str) -> str:
    """Undo what terminals, logs, addresses, pages and JSON inside of JSON have put around the words."""
    text = _SOFT_BREAK.sub("", text.replace("\0", ""))
    joined = len(text.split()) == 1 and text.count("+") > _BLANKS
    if joined or _PERCENT.search(text):
        from urllib.parse import unquote, unquote_plus  # noqa: PLC0415 - few texts were part of an address

        text = unquote(unquote_plus(text) if joined else unquote(text))
    text = _PREFIX.sub(" ", _QUOTED.sub("", _COLOUR.sub("", text)))
    text = re.sub(r"\\{2,}", r"\\", text) if "\\" in text else text
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        from html import unescape  # noqa: PLC0415 - 2 ms, for text with entities alone

        text = unescape(unescape(text))
    return text
