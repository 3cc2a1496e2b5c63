"""Worlds in which a Marketo account refuses the marketplace's leads, loses them, or does not answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.sandbox.marketo import healthy
from validator.sandbox.marketo.subscription import (
    AT_ONCE,
    DAILY,
    RATE,
    READ_ASSETS,
    READ_LEADS,
    WRITE_LEADS,
    Trouble,
)
from validator.sandbox.state import Fault
from validator.sandbox.worlds.world import MARKETO, World

if TYPE_CHECKING:
    from collections.abc import Mapping

_HOST: Final = "network.marketo"
_ACCOUNT: Final = "marketo.fabrikam"
_SERVICE: Final = f"{_ACCOUNT}.services.partner_center"
_FORM: Final = f"{_ACCOUNT}.forms.{healthy.FORM}"

_SUBMIT: Final = {f"{_HOST}.fault_at": "POST /rest/v1/leads/submitForm"}
_TOKEN: Final = {f"{_HOST}.fault_at": "POST /identity"}


def _world(produces: str, summary: str, changes: Mapping[str, object], variant: str = "") -> World:
    return World(produces, summary, changes, example=MARKETO, variant=variant)


def _account(problem: str, summary: str, attribute: str, value: object, variant: str = "") -> World:
    """Change something about the account itself."""
    return _world(f"marketo-{problem}", summary, {f"{_ACCOUNT}.{attribute}": value}, variant)


def _denied(problem: str, summary: str, permission: str) -> World:
    """Take a permission from the role of the API user."""
    return _world(f"marketo-{problem}", summary, {f"{_SERVICE}.permissions.{permission}": False})


def _trouble(summary: str, trouble: Trouble, variant: str = "") -> World:
    """Let Marketo itself have a fault."""
    return _account("unavailable", summary, "trouble", trouble, variant)


WORLDS: Final = (
    _world("marketo-account-not-found", "no name belongs to the Munchkin ID", {f"{_HOST}.connect": 502}),
    _account(
        "account-not-found",
        "the subscription has ended, and the host still answers",
        "exists",
        False,
        "any-more",
    ),
    _world("marketo-client-unknown", "the API service was deleted", {f"{_SERVICE}.exists": False}),
    _world(
        "marketo-client-credentials-wrong",
        "the API service was made anew, with another secret",
        {f"{_SERVICE}.client_secret": "another one"},
    ),
    _account("token-refused", "tokens expire as soon as they are given", "sessions_end", True),
    _world("marketo-form-not-found", "the form was deleted", {f"{_FORM}.exists": False}),
    _world("marketo-form-not-approved", "the form was never approved", {f"{_FORM}.status": "draft"}),
    _world(
        "marketo-form-fields-missing",
        "the form has no field for the lead source, and none for the job title",
        {f"{_FORM}.fields.LeadSource.exists": False, f"{_FORM}.fields.Title.exists": False},
    ),
    _world(
        "marketo-form-requires-more",
        "the form asks for the industry under some condition, and then requires it",
        {f"{_FORM}.fields.Industry.exists": True},
    ),
    _world(
        "marketo-field-blank",
        "the form requires a postal code",
        {f"{_FORM}.fields.PostalCode.exists": True},
    ),
    _account("field-unknown", "the lead source was hidden in the account", "fields.leadSource.exists", False),
    _account("value-refused", "job titles are whole numbers here", "fields.title.data_type", "integer"),
    _account(
        "several-people-match",
        "people with the same phone number are one person, and two have the test lead's",
        "same_person",
        "phone",
    ),
    _account("rule-refuses", "a rule refuses what forms bring", "business_rule", "Only leads of partners"),
    _denied("access-denied", "the API user may not write people", WRITE_LEADS),
    _account("api-closed", "the allow list of the API lacks our address", "closed_to_our_network", True),
    _denied("assets-unreadable", "the API user may not read forms", READ_ASSETS),
    _denied("leads-unreadable", "the API user may not read people", READ_LEADS),
    _account("throttled", "other clients make all the calls that are allowed", "calls_lately", RATE[0]),
    _account("throttled", "other clients have ten calls under way", "calls_under_way", AT_ONCE, "at-once"),
    _account("quota-reached", "the calls of the day are used up", "calls_today", DAILY),
    _trouble("Marketo has a system error (611)", Trouble.FAULT),
    _trouble("a gateway of Marketo's finds nothing behind it (502)", Trouble.GATEWAY, "behind-its-gateway"),
    _trouble("Marketo takes too long over each request (604)", Trouble.SLOW, "in-time"),
    _trouble("Marketo's API is closed for a while (608)", Trouble.DOWN, "for-a-while"),
    _trouble("Marketo has a passing fault (713)", Trouble.PASSING, "in-passing"),
    _account("request-not-understood", "the account's API submits no forms", "takes_forms", False),
    _world(
        "test-lead-not-found",
        "a smart campaign deletes people as soon as a form has brought them",
        {f"{_ACCOUNT}.campaign_deletes": True},
        "at-marketo",
    ),
    _world(
        "test-lead-answer-lost",
        "Marketo makes the person, and its answer is lost",
        {f"{_HOST}.fault": Fault.CLOSE_AFTER, **_SUBMIT},
        "at-marketo",
    ),
    _world(
        "test-lead-outcome-unknown",
        "the connection ends with the test lead under way",
        {f"{_HOST}.fault": Fault.CLOSE_BEFORE, **_SUBMIT},
        "at-marketo",
    ),
    _world(
        "network-unavailable",
        "no connection to Marketo comes about",
        {f"{_HOST}.connect": 503},
        "at-marketo",
    ),
    _world(
        "service-stalled",
        "the sign-in at Marketo is never answered",
        {f"{_HOST}.fault": Fault.STALL, **_TOKEN},
        "at-marketo",
    ),
    _world("service-unavailable", "Marketo is down (503)", {f"{_HOST}.serves": "outage"}, "at-marketo"),
    _world(
        "answer-not-understood",
        "a web site stands at the account's host",
        {f"{_HOST}.serves": "website"},
        "website-at-marketo",
    ),
)
