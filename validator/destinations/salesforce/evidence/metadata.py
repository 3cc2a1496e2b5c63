"""The object Lead as the metadata of its organisation has it, in files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from validator.config.opening import regular
from validator.destinations.salesforce.evidence import elements
from validator.destinations.salesforce.evidence.elements import Broken, Element
from validator.destinations.salesforce.evidence.folder import files
from validator.destinations.salesforce.evidence.lead_object import Field, LeadObject, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MOST_BYTES: Final = 16 * 1024 * 1024
"""Of one file; an object with 800 fields has some 2 MiB. One that is cut here ends too early to be read."""


class Metadata(NamedTuple):
    """What a folder tells of Lead. `broken`: the files that could not be read, and why."""

    lead: LeadObject
    tells_fields: bool
    """Whether the object itself is there: its fields, and its validation rules."""
    tells_duplicates: bool
    broken: tuple[str, ...]


def read(folder: Path) -> Metadata:
    """Read what a folder tells of Lead; one file that is broken takes nothing from the others."""
    found = files(folder)
    reading = _Reading(folder, found)
    objects = list(reading.all("object"))
    fields = [*reading.all("field"), *(one for each in objects for one in each.all("fields"))]
    rules = [*reading.all("validation"), *(one for each in objects for one in each.all("validationRules"))]
    lead = LeadObject(
        tuple(_field(field, reading) for field in fields),
        tuple(Rule(rule.get("fullName"), rule.get("errorMessage")) for rule in rules if rule.holds("active")),
        tuple(
            Rule(rule.get("masterLabel") or rule.get("fullName"), _action(rule))
            for rule in reading.all("duplicates")
            if _stops(rule)
        ),
        _countries(reading),
    )
    tells = any(kind in found for kind in ("object", "field", "validation"))
    return Metadata(lead, tells, "duplicates" in found, tuple(reading.broken))


class _Reading:
    """The files by kind, and the ones that turned out to be broken."""

    def __init__(self, folder: Path, found: Mapping[str, list[Path]]) -> None:
        self._folder = folder
        self._files = found
        self.broken: list[str] = []

    def all(self, kind: str) -> Iterator[Element]:
        """Give the document in each file of a kind."""
        for path in self._files.get(kind, ()):
            yield from self._document(path)

    def value_set(self, name: str) -> Element | None:
        """Give the global value set of a name."""
        named = (path for path in self._files.get("values", ()) if path.name.partition(".")[0] == name)
        return next((document for path in named for document in self._document(path)), None)

    def _document(self, path: Path) -> Iterator[Element]:
        try:
            yield from elements.read(regular(path, MOST_BYTES)).inside
        except (Broken, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            self.broken.append(f"{path.relative_to(self._folder).as_posix()}: {reason}")


def _field(field: Element, reading: _Reading) -> Field:
    sets = [one for name in ("valueSet", "picklist") for one in field.all(name)]
    restricted = any(one.holds("restricted") or one.holds("restrictedPicklist") for one in sets)
    return Field(
        field.get("fullName"),
        field.get("label"),
        field.get("type").lower(),
        required=field.holds("required"),
        restricted=restricted,
        defaulted=bool(field.get("defaultValue")) or any(_has_default(one, reading) for one in sets),
    )


def _has_default(values: Element, reading: _Reading) -> bool:
    """Look for a default among the values, wherever they are: here, before version 38, or in a global set."""
    inner = [values, *values.all("valueSetDefinition")]
    name = values.get("valueSetName")
    shared = reading.value_set(name) if name else None
    if shared is not None:
        inner.append(shared)
    kinds = ("value", "picklistValues", "customValue")
    return any(value.holds("default") for one in inner for kind in kinds for value in one.all(kind))


def _stops(rule: Element) -> bool:
    """Whether a lead that looks like another one is kept out: an alert, too, has nobody to confirm it."""
    return rule.holds("isActive") and bool(_action(rule))


def _action(rule: Element) -> str:
    if rule.get("actionOnInsert") == "Block":
        return "blocks"
    alerts = any(one.text == "Alert" for one in rule.all("operationsOnInsert"))
    return "allows with an alert" if alerts else ""


def _countries(reading: _Reading) -> Mapping[str, str]:
    """Give the integration values; the file may be there although the picklists are off."""
    lists = [one for settings in reading.all("address") for one in settings.all("countriesAndStates")]
    countries = [country for one in lists for country in one.all("countries") if country.holds("active")]
    return {country.get("isoCode"): country.get("integrationValue") for country in countries}
