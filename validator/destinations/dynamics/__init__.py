"""Dynamics 365 Customer Engagement (Dataverse), for an Entra application or an Office 365 user."""

from __future__ import annotations

from typing import Final

from validator.destinations.dynamics.attempt import Attempt
from validator.destinations.dynamics.delivery import find_lead, write_lead
from validator.destinations.dynamics.permissions import (
    lead_source_open,
    may_create_leads,
    member,
    solution_installed,
    supporting_privileges,
)
from validator.destinations.dynamics.reach import reach
from validator.destinations.dynamics.settings import judge
from validator.destinations.dynamics.sign_in import own_tenant, sign_in
from validator.http import Reason
from validator.model import Stage
from validator.rehearsal import Blame, Check, Destination

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
    start=Attempt,
    checks=(
        Check(
            "dynamics-instance", Stage.REACH, "the instance URL answers as Dynamics 365", reach, needed=True
        ),
        Check("dynamics-tenant", Stage.SIGN_IN, "the tenant exists and owns the instance", own_tenant),
        Check("dynamics-sign-in", Stage.SIGN_IN, "the account signs in to the tenant", sign_in, needed=True),
        Check(
            "dynamics-member",
            Stage.PERMISSIONS,
            "the account is a user of the instance",
            member,
            needed=True,
        ),
        Check("dynamics-lead-role", Stage.PERMISSIONS, "the account may create leads", may_create_leads),
        Check(
            "dynamics-supporting-privileges",
            Stage.PERMISSIONS,
            "its role has the further privileges of the documents",
            supporting_privileges,
            beside=True,
        ),
        Check(
            "dynamics-lead-source",
            Stage.PERMISSIONS,
            "the lead table takes a lead source",
            lead_source_open,
            beside=True,
        ),
        Check(
            "dynamics-solution",
            Stage.PERMISSIONS,
            "the marketplace solution is installed",
            solution_installed,
            beside=True,
        ),
        Check("dynamics-test-lead", Stage.TEST_LEAD, "the MSFT_TEST lead is written", write_lead),
        Check("dynamics-arrival", Stage.ARRIVAL, "the test lead is found in Dynamics 365", find_lead),
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
