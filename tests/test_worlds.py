"""Every world of the sandbox, through the command line and over real TLS: each gives its own entry alone."""

from __future__ import annotations

import json

import jsonschema
import pytest

from validator import catalogue
from validator.sandbox import WORLDS

AZURE_AD, OFFICE_365 = "examples/dynamics.yaml", "examples/dynamics-office365.yaml"
SALESFORCE = "examples/salesforce-api.yaml"
TABLE, ENDPOINT = "examples/azure-table.yaml", "examples/https-endpoint.yaml"

STAGES = ["settings", "reach", "sign-in", "permissions", "test-lead", "arrival"]

ALWAYS = {"office365-deprecated", "endpoint-url-long"}
"""What is said of a sound example in any world: users' passwords end, and flows' addresses are long."""

PROBED = ["endpoint-sparse-lead-refused", "endpoint-camel-case-refused", "endpoint-camel-case-only"]

MORE = {
    "test-lead-not-deleted": ["--cleanup"],
    "test-lead-not-deleted-at-storage": ["--cleanup"],
    "leads-table-missing": ["--no-test-lead"],
    "test-lead-outcome-unknown-at-endpoint": ["--timeout", "0.8"],
    **{name: ["--timeout", "0.8"] for name in WORLDS if name.startswith("service-stalled")},
    **{name: ["--deadline", "4"] for name in WORLDS if WORLDS[name].example == "salesforce-api.yaml"},
    "service-stalled-at-salesforce": ["--timeout", "0.8"],
    "test-lead-not-deleted-at-salesforce": ["--cleanup"],
    **{name: ["--probe-shapes"] for name in PROBED},
}
"""What a world needs beside its name to show, or not to take 30 seconds."""

DOCUMENTED = {
    1: ["user-not-member", "conditional-access-blocked"],
    2: ["leadsourcecode-denied", "lead-writer-role-missing"],
    3: ["tenant-not-found"],
    4: ["no-security-role"],
    5: ["application-not-found"],
    6: ["tenant-malformed"],
    7: ["client-secret-invalid", "client-secret-expired", "client-secret-id-entered"],
    8: ["instance-no-answer", "instance-host-not-found", "instance-connection-refused"],
}
"""The documented errors, with worlds of an application's sign-in in which they occur."""

DOCUMENTED_1_OF_A_USER = [
    "password-wrong",
    "user-unknown",
    "user-locked-out",
    "password-expired",
    "mfa-required",
    "licence-missing",
    "user-not-member",
    "conditional-access-blocked",
]

LOST = {"restricted-picklist-on-lead", "country-picklist-enabled"}
"""Warnings about an organisation that then drops the lead, so that the run ends without having found it."""

PROMISED = {"https-endpoint.yaml": "accepted"}
"""What a run ends with where nothing is wrong; elsewhere the lead is read back."""

UNPROVEN = ["network-unavailable", "service-throttled", "service-throttled-at-sign-in", "service-unavailable"]
UNPROVEN += [name for name in WORLDS if name.startswith("service-stalled")]

pytestmark = pytest.mark.usefixtures("impatient")


@pytest.fixture
def rehearse(leadcheck, played):
    """Run `validate` in worlds: gives how it ended; `played` has what the services saw."""

    def run(example, *worlds, **options):
        chosen = [part for world in worlds for part in ("--world", world, *MORE.get(world, ()))]
        arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
        return leadcheck("validate", example, "--sandbox", *chosen, "--format", "json", *arguments)

    run.played = played
    return run


@pytest.fixture(scope="module")
def schema(root):
    return json.loads((root / "schemas/report.schema.json").read_text("utf-8"))


def found(ended):
    return [finding for finding in ended.only["findings"] if finding["id"] not in ALWAYS]


@pytest.mark.parametrize("name", [name for name in WORLDS if WORLDS[name].produces])
def test_a_world_gives_its_own_entry_alone(name, rehearse, schema):
    world = WORLDS[name]
    entry = catalogue.lookup(world.produces)
    code, verdict = 0, PROMISED.get(world.example, "ready")
    if name == "leads-table-missing":
        verdict = "permitted"
    if entry.severity == "error":
        code, verdict = 1, "not-ready"
    elif entry.inconclusive or name in LOST:
        code, verdict = 3, "unproven"

    ended = rehearse(f"examples/{world.example}", name)

    jsonschema.validate(ended.json, schema)
    assert [(finding["id"], finding["severity"]) for finding in found(ended)] == [(entry.id, entry.severity)]
    assert (ended.code, ended.only["verdict"]) == (code, verdict)
    assert ended.json["environment"] == "sandbox"
    assert ended.json["summary"]["verdicts"] == {verdict: 1}
    assert ended.err == ""
    assert rehearse.played.posted <= (3 if name in PROBED else 1)
    if code and name not in LOST:
        check_that_the_ladder_ends(ended.only["checks"], found(ended)[0])


def check_that_the_ladder_ends(checks, finding):
    assert [check["stage"] for check in checks] == sorted(
        (check["stage"] for check in checks), key=STAGES.index
    )
    n = next(n for n, check in enumerate(checks) if check["status"] in {"failed", "inconclusive"})
    assert checks[n]["stage"] == finding["stage"]
    assert checks[n]["note"]
    assert {check["status"] for check in checks[:n]} <= {"passed", "skipped"}
    later = [check for check in checks if STAGES.index(check["stage"]) > STAGES.index(finding["stage"])]
    assert later == checks[-len(later) :] if later else True
    assert {check["status"] for check in later} <= {"skipped"}
    assert all(checks[n]["title"] in check["note"] for check in later)
    assert not any(check["exchanges"] for check in later)


@pytest.mark.parametrize("example", [AZURE_AD, OFFICE_365])
@pytest.mark.parametrize("worlds", [[], ["healthy"], ["write-only-role"]])
def test_a_sound_tenant_is_ready_and_has_the_lead(example, worlds, rehearse):
    ended = rehearse(example, *worlds)
    assert (ended.code, ended.only["verdict"]) == (0, "ready")
    assert ended.only["testLead"]["outcome"] == "confirmed"
    [lead] = rehearse.played.leads
    token = ended.only["testLead"]["token"]
    assert token.startswith("MSFT_TEST_")
    assert token in lead["description"]
    assert lead["leadid"] in ended.only["testLead"]["where"]
    assert rehearse.played.posted == 1


def test_a_role_that_cannot_read_skips_the_arrival_and_says_why(rehearse):
    arrival = rehearse(AZURE_AD, "write-only-role").only["checks"][-1]
    assert (arrival["stage"], arrival["status"]) == ("arrival", "skipped")
    assert "not permitted" in arrival["note"]


@pytest.mark.parametrize(
    ("number", "example", "name"),
    [(number, AZURE_AD, name) for number, names in DOCUMENTED.items() for name in names]
    + [(1, OFFICE_365, name) for name in DOCUMENTED_1_OF_A_USER],
)
def test_a_documented_error_keeps_its_number(number, example, name, rehearse):
    ended = rehearse(example, name)
    assert ended.code == 1
    [finding] = found(ended)
    assert finding["documented"]["number"] == number
    assert "save the lead to Dynamics CRM" in finding["documented"]["message"]
    assert finding["fix"]


@pytest.mark.parametrize("name", UNPROVEN)
def test_what_nobody_could_know_is_no_finding_against_the_publisher(name, rehearse):
    ended = rehearse(f"examples/{WORLDS[name].example}", name)
    assert ended.code == 3
    assert ended.json["summary"]["findings"]["error"] == 0


def test_a_lost_answer_is_resolved_by_looking(rehearse):
    ended = rehearse(AZURE_AD, "test-lead-answer-lost")
    assert ended.only["testLead"]["outcome"] == "confirmed"
    assert (rehearse.played.posted, len(rehearse.played.leads)) == (1, 1)


def test_a_lost_answer_that_nobody_can_look_up_stays_unknown(rehearse):
    ended = rehearse(AZURE_AD, "test-lead-outcome-unknown")
    assert (ended.code, ended.only["testLead"]["outcome"]) == (3, "unknown")
    assert (rehearse.played.posted, len(rehearse.played.leads)) == (1, 1)


@pytest.mark.parametrize("name", ["plug-in-error", "payload-refused", "assign-denied"])
def test_a_refused_lead_is_not_there(name, rehearse):
    ended = rehearse(AZURE_AD, name)
    assert ended.only["testLead"]["outcome"] == "refused"
    assert (rehearse.played.posted, rehearse.played.leads) == (1, [])


@pytest.mark.parametrize("name", ["no-security-role", "instance-host-not-found"])
def test_no_lead_is_sent_where_the_ladder_ended_before(name, rehearse):
    ended = rehearse(AZURE_AD, name)
    assert ended.only["testLead"] is None
    assert rehearse.played.posted == 0


@pytest.mark.parametrize("example", [AZURE_AD, OFFICE_365])
def test_one_password_attempt_at_most(example, rehearse):
    rehearse(example, "password-wrong")
    [sandbox] = rehearse.played.sandboxes
    assert sandbox.state.tenants["fabrikam"].people["leads"].wrong_attempts == (example == OFFICE_365)


def test_entries_and_worlds_know_each_other():
    entries = catalogue.entries()
    rows = {entry.id: entry.world for entry in entries.values() if entry.world}
    assert {row: world for row, world in rows.items() if world not in WORLDS} == {}
    assert {row: world for row, world in rows.items() if WORLDS[world].produces != row} == {}
    produced = {world.produces for world in WORLDS.values() if world.produces}
    assert produced == set(rows)
