"""What a diagnosis says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from validator.catalogue.entry import Entry

Confidence = Literal["certain", "likely", "possible"]
Verdict = Literal["matched", "possible", "unrecognised", "unrelated"]


class Match(NamedTuple):
    """An entry that a text means, how sure that is, and what gave it away."""

    entry: Entry
    confidence: Confidence
    why: str


class Diagnosis(NamedTuple):
    """What a text means and the facts in it; `matches` are ranked, best first.

    `unrelated`: known words or codes, but not about a lead destination; `unrecognised`: nothing known.
    """

    verdict: Verdict
    codes: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    timestamp: str | None = None
    correlation_id: str | None = None
    trace_id: str | None = None
    matches: tuple[Match, ...] = ()
    no_tenant: str | None = None
    """What the text calls the tenant, where that is a piece of an address or nothing."""
