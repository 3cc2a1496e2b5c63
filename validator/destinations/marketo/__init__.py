"""Marketo: each lead is submitted to a form of an account of Marketo Engage."""

from __future__ import annotations

from functools import partial
from typing import Final

from validator.destinations.marketo.settings import BLOCK, judge
from validator.http import Reason
from validator.model import Stage
from validator.rehearsal import Blame, Check, Destination, later

_wire = partial(later, __name__)

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
    start=_wire("attempt.Attempt"),
    checks=(
        Check(
            "marketo-account", Stage.REACH, "the account's API is reached", _wire("reach.reach"), needed=True
        ),
        Check(
            "marketo-sign-in",
            Stage.SIGN_IN,
            "the API service signs in",
            _wire("sign_in.sign_in"),
            needed=True,
        ),
        Check(
            "marketo-form", Stage.PERMISSIONS, "the form exists and is approved", _wire("permissions.form")
        ),
        Check(
            "marketo-form-fields",
            Stage.PERMISSIONS,
            "the form has the documented fields, and requires no others",
            _wire("permissions.form_fields"),
            beside=True,
        ),
        Check(
            "marketo-test-lead",
            Stage.TEST_LEAD,
            "the form takes the MSFT_TEST lead",
            _wire("delivery.write_lead"),
        ),
        Check(
            "marketo-arrival",
            Stage.ARRIVAL,
            "the test lead is found in the account",
            _wire("delivery.find_lead"),
        ),
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
