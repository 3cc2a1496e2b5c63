"""Stages *test lead* and *arrival*: the leads of an instance, as the account meets them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from validator import lead
from validator.destinations.dynamics.dataverse import GUID, LEAD, SERVER_ERROR
from validator.http import Refused
from validator.rehearsal import sending
from validator.rehearsal.sending import MOST, Row

if TYPE_CHECKING:
    from validator.destinations.dynamics.attempt import Attempt
    from validator.model import Finding

NOT_FOUND: Final = 404


class Leads:
    """The lead table of one instance."""

    queued = False
    unreadable: str | None = None
    write_only: tuple[str, str] | None = (
        "write-only-role",
        "reading back is not permitted to this account, as the documented role has it",
    )

    def __init__(self, attempt: Attempt) -> None:
        self.climb = attempt.climb
        self.place = f"{attempt.instance.url}, table Lead"
        self.account = attempt.dataverse.account
        self.record: str | None = None
        self._dataverse = attempt.dataverse

    def write(self, token: str, title: str) -> str | None:
        """Write the test lead; give its id where the answer tells it."""
        return self._dataverse.create_lead(lead.dynamics(token, title))

    def may_be_written(self, refused: Refused) -> bool:
        """Whether the instance fell over after doing who knows what, or a gateway answered in its place."""
        return not refused.own or (refused.status >= SERVER_ERROR and not refused.codes)

    def read(self, record: str) -> Row | None:
        """Read one lead by its id."""
        try:
            return _row(self._dataverse.get(f"leads({record})", select=LEAD))
        except Refused as refused:
            if refused.status == NOT_FOUND and refused.own:
                return None
            raise

    def find(self, token: str) -> list[Row]:
        """Find the leads that hold a token, the newest first."""
        query = {"filter": f"contains(description,'{token}')", "orderby": "createdon desc"}
        rows = self._dataverse.rows("leads", select=LEAD, top=str(MOST), **query)
        return [_row(row) for row in rows]

    def delete(self, record: str) -> None:
        """Delete one lead."""
        self._dataverse.delete_lead(record)


def _row(row: dict[str, Any]) -> Row:
    record = str(row.get("leadid"))
    return Row(record if GUID.fullmatch(record) else "", str(row.get("description")))


def write_lead(attempt: Attempt) -> list[Finding]:
    """Send the test lead, once."""
    attempt.leads = Leads(attempt)
    return sending.write_lead(attempt.leads)


def find_lead(attempt: Attempt) -> list[Finding]:
    """Read the test lead back, and delete it if that was asked for."""
    return sending.find_lead(attempt.leads)
