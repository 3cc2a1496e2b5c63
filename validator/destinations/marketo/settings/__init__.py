"""Judges the settings of Marketo from their text alone: no file, no network, no clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.destinations.marketo.settings.generation import CREDENTIALS, lacking
from validator.destinations.marketo.settings.values import FIELDS, remarks
from validator.destinations.remark import told, written

if TYPE_CHECKING:
    from validator.config.configuration import Configuration
    from validator.model import Finding

BLOCK: Final = "/marketoLeadConfiguration"


def judge(configuration: Configuration, _: frozenset[str] = frozenset()) -> list[Finding]:
    """Say what is wrong with the settings; what the reading already reported is not judged again.

    The hosts of `--allow-host` change nothing: no setting names one that is called.
    """
    given = {field for field in FIELDS if _given(configuration, field)}
    texts = {field: written(configuration, f"{BLOCK}/{field}") for field in FIELDS}
    known = {field: text for field, text in texts.items() if text is not None}
    remarked = [*lacking(given), *remarks(known, leftover=bool(given & CREDENTIALS))]
    return told(configuration, ((f"{BLOCK}/{field}", remark) for field, remark in remarked))


def _given(configuration: Configuration, field: str) -> bool:
    """Whether the block has the key, whatever it holds, or the command line supplies its value."""
    pointer = f"{BLOCK}/{field}"
    return pointer in configuration.places or configuration.get(pointer) is not None
