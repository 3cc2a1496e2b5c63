"""Stages *test lead* and *arrival*: an MSFT_TEST lead is written, once, and found again."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from validator import lead
from validator.destinations.dynamics.dataverse import LEAD
from validator.http import Refused, Unreachable, settled
from validator.model import Delivery, TestLead
from validator.rehearsal import Skip, together

if TYPE_CHECKING:
    from validator.destinations.dynamics.attempt import Attempt
    from validator.model import Finding

LOOKS: Final = 4
"""How often a lead is looked for: Dataverse writes at once, so this waits for a slow plug-in, no queue."""

BETWEEN: Final = 1.0
"""Seconds between two looks."""

FORBIDDEN: Final = 403
NOT_FOUND: Final = 404
SERVER_ERROR: Final = 500


def write_lead(attempt: Attempt) -> list[Finding]:
    """Send the test lead. It is never sent twice: where the answer is lost, it is looked for."""
    token = lead.token(datetime.now(UTC))
    title = attempt.climb.configuration.text("/leadcheck/offer/title") or lead.DEFAULT_TITLE
    attempt.climb.test_lead = TestLead(token, Delivery.UNKNOWN, f"{attempt.instance.url}, table Lead")
    try:
        attempt.lead = attempt.dataverse.create_lead(lead.dynamics(token, title))
    except Refused as refused:
        if refused.status >= SERVER_ERROR and not refused.codes:
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


def _ended(attempt: Attempt, outcome: Delivery, **more: Any) -> None:  # noqa: ANN401 - fields of TestLead
    if attempt.climb.test_lead:
        attempt.climb.test_lead = replace(attempt.climb.test_lead, outcome=outcome, **more)


def _look_for_lost(attempt: Attempt, observed: str) -> list[Finding]:
    found = settled(lambda: _look(attempt))
    if isinstance(found, dict):
        attempt.lead = str(found.get("leadid"))
        _ended(attempt, Delivery.CONFIRMED)
        return [attempt.finding("test-lead-answer-lost", observed=observed)]
    return [attempt.finding("test-lead-outcome-unknown", observed=observed)]


def _look(attempt: Attempt) -> dict[str, Any] | None:
    """Look for the lead by its token, a few times. Raise Refused where leads may not be read."""
    token = attempt.climb.test_lead.token if attempt.climb.test_lead else ""
    for look in range(LOOKS):
        for row in _test_leads(attempt):
            if token in str(row.get("description")):
                return row
        if look + 1 < LOOKS and attempt.climb.clock.left() > BETWEEN:
            time.sleep(BETWEEN)
    return None


def _test_leads(attempt: Attempt) -> list[dict[str, Any]]:
    return attempt.dataverse.rows(
        "leads",
        select=LEAD,
        filter="contains(description,'MSFT_TEST_')",
        orderby="createdon desc",
        top="50",
    )


def find_lead(attempt: Attempt) -> list[Finding]:
    """Read the test lead back, list those that others left, and delete ours if that was asked for."""
    found, others = together(
        lambda: settled(lambda: _own(attempt)),
        lambda: settled(lambda: _test_leads(attempt)),
    )
    findings = _clean_up(attempt) if attempt.climb.run.options.cleanup else []
    if isinstance(others, list):
        _ended(attempt, _outcome(attempt), earlier=_earlier(attempt, others))
    if isinstance(found, Refused) and found.status == FORBIDDEN:
        note = attempt.refused("write-only-role", found)
        raise Skip(
            "reading back is not permitted to this account, as the documented role has it", note, *findings
        )
    if isinstance(found, Exception):
        raise found
    if found is None:
        _ended(attempt, Delivery.ACCEPTED)
        return [attempt.finding("test-lead-not-found"), *findings]
    _ended(attempt, Delivery.CONFIRMED)
    return findings


def _own(attempt: Attempt) -> dict[str, Any] | None:
    if attempt.lead is None:
        return _look(attempt)
    for look in range(LOOKS):
        try:
            return attempt.dataverse.get(f"leads({attempt.lead})", select=LEAD)
        except Refused as refused:
            if refused.status != NOT_FOUND:
                raise
        if look + 1 < LOOKS and attempt.climb.clock.left() > BETWEEN:
            time.sleep(BETWEEN)
    return None


def _outcome(attempt: Attempt) -> Delivery:
    return attempt.climb.test_lead.outcome if attempt.climb.test_lead else Delivery.UNKNOWN


def _earlier(attempt: Attempt, rows: list[dict[str, Any]]) -> tuple[str, ...]:
    token = attempt.climb.test_lead.token if attempt.climb.test_lead else ""
    others = (str(row.get("description")) for row in rows if token not in str(row.get("description")))
    moments = filter(None, map(lead.moment, others))
    return tuple(moment.strftime("%Y-%m-%dT%H:%M:%SZ") for moment in moments)


def _clean_up(attempt: Attempt) -> list[Finding]:
    if attempt.lead is None:
        return []
    deleted = settled(lambda: attempt.dataverse.delete_lead(str(attempt.lead)))
    if isinstance(deleted, Exception):
        return [attempt.finding("test-lead-not-deleted", observed=str(deleted))]
    _ended(attempt, _outcome(attempt), cleaned_up=True)
    return []
