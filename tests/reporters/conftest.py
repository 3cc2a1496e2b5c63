"""Reports in every state that a run can end in, for the tests of all formats."""

from __future__ import annotations

from dataclasses import replace

import pytest

from validator.model import (
    Delivery,
    Documented,
    Exchange,
    Finding,
    Location,
    Outcome,
    Problem,
    Report,
    Result,
    Severity,
    Source,
    Stage,
    Status,
    Step,
    Suppression,
    TestLead,
    Trace,
    Verdict,
)

FILE = "lead-destination.yaml"
GUIDE = (
    "https://learn.microsoft.com/en-us/partner-center/marketplace-offers/"
    "commercial-marketplace-lead-management-instructions-dynamics"
)

SETTINGS = Outcome("dynamics-settings", Stage.SETTINGS, "the settings are well formed", Status.PASSED)
INSTANCE = Outcome(
    "dynamics-instance",
    Stage.REACH,
    "the instance URL answers as Dynamics 365",
    Status.PASSED,
    seconds=0.2,
    exchanges=(Exchange("GET", "https://fabrikam.crm4.dynamics.com/api/data/v9.2/", 401, 181),),
)
SIGN_IN = Outcome("dynamics-sign-in", Stage.SIGN_IN, "the application signs in to the tenant", Status.PASSED)
ROLE = Outcome("dynamics-lead-role", Stage.PERMISSIONS, "the user may create leads", Status.PASSED)
SUPPORTING = Outcome(
    "dynamics-supporting", Stage.PERMISSIONS, "the user holds the supporting privileges", Status.PASSED
)
WRITE = Outcome("dynamics-test-lead", Stage.TEST_LEAD, "the MSFT_TEST lead is written", Status.PASSED)
ARRIVAL = Outcome(
    "dynamics-arrival",
    Stage.ARRIVAL,
    "the test lead is found in Dynamics 365",
    Status.PASSED,
)
LADDER = (SETTINGS, INSTANCE, SIGN_IN, ROLE, SUPPORTING, WRITE, ARRIVAL)

LEAD = TestLead(
    token="MSFT_TEST_638996256000000000",
    outcome=Delivery.CONFIRMED,
    where="https://fabrikam.crm4.dynamics.com/main.aspx?etn=lead&pagetype=entityrecord&id=7b1c2f3d",
    earlier=("2026-11-19T08:00:00Z", "2026-11-18T08:00:00Z", "2026-11-17T08:00:00Z", "2026-11-16T08:00:00Z"),
)

SECRET_INVALID = Finding(
    id="client-secret-invalid",
    severity=Severity.ERROR,
    stage=Stage.SIGN_IN,
    title="The client secret is not one of the application's secrets",
    cause="The application key belongs to another application, was copied only in part, or was replaced.",
    documented=Documented(
        7,
        "Could not save the lead to Dynamics CRM using AAD. Exception:: Error validating credentials.: "
        "Invalid client secret is provided.",
    ),
    observed="AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is "
    "the client secret value, not the client secret ID, for a secret added to app "
    "'3c9e1d77-60b8-4f2a-8a45-0b7d2e6f9c13'.",
    codes=("AADSTS7000215", "7000215"),
    trace=Trace("aaaa1111-0000-4000-8000-000000000001", "bbbb2222-0000-4000-8000-000000000002", "2026-11-20"),
    fix=(
        Step("In the Azure portal, open the application and add a client secret.", GUIDE),
        Step("Copy the secret's value, not its id, into the field `Application key`.", GUIDE),
        Step("Publish the offer again."),
    ),
    location=Location(FILE, "/dynamicsLeadConfiguration/applicationKey", 7, 19),
)
PAGE_PASTED = Finding(
    id="instance-url-page",
    severity=Severity.WARNING,
    stage=Stage.SETTINGS,
    title="The instance URL is the address of a page",
    cause="Everything after the host was copied along from the browser.",
    fix=(Step("Keep the address up to `.dynamics.com`."),),
    location=Location(FILE, "/dynamicsLeadConfiguration/instanceUrl", 3, 16),
)
UNSET = Finding(
    id="variable-unset",
    severity=Severity.NOTE,
    stage=Stage.SETTINGS,
    title="The variable is not set",
    cause="`${LEAD_APPLICATION_KEY}` is not set here, so the client secret was not looked at.",
)
THROTTLED = Finding(
    id="service-throttled",
    severity=Severity.NOTE,
    stage=Stage.REACH,
    title="The service asked to wait",
    cause="Too many requests reached this instance.",
    trace=Trace(request_id="cccc3333-0000-4000-8000-000000000003"),
    fix=(Step("Run leadcheck again in a few minutes."),),
    inconclusive=True,
)
IGNORED = replace(PAGE_PASTED, suppressed=Suppression("configuration", "our proxy strips the path"))

SOURCE = Source(FILE, "", 1, "customer-leads")
READY = Result(SOURCE, None, "dynamics", Verdict.READY, LADDER, test_lead=LEAD)
NOT_READY = Result(
    SOURCE,
    None,
    "dynamics",
    Verdict.NOT_READY,
    (
        SETTINGS,
        INSTANCE,
        replace(SIGN_IN, status=Status.FAILED, note="the client secret was refused"),
        *(replace(check, status=Status.SKIPPED, note="the sign-in failed") for check in LADDER[3:]),
    ),
    (PAGE_PASTED, SECRET_INVALID, replace(IGNORED, suppressed=Suppression("--ignore"), location=None)),
    test_lead=replace(LEAD, outcome=Delivery.NOT_SENT, where=None, earlier=()),
)
SETTINGS_OK = Result(
    SOURCE,
    None,
    "dynamics",
    Verdict.SETTINGS_OK,
    (SETTINGS, *(replace(check, status=Status.SKIPPED, note="settings only") for check in LADDER[1:])),
)
UNPROVEN = Result(
    Source("offers.json", "/resources/3", 41, "resource-tree"),
    "softwareAsAService/crm add-in",
    "dynamics",
    Verdict.UNPROVEN,
    (
        SETTINGS,
        replace(INSTANCE, status=Status.INCONCLUSIVE, note="the service asked to wait"),
        replace(SIGN_IN, status=Status.CRASHED, note="KeyError"),
    ),
    (THROTTLED,),
    unproven=(
        "Whether a workflow moves new leads elsewhere: look for the test lead among the leads.",
        "Whether Partner Center holds the same values: compare them.",
    ),
)
ACCEPTED = Result(
    SOURCE,
    None,
    "salesforce",
    Verdict.ACCEPTED,
    (replace(WRITE, seconds=3.14159), replace(ARRIVAL, status=Status.SKIPPED, note="it cannot be read back")),
    test_lead=replace(
        LEAD, outcome=Delivery.ACCEPTED, cleaned_up=True, probes=("a missing company is refused",)
    ),
)
FIXED = Result(SOURCE, None, "dynamics", Verdict.SETTINGS_OK, (SETTINGS,), (UNSET,), (PAGE_PASTED,))
NOTHING = Result(SOURCE, None, "none", Verdict.NOTHING_TO_CHECK)
PERMITTED = Result(SOURCE, "fabrikam-crm", "dynamics", Verdict.PERMITTED, LADDER[:4])
HOSTILE_NAME = "::error file=x::\x1b[31m\u202e  ##vso[task.complete]\x07 y.yaml"
HOSTILE = Result(
    Source(HOSTILE_NAME, "", 1, "customer-leads"),
    "::stop-commands::x " * 8 + "\n::error::z",
    "\n::warning::d\x9b",
    Verdict.NOT_READY,
    (replace(WRITE, status=Status.FAILED, note="\n##[error]::notice::n"),),
    (
        replace(
            SECRET_INVALID,
            observed="\u00a0::error::first " + "a ::error::b " * 40 + "\n\u00a0::error::c",
            codes=("\n::add-mask::x",),
            location=Location(HOSTILE_NAME, "/::error::\n##[command]", 1, 1),
            suppressed=None,
        ),
        replace(IGNORED, location=Location(HOSTILE_NAME, "", 2, 2)),
    ),
    test_lead=replace(LEAD, where="\n::error::w", earlier=("\n::error::e",)),
)
INJECTION = (
    "x\x00\x1b]8;;http://evil.example\x07 ]]> ::error::z ##[group]q <script>alert(1)</script> "
    "<img src=http://evil.example/a> | a | b `code` ``two`` %0A%0D ![p](http://evil.example/p) "
    "[l](http://evil.example/l) www.evil.example mail@evil.example @everyone "
    "&lt; \"quoted\" 'too' \u202e \ufffe \ud800"
)
"""What some format or some page takes for more than text."""
INJECTED = Result(
    Source(f"a{INJECTION}.yaml", "", 1, "customer-leads"),
    INJECTION,
    "dynamics",
    Verdict.NOT_READY,
    (
        replace(
            WRITE,
            status=Status.FAILED,
            note=INJECTION,
            exchanges=(Exchange("POST", INJECTION, None, 3),),
        ),
        replace(ARRIVAL, status=Status.CRASHED, note=INJECTION),
    ),
    (
        replace(
            SECRET_INVALID,
            observed=INJECTION,
            codes=(INJECTION,),
            trace=Trace(INJECTION, INJECTION, INJECTION),
            location=Location(INJECTION, INJECTION, 1, 1),
        ),
        replace(PAGE_PASTED, observed=INJECTION, suppressed=Suppression("configuration", INJECTION)),
    ),
    (PAGE_PASTED,),
    test_lead=replace(LEAD, where=INJECTION, earlier=(INJECTION,), probes=(INJECTION,)),
    unproven=(INJECTION,),
)
LONG = Result(
    Source("a" * 120 + ".yaml", "", 1, "customer-leads"),
    None,
    "dynamics",
    Verdict.NOT_READY,
    (replace(WRITE, status=Status.FAILED, note="x" * 100),),
    (replace(SECRET_INVALID, observed="seen " + "y" * 4000),),
)
PROBLEMS = (
    Problem("broken.yaml", "the key `instanceUrl` is written twice", 3, 1),
    Problem("missing.yaml", "there is no such file"),
    Problem(HOSTILE_NAME, "\n::error::bad \x1b[0m", 1, 1),
)

RESULTS = {
    "ready": READY,
    "not-ready": NOT_READY,
    "settings-ok": SETTINGS_OK,
    "unproven": UNPROVEN,
    "accepted": ACCEPTED,
    "fixed": FIXED,
    "nothing": NOTHING,
    "permitted": PERMITTED,
    "hostile": HOSTILE,
    "long": LONG,
    "injected": INJECTED,
}


def report(*results: Result, environment: str = "production", problems: tuple[Problem, ...] = ()) -> Report:
    return Report(environment, "2026-11-20T10:00:00Z", 1.23456, problems, results)


REPORTS = {name: report(result) for name, result in RESULTS.items()} | {
    "empty": report(),
    "unreadable": report(problems=PROBLEMS),
    "several": report(READY, NOT_READY, SETTINGS_OK, NOTHING, PERMITTED, problems=PROBLEMS),
    "injected-input": report(INJECTED, READY, problems=(Problem(INJECTION, INJECTION, 2, 3),)),
    "sandbox": report(READY, environment="sandbox"),
}


@pytest.fixture(scope="session")
def reports() -> dict[str, Report]:
    return REPORTS


@pytest.fixture(params=REPORTS)
def sample(request) -> Report:
    return REPORTS[request.param]
