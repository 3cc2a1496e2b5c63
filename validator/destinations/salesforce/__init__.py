"""Salesforce: leads enter through Web-to-Lead, under the identifier of the publisher's organisation."""

from __future__ import annotations

from typing import Final

from validator.destinations.salesforce.settings import judge
from validator.rehearsal import Destination

DESTINATION: Final = Destination(name="salesforce", judge=judge)
