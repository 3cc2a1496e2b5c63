"""Marketo: each lead is submitted to a form of an account of Marketo Engage."""

from __future__ import annotations

from typing import Final

from validator.destinations.marketo.attempt import Attempt
from validator.destinations.marketo.delivery import find_lead, write_lead
from validator.destinations.marketo.permissions import form, form_fields
from validator.destinations.marketo.reach import reach
from validator.destinations.marketo.settings import BLOCK, judge
from validator.destinations.marketo.sign_in import sign_in
from validator.http import Reason
from validator.model import Stage
from validator.rehearsal import Blame, Check, Destination

LET_IN: Final = (
    "Whether the account's allow list for the API, if it has one, lets the marketplace in: it let this "
    "machine in. See Admin > Login Settings in Marketo."
)
ENTERED: Final = (
    "Whether Partner Center holds these very values: compare them under Offer setup > Customer leads, and "
    "choose Validate there."
)

DESTINATION: Final = Destination(
    name="marketo",
    judge=judge,
    start=Attempt,
    checks=(
        Check("marketo-account", Stage.REACH, "the account's API is reached", reach, needed=True),
        Check("marketo-sign-in", Stage.SIGN_IN, "the API service signs in", sign_in, needed=True),
        Check("marketo-form", Stage.PERMISSIONS, "the form exists and is approved", form),
        Check(
            "marketo-form-fields",
            Stage.PERMISSIONS,
            "the form has the documented fields, and requires no others",
            form_fields,
            beside=True,
        ),
        Check("marketo-test-lead", Stage.TEST_LEAD, "the form takes the MSFT_TEST lead", write_lead),
        Check("marketo-arrival", Stage.ARRIVAL, "the test lead is found in the account", find_lead),
    ),
    generic=(
        (Stage.SIGN_IN, "marketo-sign-in-refused"),
        (Stage.PERMISSIONS, "marketo-api-refused"),
        (Stage.TEST_LEAD, "marketo-lead-refused"),
        (Stage.ARRIVAL, "marketo-api-refused"),
    ),
    blame=Blame(f"{BLOCK}/munchkinId", {Reason.NAME: "marketo-account-not-found"}),
    unproven=(LET_IN, ENTERED),
)
