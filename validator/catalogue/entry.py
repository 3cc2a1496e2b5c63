"""One row of the catalogue: a fault that has a name, a cause and a way out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from validator.terms import Documented, Severity, Step

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class Words(NamedTuple):
    """One wording of a fault, read against text that `wording.plain` made plain (lower case, one line).

    `anchor` is a literal that every match of `pattern` holds: looking for it first costs next to nothing,
    and the pattern is compiled only where it was found. `needs` is a pattern for the context without which
    the same words mean something else.
    """

    anchor: str
    pattern: str
    needs: str = ""


class Sample(NamedTuple):
    """A configuration that shows a fault offline: an example with other values at some JSON pointers.

    None takes the key away, as in a JSON merge patch. `files`: evidence beside it, by path.
    """

    example: str
    change: Mapping[str, Any]
    files: Mapping[str, str] = {}


class Example(NamedTuple):
    """Verbatim text that means the fault, with the HTTP status it came with where that is needed to tell."""

    text: str
    status: int | None = None


@dataclass(frozen=True)
class Entry:
    """A fault as leadcheck knows it. Ids are for ever: one that is no longer given is `retired`."""

    id: str
    title: str
    severity: Severity
    cause: str
    fix: tuple[Step, ...] = ()
    destinations: tuple[str, ...] = ()
    """The destinations that can have it; empty: all."""
    documented: Documented | None = None
    codes: tuple[str, ...] = ()
    """The services' codes for it, the ambiguous ones included."""
    ambiguous: tuple[str, ...] = ()
    """Codes that other faults carry too: they count only together with the words."""
    field: str | None = None
    """JSON pointer of the value at fault in the `customer-leads` vocabulary."""
    world: str | None = None
    """The sandbox world that produces it."""
    sample: Sample | None = None
    subsumes: tuple[str, ...] = ()
    """Entries that are the same fault seen from further away; they are not reported beside this one."""
    inconclusive: bool = False
    """Nobody could know: the check that meets it proves nothing."""
    retired: bool = False
    wrapper: bool = False
    """The words around another error: the inner one is the cause."""
    generic: bool = False
    """What is said where the reason is unknown: never more than possible, and only if nothing else fits."""
    question: bool = False
    """What people ask: no service says it, and no run reports it."""
    about_lead: bool = False
    """Its words name a table: about another one than the lead table they are no business of ours."""
    statuses: tuple[int, ...] = ()
    """HTTP statuses that mean it where code and words are unknown."""
    says: tuple[Words, ...] = ()
    examples: tuple[Example, ...] = ()


def entry(identifier: str, row: Mapping[str, Any], documented: Mapping[str, str]) -> Entry:
    """Make the entry of one row of the compiled catalogue; `documented` maps numbers to Microsoft's texts.

    A row has the names of the fields above, and leaves out what is empty.
    """
    told: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in row.items()
    }
    number, sample = row.get("documented"), row.get("sample")
    told |= {
        "id": identifier,
        "severity": Severity(row["severity"]),
        "fix": tuple(Step(**step) for step in row["fix"]),
        "documented": Documented(number, documented[str(number)]) if number else None,
        "sample": Sample(**sample) if sample else None,
        "says": tuple(Words(**words) for words in row.get("says", ())),
        "examples": tuple(Example(**example) for example in row.get("examples", ())),
    }
    return Entry(**told)
