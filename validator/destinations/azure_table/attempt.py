"""What one climb to one storage account has learned so far: each rung adds to it, the next ones use it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.destinations.azure_table.settings import FIELD, connection_string
from validator.destinations.azure_table.tables import Tables

if TYPE_CHECKING:
    from validator.destinations.azure_table.leads import Leads
    from validator.rehearsal import Climb

TABLE: Final = "MarketplaceLeads"
"""The table that the marketplace writes to and makes itself. No setting names it; case does not matter."""


class Attempt:
    """The account that a connection string names, and what is in it."""

    tables: list[str]
    """The names of the account's tables."""
    leads: Leads
    """The rows of `MarketplaceLeads`, from the test lead on."""

    def __init__(self, climb: Climb) -> None:
        self.climb = climb
        self.session = climb.session
        self.account = connection_string.read(climb.configuration.text(FIELD))
        self.service = Tables(climb.session, self.account.account, self.account.key, self.account.host)
