"""Entries of the catalogue as SARIF's rules: what a page of code scanning shows beside an alert."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from validator import catalogue

if TYPE_CHECKING:
    from validator.catalogue import Entry
    from validator.model import Step


def rule(identifier: str) -> dict[str, Any]:
    """Describe an entry."""
    entry = catalogue.lookup(identifier)
    pages = [step.url for step in entry.fix if step.url]
    told = {
        "id": entry.id,
        "name": "".join(word.capitalize() for word in entry.id.split("-")),
        "shortDescription": {"text": entry.title},
        "fullDescription": {"text": entry.cause},
        "help": _help(entry),
        "defaultConfiguration": {"level": entry.severity},
        "properties": {"tags": ["leads", *entry.destinations], "precision": "very-high"},
    }
    return told | ({"helpUri": pages[0]} if pages else {})


def _help(entry: Entry) -> dict[str, str]:
    steps = list(enumerate(entry.fix, start=1))
    plain = [entry.cause, *(f"{number}. {step.text}" for number, step in steps)]
    marked = [f"{entry.cause}\n", *(f"{number}. {_linked(step)}" for number, step in steps)]
    return {"text": "\n".join(plain), "markdown": "\n".join(marked)}


def _linked(step: Step) -> str:
    return f"{step.text} [Microsoft's page]({step.url})" if step.url else step.text
