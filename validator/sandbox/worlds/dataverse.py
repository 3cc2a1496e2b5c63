"""Worlds in which the instance says no, or does something odd with the lead."""

from __future__ import annotations

from typing import Final

from validator.sandbox import healthy
from validator.sandbox.state import Fault, Mode
from validator.sandbox.worlds.world import OFFICE_365, World

_INSTANCE: Final = "environments.fabrikam"
_WRITER: Final = f"{_INSTANCE}.roles.lead_writer.privileges"
_READER: Final = f"{_INSTANCE}.roles.lead_reader.privileges"
_SOURCE: Final = f"{_INSTANCE}.columns.leadsourcecode"

_ANSWER_LOST: Final = {
    "network.dataverse.fault": Fault.CLOSE_AFTER,
    "network.dataverse.fault_at": "POST /api/data/v9.2/leads",
}


def _accounts(attribute: str, value: object) -> dict[str, object]:
    """Change the application's account and the person's alike: the fault is the same for both sign-ins."""
    return {f"{_INSTANCE}.accounts.{account}.{attribute}": value for account in ("application", "person")}


_WRITE_ONLY: Final = _accounts("roles", ("lead_writer",))

_HOSTILE: Final = (
    "Blocked.\r\n::error title=leadcheck::all is well\n##[error]none\n"
    "##vso[task.complete result=Succeeded;]\n\x1b[2J\x1b[31m\x1b]0;owned\x07\x9b31m"
    "\u202egnp.exe\u2066\u200b\u2028<script>alert(1)</script> [x](http://x)\n"
    "{authorization}\n" + "All work and no play. " * 4655  # 100 kB in all
)

WORLDS: Final = (
    World("user-not-member", "the account is no user of the environment", _accounts("member", False)),
    World("user-disabled", "the account is disabled in the environment", _accounts("enabled", False)),
    World(
        "licence-missing",
        "the user has no licence",
        {f"{_INSTANCE}.accounts.person.licensed": False},
        example=OFFICE_365,
    ),
    World(
        "application-restricted",
        "the environment refuses the application by policy",
        {f"{_INSTANCE}.refused_applications": (healthy.APPLICATION_ID, healthy.PUBLIC_CLIENT_ID)},
    ),
    World(
        "instance-refused",
        "the environment's IP firewall keeps our addresses out",
        {f"{_INSTANCE}.closed_to_our_network": True},
    ),
    World(
        "administration-mode", "only administrators are let in", {f"{_INSTANCE}.mode": Mode.ADMINISTRATION}
    ),
    World("organization-disabled", "the environment is disabled", {f"{_INSTANCE}.mode": Mode.DISABLED}),
    World("service-throttled", "too many requests for five minutes (429)", {f"{_INSTANCE}.retry_after": 300}),
    World("token-not-accepted", "the instance's clock is two hours ahead", {f"{_INSTANCE}.clock": 7200}),
    World("lead-table-missing", "the environment has no lead table", {f"{_INSTANCE}.lead_table": False}),
    World("no-security-role", "the account holds no role", _accounts("roles", ())),
    World(
        "lead-writer-role-missing",
        "the account holds another role, which may not create leads",
        _accounts("roles", ("lead_reader",)),
    ),
    World(
        "lead-writer-role-replaced",
        "another role than the Lead Writer's allows to create leads",
        _accounts("roles", ("salesperson",)),
    ),
    World(
        "create-lead-privilege-missing",
        "somebody took the right to create leads out of the Lead Writer role",
        {f"{_WRITER}.prvCreateLead": ""},
    ),
    World(
        "supporting-privileges-missing",
        "the Lead Writer role lacks the privileges that the documents add to it",
        {
            f"{_WRITER}.prv{verb}{what}": ""
            for what, verbs in (
                ("UserEntityUISettings", ("Create", "Read", "Write")),
                ("AsyncOperation", ("Read", "Write", "AppendTo")),
            )
            for verb in verbs
        },
    ),
    World(
        "leadsourcecode-denied",
        "the column Lead Source is secured, and the account may not fill it",
        {f"{_SOURCE}.secured": True, f"{_SOURCE}.permitted": ()},
    ),
    World(
        "column-security-on-leadsourcecode",
        "the column Lead Source is secured, and the account may fill it",
        {f"{_SOURCE}.secured": True, f"{_SOURCE}.permitted": ("application", "person")},
    ),
    World(
        "marketplace-solution-missing",
        "the marketplace's solution is not installed",
        {f"{_INSTANCE}.solutions.MicrosoftMarketplacesLeadIntegrationSolution.installed": False},
    ),
    World(
        "write-only-role", "the account holds the Lead Writer role alone, as the documents ask", _WRITE_ONLY
    ),
    World(
        "record-access-denied",
        "leads go to another owner, and the role reaches the account's own records only",
        {f"{_INSTANCE}.lead_owner": "sales", f"{_WRITER}.prvCreateLead": "Basic"},
    ),
    World(
        "assign-denied",
        "leads go to an owner who holds no role",
        {f"{_INSTANCE}.lead_owner": "newcomer"},
    ),
    World(
        "access-denied",
        "the account's access mode is Administrative: no business records",
        _accounts("access_mode", 1),
    ),
    World(
        "payload-refused",
        "the lead table has no column for the company",
        {f"{_INSTANCE}.columns.companyname.exists": False},
    ),
    World(
        "plug-in-error",
        "a synchronous plug-in of the organisation refuses the lead",
        {f"{_INSTANCE}.plug_in": "Leads without a consent date are not accepted."},
    ),
    World(
        "plug-in-error",
        "a plug-in refuses the lead with a text made to harm whoever shows it",
        {f"{_INSTANCE}.plug_in": _HOSTILE},
        variant="hostile-text",
    ),
    World(
        "duplicate-detected",
        "a rule takes any two new leads for duplicates, and a plug-in enforces it",
        {
            f"{_INSTANCE}.duplicate_rule": ("statuscode",),
            f"{_INSTANCE}.duplicates_always": True,
            f"{_INSTANCE}.leads": {
                "0b9d6e42-71c8-4f35-a0e9-d25c8b13f746": {
                    "leadid": "0b9d6e42-71c8-4f35-a0e9-d25c8b13f746",
                    "subject": "Asked at the trade show",
                    "lastname": "Norton",
                    "description": "",
                    "createdon": "2026-05-04T09:30:00Z",
                    "statuscode": 1,
                }
            },
        },
    ),
    World(
        "test-lead-not-found", "a workflow removes new leads at once", {f"{_INSTANCE}.workflow_deletes": True}
    ),
    World("test-lead-answer-lost", "the lead is written, and the answer is lost", _ANSWER_LOST),
    World(
        "test-lead-outcome-unknown",
        "the lead is written, the answer is lost, and the account may not look",
        {**_ANSWER_LOST, **_WRITE_ONLY},
    ),
    World(
        "test-lead-not-deleted",
        "the account may not delete leads (shows with --cleanup)",
        {f"{_READER}.prvDeleteLead": ""},
    ),
)
