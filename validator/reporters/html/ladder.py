"""The rungs, the test lead and the requests behind them, as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.model import Status
from validator.reporters import words
from validator.reporters.html.tags import facts, table, tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model import Exchange, Outcome, Result
    from validator.reporters.html.tags import Markup

MARKS: Final = {
    Status.PASSED: "ok",
    Status.FAILED: "failed",
    Status.SKIPPED: "skipped",
    Status.INCONCLUSIVE: "could not be told",
    Status.CRASHED: "crashed",
}
"""Words, not signs or colours alone: a printer and a screen reader have neither."""


def ladder(result: Result) -> Iterator[Markup]:
    """Give a row for each check."""
    if result.checks:
        yield tag("h3", "Checks")
        yield table(
            "In the order in which the publish step climbs",
            ("check", "stage", "ended", "seconds", "note"),
            map(_rung, result.checks),
        )


def _rung(check: Outcome) -> tuple[str, ...]:
    ended = tag("span", MARKS[check.status], kind=f"mark {check.status}")
    return check.title, check.stage, ended, f"{check.seconds:.1f}", check.note or ""


def lead(result: Result) -> Iterator[Markup]:
    """Say what became of the test lead."""
    if sent := result.test_lead:
        yield tag("h3", "Test lead")
        ended = words.delivery(result, sent.outcome, cleaned_up=sent.cleaned_up)
        told = [("token", tag("code", sent.token)), ("outcome", ended), ("where", sent.where)]
        told += [("probe", probe) for probe in sent.probes]
        yield facts([*told, ("earlier test leads", ", ".join(sent.earlier))])


def exchanges(result: Result) -> Iterator[Markup]:
    """List the requests, without what was in them."""
    rows = [_exchange(check, each) for check in result.checks for each in check.exchanges]
    if rows:
        yield tag("h3", "Requests")
        heads = ("address", "method", "status", "milliseconds", "check")
        caption = "Addresses without credentials. What several configurations have in common was sent once."
        yield table(caption, heads, rows)


def _exchange(check: Outcome, sent: Exchange) -> tuple[str, ...]:
    status = "no answer" if sent.status is None else str(sent.status)
    return tag("code", sent.url), sent.method, status, str(sent.milliseconds), check.title
