"""JUnit's XML, as the test pages of pipelines read it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lxml import etree

from validator.model import Status
from validator.reporters import FORMATS

XSD = etree.XMLSchema(etree.parse(Path(__file__).parent / "data/JUnit.xsd"))


def suites(report):
    root = etree.fromstring(FORMATS["junit"](report).encode())
    XSD.assertValid(root)
    return root.findall("testsuite")


def cases(suite):
    return {case.get("classname").removeprefix("leadcheck."): case for case in suite.findall("testcase")}


def counts(suite):
    return [int(suite.get(name)) for name in ("tests", "failures", "errors", "skipped")]


def test_it_conforms_to_the_schema(sample):
    unread = bool(sample.problems)
    assert len(suites(sample)) == len(sample.results) + unread


def test_a_suite_is_a_configuration_and_a_case_is_a_check(reports):
    [suite] = suites(reports["not-ready"])
    assert suite.get("name") == "lead-destination.yaml:1"
    assert counts(suite) == [7, 1, 0, 4]
    failure = cases(suite)["dynamics-sign-in"].find("failure")
    assert failure.get("type") == "client-secret-invalid"
    assert "not one of the application's secrets" in failure.get("message")
    assert "AADSTS7000215" in failure.text
    assert "fix 1. " in failure.text
    assert len(cases(suite)["dynamics-settings"]) == 0
    assert cases(suite)["dynamics-arrival"].find("skipped").get("message") == "the sign-in failed"


def test_warnings_and_what_is_ignored_are_told_without_failing_a_case(reports):
    [suite] = suites(reports["not-ready"])
    said = suite.findtext("system-out")
    assert said.startswith("not ready: repair 1 error")
    assert "warning instance-url-page at lead-destination.yaml:3:16" in said
    assert "ignored: by --ignore" in said


def test_a_failure_that_is_ignored_is_a_skipped_case(reports):
    report = reports["not-ready"]
    [result] = report.results
    hidden = replace(result.findings[2], stage=result.checks[2].stage, title="x")
    [suite] = suites(replace(report, results=(replace(result, findings=(hidden,)),)))
    assert counts(suite)[:3] == [7, 0, 0]
    skipped = cases(suite)["dynamics-sign-in"].find("skipped")
    assert skipped.get("message") == "instance-url-page is ignored: by --ignore"


def test_what_could_not_be_told_or_crashed_is_an_error(reports):
    [suite] = suites(reports["unproven"])
    assert counts(suite) == [3, 0, 2, 0]
    one, two = [case.find("error") for case in suite.findall("testcase")[1:]]
    assert (one.get("type"), one.get("message")) == ("service-throttled", "The service asked to wait")
    assert (two.get("type"), two.get("message")) == (Status.CRASHED, "KeyError")
    assert "softwareAsAService/crm add-in" in suite.get("name")


def test_an_input_that_was_not_read_is_an_error(reports):
    [suite] = suites(reports["unreadable"])
    assert (suite.get("name"), counts(suite)) == ("unreadable inputs", [3, 0, 3, 0])
    assert "written twice" in suite.find("testcase/error").get("message")


def test_hostile_text_is_text(reports):
    [suite] = suites(reports["injected"])
    assert {each.tag for each in suite.iter()} <= {
        *("testsuite", "properties", "property", "testcase", "failure", "error", "skipped"),
        *("system-out", "system-err"),
    }
    assert "]]> ::error::z" in suite.find("testcase/failure").get("message")
    assert "]]> ::error::z" in suite.findtext("system-out")
    assert not any(
        line.lstrip().startswith("::") for line in FORMATS["junit"](reports["injected"]).split("\n")
    )
