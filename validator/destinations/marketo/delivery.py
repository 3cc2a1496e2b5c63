"""Stages *test lead* and *arrival*: the form is submitted through the API, and the person looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator import lead
from validator.destinations.marketo.envelope import DENIED
from validator.http import Refused, settled
from validator.model import Stage
from validator.rehearsal import Skip, naming, sending
from validator.rehearsal.sending import Row

if TYPE_CHECKING:
    from validator.destinations.marketo.attempt import Attempt
    from validator.model import Finding

UNSURE: Final = frozenset({"Marketo 502", "Marketo 604", "Marketo 611"})
"""Faults that may come after the work: a gateway that lost the answer, time that ran out, a crash."""

NO_READING: Final = "the API user's role lacks the permission Read-Only Person (Read-Only Lead)"


class Leads:
    """The people of one account. They are found by their e-mail alone, so that others' are not listed."""

    queued = False
    unreadable: str | None = None
    write_only: tuple[str, str] | None = None
    account = None

    def __init__(self, attempt: Attempt) -> None:
        self.climb = attempt.climb
        self.place = f"Marketo account {attempt.munchkin}, form {attempt.form}"
        self.record: str | None = None
        self._attempt = attempt
        self._email = ""
        self._found: list[Row] = []

    def write(self, token: str, title: str) -> str | None:
        """Submit the form; give the number of the person that it made."""
        values = lead.marketo(token, title)
        self._email = values["email"]
        names = self._attempt.names
        renamed = {names.get(name, name): value for name, value in values.items()}
        return self._attempt.account.submit(self._attempt.form, renamed)

    def may_be_written(self, refused: Refused) -> bool:
        """Whether Marketo may have fallen over after the work, or something else answered in its place."""
        return not refused.own or not UNSURE.isdisjoint(refused.codes)

    def read(self, record: str) -> Row | None:
        """Read one person."""
        return next((row for row in self.people() if row.record == record), None)

    def find(self, _: str) -> list[Row]:
        """Find the test lead: there is no way to find people whose e-mail is not known."""
        return self.people()

    def people(self) -> list[Row]:
        """Find the person that the test lead became; one that was found is not asked for again."""
        if not self._found:
            found = self._attempt.account.leads(self._email)
            self._found = [Row(record, email.upper()) for record, email in found]  # it may be in lower case
        return self._found

    def delete(self, record: str) -> None:
        """Delete one person."""
        self._attempt.account.delete(record)


def write_lead(attempt: Attempt) -> list[Finding]:
    """Send the test lead, once."""
    if attempt.closed:
        raise Skip(attempt.closed)
    attempt.leads = Leads(attempt)
    try:
        return sending.write_lead(attempt.leads)
    except Refused as refused:
        if DENIED not in refused.codes or attempt.let_in:
            raise
        return [naming.refused(attempt.climb, "marketo-api-closed", refused)]


def find_lead(attempt: Attempt) -> list[Finding]:
    """Look for the test lead, where the API user may."""
    if attempt.climb.test_lead is None:
        raise Skip(str(attempt.closed))
    leads = attempt.leads
    first = settled(leads.people)
    if not isinstance(first, Refused):
        return sending.find_lead(leads)
    if DENIED not in first.codes:
        return [naming.of(attempt.climb, first, Stage.ARRIVAL), *sending.unlooked(attempt.climb, str(first))]
    found = naming.refused(attempt.climb, "marketo-leads-unreadable", first)
    raise Skip(NO_READING, found, *sending.unlooked(attempt.climb, NO_READING))
