"""The object Lead as the REST API describes it to the user of the API client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from validator.destinations.salesforce.evidence.lead_object import Field, LeadObject

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CODE: Final = "CountryCode"
"""A field that Lead has while country picklists are on. Its values are ISO codes: no integration values."""


def lead_object(described: Mapping[str, Any]) -> LeadObject:
    """Read a description. Rules are in none; nor are fields that the user may not see."""
    told = [field for field in described["fields"] if isinstance(field, dict)]
    fields = tuple(_field(field) for field in told if field.get("createable"))
    on = any(field.name == CODE for field in fields)
    return LeadObject(fields, country_picklists=on)


def _field(told: Mapping[str, Any]) -> Field:
    name, label, kind = (str(told.get(key) or "") for key in ("name", "label", "type"))
    return Field(
        name,
        label,
        kind.lower(),
        required=told.get("nillable") is False and not told.get("defaultedOnCreate"),
        restricted=bool(told.get("restrictedPicklist")),
        defaulted=_has_default(told.get("picklistValues")),
    )


def _has_default(values: object) -> bool:
    listed: Iterable[object] = values if isinstance(values, list) else ()
    return any(isinstance(one, dict) and one.get("active") and one.get("defaultValue") for one in listed)
