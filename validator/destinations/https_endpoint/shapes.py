"""Further test leads for `--probe-shapes`: what real leads may look like, and a receiver may not expect."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from validator import lead
from validator.destinations.https_endpoint import refusals
from validator.http import Unreachable
from validator.rehearsal import together

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.destinations.https_endpoint.attempt import Answer, Attempt
    from validator.model import Finding, TestLead

ABOUT_SHAPE: Final = frozenset(
    {"endpoint-schema-mismatch", "endpoint-lead-refused", "endpoint-receiver-failed"}
)
"""Refusals that another shape of the lead may escape; after any other, two more leads would tell nothing."""

OPEN: Final = "Whether the endpoint takes a lead with"

NOT_NOW: Final = frozenset({429, 503})
"""Statuses that put a lead off and say nothing about its shape."""


class Probe(NamedTuple):
    """One further lead, and how the endpoint answered."""

    name: str
    token: str
    answer: Answer | Unreachable

    @property
    def taken(self) -> bool:
        """Whether it was taken."""
        return not isinstance(self.answer, Unreachable) and self.answer.refused is None

    @property
    def open(self) -> bool:
        """Whether nothing was learned of the shape."""
        return isinstance(self.answer, Unreachable) or self.answer.status in NOT_NOW

    @property
    def answered(self) -> str:
        """Say what came of it."""
        if isinstance(self.answer, Unreachable):
            return "no answer"
        return f"{'taken' if self.taken else 'refused'} (HTTP {self.answer.status})"

    @property
    def told(self) -> str:
        """Say it in a line of the report."""
        return f"{self.name}, {self.token}: {self.answered}"


def probe(attempt: Attempt, title: str, documented: list[Finding]) -> list[Finding]:
    """Send a sparse lead and one in camelCase, and judge all three; `documented`: what came of the first."""
    if documented and documented[0].id not in ABOUT_SHAPE:
        return documented
    sparse_token, camel_token = attempt.climb.run.token(), attempt.climb.run.token()
    camel = lead.camel_case(lead.https_endpoint(camel_token, title))
    answers = together(
        lambda: _answer(attempt, lead.sparse(sparse_token, title)),
        lambda: _answer(attempt, camel),
    )
    probes = (
        Probe("few fields", sparse_token, answers[0]),
        Probe("camelCase keys", camel_token, answers[1]),
    )
    attempt.climb.unproven += [f"{OPEN} {each.name}: {each.answered}." for each in probes if each.open]
    sent = cast("TestLead", attempt.climb.test_lead)
    attempt.climb.test_lead = replace(sent, probes=tuple(each.told for each in probes))
    return _one_of_two(attempt, documented, probes[1]) if documented else _refused(attempt, *probes)


def _answer(attempt: Attempt, body: Mapping[str, object]) -> Answer | Unreachable:
    try:
        return attempt.post(body)
    except Unreachable as failure:
        return failure


def _one_of_two(attempt: Attempt, documented: list[Finding], camel: Probe) -> list[Finding]:
    """Judge a receiver that refuses the documented shape: perhaps it was built for the other one."""
    if not camel.taken:
        return documented
    return [attempt.climb.finding("endpoint-camel-case-only", observed=documented[0].observed)]


def _refused(attempt: Attempt, sparse: Probe, camel: Probe) -> list[Finding]:
    """Warn of a receiver that takes the documented shape, and not another one."""
    pairs = ((sparse, "endpoint-sparse-lead-refused"), (camel, "endpoint-camel-case-refused"))
    return [
        attempt.climb.finding(warning, observed=refusals.observed(each.answer, each.answer.refused))
        for each, warning in pairs
        if not isinstance(each.answer, Unreachable)
        and each.answer.refused
        and refusals.entry(attempt, each.answer, each.answer.refused) in ABOUT_SHAPE
    ]
