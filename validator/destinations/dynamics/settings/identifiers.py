"""Judges the directory ID and the application ID: each is a GUID, and each slip has a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from validator.destinations.dynamics.settings import hosts
from validator.destinations.remark import Remark

if TYPE_CHECKING:
    from collections.abc import Mapping

GUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

ZERO: Final = "00000000-0000-0000-0000-000000000000"

TENANTS: Final[Mapping[str, Remark]] = {
    "": Remark("tenant-empty", "the value is empty"),
    ZERO: Remark("tenant-all-zero", "every digit is zero"),
    "common": Remark("tenant-not-specific", "the value is common"),
    "organizations": Remark("tenant-not-specific", "the value is organizations"),
    "consumers": Remark("tenant-not-specific", "the value is consumers"),
    "9188040d-6c67-4c5b-b112-36a304b66dad": Remark(
        "tenant-not-specific", "the value is the one directory of all personal Microsoft accounts"
    ),
}
"""Values that say by themselves what is wrong: a sign-in page understands some, an application none."""

APPLICATIONS: Final[Mapping[str, Remark]] = {
    "": Remark("application-id-empty", "the value is empty"),
    ZERO: Remark("application-id-all-zero", "every digit is zero"),
}

LONGEST: Final = 253
"""Characters of a domain name: what DNS allows."""

DIGITS: Final = 32
"""Hexadecimal digits of a GUID."""

DOMAIN: Final = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.IGNORECASE
)

WRAPPINGS: Final = (
    (r"\s.*|.*\s", "white space stands before or after the GUID"),
    (r"[\"'`‘“].*[\"'`’”]", "quotation marks stand around the GUID"),  # noqa: RUF001 - they are what is looked for
    (r"[{(\[<].*[})\]>]", "brackets stand around the GUID"),
    (r"urn:uuid:.*", "urn:uuid: stands before the GUID"),
)
"""What may stand around a GUID: pattern, words. The first that is found counts."""


def tenant(text: str) -> Remark | None:
    """Judge the directory ID. A verified domain works as well, and can be turned into the GUID."""
    plain = text.strip().lower()
    if plain in TENANTS:
        return TENANTS[plain]
    if GUID.fullmatch(text):
        return None
    if "/" in plain:
        return Remark("tenant-is-url", _holding("a URL, or a part of one", plain), repaired=only(plain))
    if len(text) <= LONGEST and DOMAIN.fullmatch(text):
        return _domain(plain)
    return Remark("tenant-malformed", described(text), repaired=_unwrapped(text))


def application(text: str) -> Remark | None:
    """Judge the application ID. That it is not the object ID beside it in the portal, nobody can see."""
    plain = text.strip().lower()
    if plain in APPLICATIONS:
        return APPLICATIONS[plain]
    if GUID.fullmatch(text):
        return None
    if "/" in plain:
        kind = "the application ID URI" if plain.startswith("api:") else "a URL, or a part of one"
        meant = only(plain) if plain.startswith("api:") else None
        return Remark("application-id-malformed", _holding(kind, plain), repaired=meant)
    return Remark("application-id-malformed", described(text), repaired=_unwrapped(text))


def equal(one: str, other: str) -> bool:
    """Say whether both are the same GUID."""
    return bool(GUID.fullmatch(one)) and one.lower() == other.lower()


def only(text: str) -> str | None:
    """Give the GUID in a text that holds a single one, which is not that of nobody or of everybody."""
    found = {guid.lower() for guid in GUID.findall(text)}
    return found.pop() if len(found) == 1 and not found & TENANTS.keys() else None


def _unwrapped(text: str) -> str | None:
    """Give the GUID where nothing but blanks, quotation marks or brackets stands around it."""
    around = any(re.fullmatch(pattern, text, re.IGNORECASE | re.DOTALL) for pattern, _ in WRAPPINGS)
    kept = GUID.sub("", text)
    return only(text) if around and not re.search(r"\w", kept.lower().replace("urn:uuid:", "")) else None


def described(text: str) -> str:
    """Say what keeps a text from being a GUID. It is not quoted: it may be a misplaced credential."""
    if GUID.search(text):
        return next(
            (words for pattern, words in WRAPPINGS if re.fullmatch(pattern, text, re.IGNORECASE | re.DOTALL)),
            "there is more in the value than the GUID",
        )
    digits = re.sub(r"[\s{}-]", "", text)
    if not re.fullmatch("[0-9a-f]*", digits, re.IGNORECASE):
        return _odd(text)
    if len(digits) == DIGITS:
        return "the hyphens of the GUID are missing, or not in their places"
    return f"the value has {len(digits)} of the {DIGITS} digits of a GUID"


def _odd(text: str) -> str:
    """Name the letters that no GUID holds, in a value that else is one; else only its length."""
    if re.fullmatch(r"\w{8}(-\w{4}){3}-\w{12}", text, re.ASCII):
        odd = sorted(set(re.findall(r"[^0-9a-f-]", text.lower())))
        return f"a GUID holds the digits 0 to 9 and a to f only, and this value holds {', '.join(odd)}"
    return f"the value, of length {len(text)}, does not have the form of a GUID"


def _holding(kind: str, text: str) -> str:
    found = GUID.search(text)
    return f"the value is {kind}" + (f", which holds {found[0]}" if found else "")


def _domain(name: str) -> Remark:
    if hosts.domain(name):
        return Remark("tenant-malformed", f"{name} is the host of an instance")
    return Remark("tenant-is-domain", f"{name} is a domain")
