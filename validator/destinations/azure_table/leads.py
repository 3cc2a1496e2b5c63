"""Stages *permissions*, *test lead* and *arrival*: the table `MarketplaceLeads` and its rows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from validator import lead
from validator.destinations.azure_table.attempt import TABLE
from validator.http import Refused
from validator.rehearsal import Skip, sending
from validator.rehearsal.sending import Row

if TYPE_CHECKING:
    from validator.destinations.azure_table.attempt import Attempt
    from validator.model import Finding

EXISTS: Final = "TableAlreadyExists"
BUSY: Final = "ServerBusy"
"""The one fault of the service itself that comes before anything is done."""

SERVER_ERROR: Final = 500
NOT_FOUND: Final = 404

UNMADE: Final = (
    f"Whether the table {TABLE} can be made: it is not there, and --no-test-lead makes none. The test lead "
    "would tell."
)

MANY: Final = 5
"""Names of tables that are told."""

COLUMNS: Final = ("RowKey", "LeadSource", "Description", "ActionCode")
"""Where the token of a test lead may begin a cell: ours has it in each, Microsoft's in one or another."""


def table(attempt: Attempt) -> list[Finding]:
    """Make the table where it is missing, as the marketplace does; only look where nothing may be written."""
    if any(name.lower() == TABLE.lower() for name in attempt.tables):
        return []
    findings = _elsewhere(attempt)
    if not attempt.climb.run.options.test_lead:
        attempt.climb.unproven.append(UNMADE)
        raise Skip(
            "it is not there, and is not made", *findings or [attempt.climb.finding("leads-table-missing")]
        )
    try:
        attempt.service.create(TABLE)
    except Refused as refused:
        if EXISTS not in refused.codes:
            raise
    return findings


def _elsewhere(attempt: Attempt) -> list[Finding]:
    """Notice a table that somebody made for the leads, and that will stay empty."""
    similar = sorted(name for name in attempt.tables if "lead" in name.lower())
    if not similar:
        return []
    return [
        attempt.climb.finding("leads-table-elsewhere", observed=f"tables here: {', '.join(similar[:MANY])}")
    ]


class Leads:
    """The rows of `MarketplaceLeads`. The test lead's keys are ours, so its record is known beforehand."""

    queued = False
    unreadable: str | None = None
    write_only: tuple[str, str] | None = None

    def __init__(self, attempt: Attempt) -> None:
        self.climb = attempt.climb
        self.place = f"storage account {attempt.account.account}, table {TABLE}"
        self.account = attempt.account
        self.record: str | None = None
        self._service = attempt.service

    def write(self, token: str, title: str) -> str | None:
        """Write the test lead; its keys name it."""
        row = lead.azure_table(token, title, datetime.now(UTC))
        self.record = _record(row)
        self._service.insert(TABLE, row)
        return self.record

    def may_be_written(self, refused: Refused) -> bool:
        """Whether the service fell over, or something else answered in its place."""
        return not refused.own or (refused.status >= SERVER_ERROR and BUSY not in refused.codes)

    def read(self, record: str) -> Row | None:
        """Read one row by its keys."""
        try:
            row = self._service.read(TABLE, _keys(record))
        except Refused as refused:
            if refused.status == NOT_FOUND and refused.own:
                return None
            raise
        return Row(_record(row), str(row.get("CustomerInfo")))

    def find(self, token: str) -> list[Row]:
        """List the rows in which a cell begins with a token."""
        after = token[:-1] + chr(ord(token[-1]) + 1)
        condition = " or ".join(f"({name} ge '{token}' and {name} lt '{after}')" for name in COLUMNS)
        found = self._service.find(TABLE, condition)
        return [Row(_record(row), " ".join(map(str, row.values()))) for row in found]

    def delete(self, record: str) -> None:
        """Delete one row by its keys."""
        self._service.delete(TABLE, _keys(record))


def _record(row: dict[str, Any]) -> str:
    return f"{row.get('PartitionKey')}/{row.get('RowKey')}"


def _keys(record: str) -> tuple[str, str]:
    partition, _, row = record.partition("/")
    return partition, row


def write_lead(attempt: Attempt) -> list[Finding]:
    """Send the test lead, once."""
    attempt.leads = Leads(attempt)
    return sending.write_lead(attempt.leads)


def find_lead(attempt: Attempt) -> list[Finding]:
    """Read the test lead back, and delete it if that was asked for."""
    return sending.find_lead(attempt.leads)
