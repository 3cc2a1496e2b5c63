"""From what happened on the wire to the one catalogue entry that names it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator import catalogue
from validator.http import Reason, Refused, Unreachable
from validator.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model import Finding, Stage
    from validator.rehearsal.climb import Climb

SERVER_ERROR: Final = 500

TOO_MANY: Final = 429

NO_ANSWER: Final = {
    Reason.NAME: "network-unavailable",
    Reason.PRIVATE: "network-unavailable",
    Reason.CONNECT: "network-unavailable",
    Reason.TIMEOUT: "network-unavailable",
    Reason.STALLED: "service-stalled",
    Reason.CLOSED: "service-unavailable",
    Reason.PROXY: "proxy-failed",
    Reason.NOT_ALLOWED: "host-not-allowed",
    Reason.DEADLINE: "deadline-reached",
}
"""What a missing answer means where the service has answered before, or where no control was asked."""


def of(climb: Climb, failure: Refused | Unreachable, stage: Stage) -> Finding:
    """Name a failure."""
    return _named(climb, failure, stage) if isinstance(failure, Refused) else unanswered(climb, failure)


def unanswered(climb: Climb, failure: Unreachable) -> Finding:
    """Name a missing answer for which no control was asked."""
    if failure.reason is Reason.TLS:
        return untrusted(climb, failure, str(failure))
    return climb.finding(NO_ANSWER[failure.reason], observed=str(failure))


def untrusted(climb: Climb, failure: Unreachable, seen: str) -> Finding:
    """Name what is wrong with TLS."""
    blame = climb.destination.blame
    return climb.finding(blame.tls(failure), pointer=blame.field, observed=seen)


def entry_for(refused: Refused, destination: str, generic: str) -> str:
    """Name the entry of a refusal: by its code, then by its words, then by its status."""
    if not refused.own:
        return by_status(refused.status)
    said = catalogue.diagnose(refused.message, codes=refused.codes, status=refused.status)
    for match in said.matches:
        if match.confidence != "possible" and destination in (match.entry.destinations or (destination,)):
            return match.entry.id
    return "service-unavailable" if refused.status >= SERVER_ERROR else generic


def by_status(status: int) -> str:
    """Name an answer whose words prove nothing, such as a gateway's page: it may say "not now", no more."""
    if status == TOO_MANY:
        return "service-throttled"
    return "service-unavailable" if status >= SERVER_ERROR else "answer-not-understood"


def _named(climb: Climb, refusal: Refused, stage: Stage) -> Finding:
    generic = dict(climb.destination.generic).get(stage, "answer-not-understood")
    named = catalogue.lookup(entry_for(refusal, climb.destination.name, generic))
    telling = named.severity is Severity.ERROR or named.inconclusive  # who was refused has not passed
    return refused(climb, named.id if telling else generic, refusal)


def refused(climb: Climb, entry: str, refusal: Refused) -> Finding:
    """Report a catalogue entry with the service's own words."""
    return climb.finding(entry, observed=observed(refusal), codes=refusal.codes, trace=refusal.trace)


def observed(refusal: Refused) -> str:
    """Tell what the service said."""
    later = f" (try again after {refusal.retry_after} s)" if refusal.retry_after else ""
    return f"HTTP {refusal.status}: {refusal.message}{later}"


def one_per_fault(findings: Iterable[Finding]) -> list[Finding]:
    """Drop what another finding's entry subsumes, and the second of the same entry at the same place."""
    first: dict[tuple[str, object], Finding] = {}
    for found in findings:
        first.setdefault((found.id, found.location), found)
    gone: set[str] = set()
    fresh = {found.id for found in first.values()}
    while fresh:
        fresh = {inner for entry in fresh for inner in catalogue.lookup(entry).subsumes} - gone
        gone |= fresh
    return [found for found in first.values() if found.id not in gone]
