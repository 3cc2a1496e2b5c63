"""Every fault leadcheck can name: what it looks like, what it means, what to do.

Services fail in their own words. The catalogue alone turns words into causes and fixes, for live checks and
for `explain` alike. It is written in the YAML files beside this one and read from the JSON made of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from validator.catalogue.entry import Entry, Sample
from validator.catalogue.rows import entries, lookup
from validator.model import Finding

if TYPE_CHECKING:
    from validator.catalogue.diagnosis import Diagnosis, Match, diagnose
    from validator.model import Location, Severity, Stage, Trace

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


def __getattr__(name: str) -> object:
    """Load what diagnoses only for those who ask: most runs look entries up by their id."""
    if name in {"Diagnosis", "Match", "diagnose"}:
        return getattr(import_module("validator.catalogue.diagnosis"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
