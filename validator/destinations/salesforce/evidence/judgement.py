"""What keeps the marketplace's leads out of an organisation: one judgement, whatever the evidence is.

Source: Salesforce's help on Web-to-Lead (universally required fields, validation and duplicate rules), its
list of what keeps AppExchange's leads out (country values), and Microsoft's answer about required picklists.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from validator.destinations.remark import Remark
from validator.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.destinations.salesforce.evidence.lead_object import Field, LeadObject, Rule

SENT: Final = frozenset(
    {
        "LastName",
        "FirstName",
        "Company",
        "Title",
        "Email",
        "Phone",
        "Country",
        "Description",
        "LeadSource",
        "Name",
    }
)
"""What the marketplace fills in: the fields of the documents' sample, and what Salesforce makes of two."""

COUNTRY: Final = "US"
"""The country of the test lead. Real leads carry an ISO code of two letters, too."""

MOST: Final = 8
"""Names listed in a finding; of more, the number is told."""


class Complaint(NamedTuple):
    """One thing that is in a lead's way. `subject`: the field or rule; no evidence repeats another's."""

    entry: str
    subject: str
    words: str
    severity: Severity | None = None
    """Another one than the entry's own, where the evidence is no proof."""


def complaints(lead: LeadObject) -> list[Complaint]:
    """Say what is in the way, in the catalogue's order."""
    return [
        *_required(lead.fields),
        *(_restricted(field) for field in lead.fields if field.restricted and _is_sent_from_a_list(field)),
        *_country(lead),
        *(_rule("validation-rule-on-lead", rule) for rule in lead.rules),
        *(_rule("duplicate-rule-on-lead", rule) for rule in lead.duplicate_rules),
    ]


def gathered(found: Iterable[Complaint]) -> list[Remark]:
    """Make one remark of all that concerns the same entry."""
    ordered = sorted(found, key=lambda one: one.entry)
    return [_remark(entry, list(group)) for entry, group in groupby(ordered, key=lambda one: one.entry)]


def _remark(entry: str, group: list[Complaint]) -> Remark:
    said = "; ".join(one.words for one in group[:MOST])
    more = f"; and {len(group) - MOST} more" if len(group) > MOST else ""
    proven = any(one.severity is None for one in group)
    return Remark(entry, said + more, severity=None if proven else group[0].severity)


def _required(fields: Iterable[Field]) -> Iterator[Complaint]:
    asked = [field for field in fields if field.required and field.name not in SENT and not _kept(field)]
    for field in sorted(asked, key=lambda one: not one.is_picklist):
        entry = "required-picklist-on-lead" if field.is_picklist else "required-field-on-lead"
        if field.defaulted:
            yield Complaint(entry, field.name, f"{_named(field)}, which has a default", Severity.WARNING)
        else:
            yield Complaint(entry, field.name, _named(field))


def _kept(field: Field) -> bool:
    """Whether nobody has to fill it in: a box is ticked or not, and a number counts by itself."""
    return field.kind in {"boolean", "checkbox", "autonumber"}


def _is_sent_from_a_list(field: Field) -> bool:
    """Whether the marketplace's text would have to be one of the values; countries have their own rule."""
    return field.is_picklist and field.name in SENT - {"Country"}


def _restricted(field: Field) -> Complaint:
    return Complaint("restricted-picklist-on-lead", field.name, _named(field))


def _country(lead: LeadObject) -> Iterator[Complaint]:
    known = lead.countries.get(COUNTRY)
    if known == COUNTRY or lead.country_picklists is False:
        return
    told = f"the integration value of {COUNTRY} is “{known}”" if known else "no integration values are told"
    if lead.country_picklists:
        yield Complaint("country-picklist-enabled", "Country", f"Country is a picklist; {told}")
    elif known:
        doubt = f"a list of countries is there, whether it is in use or not; {told}"
        yield Complaint("country-picklist-enabled", "Country", doubt, Severity.NOTE)


def _rule(entry: str, rule: Rule) -> Complaint:
    return Complaint(entry, rule.name, f"{rule.name} ({rule.says})" if rule.says else rule.name)


def _named(field: Field) -> str:
    return f"{field.label} ({field.name})" if field.label else field.name
