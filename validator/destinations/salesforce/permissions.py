"""Stage *permissions*: what the organisation asks of a lead, as its API shows it to the client's user."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.destinations.remark import told
from validator.destinations.salesforce import causes, evidence
from validator.destinations.salesforce.attempt import NO_EMAIL, NO_LEADS
from validator.destinations.salesforce.settings import API
from validator.http import Refused
from validator.model import Stage
from validator.rehearsal import Skip

if TYPE_CHECKING:
    from validator.destinations.salesforce.attempt import Attempt
    from validator.model import Finding

UNSEEN: Final = frozenset({"NOT_FOUND", "INSUFFICIENT_ACCESS", "INSUFFICIENT_ACCESS_OR_READONLY"})
"""How the API words that this user sees no leads, which is no fault of the organisation's."""


def lead_fields(attempt: Attempt) -> list[Finding]:
    """Judge the object Lead by its description; what the evidence in files has told is not repeated."""
    findings = [] if attempt.closed else _described(attempt)
    if not attempt.climb.run.options.test_lead:
        attempt.climb.unproven += causes.open_questions(attempt)
    if not attempt.described:
        raise Skip(attempt.closed or NO_LEADS)
    return findings


def _described(attempt: Attempt) -> list[Finding]:
    try:
        described = attempt.climb.shared(attempt.organization.account, attempt.organization.described)
    except Refused as refused:
        if not UNSEEN.intersection(refused.codes):
            raise
        attempt.closed = NO_LEADS
        return []
    attempt.described = True
    if not any(isinstance(field, dict) and field.get("name") == "Email" for field in described["fields"]):
        attempt.closed = NO_EMAIL
    found = evidence.described(attempt.evidence, described)
    return told(attempt.climb.configuration, [(API, one) for one in found], Stage.PERMISSIONS)
