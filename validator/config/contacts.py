"""Contact e-mails: a list of addresses, each of one person or group, each once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from validator.config.fault import Fault, Path, get
from validator.config.vocabulary import BLOCKS
from validator.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KEY: Final = "contactEmail"

MALFORMED: Final = "contact-email-malformed"

_ADDRESS: Final = re.compile(r"[^@\s;,<>()\"']{1,64}@(?:[\w-]{1,63}\.)+[\w-]{2,63}")
"""What a mail server can be found for. The schema wants no more than an @."""

_BETWEEN: Final = re.compile("[;,]")
"""What people put between two addresses; Partner Center's older form wanted a semicolon."""


def contacts(values: Mapping[str, Any], destination: str | None) -> Iterator[Fault]:
    """Judge the addresses of the destination's block; other types than list and text are for the schema."""
    path: Path = (BLOCKS.get(destination or "", ""), KEY)
    written = get(values, path)
    if isinstance(written, str):
        yield _one_text(written, path)
    seen: set[str] = set()
    for index, address in enumerate(written if isinstance(written, list) else ()):
        if isinstance(address, str):
            yield from _listed(address, (*path, index), seen)
            seen.add(address.casefold())


def _one_text(written: str, path: Path) -> Fault:
    parts = _parts(written)
    what = f"one text of {len(parts)} addresses" if len(parts) > 1 else "text"
    observed = f"“{KEY}” has to be a list of addresses; it is {what}"
    sound = parts and all(map(_ADDRESS.fullmatch, parts))
    return Fault("wrong-type", path, observed, repair=(written, tuple(parts)) if sound else None)


def _parts(written: str) -> list[str]:
    return [part.strip() for part in _BETWEEN.split(written) if part.strip()]


def _listed(address: str, path: Path, seen: set[str]) -> Iterator[Fault]:
    item = f"item {int(path[-1]) + 1} in “{KEY}”"
    if not _ADDRESS.fullmatch(address):
        parts = _parts(address)
        several = len(parts) > 1 and all(map(_ADDRESS.fullmatch, parts))
        spaced = _ADDRESS.fullmatch(address.strip())
        what = "holds several addresses" if several else "is not an e-mail address"
        yield Fault(
            MALFORMED,
            path,
            f"{item} {'has blanks around it' if spaced else what}",
            repair=(address, address.strip()) if spaced else None,
        )
    elif address.casefold() in seen:
        yield Fault("contact-email-repeated", path, f"{item} stands in the list already", Severity.NOTE)
