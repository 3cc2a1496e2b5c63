"""Stages *test lead* and *arrival* where leads can be looked up: one lead, sent once, and found again."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import count, islice, repeat
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, cast

from validator import lead
from validator.http import Refused, Unreachable, settled
from validator.model import Delivery, TestLead
from validator.rehearsal import naming
from validator.rehearsal.check import Skip
from validator.rehearsal.fleet import together

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from validator.model import Finding
    from validator.rehearsal.climb import Climb

LOOKS: Final = 4
"""How often a lead is looked for where it is written at once: this waits for a slow hook, not for a queue."""

BETWEEN: Final = 1.0
"""Seconds between two looks; where leads wait in a queue, after each look one more."""

LONGEST: Final = 5
"""Times that: the longest pause, so that two minutes cost a service some thirty questions."""

LAST: Final = 5.0
"""Seconds that are left for the last answer and for what is done with it; of a short time, a quarter."""

MOST: Final = 50
"""Test leads listed: more than anybody left by hand."""

OK: Final = 200
FORBIDDEN: Final = 403


class Row(NamedTuple):
    """A lead in the destination: the name of its record (empty: none), and the text that holds its token."""

    record: str
    text: str


class NotOurs(Refused):
    """A record was read back that is not the test lead."""


class Leads(Protocol):
    """The leads of one destination. Whatever speaks to it raises Refused or Unreachable."""

    climb: Climb
    place: str
    """Where leads are kept, for people."""
    queued: bool
    """Whether leads pass through a queue, so that one is looked for until the time is nearly over."""
    write_only: tuple[str, str] | None
    """Where an account may write and not read: the entry for it, and what is said of the check it skips."""
    unreadable: str | None
    """Why nobody can look for leads there; None where somebody can."""
    record: str | None
    """The name of the test lead's record, as soon as it is known."""

    @property
    def account(self) -> Hashable:
        """Say who asks: everybody who has the same account finds the same leads."""

    def write(self, token: str, title: str) -> str | None:
        """Write the test lead; give the name of its record where the answer tells it."""

    def may_be_written(self, refused: Refused) -> bool:
        """Whether the lead may be there all the same: only a word of the service's own refuses it."""

    def read(self, record: str) -> Row | None:
        """Read one record; None where there is none."""

    def find(self, token: str) -> list[Row]:
        """Find the test leads whose token begins so, the newest first; a service may give a part of them."""

    def delete(self, record: str) -> None:
        """Delete one record."""


def title(climb: Climb) -> str:
    """Give the offer's title, as the test lead carries it."""
    return climb.configuration.text("/leadcheck/offer/title") or lead.DEFAULT_TITLE


def write_lead(leads: Leads) -> list[Finding]:
    """Send the test lead. It is never sent twice: where the answer is lost, it is looked for."""
    leads.climb.test_lead = TestLead(leads.climb.run.token(), Delivery.UNKNOWN, leads.place)
    try:
        named = leads.write(leads.climb.test_lead.token, title(leads.climb))
    except Refused as refused:
        if leads.may_be_written(refused):
            return _look_for_lost(leads, str(refused))
        ended(leads.climb, Delivery.REFUSED)
        raise
    except Unreachable as failure:
        if failure.never_sent:
            ended(leads.climb, Delivery.NOT_SENT)
            raise
        return _look_for_lost(leads, str(failure))
    if named is None:
        ended(leads.climb, Delivery.ACCEPTED)
    else:
        leads.record = named
        ended(leads.climb, Delivery.CONFIRMED, where=f"{leads.place}, record {named}")
    return []


def ended(climb: Climb, outcome: Delivery, **more: Any) -> None:  # noqa: ANN401 - fields of TestLead
    """Note what became of the test lead."""
    climb.test_lead = replace(_sent(climb), outcome=outcome, **more)


def _sent(climb: Climb) -> TestLead:
    """Give the test lead, which is noted before it is sent."""
    return cast("TestLead", climb.test_lead)


def _look_for_lost(leads: Leads, observed: str) -> list[Finding]:
    found = None if leads.unreadable else settled(lambda: _own(leads))
    if isinstance(found, str):
        leads.record = found
        ended(leads.climb, Delivery.CONFIRMED)
        return [leads.climb.finding("test-lead-answer-lost", observed=observed)]
    return [leads.climb.finding("test-lead-outcome-unknown", observed=observed)]


def find_lead(leads: Leads) -> list[Finding]:
    """Read the test lead back, list those that others left, and delete ours if that was asked for."""
    climb = leads.climb
    if leads.unreadable:
        raise Skip(leads.unreadable, *unlooked(climb, leads.unreadable))
    found, there = together(lambda: settled(lambda: _own(leads)), lambda: settled(lambda: _there(leads)))
    if isinstance(there, list):
        ended(climb, _sent(climb).outcome, earlier=_earlier(climb, there))
    if found is None:
        ended(climb, Delivery.ACCEPTED)
        return [climb.finding("test-lead-not-found")]
    if isinstance(found, NotOurs):
        ended(climb, Delivery.ACCEPTED, where=leads.place)
    read = found if isinstance(found, str) else None
    findings = _clean_up(leads, read) if climb.run.options.cleanup else []
    if read is None:
        return _not_read(leads, found, findings)
    ended(climb, Delivery.CONFIRMED, where=f"{leads.place}, record {read}")
    return findings


def unlooked(climb: Climb, reason: str) -> list[Finding]:
    """Say that the test lead stays where it is, if somebody asked for its removal."""
    return [climb.finding("test-lead-not-deleted", observed=reason)] if climb.run.options.cleanup else []


def _own(leads: Leads) -> str | None:
    """Look for the lead a few times, by its record or by its token, and give its record."""
    if leads.record is None:
        return _again(leads, lambda: _by_token(leads))
    return _again(leads, lambda: _by_record(leads, str(leads.record)))


def _by_token(leads: Leads) -> str | None:
    ours = _sent(leads.climb).token
    return next((row.record for row in leads.find(ours) if row.record and ours in row.text), None)


def _by_record(leads: Leads, record: str) -> str | None:
    """Read a record. It is the test lead if it says so itself, whatever it was asked for by."""
    row = leads.read(record)
    if row is None:
        return None
    if row.record.lower() != record.lower() or _sent(leads.climb).token not in row.text:
        raise NotOurs(OK, "the record that was read back is not the test lead")
    return row.record


def _again(leads: Leads, question: Callable[[], str | None]) -> str | None:
    """Ask a few times, while there is time, until there is an answer."""
    for pause in _pauses(leads):
        if answer := question():
            return answer
        time.sleep(pause)
    return question()


def _pauses(leads: Leads) -> Iterator[float]:
    """Give the pause before each further look, as long as there may be one."""
    clock = leads.climb.clock
    last = min(LAST, clock.seconds / 4) if leads.queued else 0
    for look in count(1) if leads.queued else repeat(1, LOOKS - 1):
        pause = BETWEEN * min(look, LONGEST)
        if clock.left() <= pause + last:
            return
        yield pause


def _not_read(leads: Leads, failure: Refused | Unreachable, findings: list[Finding]) -> list[Finding]:
    """Tell an account that may not read from a failure that says nothing about the lead."""
    if isinstance(failure, Unreachable):
        return [naming.unanswered(leads.climb, failure), *findings]
    if leads.write_only and failure.own and failure.status == FORBIDDEN:
        entry, reason = leads.write_only
        raise Skip(reason, naming.refused(leads.climb, entry, failure), *findings)
    return [naming.refused(leads.climb, naming.by_status(failure.status), failure), *findings]


def _there(leads: Leads) -> list[tuple[str, str]]:
    """Give the tokens of the test leads that are there, anybody's, and when they were sent."""

    def question() -> list[tuple[str, str]]:
        tokens = (token for row in leads.find(lead.ANY) for token in lead.tokens(row.text)[:1])
        moments = ((token, lead.moment(token)) for token in tokens)
        return [(token, moment.strftime("%Y-%m-%dT%H:%M:%SZ")) for token, moment in moments if moment]

    return leads.climb.shared((leads.place, leads.account), question)


def _earlier(climb: Climb, there: list[tuple[str, str]]) -> tuple[str, ...]:
    """Give the times of those that other runs left."""
    return tuple(islice((when for token, when in there if token not in climb.run.sent), MOST))


def _clean_up(leads: Leads, read: str | None) -> list[Finding]:
    """Delete the test lead, if it was read back: no other record may be deleted in its place."""
    climb = leads.climb
    if read is None:
        return [
            climb.finding("test-lead-not-deleted", observed="it was not read back, so nothing was deleted")
        ]
    deleted = settled(lambda: leads.delete(read))
    if isinstance(deleted, Exception):
        return [climb.finding("test-lead-not-deleted", observed=str(deleted))]
    ended(climb, _sent(climb).outcome, cleaned_up=True)
    return []
