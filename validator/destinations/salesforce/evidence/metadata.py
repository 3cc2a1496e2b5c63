"""The object Lead as the metadata of its organisation has it, in files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from validator.config.opening import regular
from validator.destinations.salesforce.evidence.elements import Broken, each, holds, read, text
from validator.destinations.salesforce.evidence.folder import files
from validator.destinations.salesforce.evidence.lead_object import Field, LeadObject, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from xml.etree.ElementTree import Element

MOST_BYTES: Final = 16 * 1024 * 1024
"""Of one file; an object with 800 fields has some 2 MiB. One that is cut here ends too early to be read."""

SETS: Final = ("valueSet", "picklist")
"""Where a picklist has its values: since version 38 of the API, and before."""

VALUES: Final = (("value",), ("picklistValues",), ("valueSetDefinition", "value"))
"""Where the values are in there."""


class Metadata(NamedTuple):
    """What a folder tells of Lead. `broken`: the files that could not be read, and why."""

    lead: LeadObject
    tells_fields: bool
    """Whether the object itself is there: its fields, and its validation rules."""
    tells_duplicates: bool
    broken: tuple[str, ...]


def gather(folder: Path) -> Metadata:
    """Read what a folder tells of Lead; one file that is broken takes nothing from the others."""
    found = files(folder)
    reading = _Reading(folder, found)
    objects = list(reading.all("object"))
    fields = [*reading.all("field"), *(one for lead in objects for one in each(lead, "fields"))]
    rules = [*reading.all("validation"), *(one for lead in objects for one in each(lead, "validationRules"))]
    duplicates = [(rule, _action(rule)) for rule in reading.all("duplicates") if holds(rule, "isActive")]
    lead = LeadObject(
        tuple(_field(field, reading) for field in fields),
        tuple(
            Rule(text(rule, "fullName"), text(rule, "errorMessage"))
            for rule in rules
            if holds(rule, "active")
        ),
        tuple(Rule(text(rule, "masterLabel"), action) for rule, action in duplicates if action),
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

    def value_set(self, name: str) -> Iterator[Element]:
        """Give the global value set of a name, where it is there."""
        for path in self._files.get("values", ()):
            if path.name.partition(".")[0] == name:
                yield from self._document(path)

    def _document(self, path: Path) -> Iterator[Element]:
        try:
            yield read(regular(path, MOST_BYTES))
        except (Broken, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            self.broken.append(f"{path.relative_to(self._folder).as_posix()}: {reason}")


def _field(field: Element, reading: _Reading) -> Field:
    sets = [one for name in SETS for one in each(field, name)]
    return Field(
        text(field, "fullName"),
        text(field, "label"),
        text(field, "type").lower(),
        required=holds(field, "required"),
        restricted=any(holds(one, "restricted") or holds(one, "restrictedPicklist") for one in sets),
        defaulted=bool(text(field, "defaultValue")) or any(_has_default(one, reading) for one in sets),
    )


def _has_default(values: Element, reading: _Reading) -> bool:
    """Look for a default among the values of a picklist, or in the global set that it names."""
    own = (value for path in VALUES for value in each(values, *path))
    shared = reading.value_set(text(values, "valueSetName"))
    return any(holds(value, "default") for value in own) or any(
        holds(value, "default") for one in shared for value in each(one, "customValue")
    )


def _action(rule: Element) -> str:
    """Say how a rule keeps out a lead that looks like another one: nobody is there to confirm an alert."""
    if text(rule, "actionOnInsert") == "Block":
        return "blocks"
    alerts = any(one.text == "Alert" for one in each(rule, "operationsOnInsert"))
    return "allows with an alert" if alerts else ""


def _countries(reading: _Reading) -> Mapping[str, str]:
    """Give the integration values; the file may be there although the picklists are off."""
    listed = (
        one
        for settings in reading.all("address")
        for one in each(settings, "countriesAndStates", "countries")
    )
    return {text(one, "isoCode"): text(one, "integrationValue") for one in listed if holds(one, "active")}
