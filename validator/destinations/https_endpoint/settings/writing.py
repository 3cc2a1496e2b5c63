"""How the address is written: what stands around it, how it begins, what nobody filled in."""

from __future__ import annotations

import re
from typing import Final

from validator.destinations.https_endpoint.settings.address import LONGEST, REFUSED, read
from validator.destinations.https_endpoint.settings.kinds import Kind, kind
from validator.destinations.remark import Remark

EMPTY: Final = "endpoint-url-empty"
MALFORMED: Final = "endpoint-url-malformed"
NOT_HTTPS: Final = "endpoint-url-not-https"
SCHEME_MISSING: Final = "endpoint-url-scheme-missing"
CHARACTER: Final = "endpoint-url-character-refused"

SCHEME: Final = "https://"
HTTP: Final = 80

BLANKS: Final = " \t\r\n\f\v\u0085\u00a0\u200b\u200c\u200d\u2028\u2029\u2060\u3000\ufeff"
"""White space, and what takes no room at all: both come along when an address is copied."""

QUOTED: Final = re.compile(
    r"""".*" | '.*' | `.*` | \u201c.*\u201d | \u2018.*\u2019 | \u00ab.*\u00bb | <\s*https?:.*>""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
"""What documents, shells and mails put round an address."""

PLACEHOLDER: Final = re.compile(
    r"""\{[^{}]{0,200}\}                      # {…}, which ends {{…}} and ${…} as well
    | \$\([^()]{0,200}\)                      # Azure Pipelines
    | <[^<>]{1,200}>                          # a document's <signature>
    | //[^/?\#]*\[[^][:/?\#]{1,100}\]         # [your host], where no IPv6 address stands
    | %(?![0-9a-f]{2})[a-z_]\w{0,99}%         # Windows, where it is no escaped byte
    | %[a-z_]\w{2,99}%(?![0-9a-f]{2})
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)

HEAD: Final = re.compile(r"(?:https?(?:[:;]?/+|[:;]))+", re.IGNORECASE)
OTHER_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def meant(text: str) -> tuple[str | None, list[Remark]]:
    """Give the address that was meant, and what is wrong with how it is written.

    None where nothing can be read from it; it is an error then, and no other is to be looked for.
    """
    if len(text) > LONGEST:
        return None, [Remark(MALFORMED, "the value is far longer than an address")]
    bare, around = _unwrapped(text)
    if not bare:
        return None, [Remark(EMPTY, "the value is empty")]
    if PLACEHOLDER.search(bare):
        return None, [Remark("variable-not-filled-in", "a placeholder was left in the address")]
    url, start = _started(bare)
    found = [remark for remark in (around, start) if remark]
    if url and (refused := REFUSED.search(url)):
        return None, [*found, Remark(CHARACTER, _described(refused[0]))]
    if url and not read(url):
        words = "no host name, or no port number, stands where one should"
        return None, [*found, Remark(MALFORMED, words)]
    return url, found


def _unwrapped(text: str) -> tuple[str, Remark | None]:
    """Take away what stands around an address. Partner Center takes none of it."""
    bare, quoted = text.strip(BLANKS), False
    while QUOTED.fullmatch(bare):
        bare, quoted = bare[1:-1].strip(BLANKS), True
    if bare == text:
        return bare, None
    if quoted:
        words = "quotation marks or brackets stand around the address"
    elif text.rstrip(BLANKS) != text:
        words = "white space or a line break stands after the address"
    else:
        words = "white space stands before the address"
    return bare, Remark(CHARACTER, words, repaired=bare)


def _started(bare: str) -> tuple[str | None, Remark | None]:
    """Write the beginning as Partner Center takes it, and say what was wrong with it."""
    found = HEAD.match(bare)
    if not found:
        return _without_scheme(bare)
    head, url = found[0], SCHEME + bare[found.end() :]
    if head == SCHEME:
        return url, None
    if head.lower() == SCHEME:
        return url, Remark(NOT_HTTPS, "https:// is written in capital letters", repaired=url)
    if head.lower() == "http://":
        return url, Remark(NOT_HTTPS, "the address starts with http://", repaired=_secured(url))
    slip = "https:// stands there twice" if "http" in head.lower()[1:] else "https:// is misspelt"
    only = not re.search("http(?!s)", head, re.IGNORECASE)
    return url, Remark(MALFORMED, slip, repaired=url if only and read(url) else None)


def _secured(url: str) -> str | None:
    """Give the address with https, where it is certain that its host speaks it."""
    address = read(url)
    known = address and address.port != HTTP and kind(address) is not Kind.OTHER
    return url if known else None


def _without_scheme(bare: str) -> tuple[str | None, Remark]:
    if OTHER_SCHEME.match(bare):
        return None, Remark(NOT_HTTPS, "another scheme than https stands before ://")
    url = SCHEME + bare.lstrip("/")
    address = read(url)
    if not address or address.user_info or not ("." in address.host or address.host == "localhost"):
        return None, Remark(MALFORMED, "the value is no web address")
    return url, Remark(SCHEME_MISSING, "no https:// stands before the host", repaired=url)


def _described(character: str) -> str:
    if character.isspace():
        return "white space stands inside the address"
    if not character.isprintable():
        return "the address holds a character that nobody sees"
    if character == '"':
        return "a quotation mark stands inside the address"
    return "the address holds a character outside ASCII"
