"""The catalogue as a page of documentation, one heading for each id, so that links can lead to an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.catalogue.entry import Entry

_INTRODUCTION: Final = """\
# Catalogue

Every finding that leadcheck can give. This page is made by `python -m validator.catalogue.build`.
A *documented error* is one of the eight that Microsoft's *Lead management for cloud marketplace* lists,
counted in its order. With a *world*, `leadcheck validate --sandbox --world ID` shows the finding.
"""


def page(entries: Mapping[str, Entry]) -> str:
    """Render all entries, in catalogue order."""
    return "\n".join([_INTRODUCTION, *(line for entry in entries.values() for line in _section(entry))])


def _section(entry: Entry) -> Iterator[str]:
    yield from (
        f"## {entry.id}",
        "",
        f"**{entry.title}**",
        "",
        f"{', '.join(_marks(entry))}.",
        "",
        entry.cause,
        "",
    )
    for number, step in enumerate(entry.fix, start=1):
        link = f" [Microsoft's page]({step.url})" if step.url else ""
        yield f"{number}. {step.text}{link}"
    yield ""


def _marks(entry: Entry) -> Iterator[str]:
    yield f"*{entry.severity}*"
    yield from (f"destination {name}" for name in entry.destinations)
    if entry.documented:
        yield f"documented error {entry.documented.number}"
    yield from (f"`{code}`" for code in entry.codes)
    if entry.field:
        yield f"field `{entry.field}`"
    if entry.world:
        yield "has a world"
