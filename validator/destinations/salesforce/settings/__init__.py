"""Judges the settings of Salesforce from their text alone: no file, no network, no clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.destinations.remark import told, written
from validator.destinations.salesforce.settings import identifier

if TYPE_CHECKING:
    from validator.config.configuration import Configuration
    from validator.model import Finding

FIELD: Final = "/salesforceLeadConfiguration/objectIdentifier"
"""Partner Center's label for it is *Organization identifier*."""


def judge(configuration: Configuration, _: frozenset[str] = frozenset()) -> list[Finding]:
    """Say what is wrong with the settings; what the reading already reported is not judged again.

    The hosts of `--allow-host` change nothing: there is no host among the settings.
    """
    text = written(configuration, FIELD)
    remark = None if text is None else identifier.remark(text)
    return told(configuration, [(FIELD, remark)] if remark else [])
