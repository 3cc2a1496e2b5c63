"""Judges what the single parts hold: the protocol, the account, its key, the suffix."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from validator.config.suggestions import nearest
from validator.destinations.azure_table.settings import unfilled
from validator.destinations.azure_table.settings.connection_string import (
    ACCOUNT,
    KEY,
    NAME,
    ORDER,
    PROTOCOL,
    RETIRED,
    SAMPLE_SUFFIX,
    SUFFIX,
    SUFFIXES,
    USABLE,
)
from validator.destinations.remark import Remark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from validator.destinations.azure_table.settings.connection_string import ConnectionString, Part

BROKEN: Final = "connection-string-broken"
CLOUD_RETIRED: Final = "connection-string-cloud-retired"

LENGTH: Final = 88
"""Characters of 64 bytes in base64."""

_DOMAIN: Final = re.compile(r"[a-z]{1,20}(?:\.[a-z]{1,20}){1,3}")
"""A suffix that may be repeated: a key that stands in its place looks otherwise."""


def remarks(found: ConnectionString) -> Iterator[Remark]:
    """Say what is wrong with the value of each part that Partner Center takes."""
    for name in ORDER:
        part = found.part(name)
        remark = part and (unfilled.remark(part) or JUDGES[name](part))
        if remark:
            yield remark


def _protocol(part: Part) -> Remark | None:
    value = part.value.lower()
    if value == "https":
        return None
    seen = f"{PROTOCOL} is http" if value == "http" else f"{PROTOCOL} is not https"
    return Remark("connection-string-not-https", seen)


def _account(part: Part) -> Remark | None:
    if part.torn:
        return Remark(BROKEN, f"blanks stand inside {ACCOUNT}")
    if NAME.fullmatch(part.value):
        return None
    return Remark("connection-string-account-malformed", f"{ACCOUNT} {_odd(part.value)}")


def _odd(account: str) -> str:
    """Say what keeps a text from being an account's name."""
    if not account:
        return "is empty"
    if "." in account or "/" in account:
        return "holds an address; the name is its first word"
    if not re.fullmatch("[A-Za-z0-9]+", account):
        return "holds characters other than the letters a to z and digits"
    if account != account.lower():
        return "holds capital letters"
    return f"has {len(account)} characters; a name has 3 to 24"


def _key(part: Part) -> Remark | None:
    if USABLE.fullmatch(part.value):
        return None
    if part.written != part.value:
        return Remark(BROKEN, f"blanks stand inside {KEY}, perhaps in place of each +")
    return Remark("connection-string-key-malformed", f"{KEY} {_unusable(part.value)}")


def _unusable(key: str) -> str:
    """Say what keeps a text from being an account's key."""
    if not key:
        return "is empty, which Partner Center's form would take"
    if re.search("%(?:2[BF]|3D)", key, re.IGNORECASE):
        return "is percent-encoded, as in a URL"
    if not re.fullmatch("[A-Za-z0-9+/=]+", key):
        return "holds characters that no key holds"
    if len(key) != LENGTH:
        return f"has {len(key)} characters; a key has {LENGTH}"
    return "does not end as the base64 of 64 bytes does"


def _suffix(part: Part) -> Remark | None:
    value = part.value.lower()
    if value == RETIRED:
        return Remark(CLOUD_RETIRED, f"{SUFFIX} is {RETIRED}")
    if value in SUFFIXES:
        return None
    if value == SAMPLE_SUFFIX:
        return Remark("connection-string-suffix-sample", f"{SUFFIX} is {SAMPLE_SUFFIX}")
    named = f"is {value}" if _DOMAIN.fullmatch(value) else "is no domain of a cloud" if value else "is empty"
    meant = nearest(value, SUFFIXES)
    hint = f"; did you mean {meant}?" if meant else ""
    return Remark("connection-string-suffix-unknown", f"{SUFFIX} {named}{hint}")


JUDGES: Final[Mapping[str, Callable[[Part], Remark | None]]] = {
    PROTOCOL: _protocol,
    ACCOUNT: _account,
    KEY: _key,
    SUFFIX: _suffix,
}
"""Who judges which part."""
