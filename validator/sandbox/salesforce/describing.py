"""What the API tells of the object Lead: its fields, as far as a user sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from validator.sandbox.salesforce.organization import Field, Organization


def description(organization: Organization) -> dict[str, Any]:
    """Describe Lead."""
    fields = [_field(name, one) for name, one in organization.visible().items()]
    if organization.country_picklists:
        fields.append(_countries(organization))
    return {
        "name": "Lead",
        "label": "Lead",
        "labelPlural": "Leads",
        "keyPrefix": "00Q",
        "custom": False,
        "createable": True,
        "deletable": organization.may_delete,
        "queryable": True,
        "fields": fields,
    }


def _field(name: str, one: Field) -> dict[str, Any]:
    return {
        "name": name,
        "label": one.label,
        "type": one.kind,
        "length": one.length,
        "nillable": not one.required,
        "createable": one.createable,
        "defaultedOnCreate": one.defaulted,
        "defaultValue": None,
        "custom": name.endswith("__c"),
        "restrictedPicklist": one.restricted,
        "dependentPicklist": False,
        "controllerName": None,
        "picklistValues": [_value(value) for value in one.values],
    }


def _value(value: str, label: str = "") -> dict[str, Any]:
    return {"active": True, "defaultValue": False, "label": label or value, "validFor": None, "value": value}


def _countries(organization: Organization) -> dict[str, Any]:
    """Describe the field that is there while countries are a picklist: ISO codes, and the labels of them."""
    values = [_value(code, label) for code, label in organization.countries.items()]
    return {
        "name": "CountryCode",
        "label": "Country Code",
        "type": "picklist",
        "length": 10,
        "nillable": True,
        "createable": True,
        "defaultedOnCreate": False,
        "defaultValue": None,
        "custom": False,
        "restrictedPicklist": True,
        "dependentPicklist": False,
        "controllerName": None,
        "picklistValues": values,
    }
