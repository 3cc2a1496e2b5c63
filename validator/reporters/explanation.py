"""What a pasted text means, for `leadcheck explain`. The text is never repeated: it may hold a secret."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from validator.foreign import shown
from validator.reporters.entries import told_of, write
from validator.reporters.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.catalogue import Diagnosis, Match

_OPENINGS: Final = {
    "matched": "",
    "possible": "Nothing certain follows from this text. It may mean this:",
    "unrelated": "The words are known, but they do not speak of a lead destination.",
    "unrecognised": "Nothing in this text is known to leadcheck.",
}
_ADVICE: Final = (
    "Paste the whole message, with its codes. leadcheck catalogue lists everything that is known."
)


def as_text(
    diagnosis: Diagnosis,
    *,
    notes: Sequence[str] = (),
    support: Sequence[str] = (),
    colour: bool = False,
    width: int = 80,
) -> str:
    """Render for people: the best match in full, the others by name, then the facts found in the text.

    `notes`: what a comparison with a configuration gave; `support`: what it has that support asks for.
    """
    page = Page(colour=colour, width=width)
    if opening := _OPENINGS[diagnosis.verdict]:
        page.put(opening, head=(), under="")
    if not diagnosis.matches:
        page.put(_ADVICE, head=(), under="")
    for match in diagnosis.matches[:1]:
        page.gap()
        write(page, match.entry, why=f"{match.why} ({match.confidence})")
    page.gap()
    for number, match in enumerate(diagnosis.matches[1:]):
        page.item("" if number else "also", f"{match.entry.id}: {match.entry.title} ({_why(match)})")
    page.gap()
    for number, note in enumerate([*_slips(diagnosis), *notes]):
        page.item("" if number else "note", note)
    page.gap()
    for label, value in _facts(diagnosis, support):
        page.item(label, value)
    return page.text()


def as_json(diagnosis: Diagnosis, *, notes: Sequence[str] = (), support: Sequence[str] = ()) -> str:
    """Render for programs. `notes` and `support`, as above, stand there only where there are any."""
    told: dict[str, object] = {
        "schemaVersion": "1.0",
        "verdict": diagnosis.verdict,
        "extracted": {
            "codes": [shown(code) for code in diagnosis.codes],
            "identifiers": [shown(identifier) for identifier in diagnosis.identifiers],
            "timestamp": diagnosis.timestamp,
            "correlationId": diagnosis.correlation_id,
        },
        "matches": [
            told_of(match.entry) | {"confidence": match.confidence, "why": match.why}
            for match in diagnosis.matches
        ],
    }
    more = {"notes": [*_slips(diagnosis), *notes], "support": support}
    told |= {name: [shown(word) for word in words] for name, words in more.items() if words}
    return json.dumps(told, indent=2) + "\n"


def _why(match: Match) -> str:
    known = match.entry.documented
    return f"{match.why}, {match.confidence}" + (f"; documented error {known.number}" if known else "")


def _slips(diagnosis: Diagnosis) -> list[str]:
    """Say what a tenant means that is none: it shows what the field held."""
    if not diagnosis.no_tenant:
        return []
    called = f"The tenant is called “{diagnosis.no_tenant}”"
    return [f"{called}: the field Directory ID was empty, or held an address of which this is a piece."]


def _facts(diagnosis: Diagnosis, more: Sequence[str]) -> Iterator[tuple[str, str]]:
    if diagnosis.codes:
        yield "in the text", f"codes {', '.join(diagnosis.codes)}"
    if diagnosis.identifiers:
        yield "" if diagnosis.codes else "in the text", f"identifiers {', '.join(diagnosis.identifiers)}"
    support = (
        (diagnosis.timestamp, "time"),
        (diagnosis.correlation_id, "correlation id"),
        (diagnosis.trace_id, "trace id"),
    )
    told = [*more, *(f"{name} {value}" for value, name in support if value)]
    if told:
        yield "support", ", ".join(told)
