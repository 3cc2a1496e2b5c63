"""What happens to a form after it was taken: the organisation's rules, and a lead or a mail in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.sandbox.salesforce.organization import DAILY, Mail, lengthened, now

if TYPE_CHECKING:
    from datetime import datetime

    from validator.sandbox.salesforce.organization import Field, Organization, Submission

SUPPORT: Final = "Salesforce Customer Support"

FORM: Final = {
    "first_name": "FirstName",
    "last_name": "LastName",
    "email": "Email",
    "company": "Company",
    "title": "Title",
    "phone": "Phone",
    "country": "Country",
    "description": "Description",
    "lead_source": "LeadSource",
}
"""The fields of Lead, by the names that a form has for them."""

_DUPLICATE: Final = (
    "You\u2019re creating a duplicate record. We recommend you use an existing record instead."
)
_COUNTRY: Final = (
    "There's a problem with this country, even though it may appear correct. Please select a "
    "country/territory from the list of valid countries.: Country"
)


def work(organization: Organization, moment: datetime | None = None) -> None:
    """Look at every form that is due at a moment (by default: now)."""
    at = moment or now()
    due = [one for one in organization.queue if one.due <= at]
    organization.queue = [one for one in organization.queue if one.due > at]
    for submission in due:
        _decide(organization, submission)


def _decide(organization: Organization, submission: Submission) -> None:
    record = {FORM[name]: value for name, value in submission.pairs if name in FORM and value}
    if not organization.web_to_lead or organization.default_creator is None:
        reason = "Web-to-Lead is disabled." if organization.default_creator else "No default lead creator."
        organization.outbox.append(Mail(SUPPORT, reason, submission.pairs))
        return
    if organization.recaptcha_required:  # dropped, and nobody is told
        return
    if organization.taken_today >= DAILY:
        _mailed(organization, "The limit of requests for 24 hours is reached.", submission)
        return
    organization.taken_today += 1
    reason = refusal(organization, record)
    if reason:
        _mailed(organization, reason, submission)
    else:
        _store(organization, record)


def _mailed(organization: Organization, reason: str, submission: Submission) -> None:
    organization.outbox.append(Mail(str(organization.default_creator), reason, submission.pairs))


def refusal(organization: Organization, record: dict[str, str]) -> str:
    """Say which rule refuses a record, in Salesforce's words; the empty string where none does."""
    fields = {name: one for name, one in organization.fields.items() if one.exists}
    missing = [one.label for name, one in fields.items() if _needed(one) and not record.get(name)]
    if missing:
        return f"Required fields are missing: [{', '.join(missing)}]"
    for name, one in fields.items():
        if one.restricted and record.get(name) and record[name] not in one.values:
            return f"{one.label}: bad value for restricted picklist field: {record[name]}"
    if organization.country_picklists and record.get("Country") not in organization.countries.values():
        return _COUNTRY
    broken = (rule for rule in organization.validation_rules.values() if rule.active)
    said = next((rule.message for rule in broken if not record.get(rule.blank)), "")
    return said or (_DUPLICATE if _duplicate(organization, record) else "")


def _needed(one: Field) -> bool:
    return one.required and one.createable and not one.defaulted


def _duplicate(organization: Organization, record: dict[str, str]) -> bool:
    """Whether a rule holds the lead back: an alert does, too, as nobody is there to confirm it."""
    rules = [rule for rule in organization.duplicate_rules.values() if rule.active]
    return any(
        record.get(rule.equal) == lead.get(rule.equal)
        for rule in rules
        for lead in organization.leads.values()
    )


def _store(organization: Organization, record: dict[str, str]) -> None:
    identifier = lengthened(f"00Q5e000{len(organization.leads) + 1:07d}")
    created = f"{now():%Y-%m-%dT%H:%M:%S.000+0000}"
    organization.leads[identifier] = {"Id": identifier, "CreatedDate": created, **record}
