"""Dynamics 365 Customer Engagement (Dataverse), for an Entra application or an Office 365 user."""

from __future__ import annotations

from functools import partial
from typing import Final

from validator.destinations.dynamics.settings import judge
from validator.http import Reason
from validator.model import Stage
from validator.rehearsal import Blame, Check, Destination, later

_wire = partial(later, __name__)

UNPROVEN: Final = (
    "Whether Partner Center holds these very values: compare them under Offer setup > Customer leads, and "
    "choose Validate there."
)

BLAME: Final = Blame(
    "/dynamicsLeadConfiguration/instanceUrl",
    {
        Reason.NAME: "instance-host-not-found",
        Reason.CONNECT: "instance-connection-refused",
        Reason.TIMEOUT: "instance-no-answer",
        Reason.CLOSED: "instance-closed-connection",
    },
)

DESTINATION: Final = Destination(
    name="dynamics",
    judge=judge,
    start=_wire("attempt.Attempt"),
    checks=(
        Check(
            "dynamics-instance",
            Stage.REACH,
            "the instance URL answers as Dynamics 365",
            _wire("reach.reach"),
            needed=True,
        ),
        Check(
            "dynamics-tenant",
            Stage.SIGN_IN,
            "the tenant exists and owns the instance",
            _wire("sign_in.own_tenant"),
        ),
        Check(
            "dynamics-sign-in",
            Stage.SIGN_IN,
            "the account signs in to the tenant",
            _wire("sign_in.sign_in"),
            needed=True,
        ),
        Check(
            "dynamics-member",
            Stage.PERMISSIONS,
            "the account is a user of the instance",
            _wire("permissions.member"),
            needed=True,
        ),
        Check(
            "dynamics-lead-role",
            Stage.PERMISSIONS,
            "the account may create leads",
            _wire("permissions.may_create_leads"),
        ),
        Check(
            "dynamics-supporting-privileges",
            Stage.PERMISSIONS,
            "its role has the further privileges of the documents",
            _wire("permissions.supporting_privileges"),
            beside=True,
        ),
        Check(
            "dynamics-lead-source",
            Stage.PERMISSIONS,
            "the lead table takes a lead source",
            _wire("permissions.lead_source_open"),
            beside=True,
        ),
        Check(
            "dynamics-solution",
            Stage.PERMISSIONS,
            "the marketplace solution is installed",
            _wire("permissions.solution_installed"),
            beside=True,
        ),
        Check(
            "dynamics-test-lead",
            Stage.TEST_LEAD,
            "the MSFT_TEST lead is written",
            _wire("delivery.write_lead"),
        ),
        Check(
            "dynamics-arrival",
            Stage.ARRIVAL,
            "the test lead is found in Dynamics 365",
            _wire("delivery.find_lead"),
        ),
    ),
    generic=(
        (Stage.SIGN_IN, "sign-in-refused"),
        (Stage.PERMISSIONS, "instance-refused"),
        (Stage.TEST_LEAD, "instance-refused"),
        (Stage.ARRIVAL, "instance-refused"),
    ),
    blame=BLAME,
    unproven=(UNPROVEN,),
)
