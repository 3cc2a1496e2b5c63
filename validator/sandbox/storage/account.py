"""A storage account and its tables: what they hold, and the state that decides who may do what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

Row = dict[str, Any]
"""A row as JSON carries it: the types of some properties stand beside them (`{name}@odata.type`)."""


@dataclass
class Table:
    """A table; one that is being deleted can neither be used nor made anew for a while."""

    rows: list[Row] = field(default_factory=list)
    exists: bool = True
    being_deleted: bool = False


@dataclass
class StorageAccount:
    """A storage account of the kind StorageV2. `keys`: key1 and key2, either opens everything."""

    name: str
    tenant: str
    """Id of the directory that its subscription trusts."""
    keys: dict[str, str]
    tables: dict[str, Table]
    clock: int = 0
    """Seconds by which its clock is ahead."""
    newest_version: str = "2026-02-06"
    """The newest version of the service that it speaks; one on premises may be years behind."""
    disabled: bool = False
    firewalled: bool = False
    """Whether its network rules keep out the addresses that requests come from."""
    shared_key_allowed: bool = True
    retry_after: int | None = None
    """Seconds until it takes requests again."""
    operable: bool = True
    """Whether the account's state allows anything at all; then reading, writing and deleting alone."""
    may_read: bool = True
    may_write: bool = True
    may_delete: bool = True
    rows_consumed: bool = False
    """Whether somebody's program takes new rows out of their table as soon as they are there."""

    def now(self) -> datetime:
        """Give the account's own time, UTC."""
        return datetime.now(UTC) + timedelta(seconds=self.clock)

    def table(self, name: str) -> tuple[str, Table] | None:
        """Find a table, and the name it was made with: letter case tells no two tables apart."""
        for known, table in self.tables.items():
            if known.lower() == name.lower() and (table.exists or table.being_deleted):
                return known, table
        return None
