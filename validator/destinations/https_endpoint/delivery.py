"""Stages *test lead* and *arrival*: the lead is posted as documented; a success is all that can be known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator import lead
from validator.destinations.https_endpoint import refusals, shapes
from validator.destinations.https_endpoint.settings.kinds import Kind
from validator.http import Unreachable
from validator.model import Delivery, TestLead
from validator.rehearsal import Skip, sending

if TYPE_CHECKING:
    from validator.destinations.https_endpoint.attempt import Answer, Attempt
    from validator.model import Finding

ACCEPTED: Final = 202
SERVER_ERROR: Final = 500

RUN_STARTED: Final = (
    "Whether the flow did anything with the lead: HTTP 202 is no proof, it says that a run was started. Look "
    "for the token in the flow's run history."
)
TAKEN: Final = (
    "Whether the lead got any further: the endpoint's answer says only that it was taken. Look for the token "
    "where leads should end."
)
PAGE: Final = (
    "Whether a receiver of leads answered at all: the answer was a web page (text/html), as a portal or a "
    "sign-in shows it to everybody."
)
ZAPIER: Final = (
    "Whether the Zap is on: Zapier takes what is sent to its hooks either way. See the Zap's history."
)

UNREADABLE: Final = "an endpoint cannot be asked what became of a lead"


def write_lead(attempt: Attempt) -> list[Finding]:
    """Post the test lead as the documents show it, once, and in other shapes where that was asked for."""
    token, title = attempt.climb.run.token(), sending.title(attempt.climb)
    attempt.climb.test_lead = TestLead(token, Delivery.UNKNOWN, attempt.place)
    try:
        answer = attempt.post(lead.https_endpoint(token, title))
    except Unreachable as failure:
        return _lost(attempt, failure)
    sending.ended(attempt.climb, _outcome(answer))
    findings = [refusals.finding(attempt, answer, answer.refused)] if answer.refused else []
    if attempt.climb.run.options.probe_shapes:
        findings = shapes.probe(attempt, title, findings)
    if attempt.climb.test_lead.outcome is Delivery.ACCEPTED:
        attempt.climb.unproven += _beyond(attempt, answer)
    return findings


def _lost(attempt: Attempt, failure: Unreachable) -> list[Finding]:
    if failure.never_sent:
        sending.ended(attempt.climb, Delivery.NOT_SENT)
        raise failure
    return [attempt.climb.finding("test-lead-outcome-unknown", observed=str(failure))]


def _outcome(answer: Answer) -> Delivery:
    """Say what became of the lead: a receiver that fell over may have kept it."""
    if answer.refused is None:
        return Delivery.ACCEPTED
    return Delivery.UNKNOWN if answer.status >= SERVER_ERROR else Delivery.REFUSED


def _beyond(attempt: Attempt, answer: Answer) -> list[str]:
    """Say what a success leaves open."""
    beyond = [RUN_STARTED if answer.status == ACCEPTED else TAKEN]
    page = "html" in answer.headers.get("Content-Type", "").lower()
    return beyond + [PAGE] * page + [ZAPIER] * (attempt.kind is Kind.ZAPIER)


def find_lead(attempt: Attempt) -> list[Finding]:
    """Look for nothing: an endpoint has no way to be asked, nor to have the lead removed."""
    raise Skip(UNREADABLE, *sending.unlooked(attempt.climb, UNREADABLE))
