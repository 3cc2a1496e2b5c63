"""The settings of an HTTPS endpoint as they stand in a file: each finding at its place."""

import json
from pathlib import Path

import pytest
import yaml

from validator import catalogue
from validator.config import load
from validator.destinations.https_endpoint.settings import FIELD, judge
from validator.model import Severity, Stage

ROOT = Path(__file__).parents[4]
ID = "5b1e0c7a94d24f0e8a63d2f7c1b09e48"
INVOKE = f"https://prod-42.usgovtexas.logic.azure.us/workflows/{ID}/triggers/manual/paths/invoke"
SIG = "hunter2-hunter2_hunter2-hunter2_hunter2-hun"
QUERY = "?api-version=2016-10-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig="

YAML = """\
leadDestination: httpsEndpoint
httpsEndpointLeadConfiguration:
  httpsEndpointUrl: {url}
"""
JSON = """\
{{"leadDestination": "httpsEndpoint",
 "httpsEndpointLeadConfiguration": {{
  "contactEmail": ["leads@fabrikam.com"],
  "httpsEndpointUrl": {url}}}}}
"""
FORMS = [(YAML, 3, 21), (JSON, 4, 23)]

SLIPS = [
    ("", "endpoint-url-empty"),
    ("https:/leads.fabrikam.com", "endpoint-url-malformed"),
    ("leads.fabrikam.com/hunter2", "endpoint-url-scheme-missing"),
    ("http://leads.fabrikam.com/hunter2", "endpoint-url-not-https"),
    ("https://hunter2@leads.fabrikam.com/", "endpoint-url-user-info"),
    ("https://leads.fabrikam.com/#hunter2", "endpoint-url-fragment"),
    ("https://leads.fabrikam.com/ hunter2", "endpoint-url-character-refused"),
    ("https://leads.fabrikam.com/hunter2/%252F", "endpoint-url-double-encoded"),
    ("https://leads.fabrikam.com/hunter2" + "/x" * 120, "endpoint-url-long"),
    ("https://make.powerautomate.com/hunter2", "endpoint-url-page"),
    ("https://10.0.0.5/hunter2", "endpoint-host-private"),
    ("https://20.50.2.1/hunter2", "endpoint-host-ip-address"),
    (f"{INVOKE}{QUERY}", "endpoint-signature-missing"),
    (f"{INVOKE}{QUERY}{SIG[:-1]}", "endpoint-signature-cut"),
    (f"{INVOKE}{QUERY}{SIG}".replace("&sv=1.0", ""), "endpoint-parameters-missing"),
    (
        f"{INVOKE}{QUERY}{SIG}".replace("usgovtexas.logic.azure.us", "x.logic.azure.com"),
        "endpoint-flow-url-retired",
    ),
    ("https://fabrikam.azurewebsites.net/api/hunter2", "endpoint-function-key-missing"),
    ("https://www.your-crm.com/triggers/invoke", "documentation-sample"),
    ("https://leads.fabrikam.com/{hunter2}", "variable-not-filled-in"),
]


def read(text, **environ):
    [configuration] = load("leads.yaml", text, environ=environ)
    return configuration


def told(configuration, *allowed):
    return [
        (found.id, found.location.pointer, found.location.line, found.location.column)
        for found in (*configuration.findings, *judge(configuration, frozenset(allowed)))
    ]


@pytest.mark.parametrize(("form", "line", "column"), FORMS, ids=["yaml", "json"])
@pytest.mark.parametrize(("url", "entry"), SLIPS)
def test_a_slip_is_one_finding_where_it_stands(form, line, column, url, entry):
    configuration = read(form.format(url=json.dumps(url)))
    assert told(configuration) == [(entry, FIELD, line, column)]


@pytest.mark.parametrize(("form", "line", "column"), FORMS, ids=["yaml", "json"])
@pytest.mark.parametrize(("url", "entry"), SLIPS[1:])
def test_a_slip_in_a_variable_is_one_finding_at_the_reference(form, line, column, url, entry):
    configuration = read(form.format(url='"${LEAD_URL}"'), LEAD_URL=url)
    assert told(configuration) == [(entry, FIELD, line, column)]
    [finding] = judge(configuration)
    assert "hunter2" not in str(finding)
    assert finding.stage is Stage.SETTINGS
    assert finding.observed


@pytest.mark.parametrize("url", ["https://leads.fabrikam.com/hunter2", f"{INVOKE}{QUERY}{SIG}"])
def test_an_address_in_order_is_none(url):
    assert told(read(YAML.format(url=url))) == []
    assert told(read(YAML.format(url="${LEAD_URL}"), LEAD_URL=url)) == []


def test_a_line_break_at_the_end_of_a_variable():
    configuration = read(YAML.format(url="${LEAD_URL}"), LEAD_URL=f"{INVOKE}{QUERY}{SIG}\n")
    assert told(configuration) == [("endpoint-url-character-refused", FIELD, 3, 21)]


@pytest.mark.parametrize(
    ("url", "entry"),
    [
        ("${LEAD_URL}", "variable-unset"),
        ("'********'", "secret-masked"),
        ("https://${HOST}/x", "variable-misplaced"),
        ("'https://{{ host }}/x'", "variable-not-filled-in"),
        ("[https://leads.fabrikam.com]", "wrong-type"),
    ],
)
def test_what_the_reading_reported_is_not_judged_again(url, entry):
    assert [one for one, *_ in told(read(YAML.format(url=url)))] == [entry]


def test_a_key_without_a_value_is_an_empty_address():
    assert told(read(YAML.format(url=""))) == [("endpoint-url-empty", FIELD, 3, 20)]


def test_a_missing_key_is_left_to_the_reading():
    configuration = read("leadDestination: httpsEndpoint\nhttpsEndpointLeadConfiguration: {}\n")
    assert [one for one, *_ in told(configuration)] == ["missing-key"]


def test_an_allowed_host_is_noted():
    configuration = read(YAML.format(url="https://localhost:8444/"))
    [finding] = judge(configuration)
    assert finding.severity is Severity.ERROR
    [finding] = judge(configuration, frozenset({"localhost:8444"}))
    assert (finding.id, finding.severity) == ("endpoint-host-private", Severity.NOTE)


SAMPLES = [
    entry
    for entry in catalogue.entries().values()
    if FIELD in (entry.sample.change if entry.sample else ()) and entry.destinations == ("httpsEndpoint",)
]


def test_every_row_that_needs_no_request_has_a_sample():
    assert {entry for _, entry in SLIPS} - {"documentation-sample", "variable-not-filled-in"} == {
        entry.id for entry in SAMPLES
    }


@pytest.mark.parametrize("entry", SAMPLES, ids=lambda entry: entry.id)
def test_the_sample_of_a_row_shows_its_fault(entry):
    example = yaml.safe_load((ROOT / "examples" / entry.sample.example).read_text("utf-8"))
    example["httpsEndpointLeadConfiguration"]["httpsEndpointUrl"] = entry.sample.change[FIELD]
    [finding] = judge(read(json.dumps(example)))
    assert (finding.id, finding.severity) == (entry.id, entry.severity)
    assert any("HTTPS endpoint URL" in step.text for step in finding.fix)
