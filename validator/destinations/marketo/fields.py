"""Judges the fields of a form: what the documents ask for, and what the marketplace leaves empty. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from validator.http import answers

if TYPE_CHECKING:
    from collections.abc import Iterable

Field = dict[str, Any]


class Documented(NamedTuple):
    """A field that the documents ask for: its title there, and its names in the API and in forms."""

    title: str
    name: str
    id: str


DOCUMENTED: Final = (
    Documented("First Name", "firstName", "FirstName"),
    Documented("Last Name", "lastName", "LastName"),
    Documented("Email Address", "email", "Email"),
    Documented("Phone number", "phone", "Phone"),
    Documented("Job Title", "title", "Title"),
    Documented("Company Name", "company", "Company"),
    Documented("Country", "country", "Country"),
    Documented("Lead Source", "leadSource", "LeadSource"),
)
"""Those of Microsoft's announcement of 27 February 2023."""

OTHER: Final = {"sourcesystemname": "Lead Source"}
"""The documents let the lead source be mapped to this field of the system, or to one of your own."""

DECORATION: Final = frozenset({"profiling", "htmltext"})
"""What stands among a form's fields and is filled in by nobody."""


def mapped(fields: Iterable[Field]) -> dict[str, str]:
    """Give the form's own name for each documented field that it has, by the usual name."""
    known: dict[str, str] = {}
    for field in fields:
        meant = _meant(field)
        if meant:
            known.setdefault(meant.name, _spelled(str(field["id"])))
    return known


def missing(fields: Iterable[Field]) -> list[str]:
    """Give the titles of the documented fields that the form does not have."""
    known = mapped(fields)
    return [one.title for one in DOCUMENTED if one.name not in known]


def demanded(fields: Iterable[Field]) -> list[str]:
    """Give the names of the fields that the form requires and the marketplace does not send."""
    there = (field for field in fields if field.get("dataType") not in DECORATION)
    return [_label(field) or str(field.get("id")) for field in there if _required(field)]


def _required(field: Field) -> bool:
    return field.get("required") is True and _meant(field) is None


def _meant(field: Field) -> Documented | None:
    """Say which documented field this is, by its name in forms or, with other names, by its label."""
    name, label = (answers.text(field, "id") or "").lower(), _label(field).lower()
    if not name or field.get("dataType") in DECORATION:
        return None
    by_name = next((one for one in DOCUMENTED if one.id.lower() == name), None)
    title = OTHER.get(name, label).lower()
    return by_name or next((one for one in DOCUMENTED if one.title.lower() == title), None)


def _label(field: Field) -> str:
    return (answers.text(field, "label") or "").strip(" \t*:")


def _spelled(name: str) -> str:
    """Spell the name of a form's field as the API does: it differs in the first letter."""
    return name[:1].lower() + name[1:]
