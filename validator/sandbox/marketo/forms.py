"""Forms, as the API shows them, and what becomes of one that is filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from validator.sandbox.marketo.refusals import Skipped, error
from validator.sandbox.marketo.subscription import api_name, now

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.sandbox.marketo.subscription import Form, Subscription

SHOWN: Final = "alwaysShow"


def found(subscription: Subscription, number: str) -> Form | None:
    """Find a form by its number."""
    form = subscription.forms.get(number)
    return form if form and form.exists else None


def described(number: str, form: Form) -> dict[str, Any]:
    """Describe a form."""
    return {
        "id": int(number),
        "name": form.name,
        "description": "",
        "createdAt": "2025-05-24T17:05:54Z+0000",
        "updatedAt": "2025-05-24T17:05:54Z+0000",
        "url": f"https://app-sj12.marketo.com/#FO{number}B2",
        "status": form.status,
        "theme": "simple",
        "language": "English",
        "locale": "en_US",
        "progressiveProfiling": False,
        "folder": {"type": "Folder", "value": 293, "folderName": "Marketplace"},
        "buttonLabel": "Submit",
    }


def fields(form: Form) -> list[dict[str, Any]]:
    """Describe the fields of a form; a place for progressive profiling stands among them."""
    there = {name: one for name, one in form.fields.items() if one.exists}
    listed = [
        {
            "id": name,
            "label": one.label,
            "dataType": one.data_type,
            "validationMessage": "This field is required.",
            "rowNumber": row,
            "columnNumber": 0,
            "required": one.required,
            "formPrefill": True,
            "visibilityRules": {"ruleType": one.rule},
        }
        for row, (name, one) in enumerate(there.items())
    ]
    return [*listed, {"id": "Profiling", "dataType": "profiling", "rowNumber": len(there), "columnNumber": 0}]


def submitted(subscription: Subscription, form: Form, values: Mapping[str, Any]) -> dict[str, Any]:
    """Make a person of what was filled in, or bring one up to date. Raise Refused, and Skipped."""
    there = {api_name(name): one for name, one in form.fields.items() if one.exists}
    demanded = [name for name, one in there.items() if one.required and one.rule == SHOWN]
    for name in ["email", *demanded]:
        if not values.get(name):
            raise error("701", f"{name} cannot be blank")
    for name, value in values.items():
        _check(subscription, name, value, known=name in there)
    return _kept(subscription, dict(values))


def _check(subscription: Subscription, name: str, value: object, *, known: bool) -> None:
    field = subscription.fields.get(name)
    if not known or field is None or not field.exists:
        raise Skipped("1006", f"Field '{name}' not found")
    if field.data_type == "integer" and not str(value).isdigit():
        raise Skipped("1003", f"Invalid value for field '{name}' and value '{value}'")


def _kept(subscription: Subscription, values: dict[str, Any]) -> dict[str, Any]:
    key, people = subscription.same_person, subscription.people
    same = [number for number, person in people.items() if _alike(person.get(key), values.get(key))]
    if len(same) > 1:
        raise Skipped("1007")
    number = same[0] if same else max(people, default=318_500) + 1
    moment = f"{now():%Y-%m-%dT%H:%M:%SZ}"
    people[number] = {"createdAt": moment, **people.get(number, {}), **values, "updatedAt": moment}
    if subscription.campaign_deletes:
        del people[number]
    return {"id": number, "status": "updated" if same else "created"}


def _alike(one: object, other: object) -> bool:
    return one is not None and str(one).lower() == str(other).lower()
