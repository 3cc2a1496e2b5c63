"""Salesforce: leads enter through Web-to-Lead, under the identifier of the publisher's organisation."""

from __future__ import annotations

from functools import partial
from typing import Final

from validator.destinations.salesforce import evidence
from validator.destinations.salesforce.settings import judge
from validator.model import Stage
from validator.rehearsal import Check, Destination, later

_wire = partial(later, __name__)

ENTERED: Final = (
    "Whether Partner Center holds this very identifier: compare it under Offer setup > Customer leads, and "
    "choose Validate there."
)

DESTINATION: Final = Destination(
    name="salesforce",
    judge=judge,
    evidence=evidence.judge,
    start=_wire("attempt.Attempt"),
    checks=(
        Check(
            "salesforce-web-to-lead", Stage.REACH, "Web-to-Lead is reached", _wire("reach.reach"), needed=True
        ),
        Check(
            "salesforce-organization",
            Stage.SIGN_IN,
            "the API client signs in, and belongs to the organisation",
            _wire("sign_in.sign_in"),
        ),
        Check(
            "salesforce-lead-fields",
            Stage.PERMISSIONS,
            "the organisation asks nothing of a lead that the marketplace does not send",
            _wire("permissions.lead_fields"),
        ),
        Check(
            "salesforce-test-lead",
            Stage.TEST_LEAD,
            "Web-to-Lead takes the MSFT_TEST lead",
            _wire("delivery.write_lead"),
        ),
        Check(
            "salesforce-arrival",
            Stage.ARRIVAL,
            "the test lead is found in the organisation",
            _wire("delivery.find_lead"),
        ),
    ),
    generic=(
        (Stage.SIGN_IN, "salesforce-sign-in-refused"),
        (Stage.PERMISSIONS, "salesforce-api-refused"),
        (Stage.TEST_LEAD, "web-to-lead-refused"),
        (Stage.ARRIVAL, "salesforce-api-refused"),
    ),
    unproven=(ENTERED,),
)
