"""Where a lead came from, for `leadcheck explain "Source-Action|Offer"`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from validator.foreign import shown
from validator.lead import ACTIONS, DEFAULT_TITLE, SOURCES, moment
from validator.reporters.page import Page, Whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.lead import LeadSource

UNKNOWN: Final = "not one that Microsoft documents"
TEST: Final = "a test lead: the publish step, Validate or leadcheck wrote it, and no customer did"

MOST: Final = 200
"""Characters of an offer's name that are repeated: the field takes no more in any destination."""


def as_text(source: LeadSource, *, colour: bool = False, width: int = 80) -> str:
    """Render for people."""
    page = Page(colour=colour, width=width)
    page.say("Where a lead came from (LeadSource):", "bold")
    page.gap()
    for label, value in _told(source):
        page.item(label, value)
    return page.text()


def as_json(source: LeadSource) -> str:
    """Render for programs: what `explain` tells of any text, and the parts of this one."""
    told = {
        "schemaVersion": "1.0",
        "verdict": "matched",
        "extracted": {"codes": [], "identifiers": [], "timestamp": _time(source), "correlationId": None},
        "matches": [],
        "leadSource": {
            "source": shown(source.source),
            "action": shown(source.action),
            "offer": shown(source.offer, MOST),
            "test": source.is_test,
            "meaning": {label: value for label, value in _told(source) if label != "offer"},
        },
    }
    return json.dumps(told, indent=2) + "\n"


def _told(source: LeadSource) -> Iterator[tuple[str, str]]:
    if source.is_test:
        yield "lead", TEST
        yield "sent", _time(source) or "at no time that a clock could show"
        yield (
            "offer",
            Whole(shown(source.offer, MOST)) if source.offer != DEFAULT_TITLE else "leadcheck's own",
        )
        return
    yield "source", f"{source.source}: {SOURCES.get(source.source, UNKNOWN)}"
    yield "action", f"{source.action}: {ACTIONS.get(source.action, UNKNOWN)}"
    publisher, dot, offer = source.offer.partition(".")
    yield "offer", f"{offer} of the publisher {publisher}" if dot else source.offer


def _time(source: LeadSource) -> str | None:
    sent = moment(source.source) if source.is_test else None
    return f"{sent:%Y-%m-%dT%H:%M:%SZ}" if sent else None
