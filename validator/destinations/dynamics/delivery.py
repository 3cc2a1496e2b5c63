"""Stages *test lead* and *arrival*: an MSFT_TEST lead is written, once, and found again."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, cast

from validator import lead
from validator.destinations.dynamics.dataverse import GUID, LEAD, SERVER_ERROR
from validator.http import Refused, Unreachable, settled
from validator.model import Delivery, TestLead
from validator.rehearsal import Skip, naming, together

if TYPE_CHECKING:
    from collections.abc import Callable

    from validator.destinations.dynamics.attempt import Attempt
    from validator.model import Finding

LOOKS: Final = 4
"""How often a lead is looked for: Dataverse writes at once, so this waits for a slow plug-in, no queue."""

BETWEEN: Final = 1.0
"""Seconds between two looks."""

MOST: Final = 50
"""Test leads listed: more than anybody left by hand."""

OK: Final = 200
FORBIDDEN: Final = 403
NOT_FOUND: Final = 404

NOT_PERMITTED: Final = "reading back is not permitted to this account, as the documented role has it"


def write_lead(attempt: Attempt) -> list[Finding]:
    """Send the test lead. It is never sent twice: where the answer is lost, it is looked for."""
    token = lead.token(datetime.now(UTC))
    title = attempt.climb.configuration.text("/leadcheck/offer/title") or lead.DEFAULT_TITLE
    attempt.climb.test_lead = TestLead(token, Delivery.UNKNOWN, f"{attempt.instance.url}, table Lead")
    try:
        attempt.lead = attempt.dataverse.create_lead(lead.dynamics(token, title))
    except Refused as refused:
        fell_over = refused.status >= SERVER_ERROR and not refused.codes  # after doing who knows what
        if fell_over or not refused.own:  # a gateway's page: the instance behind it may have the lead
            return _look_for_lost(attempt, str(refused))
        _ended(attempt, Delivery.REFUSED)
        raise
    except Unreachable as failure:
        if failure.never_sent:
            _ended(attempt, Delivery.NOT_SENT)
            raise
        return _look_for_lost(attempt, str(failure))
    _ended(attempt, Delivery.ACCEPTED)
    if attempt.lead:
        record = f"{attempt.instance.url}, table Lead, record {attempt.lead}"
        _ended(attempt, Delivery.CONFIRMED, where=record)
    return []


def _sent(attempt: Attempt) -> TestLead:
    """Give the test lead, which `write_lead` makes before anything else."""
    return cast("TestLead", attempt.climb.test_lead)


def _ended(attempt: Attempt, outcome: Delivery, **more: Any) -> None:  # noqa: ANN401 - fields of TestLead
    attempt.climb.test_lead = replace(_sent(attempt), outcome=outcome, **more)


def _look_for_lost(attempt: Attempt, observed: str) -> list[Finding]:
    found = settled(lambda: _look(attempt))
    if isinstance(found, str):
        attempt.lead = found
        _ended(attempt, Delivery.CONFIRMED)
        return [attempt.finding("test-lead-answer-lost", observed=observed)]
    return [attempt.finding("test-lead-outcome-unknown", observed=observed)]


def _look(attempt: Attempt) -> str | None:
    """Look for the lead by its token, a few times, and give its id. Raise Refused where none may be read."""
    return _again(
        attempt, lambda: next((row["leadid"] for row in _test_leads(attempt) if _ours(attempt, row)), None)
    )


def _ours(attempt: Attempt, row: dict[str, Any]) -> bool:
    """Whether a record is the test lead: it says so itself, whatever it was asked for by."""
    named = GUID.fullmatch(str(row.get("leadid"))) is not None
    return named and _sent(attempt).token in str(row.get("description"))


def _again(attempt: Attempt, question: Callable[[], str | None]) -> str | None:
    """Ask a few times, while there is time, until there is an answer."""
    for look in range(LOOKS):
        if answer := question():
            return answer
        if look + 1 < LOOKS and attempt.climb.clock.left() > BETWEEN:
            time.sleep(BETWEEN)
    return None


def _test_leads(attempt: Attempt) -> list[dict[str, Any]]:
    return attempt.dataverse.rows(
        "leads",
        select=LEAD,
        filter="contains(description,'MSFT_TEST_')",
        orderby="createdon desc",
        top=str(MOST),
    )


def find_lead(attempt: Attempt) -> list[Finding]:
    """Read the test lead back, list those that others left, and delete ours if that was asked for."""
    found, others = together(
        lambda: settled(lambda: _own(attempt)),
        lambda: settled(lambda: _test_leads(attempt)),
    )
    if isinstance(others, list):
        _ended(attempt, _sent(attempt).outcome, earlier=_earlier(attempt, others))
    if found is None:
        _ended(attempt, Delivery.ACCEPTED)
        return [attempt.finding("test-lead-not-found")]
    read = found if isinstance(found, str) else None
    findings = _clean_up(attempt, read) if attempt.climb.run.options.cleanup else []
    if read is None:
        return _not_read(attempt, found, findings)
    _ended(attempt, Delivery.CONFIRMED)
    return findings


def _own(attempt: Attempt) -> str | None:
    if attempt.lead is None:
        return _look(attempt)
    return _again(attempt, lambda: _by_id(attempt, str(attempt.lead)))


def _by_id(attempt: Attempt, record: str) -> str | None:
    try:
        row = attempt.dataverse.get(f"leads({record})", select=LEAD)
    except Refused as refused:
        if refused.status == NOT_FOUND and refused.own:
            return None
        raise
    if not _ours(attempt, row) or row["leadid"].lower() != record.lower():
        _ended(attempt, Delivery.ACCEPTED, where=f"{attempt.instance.url}, table Lead")
        raise Refused(OK, "the record that was read back is not the test lead")
    return str(row["leadid"])


def _not_read(attempt: Attempt, failure: Refused | Unreachable, findings: list[Finding]) -> list[Finding]:
    """Tell the documented role, which may not read, from a failure that says nothing about the lead."""
    if isinstance(failure, Unreachable):
        return [naming.unanswered(attempt.climb, failure), *findings]
    if failure.own and failure.status == FORBIDDEN:
        raise Skip(NOT_PERMITTED, attempt.refused("write-only-role", failure), *findings)
    return [attempt.refused(naming.by_status(failure.status), failure), *findings]


def _earlier(attempt: Attempt, rows: list[dict[str, Any]]) -> tuple[str, ...]:
    token = _sent(attempt).token
    others = (str(row.get("description")) for row in rows if token not in str(row.get("description")))
    moments = filter(None, map(lead.moment, islice(others, MOST)))
    return tuple(moment.strftime("%Y-%m-%dT%H:%M:%SZ") for moment in moments)


def _clean_up(attempt: Attempt, read: str | None) -> list[Finding]:
    """Delete the test lead, if it was read back: no other record may be deleted in its place."""
    if read is None:
        return [
            attempt.finding("test-lead-not-deleted", observed="it was not read back, so nothing was deleted")
        ]
    deleted = settled(lambda: attempt.dataverse.delete_lead(read))
    if isinstance(deleted, Exception):
        return [attempt.finding("test-lead-not-deleted", observed=str(deleted))]
    _ended(attempt, _sent(attempt).outcome, cleaned_up=True)
    return []
