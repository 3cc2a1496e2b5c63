"""Worlds in which a Salesforce organisation loses leads without a word, or does not let anybody look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.sandbox.salesforce import healthy
from validator.sandbox.salesforce.organization import DAILY
from validator.sandbox.state import Fault
from validator.sandbox.worlds.world import SALESFORCE, World

if TYPE_CHECKING:
    from collections.abc import Mapping

_WEB_TO_LEAD: Final = "network.web_to_lead"
_DOMAIN: Final = "network.salesforce"
_ORGANIZATION: Final = "salesforce.fabrikam"
_APP: Final = f"{_ORGANIZATION}.apps.leadcheck"

_POST: Final = {f"{_WEB_TO_LEAD}.fault_at": "POST /servlet"}
_TOKEN: Final = {f"{_DOMAIN}.fault_at": "POST /services/oauth2/token"}


def _world(produces: str, summary: str, changes: Mapping[str, object], variant: str = "") -> World:
    return World(produces, summary, changes, example=SALESFORCE, variant=variant)


def _client(problem: str, summary: str, attribute: str, value: object) -> World:
    """Change something about the API client, or about what it may do."""
    return _world(f"salesforce-{problem}", summary, {attribute: value})


def _lost(variant: str, summary: str, attribute: str, value: object) -> World:
    """Let the organisation drop the leads, for a reason that its API does not show."""
    return _world("test-lead-not-found", summary, {f"{_ORGANIZATION}.{attribute}": value}, variant)


WORLDS: Final = (
    World(
        "salesforce-other-organization",
        "the identifier is that of another organisation of the publisher's",
        overrides={"/salesforceLeadConfiguration/objectIdentifier": healthy.OTHER_ID},
        example=SALESFORCE,
    ),
    _client("client-id-unknown", "the API client's app was deleted", f"{_APP}.exists", value=False),
    _client("client-secret-wrong", "its consumer secret was rotated", f"{_APP}.client_secret", "a new one"),
    _client("no-run-as-user", "it has no user to run as", f"{_APP}.run_as", None),
    _client(
        "flow-not-enabled",
        "the client credentials flow is not enabled for it",
        f"{_APP}.client_credentials",
        value=False,
    ),
    _client("user-refused", "its user is frozen", f"{_APP}.refused", value=True),
    _client(
        "session-ended", "sessions end as soon as they begin", f"{_ORGANIZATION}.session_ended", value=True
    ),
    _client("api-disabled", "the edition has no API", f"{_ORGANIZATION}.api_enabled", value=False),
    _client("request-limit", "no API requests are left today", f"{_ORGANIZATION}.requests_left", value=False),
    _client("domain-not-found", "nobody has the name of the My Domain", f"{_DOMAIN}.connect", 502),
    _world(
        "required-picklist-on-lead",
        "a picklist is required on Lead, which the marketplace never fills in",
        {f"{_ORGANIZATION}.fields.Industry_Type__c.exists": True},
    ),
    _world(
        "required-field-on-lead",
        "a text field is required on Lead, which the marketplace never fills in",
        {f"{_ORGANIZATION}.fields.Source_Detail__c.exists": True},
    ),
    _world(
        "restricted-picklist-on-lead",
        "Lead Source takes nothing but the values in its list",
        {f"{_ORGANIZATION}.fields.LeadSource.restricted": True},
    ),
    _world(
        "country-picklist-enabled",
        "countries are a picklist, with names as integration values",
        {f"{_ORGANIZATION}.country_picklists": True},
    ),
    _lost("web-to-lead-off", "Web-to-Lead is switched off", "web_to_lead", value=False),
    _lost("without-default-creator", "nobody is the default lead creator", "default_creator", None),
    _lost(
        "recaptcha-required", "every form has to bring a solved reCAPTCHA", "recaptcha_required", value=True
    ),
    _lost("daily-limit", "500 leads came within 24 hours", "taken_today", DAILY),
    _lost(
        "validation-rule",
        "a validation rule wants what the marketplace never sends",
        "validation_rules.Lead_State_Required.active",
        value=True,
    ),
    _lost(
        "duplicate-rule",
        "a duplicate rule alerts on leads with the same phone number",
        "duplicate_rules.Standard_Lead_Duplicate_Rule.active",
        value=True,
    ),
    _world(
        "network-unavailable",
        "the name of Web-to-Lead does not resolve",
        {f"{_WEB_TO_LEAD}.connect": 502},
        "at-web-to-lead",
    ),
    _world(
        "test-lead-answer-lost",
        "Web-to-Lead takes the form, and its answer is lost",
        {f"{_WEB_TO_LEAD}.fault": Fault.CLOSE_AFTER, **_POST},
        "at-web-to-lead",
    ),
    _world(
        "test-lead-outcome-unknown",
        "Web-to-Lead is down (503), and takes no form",
        {f"{_WEB_TO_LEAD}.serves": "outage"},
        "at-web-to-lead",
    ),
    _world(
        "service-stalled",
        "the sign-in at the My Domain is never answered",
        {f"{_DOMAIN}.fault": Fault.STALL, **_TOKEN},
        "at-salesforce",
    ),
    _world(
        "answer-not-understood",
        "a web site stands at the My Domain",
        {f"{_DOMAIN}.serves": "website"},
        "website-at-salesforce",
    ),
    _world(
        "test-lead-not-deleted",
        "the API client's user may delete no lead (shows with --cleanup)",
        {f"{_ORGANIZATION}.may_delete": False},
        "at-salesforce",
    ),
)
