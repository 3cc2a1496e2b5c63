"""Stages *test lead* and *arrival*: a form is posted to Web-to-Lead, and looked for in the organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator import lead
from validator.destinations.salesforce import causes, web_to_lead
from validator.destinations.salesforce.rest import quoted
from validator.model import Delivery
from validator.rehearsal import sending
from validator.rehearsal.sending import MOST, Row

if TYPE_CHECKING:
    from validator.destinations.salesforce.attempt import Attempt
    from validator.http import Refused
    from validator.model import Finding


class Leads:
    """What Web-to-Lead takes for one organisation, and what its API shows of that."""

    queued = True
    write_only: tuple[str, str] | None = None

    def __init__(self, attempt: Attempt) -> None:
        self.climb = attempt.climb
        self.place = f"Salesforce organisation {attempt.identifier}, object Lead"
        self.unreadable = attempt.closed
        self.account = attempt.organization.account
        self.record: str | None = None
        self._attempt = attempt

    def write(self, token: str, title: str) -> str | None:
        """Post the form; no answer names the record that may come of it."""
        form = lead.web_to_lead(token, title, self._attempt.identifier)
        web_to_lead.post(self._attempt.session, form)
        return None

    def may_be_written(self, refused: Refused) -> bool:
        """Whether something else answered in Web-to-Lead's place, who knows after what."""
        return not refused.own

    def read(self, record: str) -> Row | None:
        """Read one lead by its identifier."""
        return next(iter(self._read(f"Id = {quoted(record)}", 1)), None)

    def find(self, token: str) -> list[Row]:
        """Find the leads whose e-mail begins with a token, the newest first."""
        escaped = token.replace("_", r"\_")  # else it stands for any character
        return self._read(f"Email LIKE '{escaped}%'", MOST)

    def delete(self, record: str) -> None:
        """Delete one lead."""
        self._attempt.organization.delete(record)

    def _read(self, condition: str, most: int) -> list[Row]:
        found = self._attempt.organization.leads(condition, most)
        return [Row(each.record, each.email.upper()) for each in found]  # it may be kept in lower case


def write_lead(attempt: Attempt) -> list[Finding]:
    """Send the test lead, once."""
    attempt.leads = Leads(attempt)
    return sending.write_lead(attempt.leads)


def find_lead(attempt: Attempt) -> list[Finding]:
    """Look for the test lead; where it is not seen, say what may have kept it out."""
    try:
        return sending.find_lead(attempt.leads)
    finally:
        sent = attempt.climb.test_lead
        if sent and sent.outcome is not Delivery.CONFIRMED:
            attempt.climb.unproven += causes.open_questions(attempt)
