"""SARIF, as code scanning reads it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from validator.model import Repair, Status
from validator.reporters import FORMATS

SCHEMA = json.loads((Path(__file__).parent / "data/sarif-schema-2.1.0.json").read_text("utf-8"))


def run_of(report):
    told = json.loads(FORMATS["sarif"](report))
    jsonschema.Draft4Validator(SCHEMA).validate(told)
    [run] = told["runs"]
    return run


def with_finding(report, **changes):
    [result] = report.results
    finding = replace(result.findings[0], **changes)
    return replace(report, results=(replace(result, findings=(finding,)),))


def only(report):
    [result] = run_of(report)["results"]
    return result


def test_it_conforms_to_the_schema(sample):
    assert run_of(sample)["tool"]["driver"]["name"] == "leadcheck"


def test_a_finding_is_a_result_with_its_rule(reports):
    run = run_of(reports["not-ready"])
    rules = run["tool"]["driver"]["rules"]
    assert [(each["level"], each["ruleId"]) for each in run["results"]] == [
        ("warning", "instance-url-page"),
        ("error", "client-secret-invalid"),
        ("warning", "instance-url-page"),
    ]
    assert [rules[each["ruleIndex"]]["id"] for each in run["results"]] == [
        each["ruleId"] for each in run["results"]
    ]
    [rule] = [rule for rule in rules if rule["id"] == "client-secret-invalid"]
    assert rule["helpUri"].startswith("https://learn.microsoft.com/")
    assert rule["help"]["text"].count("\n") == rule["help"]["markdown"].count("\n") - 1 > 0
    assert rule["defaultConfiguration"]["level"] == "error"


def test_a_rule_without_a_page_has_no_address(reports):
    [rule] = [
        rule for rule in run_of(reports["fixed"])["tool"]["driver"]["rules"] if rule["id"] == "variable-unset"
    ]
    assert "helpUri" not in rule


def test_the_place_is_a_region_in_code_points(reports):
    run = run_of(reports["not-ready"])
    assert run["columnKind"] == "unicodeCodePoints"
    place = run["results"][1]["locations"][0]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "lead-destination.yaml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 7, "startColumn": 19},
    }
    assert place["logicalLocations"][0]["fullyQualifiedName"] == "/dynamicsLeadConfiguration/applicationKey"


def test_a_finding_without_a_place_stands_at_its_configuration(reports):
    [result] = run_of(reports["unproven"])["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "offers.json"
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 41}


def test_a_fingerprint_stays_when_lines_move_and_words_change(reports):
    report = with_finding(reports["not-ready"])
    at = report.results[0].findings[0].location
    moved = with_finding(
        reports["not-ready"], location=at._replace(line=70, column=2), observed="another time", codes=("1",)
    )
    assert only(report)["partialFingerprints"] == only(moved)["partialFingerprints"]


@pytest.mark.parametrize(
    "other",
    [
        {"id": "client-secret-invalid"},
        {"location": None},
    ],
)
def test_another_fault_or_field_has_another_fingerprint(other, reports):
    one, two = with_finding(reports["not-ready"]), with_finding(reports["not-ready"], **other)
    assert only(one)["partialFingerprints"] != only(two)["partialFingerprints"]


def test_another_document_of_the_file_has_another_fingerprint(reports):
    one = with_finding(reports["not-ready"])
    [result] = one.results
    two = replace(one, results=(replace(result, source=result.source._replace(document=1)),))
    assert only(one)["partialFingerprints"] != only(two)["partialFingerprints"]


def test_who_ignores_a_finding_is_said(reports):
    told = [each["suppressions"] for each in run_of(reports["not-ready"])["results"]]
    assert told == [[], [], [{"kind": "external", "justification": "by --ignore"}]]
    [_, in_file] = run_of(reports["hostile"])["results"]
    assert in_file["suppressions"] == [{"kind": "inSource", "justification": "our proxy strips the path"}]


def test_a_repair_is_a_fix_only_where_it_may_be_shown(reports):
    at = reports["not-ready"].results[0].findings[0].location._replace(end=(3, 40))
    shown = Repair("/x", "old", "new", written='"new"')
    report = with_finding(reports["not-ready"], location=at, repair=shown)
    [fix] = only(report)["fixes"]
    [change] = fix["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 3, "startColumn": 16, "endLine": 3, "endColumn": 40},
            "insertedContent": {"text": '"new"'},
        }
    ]
    assert fix["description"]["text"]
    bare = with_finding(reports["not-ready"], location=at, repair=shown, fix=())
    assert only(bare)["fixes"][0]["description"]["text"]
    for hidden in (
        {"repair": replace(shown, written=None)},
        {"location": at._replace(end=None)},
        {"repair": None},
    ):
        changed = {"location": at, "repair": shown} | hidden
        assert "fixes" not in only(with_finding(reports["not-ready"], **changed))


def test_a_run_that_could_tell_everything_was_successful(reports):
    [invocation] = run_of(reports["not-ready"])["invocations"]
    assert invocation == {
        "executionSuccessful": True,
        "startTimeUtc": "2026-11-20T10:00:00Z",
        "endTimeUtc": "2026-11-20T10:00:01Z",
        "toolExecutionNotifications": [],
    }


def test_what_was_not_read_is_a_notification(reports):
    [invocation] = run_of(reports["unreadable"])["invocations"]
    assert invocation["executionSuccessful"] is False
    one, two, _ = invocation["toolExecutionNotifications"]
    assert (one["level"], "written twice" in one["message"]["text"]) == ("error", True)
    assert one["locations"][0]["physicalLocation"]["region"] == {"startLine": 3, "startColumn": 1}
    assert "region" not in two["locations"][0]["physicalLocation"]


def test_what_could_not_be_told_is_a_notification(reports):
    [invocation] = run_of(reports["unproven"])["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [each["level"] for each in invocation["toolExecutionNotifications"]] == ["warning", "error"]
    assert reports["unproven"].results[0].checks[2].status is Status.CRASHED


def test_a_file_with_an_absolute_name_has_an_absolute_address(reports, tmp_path):
    [result] = with_finding(reports["not-ready"]).results
    at = result.findings[0].location._replace(file=str(tmp_path / "a b#.yaml"))
    told = only(with_finding(reports["not-ready"], location=at))
    [place] = told["locations"]
    address = place["physicalLocation"]["artifactLocation"]
    assert address["uri"].startswith("file:///")
    assert address["uri"].endswith("/a%20b%23.yaml")
    assert "uriBaseId" not in address


def test_a_service_can_put_no_link_into_a_message(reports):
    message = run_of(reports["injected"])["results"][0]["message"]["text"]
    assert "\\[l\\](http" in message
    assert "\x1b" not in message
