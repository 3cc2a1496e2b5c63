"""What the files beside a configuration tell of the organisation: its Web-to-Lead form, and its metadata."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from validator.destinations.remark import Remark, told
from validator.destinations.salesforce.evidence import description, form_judgement, judgement, place
from validator.destinations.salesforce.evidence.lead_object import LeadObject
from validator.destinations.salesforce.evidence.place import Unusable
from validator.destinations.salesforce.settings import FIELD
from validator.destinations.salesforce.settings.record_id import of_organisation
from validator.model import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.config import Configuration
    from validator.destinations.salesforce.evidence.form import Form
    from validator.destinations.salesforce.evidence.judgement import Complaint
    from validator.destinations.salesforce.evidence.metadata import Metadata
    from validator.model import Finding

FORM: Final = "/leadcheck/salesforce/webToLeadForm"
METADATA: Final = "/leadcheck/salesforce/metadata"

UNREADABLE: Final = "salesforce-evidence-unreadable"

FIELDS: Final = "the fields of Lead and its validation rules"
DUPLICATES: Final = "the duplicate rules of Lead"
COUNTRIES: Final = "whether country picklists are on"

MOST: Final = 5
"""Broken files named; of more, the number is told."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the files told. `remarks`: by the pointer of the path; `answers`: the questions they settle."""

    remarks: tuple[tuple[str, Remark], ...]
    complaints: tuple[Complaint, ...]
    answers: frozenset[str]


def judge(configuration: Configuration) -> list[Finding]:
    """Judge the files that a configuration names."""
    return told(configuration, gather(configuration).remarks)


def gather(configuration: Configuration) -> Evidence:
    """Read the files, and judge what they tell together."""
    remarks: list[tuple[str, Remark]] = []
    form: Form | None = None
    metadata: Metadata | None = None
    try:
        form = place.form(configuration, FORM)
    except Unusable as unusable:
        remarks.append((FORM, Remark(UNREADABLE, str(unusable))))
    try:
        metadata = place.metadata(configuration, METADATA)
    except Unusable as unusable:
        remarks.append((METADATA, Remark(UNREADABLE, str(unusable))))
    remarks += [(FORM, one) for one in _about_form(configuration, form)]
    remarks += [(METADATA, one) for one in _about_metadata(metadata)]
    lead = metadata.lead if metadata else LeadObject()
    if form and not any(one.entry == form_judgement.OTHER for _, one in remarks):
        lead = replace(lead, country_picklists=form.country_picklists)
    complaints = judgement.complaints(lead)
    at = METADATA if metadata else FORM
    remarks += [(at, one) for one in judgement.gathered(complaints)]
    return Evidence(tuple(remarks), tuple(complaints), _answers(lead, metadata))


def described(evidence: Evidence, told_by_api: Mapping[str, Any]) -> list[Remark]:
    """Judge the API's description of Lead, apart from what the files have told already."""
    known = {(one.entry, one.subject, one.severity) for one in evidence.complaints}
    found = judgement.complaints(description.lead_object(told_by_api))
    return judgement.gathered(one for one in found if (one.entry, one.subject, one.severity) not in known)


def _about_form(configuration: Configuration, form: Form | None) -> list[Remark]:
    if form is None:
        return []
    identifier = configuration.text(FIELD).strip()
    return form_judgement.remarks(form, identifier if of_organisation(identifier) else "")


def _about_metadata(metadata: Metadata | None) -> list[Remark]:
    if metadata is None:
        return []
    if metadata.broken:
        more = f"; and {len(metadata.broken) - MOST} more" if len(metadata.broken) > MOST else ""
        return [Remark("salesforce-metadata-broken", "; ".join(metadata.broken[:MOST]) + more)]
    if not (metadata.tells_fields or metadata.tells_duplicates or metadata.lead.countries):
        return [Remark(UNREADABLE, "no file of the folder tells of Lead", severity=Severity.WARNING)]
    return []


def _answers(lead: LeadObject, metadata: Metadata | None) -> frozenset[str]:
    answered = {
        FIELDS: metadata is not None and metadata.tells_fields,
        DUPLICATES: metadata is not None and metadata.tells_duplicates,
        COUNTRIES: lead.country_picklists is not None,
    }
    return frozenset(question for question, is_answered in answered.items() if is_answered)
