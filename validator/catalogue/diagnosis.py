"""From a service's words to the entries they mean, best first. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.catalogue.codes import canonical, known
from validator.catalogue.context import Context, Origin, origin
from validator.catalogue.evidence import Evidence, gathered, is_shared, scene
from validator.catalogue.facts import facts
from validator.catalogue.match import Confidence, Diagnosis, Match, Verdict
from validator.catalogue.unwrapping import MOST
from validator.catalogue.wording import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from validator.catalogue.entry import Entry

_SURE: Final[dict[Context, tuple[Confidence, Confidence]]] = {
    Context.GIVEN: ("certain", "likely"),
    Context.PUBLISHING: ("certain", "certain"),
    Context.OURS: ("certain", "likely"),
    Context.NAMED: ("likely", "likely"),
    Context.NONE: ("likely", "likely"),
    Context.ELSEWHERE: ("possible", "possible"),
}
"""How far a code, and how far words alone, can be trusted in each context."""

_RANKS: Final = ("certain", "likely", "possible")


def diagnosis(
    rows: Mapping[str, Entry], text: str, *, codes: Iterable[str] = (), status: int | None = None
) -> Diagnosis:
    """Diagnose against `rows`, as `catalogue.diagnose` does against the whole catalogue."""
    given = tuple(map(canonical, codes))
    live = bool(given) or status is not None
    words = plain(text)
    said = facts(words, text[:MOST])
    codes_said = (*said.codes, *known(words, (code for entry in rows.values() for code in entry.codes)))
    every = tuple(dict.fromkeys((*given, *codes_said)))
    bare = words in map(str.lower, codes_said)
    whence = origin(words, given=live or canonical(words) in said.codes, bare=bare)
    asked = (entry for entry in rows.values() if not (live and entry.question))
    evidence = gathered(asked, scene(words, given or codes_said, status, whence))
    matches = _ranked(evidence, whence)
    return Diagnosis(
        _verdict(matches, evidence),
        *(every, said.identifiers, said.timestamp, said.correlation_id, said.trace_id),
        matches=matches,
        no_tenant=said.no_tenant,
    )


def _ranked(evidence: list[Evidence], whence: Origin) -> tuple[Match, ...]:
    ours = [found for found in evidence if not found.unrelated]
    telling = [found for found in ours if not found.last_resort and not _explained(found, ours)]
    judged = [
        (found, _confidence(found, whence.context(found.entry.destinations))) for found in telling or ours
    ]
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
    if context is Context.NONE and found.words is None and is_shared(found.code):
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
