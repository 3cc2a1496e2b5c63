"""Takes the text of an instance URL apart, and says what keeps it from being an address at all."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final, NamedTuple

from validator.destinations.remark import Remark

LONGEST: Final = 2048
"""Characters. No browser bar gives more, and the patterns below need a bound."""

LONGEST_HOST: Final = 253
"""Characters of a host name: what DNS allows."""

MALFORMED: Final = "instance-url-malformed"

FAULTS: Final = (
    (rf".{{{LONGEST + 1}}}", MALFORMED, "the value is far longer than an address"),
    (r"^[\"'`‘“«]|[\"'`’”»]$", MALFORMED, "quotation marks stand around the address"),  # noqa: RUF001 - they are what is looked for
    (r"^<.*://.*>$", MALFORMED, "brackets stand around the address"),
    (
        r"^([^/?#]*//)?[^/?#]*?(<[^>]*>|\{|\[\w[^\]:]*\]|%\w+%|\$\()",
        "variable-not-filled-in",
        "a placeholder was left in the address",
    ),
    (r"^\s|\s$", MALFORMED, "white space stands before or after the address"),
    (r"^[^?#]*?://[^?#]*[\s,;|]\w*://", MALFORMED, "the value holds several addresses"),
    (r"^[^?#]*?\s", MALFORMED, "white space stands inside the address"),
    (
        "[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]",
        MALFORMED,
        "the value holds a character that nobody sees",
    ),
    (r"^[^?#]*?\\", MALFORMED, "the address holds backslashes"),
    (
        r"^[^/?#]*(?://[^/?#]*)?@",
        MALFORMED,
        "a user name, or an e-mail address, stands where the host should be",
    ),
)
"""What a text may hold that no address does: pattern, catalogue entry, words. The first that fits counts."""

PLAIN: Final = re.compile(r"https://[a-z0-9.-]{1,253}/?", re.IGNORECASE)
"""What most addresses look like. None of the faults is in it, which saves a search for each."""

HEAD: Final = re.compile(r"((?:https?[:;/]+)*)((?:[a-z][a-z0-9+.-]*:)?//)?", re.IGNORECASE)
BODY: Final = re.compile(
    r"(\[[0-9a-f:.]+\]|[^:\[\]/?#]+)(?::(\d{1,5}))?([/?#].*)?", re.IGNORECASE | re.DOTALL
)
HOST: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.|$))+")

LOOK_ALIKES: Final = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04bb\u043a\u043c\u0442"  # Cyrillic
    "\u03bf\u03b1\u03bd\u03b9\u0131"  # Greek, and the Turkish i without its dot
    "\u2010\u2011\u2012\u2013\u2014\u2212",  # dashes
    "aeopcyxijsdhkmtoavii------",
)
"""Characters that a reader takes for the Latin letters and the hyphens of a host name."""


class Address(NamedTuple):
    """The parts of an address: `https://`, `fabrikam.crm4.dynamics.com`, 443, `/main.aspx?etc`.

    `host` is in lower case and in ASCII; `slip` says what had to be put right in it, if anything.
    """

    start: str
    host: str
    port: int | None
    rest: str
    slip: str | None = None


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    """Compile a pattern when it is first needed: `re` looks its own memory up twice as slowly."""
    return re.compile(pattern, re.DOTALL)


def read(text: str) -> Address | Remark:
    """Take an address apart, or say why it is none. No remark quotes the text: it may be anything."""
    if not text.strip():
        return Remark("instance-url-empty", "the value is empty")
    for pattern, entry, observed in () if PLAIN.fullmatch(text) else FAULTS:
        if _pattern(pattern).search(text):
            return Remark(entry, observed)
    head = HEAD.match(text)
    start = head[0].lower() if head else ""
    if re.fullmatch(r"https?[:;/]+", start) and not re.fullmatch("https?://", start):
        return Remark(MALFORMED, f"the address starts with {start} and not with https://")
    return _parts(start, text[len(start) :])


def _parts(start: str, text: str) -> Address | Remark:
    parts = BODY.fullmatch(text)
    if not parts:
        return Remark(MALFORMED, "no host, or no port number, stands where one should")
    port = int(parts[2]) if parts[2] else None
    if port is not None and not 0 < port < 1 << 16:
        return Remark(MALFORMED, f"{port} is no port number")
    if parts[1].startswith("["):
        return Address(start, parts[1].lower(), port, parts[3] or "")
    host, slip = _host(parts[1])
    if not HOST.fullmatch(host) or len(host) > LONGEST_HOST:
        return Remark(MALFORMED, "what stands for the host is no host name")
    return Address(start, host, port, parts[3] or "", slip)


def _host(text: str) -> tuple[str, str | None]:
    """Write a host in ASCII, its dots in order, and say what was wrong with it."""
    host, slip = unicodedata.normalize("NFKC", text).lower(), None
    latin = host.translate(LOOK_ALIKES)
    if not host.isascii() and latin.isascii():
        host, slip = latin, "characters that only look like Latin letters or hyphens stand in the host"
    tidy = ".".join(filter(None, host.split(".")))
    if tidy != host:
        host, slip = tidy, slip or "the host has a dot too many"
    if host.isascii():
        return host, slip
    try:
        return host.encode("idna").decode(), slip
    except UnicodeError:
        return "", slip
