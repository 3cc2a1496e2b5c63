"""Stage *reach*: Web-to-Lead is there. It is Salesforce's own, so nothing here is the publisher's fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.destinations.salesforce.web_to_lead import URL
from validator.rehearsal.reaching import connect

if TYPE_CHECKING:
    from validator.destinations.salesforce.attempt import Attempt
    from validator.model import Finding


def reach(attempt: Attempt) -> list[Finding]:
    """Connect to Web-to-Lead, and send nothing."""
    return connect(attempt.climb, URL)
