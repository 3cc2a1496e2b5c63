"""Judges how the parts are written: storage reads them anyway, Partner Center's form does not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from validator.config.suggestions import nearest
from validator.destinations.azure_table.settings.connection_string import (
    ACCOUNT,
    ENDPOINTS,
    KEY,
    LOST,
    ORDER,
    PROTOCOL,
    SUFFIX,
    SUFFIXES,
)
from validator.destinations.azure_table.settings.wrapping import joined, trimmed
from validator.destinations.remark import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.destinations.azure_table.settings.connection_string import ConnectionString, Part

INCOMPLETE: Final = "connection-string-incomplete"

WORDED: Final = {PROTOCOL: ("https",), SUFFIX: SUFFIXES}
"""The parts whose values are one of a few words."""

SHOWN: Final = 3
"""Names of unknown parts that are told."""

_WORDS: Final = re.compile(r"[A-Z]?[a-z]+(?:[A-Z][a-z]+){0,5}|[A-Z]+(?:_[A-Z]+){1,5}")
_LONGEST: Final = 40
"""Characters of a part's name: longer, or of other letters, it may be a key that stands astray."""


def parts(found: ConnectionString) -> Remark | None:
    """Report parts that are unknown or missing. Of such a string nothing else about its form is said."""
    unknown = [joined(part.spelled) for part in found.parts if not part.name]
    missing = [name for name in (PROTOCOL, ACCOUNT, KEY) if not found.part(name)]
    lacking = f"{_listed(missing)} missing" if missing else ""
    if unknown:
        told = [_unknown(name, missing) for name in unknown[:SHOWN]]
        return Remark("connection-string-unknown-part", "; ".join([*told, *([lacking] if lacking else [])]))
    return Remark(INCOMPLETE, lacking) if set(missing) - {PROTOCOL} else None


def _unknown(name: str, missing: Sequence[str]) -> str:
    if len(name) > _LONGEST or not _WORDS.fullmatch(name):
        return "a part has no name, or one that cannot be shown"
    meant = nearest(name, missing or [SUFFIX])
    return f"{name} is no part of a connection string" + (f"; did you mean {meant}?" if meant else "")


def _listed(names: Sequence[str]) -> str:
    return f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'}"


def remark(bare: str, found: ConnectionString, wrappings: Sequence[Remark]) -> Remark | None:
    """Tell all that is wrong with the form as one fault, the most telling one: one repair mends it."""
    slips = [*wrappings, *_slips(bare, found)]
    observed = "; ".join(slip.observed for slip in slips)
    return Remark(slips[0].entry, observed) if slips else None


def _slips(bare: str, found: ConnectionString) -> Iterator[Remark]:
    if joined(bare) != bare or LOST.search(bare):
        broken, blank = re.search(r"[\r\n]", bare), joined(bare) != bare
        what = "line breaks" if broken else "blanks" if blank else "other signs than semicolons"
        yield Remark("connection-string-broken", f"{what} stand inside the value")
    names = [part.name for part in found.parts]
    if endpoints := [name for name in names if name in ENDPOINTS]:
        yield Remark("connection-string-endpoints", _leading(endpoints, found.astray))
    if misspelt := [part.name for part in found.parts if _misspelt(part)]:
        yield Remark("connection-string-spelling", f"the letter case is wrong in {' and '.join(misspelt)}")
    ordered = [name for name in names if name in ORDER]
    if ordered != sorted(ordered, key=ORDER.index):
        yield Remark("connection-string-order", f"the order is {', '.join(ordered)}")
    if found.empty:
        yield Remark("connection-string-trailing-semicolon", _semicolons(bare))
    if not found.part(PROTOCOL):
        yield Remark(INCOMPLETE, f"{PROTOCOL} is missing")


def _leading(endpoints: Sequence[str], astray: Sequence[str]) -> str:
    """Name the endpoints, and say of each that leads elsewhere that it does."""
    told = f"{_listed(endpoints)} given"
    elsewhere = f"; {' and '.join(astray)} lead{'s' if len(astray) == 1 else ''} to another address"
    return told + (elsewhere if astray else "")


def _misspelt(part: Part) -> bool:
    """Whether a name, or a value that is one of a few words, is in a letter case that the form refuses."""
    value = part.value
    shouted = value != value.lower() and value.lower() in WORDED.get(part.name, ())
    return shouted or joined(part.spelled) != part.name


def _semicolons(bare: str) -> str:
    return (
        "a semicolon stands at the end"
        if trimmed(bare).endswith(";")
        else "a semicolon too many stands inside"
    )
