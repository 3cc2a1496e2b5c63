"""The settings of Marketo as a whole: which connector they are for, and each finding at its place."""

import json
from pathlib import Path

import pytest
import yaml

from validator import catalogue
from validator.config import load
from validator.destinations import LADDERS, destination
from validator.destinations.marketo.settings import BLOCK
from validator.model import Severity


def judge(configuration):
    """Judge as a run does."""
    return destination("marketo").judge(configuration, frozenset())


ROOT = Path(__file__).parents[4]
SECRET = "hunter2hunter2HUNTER2hunter2hunt"
NOW = {
    "munchkinId": "427-FKM-190",
    "formId": "1013",
    "clientId": "4b1d7a52-0c3e-4f86-9a77-2e5d8c6f1b30",
    "clientSecret": SECRET,
}
OLD = {"serverId": "sj12", "munchkinId": "427-FKM-190", "formId": "1013"}

YAML = """\
leadDestination: marketo
marketoLeadConfiguration:
  munchkinId: 427-FKM-190
  formId: "1013"
  clientId: ${MARKETO_CLIENT_ID}
  clientSecret: ${MARKETO_CLIENT_SECRET}
"""
VARIABLES = {"MARKETO_CLIENT_ID": NOW["clientId"], "MARKETO_CLIENT_SECRET": SECRET}
ERROR, WARNING = Severity.ERROR, Severity.WARNING


def without(block, *fields):
    return {field: value for field, value in block.items() if field not in fields}


def told(configuration):
    return [
        (found.id, found.location.pointer, found.severity)
        for found in (*configuration.findings, *judge(configuration))
    ]


def read(text, environ=VARIABLES, **options):
    [configuration] = load("lead-destination.yaml", text, environ=environ, **options)
    return configuration


def test_it_is_a_destination_of_its_own():
    assert list(LADDERS)[:1] == ["dynamics"]
    assert list(LADDERS).index("marketo") < list(LADDERS).index("table")


def test_settings_in_order_have_no_finding():
    assert told(read(YAML)) == []


@pytest.mark.parametrize("server", ["sj12", "", None])
def test_the_connector_of_2022_is_an_error_that_says_what_to_enter_now(configured, server):
    configuration = configured(**OLD | {"serverId": server})
    assert told(configuration) == [("marketo-connector-retired", f"{BLOCK}/serverId", ERROR)]
    [finding] = judge(configuration)
    assert "November 2022" in f"{finding.title} {finding.cause}"
    steps = " ".join(step.text for step in finding.fix)
    assert all(label in steps for label in ("Munchkin ID", "Form ID", "Client ID", "Client Secret"))
    assert "serverId" in finding.observed


def test_the_connector_of_2022_in_a_file():
    text = YAML.split("  clientId", maxsplit=1)[0] + "  serverId: sj12\n"
    assert told(read(text)) == [("marketo-connector-retired", f"{BLOCK}/serverId", ERROR)]
    assert judge(read(text))[0].location.line == 5


def test_a_server_id_beside_todays_credentials_is_no_matter(configured):
    assert told(configured(**NOW, serverId="sj12")) == []
    assert told(read(YAML + "  serverId: sj12\n")) == []


@pytest.mark.parametrize("missing", ["clientId", "clientSecret"])
@pytest.mark.parametrize("more", [{}, {"serverId": "sj12"}])
def test_one_credential_without_the_other_is_an_error(configured, missing, more):
    configuration = configured(**without(NOW, missing), **more)
    assert told(configuration) == [("missing-key", BLOCK, ERROR)]
    assert f"“{missing}”" in judge(configuration)[0].observed


def test_no_credential_at_all_is_a_warning(configured):
    configuration = configured(**without(NOW, "clientId", "clientSecret"))
    assert told(configuration) == [("missing-key", BLOCK, WARNING)]
    assert "“clientId” and “clientSecret”" in judge(configuration)[0].observed


def test_a_secret_of_the_command_line_counts():
    text = YAML.replace("  clientSecret: ${MARKETO_CLIENT_SECRET}\n", "")
    assert told(read(text, supplied={"clientSecret": SECRET})) == []
    text = text.replace("  clientId: ${MARKETO_CLIENT_ID}\n", "")
    supplied = {"clientId": NOW["clientId"], "clientSecret": SECRET}
    assert told(read(text, supplied=supplied)) == []


@pytest.mark.parametrize(
    ("old", "new", "entry", "field"),
    [
        ("${MARKETO_CLIENT_SECRET}", "'*********'", "secret-masked", "clientSecret"),
        ("${MARKETO_CLIENT_SECRET}", "''", "secret-empty", "clientSecret"),
        ("${MARKETO_CLIENT_SECRET}", "", "secret-empty", "clientSecret"),
        ("${MARKETO_CLIENT_SECRET}", "<your secret>", "variable-not-filled-in", "clientSecret"),
        ("${MARKETO_CLIENT_SECRET}", "${NOT_SET}", "variable-unset", "clientSecret"),
        ("${MARKETO_CLIENT_ID}", "${NOT_SET}", "variable-unset", "clientId"),
        ("427-FKM-190", "${MUNCHKIN}", "variable-misplaced", "munchkinId"),
        ("427-FKM-190", "<munchkin>", "variable-not-filled-in", "munchkinId"),
        ('"1013"', "1013", "wrong-type", "formId"),
    ],
)
def test_what_the_reading_reported_is_not_judged_again(old, new, entry, field):
    assert told(read(YAML.replace(old, new))) == [(entry, f"{BLOCK}/{field}", ERROR)]


@pytest.mark.parametrize(
    "text", ["leadDestination: marketo\n", "leadDestination: marketo\n" + BLOCK[1:] + ": {}\n"]
)
def test_what_is_missing_altogether_is_told_by_the_reading(text):
    configuration = read(text)
    assert configuration.findings
    assert {one for one, *_ in told(configuration)} == {"missing-key"}


def test_a_note_of_the_reading_is_no_error():
    configuration = read(YAML, {}, offline=True)
    assert {one.id for one in configuration.findings} == {"variable-unset"}
    assert judge(configuration) == []


def test_an_unusual_client_is_a_warning():
    assert told(read(YAML, VARIABLES | {"MARKETO_CLIENT_ID": "partner-center"})) == [
        ("marketo-client-id-unusual", f"{BLOCK}/clientId", WARNING)
    ]


@pytest.mark.parametrize(
    ("field", "text", "meant"),
    [
        ("munchkinId", "427\u2013fkm\u2013190", "427-FKM-190"),
        ("formId", "mktoForm_1013", "1013"),
        ("serverId", "https://app-sj12.marketo.com", "sj12"),
        ("clientId", f" {NOW['clientId']}\n", NOW["clientId"]),
        ("clientSecret", f"{SECRET}\n", SECRET),
    ],
)
def test_a_repair_is_for_the_value_as_it_stands(configured, field, text, meant):
    [found] = [one for one in judge(configured(**NOW | {field: text})) if one.repair]
    assert (found.repair.pointer, found.repair.old, found.repair.new) == (f"{BLOCK}/{field}", text, meant)
    assert found.location.pointer == found.repair.pointer


def test_a_repair_in_a_file():
    text = YAML.replace("427-FKM-190", "427-fkm-190")
    [found] = judge(read(text))
    assert (found.id, found.severity, found.location.line) == ("marketo-munchkin-id-spelling", WARNING, 3)
    assert found.repair.new == "427-FKM-190"


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"clientId": SECRET},
        {"clientId": SECRET, "clientSecret": NOW["clientId"]},
        {"munchkinId": SECRET},
        {"formId": SECRET},
        {"serverId": f"https://{SECRET}.marketo.com/{SECRET}"},
        {"clientSecret": f' "{SECRET}"'},
        {"munchkinId": f'MktoForms2.loadForm("//{SECRET}.marketo.com", "{SECRET}", 1)'},
    ],
)
def test_no_finding_quotes_a_secret(configured, changes):
    for found in judge(configured(**NOW | changes)):
        assert "hunter" not in repr((found.observed, found.title, found.cause, found.location)).lower()


ROWS = [
    entry for entry in catalogue.entries().values() if entry.destinations == ("marketo",) and entry.sample
]


def test_every_row_has_a_sample():
    assert {entry.id for entry in ROWS} == {
        *("marketo-connector-retired", "marketo-munchkin-id-malformed", "marketo-munchkin-id-spelling"),
        *("marketo-form-id-pasted", "marketo-form-id-malformed", "marketo-server-id-pasted"),
        *("marketo-landing-page", "marketo-fields-swapped", "marketo-embed-code", "marketo-value-spaced"),
        "marketo-client-id-unusual",
    }


@pytest.mark.parametrize("entry", ROWS, ids=lambda entry: entry.id)
def test_the_sample_of_a_row_shows_its_fault(entry, configured):
    [finding] = judge(configured(**entry.sample.change[BLOCK]))
    assert (finding.id, finding.severity) == (entry.id, entry.severity)
    assert entry.field in {None, finding.location.pointer}
    assert any("Offer setup > Customer leads" in step.text for step in finding.fix)


@pytest.mark.parametrize("entry", ROWS, ids=lambda entry: entry.id)
def test_the_sample_of_a_row_shows_its_fault_in_a_file_too(entry):
    example = yaml.safe_load((ROOT / "examples" / entry.sample.example).read_text("utf-8"))
    changed = {**example, **{pointer[1:]: value for pointer, value in entry.sample.change.items()}}
    configuration = read(json.dumps({key: value for key, value in changed.items() if value is not None}))
    assert entry.id in {one for one, *_ in told(configuration)}
