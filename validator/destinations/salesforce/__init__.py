"""Salesforce: leads enter through Web-to-Lead, under the identifier of the publisher's organisation."""

from __future__ import annotations

from typing import Final

from validator.destinations.salesforce import evidence
from validator.destinations.salesforce.attempt import Attempt
from validator.destinations.salesforce.delivery import find_lead, write_lead
from validator.destinations.salesforce.permissions import lead_fields
from validator.destinations.salesforce.reach import reach
from validator.destinations.salesforce.settings import judge
from validator.destinations.salesforce.sign_in import sign_in
from validator.model import Stage
from validator.rehearsal import Check, Destination

ENTERED: Final = (
    "Whether Partner Center holds this very identifier: compare it under Offer setup > Customer leads, and "
    "choose Validate there."
)

DESTINATION: Final = Destination(
    name="salesforce",
    judge=judge,
    evidence=evidence.judge,
    start=Attempt,
    checks=(
        Check("salesforce-web-to-lead", Stage.REACH, "Web-to-Lead is reached", reach, needed=True),
        Check(
            "salesforce-organization",
            Stage.SIGN_IN,
            "the API client signs in, and belongs to the organisation",
            sign_in,
        ),
        Check(
            "salesforce-lead-fields",
            Stage.PERMISSIONS,
            "the organisation asks nothing of a lead that the marketplace does not send",
            lead_fields,
        ),
        Check("salesforce-test-lead", Stage.TEST_LEAD, "Web-to-Lead takes the MSFT_TEST lead", write_lead),
        Check("salesforce-arrival", Stage.ARRIVAL, "the test lead is found in the organisation", find_lead),
    ),
    generic=(
        (Stage.SIGN_IN, "salesforce-sign-in-refused"),
        (Stage.PERMISSIONS, "salesforce-api-refused"),
        (Stage.TEST_LEAD, "web-to-lead-refused"),
        (Stage.ARRIVAL, "salesforce-api-refused"),
    ),
    unproven=(ENTERED,),
)
