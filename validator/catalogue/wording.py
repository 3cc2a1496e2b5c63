"""Pasted text made comparable, and the facts in it: codes, identifiers, time, trace. Linear in its length."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST: Final = 256 * 1024
"""Characters of a text that are read, half from its start and half from its end, where a log's error is."""

_SIGNS: Final = {
    **dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u2032\u00b4\u0060"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u2033"), '"'),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-"),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff")),
}
_COLOUR: Final = re.compile("(?:\x1b|\u241b)\\[[0-9;]{0,20}[a-zA-Z]")
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

_PERCENT: Final = re.compile(r"%(?:20|0a|0d|3a|27|22|2f)", re.IGNORECASE)
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

_GUID: Final = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_IDENTIFIER: Final = (
    rf"(?<![\w-]){_GUID}(?![\w-])"
    r"|(?<![\w-])[a-z0-9-]{1,63}(?:\.api)?\.crm\d{0,2}\.(?:dynamics\.com|dynamics\.cn|microsoftdynamics\.(?:us|de))"
    r"|(?<![\w-])[a-z0-9-]{1,63}\.crm\.appsplatform\.us"
    r"|(?<![\w-])[a-z0-9-]{1,63}\.onmicrosoft\.(?:com|us|de)"
    r"|(?<![\w-])[a-z0-9]{3,24}\.table\.core\.(?:windows\.net|chinacloudapi\.cn|usgovcloudapi\.net)"
    r"|(?<![\w-])[a-z0-9-]{1,63}(?:\.sandbox)?\.my\.salesforce\.com"
    r"|(?<![\w-])\d{3}-[a-z]{3}-\d{3}\.mktorest\.com"
)
_DATAVERSE: Final = "00000007-0000-0000-c000-000000000000"
"""Dataverse's own application: in every tenant, so it tells tenants apart from nothing."""
_MANY: Final = 20

_NO_TENANT: Final = (
    r"tenant(?: identifier)? [\"'](null|undefined|none|token|authorize|oauth2|v2\.0|login|https?:?)[\"']"
)
"""What stands for the tenant in the address of a sign-in when the field was empty, or held an address."""

_LABEL: Final = r"\"?'? ?[:=] ?\"?'?"
_CORRELATION: Final = rf"(?:correlation[ _-]?id|client-request-id){_LABEL}({_GUID})"
_TRACE: Final = rf"(?:trace[ _-]?id|request[ _-]?id){_LABEL}({_GUID})"
_TIME: Final = rf"timestamp{_LABEL}(\d{{4}}-\d\d-\d\d[ t]\d\d:\d\d:\d\d(?:\.\d{{1,7}})?z?)"

_CODE: Final = (
    r"aadsts[ :_-]?(?P<entra>\d{5,8})(?!\d)"
    r"|error_?codes?[\"']? ?[:=] ?(?P<listed>\[[\d, ]{1,80}\]|\d{5,8}(?!\d))"
    r"|/error\?code=(?P<page>\d{5,8})(?!\d)"
    r"|(?<!\w)0x(?P<hex>[0-9a-f]{8})(?![\w-])"
    r"|(?:error|code|hresult|exception)(?:%3a|[ \"'=:(]){1,4}(?P<plain>80[0-9a-f]{6})(?!\w)"
    r"|(?<![\w.-])(?P<signed>-2147\d{6})(?!\w)"
    r"|(?<!\w)marketo[ :_-]{1,2}(?:rest |api |error |code ){0,4}(?P<marketo>\d{3,4})(?!\d)"
)


@dataclass(frozen=True)
class Facts:
    """What a text says beside its words. Codes are spelled `AADSTS700016`, `0x80040220` and `Marketo 603`."""

    codes: tuple[str, ...]
    identifiers: tuple[str, ...]
    timestamp: str | None
    correlation_id: str | None
    trace_id: str | None
    no_tenant: str | None = None
    """What the text calls the tenant, where that is a piece of an address or nothing."""


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
    joined = len(text.split()) == 1 and text.count("+") > _BLANKS
    if joined or _PERCENT.search(text):
        from urllib.parse import unquote, unquote_plus  # noqa: PLC0415 - few texts were part of an address

        text = unquote_plus(text) if joined else unquote(text)
    text = _PREFIX.sub(" ", _QUOTED.sub("", _COLOUR.sub("", text)))
    text = re.sub(r"\\{2,}", r"\\", text) if "\\" in text else text
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        from html import unescape  # noqa: PLC0415 - 2 ms, for text with entities alone

        text = unescape(unescape(text))
    return text


def canonical(code: str) -> str:
    """Spell a code the catalogue's way: it comes as `700016`, `AADSTS700016`, hex or signed decimal."""
    word = code.strip()
    if re.fullmatch(r"-2147\d{6}", word):
        return f"0x{int(word) % 2**32:08x}"
    if re.fullmatch(r"(0x)?8[0-9a-f]{7}", word, re.IGNORECASE):
        return "0x" + word[-8:].lower()
    if marketo := re.fullmatch(r"marketo[ :_-]?(\d{3,4})", word, re.IGNORECASE):
        return f"Marketo {marketo[1]}"
    digits = re.fullmatch(r"(?:AADSTS[ :_-]?)?(\d{5,8})", word, re.IGNORECASE)
    return f"AADSTS{digits[1]}" if digits else word


def facts(text: str) -> Facts:
    """Find codes, identifiers, time and trace in text that is already plain."""
    correlation, trace, time = (_first(pattern, text) for pattern in (_CORRELATION, _TRACE, _TIME))
    known = {correlation, trace, _DATAVERSE}
    found = (match[0] for match in re.finditer(_IDENTIFIER, text))
    identifiers = dict.fromkeys(identifier for identifier in found if identifier not in known)
    return Facts(
        codes=tuple(dict.fromkeys(_codes(text)))[:_MANY],
        identifiers=tuple(identifiers)[:_MANY],
        timestamp=time.upper() if time else None,
        correlation_id=correlation,
        trace_id=trace,
        no_tenant=_first(_NO_TENANT, text),
    )


def named(text: str, codes: Iterable[str]) -> tuple[str, ...]:
    """Find those of the codes that are names, `AuthenticationFailed` or `INVALID_FIELD`, in plain text."""
    known = {code.lower(): code for code in codes if code.replace("_", "").isalpha()}
    words = (match[0] for match in re.finditer(r"(?<![a-z0-9_])[a-z_]{6,60}(?![a-z0-9_])", text))
    return tuple(dict.fromkeys(known[word] for word in words if word in known))[:_MANY]


def _codes(text: str) -> Iterator[str]:
    if re.fullmatch(r"\d{5,8}|8[0-9a-f]{7}", text):
        yield canonical(text)
    for match in re.finditer(_CODE, text):
        if match["marketo"]:
            yield f"Marketo {match['marketo']}"
            continue
        for word in re.findall(r"-?[0-9a-f]{5,10}", match[match.lastgroup or 0]):
            yield canonical(word)


def _first(pattern: str, text: str) -> str | None:
    found = re.search(pattern, text)
    return found[1] if found else None
