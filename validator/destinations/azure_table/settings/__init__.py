"""Judges the settings of an Azure table from their text alone: no file, no network, no clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.destinations.azure_table.settings import form, kind, unfilled, values
from validator.destinations.azure_table.settings.connection_string import (
    ACCOUNT,
    NAME,
    PUBLIC,
    SAMPLE_SUFFIX,
    SUFFIXES,
    USABLE,
    canonical,
    parsed,
)
from validator.destinations.azure_table.settings.wrapping import unwrapped
from validator.destinations.remark import Remark, told, written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.config.configuration import Configuration
    from validator.destinations.azure_table.settings.connection_string import ConnectionString
    from validator.model import Finding

FIELD: Final = "/tableLeadConfiguration/storageAccountConnectionString"

LEFT: Final = frozenset({unfilled.SAMPLE, unfilled.PLACEHOLDER_LEFT})
"""Of a template nothing else is said: whoever fills it in copies the whole string."""


def judge(configuration: Configuration, _: frozenset[str] = frozenset()) -> list[Finding]:
    """Say what is wrong with the settings; what the reading already reported is not judged again.

    The hosts of `--allow-host` change nothing: Partner Center does not take them.
    """
    text = written(configuration, FIELD)
    return [] if text is None else told(configuration, ((FIELD, remark) for remark in remarks(text)))


def remarks(text: str) -> list[Remark]:
    """Say what is wrong with a connection string, one remark for each fault.

    What Partner Center's own pattern for the field refuses gets a remark that is an error.
    """
    bare, wrappings = unwrapped(text)
    found = parsed(bare)
    other = kind.remark(bare, found)
    if other:
        return [other]
    held = list(values.remarks(found))
    if left := [remark for remark in held if remark.entry in LEFT]:
        return _merged(left)
    shape = form.parts(found) or form.remark(bare, found, wrappings)
    repaired = _repaired(found)
    return [
        remark if remark.entry == values.CLOUD_RETIRED else remark._replace(repaired=repaired)
        for remark in _merged([*([shape] if shape else []), *held])
    ]


def _merged(remarks: Iterable[Remark]) -> list[Remark]:
    """Tell once what is the same in several parts."""
    seen: dict[str, list[str]] = {}
    for remark in remarks:
        seen.setdefault(remark.entry, []).append(remark.observed)
    return [Remark(entry, "; ".join(observed)) for entry, observed in seen.items()]


def _repaired(found: ConnectionString) -> str | None:
    """Write the string as Partner Center takes it, where nothing in it is in doubt."""
    suffix = PUBLIC if found.suffix == SAMPLE_SUFFIX else found.suffix
    sound = NAME.fullmatch(found.account) and USABLE.fullmatch(found.key) and suffix in SUFFIXES
    doubtful = any(not part.name or (part.name == ACCOUNT and part.torn) for part in found.parts)
    return (
        canonical(found.account, found.key, suffix) if sound and not doubtful and not found.astray else None
    )
