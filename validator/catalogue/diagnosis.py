"""From a service's words to the entries they mean, best first. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from validator.catalogue.context import Context, context_of
from validator.catalogue.evidence import Evidence, gathered, is_hex, scene
from validator.catalogue.rows import entries
from validator.catalogue.wording import canonical, facts, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from validator.catalogue.entry import Entry

Confidence = Literal["certain", "likely", "possible"]
Verdict = Literal["matched", "possible", "unrecognised", "unrelated"]


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that a text means, how sure that is, and what gave it away."""

    entry: Entry
    confidence: Confidence
    why: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
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


_SURE: Final[dict[Context, tuple[Confidence, Confidence]]] = {
    Context.GIVEN: ("certain", "likely"),
    Context.PUBLISHING: ("certain", "certain"),
    Context.DYNAMICS: ("certain", "likely"),
    Context.NONE: ("likely", "likely"),
    Context.ELSEWHERE: ("possible", "possible"),
}
"""How far a code, and how far words alone, can be trusted in each context."""

_RANKS: Final = ("certain", "likely", "possible")


def diagnose(text: str, *, codes: Iterable[str] = (), status: int | None = None) -> Diagnosis:
    """Say what `text` means. `codes` and `status` come from a live answer, which vouches for the context.

    Codes that are given are the answer's own: what else its text holds may be anybody's words.
    Codes speak first, unless their entry calls them ambiguous: then code and words together. Words come next,
    the HTTP status last. The words of a wrapper come after what it wraps.
    """
    return diagnosis(entries(), text, codes=codes, status=status)


def diagnosis(
    rows: Mapping[str, Entry], text: str, *, codes: Iterable[str] = (), status: int | None = None
) -> Diagnosis:
    """Diagnose against `rows`, as `diagnose` does against the catalogue."""
    given = tuple(map(canonical, codes))
    live = bool(given) or status is not None
    if not live and text.strip() in rows:
        return Diagnosis("matched", matches=(Match(rows[text.strip()], "certain", "the entry's id"),))
    words = plain(text)
    said = facts(words)
    known = tuple(dict.fromkeys((*given, *said.codes)))
    context = Context.GIVEN if live or canonical(words) in said.codes else context_of(words)
    evidence = gathered(rows.values(), scene(words, given or said.codes, status, context))
    matches = _ranked(evidence, context)
    return Diagnosis(
        _verdict(matches, evidence),
        *(known, said.identifiers, said.timestamp, said.correlation_id, said.trace_id),
        matches=matches,
    )


def _ranked(evidence: list[Evidence], context: Context) -> tuple[Match, ...]:
    ours = [found for found in evidence if not found.unrelated]
    telling = [found for found in ours if not found.last_resort and not _explained(found, ours)]
    judged = [(found, _confidence(found, context)) for found in telling or ours]
    judged.sort(key=lambda pair: _rank(*pair))
    return tuple(Match(found.entry, confidence, _why(found)) for found, confidence in judged)


def _explained(found: Evidence, others: list[Evidence]) -> bool:
    """Whether a code alone speaks for it, and another entry that is proven better accounts for that code."""
    return found.words is None and any(
        other.proven and found.code in other.codes and (other.words is not None or not found.proven)
        for other in others
        if other is not found
    )


def _confidence(found: Evidence, context: Context) -> Confidence:
    by_code, by_words = _SURE[context]
    if found.entry.generic or (found.code and not found.proven):
        return "possible"
    if context is Context.NONE and found.words is None and is_hex(found.code):
        return "possible"
    return by_code if found.proven else by_words


def _rank(found: Evidence, confidence: Confidence) -> tuple[object, ...]:
    """Sort what is wrapped before its wrapper, and the surer before the less sure."""
    return (
        confidence == "possible",
        found.entry.wrapper,
        _RANKS.index(confidence),
        not found.proven,
        found.words is None,
        found.words or 0,
    )


def _why(found: Evidence) -> str:
    if found.status is not None:
        return f"HTTP status {found.status}"
    if found.code is None:
        return "its words"
    return f"code {found.code}" if found.words is None else f"code {found.code} and its words"


def _verdict(matches: tuple[Match, ...], evidence: list[Evidence]) -> Verdict:
    if not matches:
        return "unrelated" if evidence else "unrecognised"
    return "possible" if matches[0].confidence == "possible" else "matched"
