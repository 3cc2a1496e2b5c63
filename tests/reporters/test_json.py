from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from validator import __version__
from validator.model import Exchange, Outcome, Stage, Status
from validator.reporters import FORMATS

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "report.schema.json").read_text("utf-8"))


def render(report):
    return FORMATS["json"](report)


@pytest.fixture
def finding(reports):
    return json.loads(render(reports["not-ready"]))["configurations"][0]["findings"][1]


def test_every_report_matches_the_schema(sample):
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(render(sample)))


def test_the_schema_is_one_and_every_object_in_it_is_closed():
    def check(node):
        if isinstance(node, dict):
            assert node.get("type") != "object" or "additionalProperties" in node
            if "properties" in node:
                assert node["required"] == list(node["properties"])
        for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            check(inner)

    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    check(SCHEMA)


def test_every_property_is_described():
    def properties(node):
        for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            yield from properties(inner)
        yield from node.get("properties", {}).items() if isinstance(node, dict) else ()

    shared = SCHEMA["$defs"]
    bare = [
        name
        for name, node in properties(SCHEMA)
        if "description" not in node and "description" not in shared[node["$ref"].rpartition("/")[2]]
    ]
    assert bare == []


@pytest.mark.parametrize("extra", ["extra", "Version"])
def test_the_schema_refuses_what_is_not_promised(reports, extra):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(json.loads(render(reports["ready"])) | {extra: 1}, SCHEMA)


def test_keys_keep_the_order_of_the_schema(sample):
    def compare(value, node):
        node = SCHEMA["$defs"][node["$ref"].rpartition("/")[2]] if "$ref" in node else node
        node = node["oneOf"][0] if "oneOf" in node else node
        node = SCHEMA["$defs"][node["$ref"].rpartition("/")[2]] if "$ref" in node else node
        if isinstance(value, dict) and "properties" in node:
            assert list(value) == list(node["properties"])
            for key, inner in value.items():
                compare(inner, node["properties"][key])
        for inner in value if isinstance(value, list) else ():
            compare(inner, node["items"])

    compare(json.loads(render(sample)), SCHEMA)


def test_the_head_of_a_report(reports):
    head = json.loads(render(reports["sandbox"]))
    del head["configurations"]
    assert head == {
        "schemaVersion": "1.0",
        "tool": {"name": "leadcheck", "version": __version__},
        "environment": "sandbox",
        "startedAt": "2026-11-20T10:00:00Z",
        "durationSeconds": 1.235,
        "summary": {
            "configurations": 1,
            "verdicts": {"ready": 1},
            "findings": {"error": 0, "warning": 0, "note": 0},
        },
        "problems": [],
    }


def test_the_summary_counts_verdicts_and_findings_that_are_not_suppressed(reports):
    assert json.loads(render(reports["several"]))["summary"] == {
        "configurations": 5,
        "verdicts": {"not-ready": 1, "settings-ok": 1, "permitted": 1, "ready": 1, "nothing-to-check": 1},
        "findings": {"error": 1, "warning": 1, "note": 0},
    }


def test_repaired_findings_are_listed_and_not_counted(reports):
    report = json.loads(render(reports["fixed"]))
    assert [fixed["id"] for fixed in report["configurations"][0]["fixed"]] == ["instance-url-page"]
    assert report["summary"]["findings"] == {"error": 0, "warning": 0, "note": 1}


def test_a_finding_in_full(finding):
    assert finding["documented"]["number"] == 7
    assert finding["documented"]["message"].startswith("Could not save the lead to Dynamics CRM using AAD.")
    assert finding["trace"] == {
        "requestId": "aaaa1111-0000-4000-8000-000000000001",
        "correlationId": "bbbb2222-0000-4000-8000-000000000002",
        "timestamp": "2026-11-20",
    }
    assert finding["location"] == {
        "file": "lead-destination.yaml",
        "pointer": "/dynamicsLeadConfiguration/applicationKey",
        "line": 7,
        "column": 19,
    }
    assert finding["codes"] == ["AADSTS7000215", "7000215"]
    assert finding["fix"][2] == {"text": "Publish the offer again.", "url": None}
    assert finding["suppressed"] is None


def test_what_is_not_known_is_null(reports):
    ready = json.loads(render(reports["settings-ok"]))["configurations"][0]
    note = json.loads(render(reports["fixed"]))["configurations"][0]["findings"][0]
    assert ready["testLead"] is None
    assert ready["product"] is None
    assert [note[key] for key in ("documented", "observed", "trace", "location", "suppressed")] == [None] * 5


def test_a_suppressed_finding_says_by_whom_and_why(reports):
    suppressed = json.loads(render(reports["hostile"]))["configurations"][0]["findings"][1]["suppressed"]
    assert suppressed == {"by": "configuration", "reason": "our proxy strips the path"}


def test_a_check_tells_its_exchanges(reports):
    result = reports["ready"].results[0]
    lost = Exchange("GET", "https://fabrikam.crm4.dynamics.com/", None, 30000)
    check = Outcome("dynamics-instance", Stage.REACH, "t", Status.FAILED, 1.23456, "no answer", (lost,))
    report = replace(reports["ready"], results=(replace(result, checks=(check,)),))
    assert json.loads(render(report))["configurations"][0]["checks"] == [
        {
            "id": "dynamics-instance",
            "stage": "reach",
            "title": "t",
            "status": "failed",
            "seconds": 1.235,
            "note": "no answer",
            "exchanges": [
                {
                    "method": "GET",
                    "url": "https://fabrikam.crm4.dynamics.com/",
                    "status": None,
                    "milliseconds": 30000,
                }
            ],
        }
    ]


def test_the_test_lead_in_full(reports):
    assert json.loads(render(reports["accepted"]))["configurations"][0]["testLead"] == {
        "token": "MSFT_TEST_638996256000000000",
        "outcome": "accepted",
        "where": reports["ready"].results[0].test_lead.where,
        "cleanedUp": True,
        "earlier": [f"2026-11-{day}T08:00:00Z" for day in (19, 18, 17, 16)],
        "probes": ["a missing company is refused"],
    }


def test_a_report_is_ascii_whatever_the_console_s_code_page_and_ends_with_one_newline(reports):
    result = replace(reports["ready"].results[0], product="Müllers Lösung 漢 😀\x7f")
    text = render(replace(reports["ready"], results=(result,)))
    assert text.isascii()
    assert "\x7f" not in text
    assert json.loads(text)["configurations"][0]["product"] == "Müllers Lösung 漢 😀\x7f"
    assert text.endswith("}\n")


def test_hostile_names_drive_no_terminal_and_no_log_and_lose_nothing(reports):
    result = replace(
        reports["ready"].results[0], product="\x1b[31m ##[error] ### \u202e \x9b \U000e0001 \udcff"
    )
    text = render(replace(reports["ready"], results=(result,)))
    assert text.replace("\n", "").isprintable()
    assert "##" not in text
    assert json.loads(text)["configurations"][0]["product"] == result.product
