"""Every fault leadcheck can name: what it looks like, what it means, what to do.

Services fail in their own words. The catalogue alone turns words into causes and fixes, for live checks and
for `explain` alike. It is written in the YAML files beside this one and read from the JSON made of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.catalogue.entry import Entry, Sample
from validator.catalogue.match import Diagnosis, Match
from validator.catalogue.rows import entries, lookup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model import Finding, Location, Severity, Stage, Trace

__all__ = ["Diagnosis", "Entry", "Match", "Sample", "diagnose", "entries", "finding", "lookup"]


def finding(  # noqa: PLR0913 - all but the first two by name
    identifier: str,
    stage: Stage,
    *,
    observed: str | None = None,
    codes: tuple[str, ...] = (),
    trace: Trace | None = None,
    location: Location | None = None,
    severity: Severity | None = None,
) -> Finding:
    """Report the entry `identifier` as met at `stage`; its own severity unless another one is given."""
    from validator.model import Finding  # noqa: PLC0415 - 4 ms that explaining an error need not pay

    entry = lookup(identifier)
    return Finding(
        id=entry.id,
        severity=severity or entry.severity,
        stage=stage,
        title=entry.title,
        cause=entry.cause,
        documented=entry.documented,
        observed=observed,
        codes=codes,
        trace=trace,
        fix=entry.fix,
        location=location,
        inconclusive=entry.inconclusive,
    )


def diagnose(text: str, *, codes: Iterable[str] = (), status: int | None = None) -> Diagnosis:
    """Say what `text` means. `codes` and `status` come from a live answer, which vouches for the context.

    An entry's id means that entry. Codes that are given are the answer's own: what else its text holds may be
    anybody's words. Codes speak first, unless their entry calls them ambiguous: then code and words together.
    Words come next, the HTTP status last. The words of a wrapper come after what it wraps.
    """
    live = bool(codes) or status is not None
    if not live and text.strip() in entries():
        return Diagnosis("matched", matches=(Match(lookup(text.strip()), "certain", "the entry's id"),))
    from validator.catalogue.diagnosis import diagnosis  # noqa: PLC0415 - an id needs none of it

    return diagnosis(entries(), text, codes=codes, status=status)
