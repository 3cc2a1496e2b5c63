"""Judges the settings of Salesforce from their text alone: no file, no network, no clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.destinations.remark import told, written
from validator.destinations.salesforce.settings import domain, identifier

if TYPE_CHECKING:
    from validator.config.configuration import Configuration
    from validator.model import Finding

FIELD: Final = "/salesforceLeadConfiguration/objectIdentifier"
"""Partner Center's label for it is *Organization identifier*."""

API: Final = "/leadcheck/salesforce/api"
DOMAIN: Final = f"{API}/domain"


def judge(configuration: Configuration, allowed: frozenset[str] = frozenset()) -> list[Finding]:
    """Say what is wrong with the settings; what the reading already reported is not judged again.

    `allowed`: the hosts of `--allow-host`, one of which may stand for an organisation's own.
    """
    identified, at = written(configuration, FIELD), written(configuration, DOMAIN)
    remarks = {
        FIELD: None if identified is None else identifier.remark(identified),
        DOMAIN: None if at is None or at in allowed else domain.remark(at),
    }
    return told(configuration, [(pointer, remark) for pointer, remark in remarks.items() if remark])
