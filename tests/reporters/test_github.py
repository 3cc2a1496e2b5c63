"""Annotations, as the runner of GitHub Actions reads them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from validator.model import Severity
from validator.reporters import FORMATS

COMMAND = re.compile(r"::(?P<level>\w+) (?P<properties>[^\n]*?)::(?P<message>[^\n]*)")


def unescaped(text):
    for code, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, character)
    return text


def read(report):
    """Read the output as the runner does: gives the annotations, and the other lines."""
    annotations, rest = [], []
    for line in FORMATS["github"](report).splitlines():
        if match := COMMAND.fullmatch(line):
            properties = dict(pair.split("=", 1) for pair in match["properties"].split(","))
            known = {name: unescaped(value) for name, value in properties.items()}
            annotations.append((match["level"], known, unescaped(match["message"])))
        else:
            assert not line.strip().startswith("::")
            assert "##[" not in line
            rest.append(line)
    return annotations, rest


def many(report, severity, number):
    [result] = report.results
    finding = replace(result.findings[0], severity=severity, suppressed=None)
    return replace(report, results=(replace(result, findings=(finding,) * number),))


def test_an_annotation_stands_on_the_line_at_fault(reports):
    annotations, rest = read(reports["not-ready"])
    assert [level for level, *_ in annotations] == ["error", "warning"]
    _, properties, message = annotations[0]
    assert properties == {
        "file": "lead-destination.yaml",
        "line": "7",
        "col": "19",
        "title": "client-secret-invalid: The client secret is not one of the application's secrets",
    }
    assert "AADSTS7000215" in message
    assert "\n1. In the Azure portal" in message
    assert rest[0].startswith("leadcheck: lead-destination.yaml: not ready: ")


@pytest.mark.parametrize(("end", "column"), [((7, 42), "42"), ((8, 1), None), (None, None)])
def test_the_end_of_the_value_is_told_where_it_is_on_the_same_line(end, column, reports):
    report = reports["not-ready"]
    [result] = report.results
    at = result.findings[1].location._replace(end=end)
    finding = replace(result.findings[1], location=at, observed=None)
    [[(_, properties, message)], _] = read(replace(report, results=(replace(result, findings=(finding,)),)))
    assert properties.get("endColumn") == column
    assert not message.startswith("Seen")


def test_a_finding_without_a_place_stands_at_its_configuration(reports):
    [[(level, properties, _)], _] = read(reports["unproven"])
    assert (level, properties["file"], properties["line"]) == ("notice", "offers.json", "41")


def test_what_was_not_read_is_an_error(reports):
    annotations, rest = read(reports["unreadable"])
    assert [level for level, *_ in annotations] == ["error"] * 3
    assert annotations[0][1] == {"file": "broken.yaml", "line": "3", "col": "1", "title": "cannot be read"}
    assert annotations[1][1] == {"file": "missing.yaml", "title": "cannot be read"}
    assert "3 inputs could not be read" in rest[-1]


@pytest.mark.parametrize(
    ("severity", "level", "room"), [(Severity.ERROR, "error", 10), (Severity.WARNING, "warning", 10)]
)
def test_github_shows_ten_of_a_kind_so_the_rest_is_counted(severity, level, room, reports):
    fits, _ = read(many(reports["fixed"], severity, room))
    assert [each[0] for each in fits] == [level] * room
    annotations, _ = read(many(reports["fixed"], severity, room + 3))
    assert [each[0] for each in annotations] == [level] * room + ["notice"]
    assert annotations[-1][2].startswith("3 more findings")


def test_notes_leave_room_for_the_count(reports):
    annotations, _ = read(many(reports["fixed"], Severity.NOTE, 10))
    assert [each[0] for each in annotations] == ["notice"] * 10
    assert annotations[-1][2].startswith("1 more finding,")


def test_hostile_text_is_no_command(sample):
    annotations, rest = read(sample)
    assert all(set(each[1]) <= {"file", "line", "col", "endColumn", "title"} for each in annotations)
    assert rest[-1].startswith("leadcheck: ")


def test_hostile_text_is_read_back_as_it_is(reports):
    annotations, _ = read(reports["injected"])
    assert "%0A%0D" in annotations[0][2]
    assert "::error::z" in annotations[0][2]


def test_a_run_in_the_sandbox_says_so(reports):
    _, rest = read(reports["sandbox"])
    assert rest[0] == "leadcheck: sandbox: a pass here proves nothing about a real tenant"
