"""What an organisation asks of a lead, whichever evidence told it: its metadata, or its API."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

PICKLISTS: Final = frozenset({"picklist", "multipicklist", "multiselectpicklist", "combobox"})
"""Types of a field with a list of values, in lower case: as the API names them, and as the metadata does."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of Lead. `kind`: its type, in lower case. `required`: by the database, not by a page layout.

    `defaulted`: the organisation fills it in where nobody does; whether Web-to-Lead uses a default is not
    documented.
    """

    name: str
    label: str
    kind: str
    required: bool = False
    restricted: bool = False
    defaulted: bool = False

    @property
    def is_picklist(self) -> bool:
        """Whether only a list of values can be chosen from, or is offered."""
        return self.kind in PICKLISTS


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the organisation's for new leads. `says`: what it shows to people, or what it does."""

    name: str
    says: str


@dataclass(frozen=True, slots=True)
class LeadObject:
    """The object Lead, as far as the evidence goes.

    `rules`: active validation rules. `duplicate_rules`: active ones that block, or alert. `countries`: the
    integration value of each country by its ISO code. `country_picklists`: whether they are in use, None
    where the evidence does not tell.
    """

    fields: tuple[Field, ...] = ()
    rules: tuple[Rule, ...] = ()
    duplicate_rules: tuple[Rule, ...] = ()
    countries: Mapping[str, str] = field(default_factory=dict)
    country_picklists: bool | None = None
