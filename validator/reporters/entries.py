"""The catalogue for `leadcheck catalogue`: for people, for programs, and as a page of documentation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from validator.catalogue.markdown import page as as_markdown
from validator.reporters.findings import STYLES
from validator.reporters.page import MARGIN, Page, Whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.catalogue import Entry
    from validator.model import Step

__all__ = ["as_json", "as_markdown", "as_text"]


def as_text(entries: Mapping[str, Entry], *, colour: bool = False, width: int = 80) -> str:
    """Render every entry for people."""
    page = Page(colour=colour, width=width)
    for entry in entries.values():
        page.gap()
        write(page, entry)
    return page.text()


def as_json(entries: Mapping[str, Entry]) -> str:
    """Render every entry in the shape of `catalogue.schema.json`."""
    told = [told_of(entry) | {"codes": [*entry.codes], "world": entry.world} for entry in entries.values()]
    return json.dumps({"schemaVersion": "1.0", "entries": told}, indent=2) + "\n"


def told_of(entry: Entry) -> dict[str, Any]:
    """Give what both `catalogue` and `explain` tell of an entry, as JSON has it."""
    known = entry.documented
    return {
        "id": entry.id,
        "title": entry.title,
        "severity": entry.severity,
        "destinations": [*entry.destinations],
        "documented": {"number": known.number, "message": known.message} if known else None,
        "cause": entry.cause,
        "fix": [{"text": step.text, "url": step.url} for step in entry.fix],
        "field": entry.field,
    }


def write(page: Page, entry: Entry, *, why: str | None = None) -> None:
    """Write one entry as a block: what it is called, what it means, what to do."""
    page.put(entry.title, head=((entry.severity, STYLES[entry.severity]), (f" {entry.id}: ", "")), under="  ")
    if why:
        page.item("because", why)
    if entry.documented:
        page.item("documented", f"error {entry.documented.number} of Microsoft's documentation:")
        page.quote("", entry.documented.message)
    page.item("cause", entry.cause)
    for number, step in enumerate(entry.fix, start=1):
        _write_step(page, number, step, entry.fix[number].url if number < len(entry.fix) else None)
    if entry.field:
        page.item("field", Whole(entry.field))
    if entry.codes:
        page.item("codes", ", ".join(entry.codes))


def _write_step(page: Page, number: int, step: Step, following: str | None) -> None:
    """Write a step and its page, unless the next step's page is the same one."""
    mark = f"{number}. "
    page.put(step.text, head=((("  fix" if number == 1 else "").ljust(MARGIN), "dim"), (mark, "")))
    if step.url and step.url != following:
        page.put(Whole(step.url), head=((" " * (MARGIN + len(mark)), ""),), style="dim")
