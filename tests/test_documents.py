"""docs/documents.md: every fact of Microsoft's two documents has an answer that exists."""

from __future__ import annotations

import re

import pytest

from validator import catalogue
from validator.cli.app import COMMANDS
from validator.destinations import LADDERS, destination

HEADS = ("| what is said", "| what is asked", "| message and remedy")
NUMBERED = re.compile(r"\| ([1-8]) \| ")


@pytest.fixture(scope="module")
def rows(root):
    """Give the rows of the page's tables: what is said, and the names that answer it."""
    lines = (root / "docs/documents.md").read_text("utf-8").splitlines()
    found = [line for line in lines if line.startswith("| ") and not line.startswith(HEADS)]
    return [(line, re.findall("`([^`]+)`", line.rsplit(" | ", 1)[1])) for line in found]


@pytest.fixture(scope="module")
def names(root):
    checks = {check.id for name in LADDERS for check in destination(name).checks}
    options = set(re.findall(r"--[a-z-]+", (root / "docs/cli.md").read_text("utf-8")))
    return {*catalogue.entries(), *checks, *options, *(f"leadcheck {command}" for command in COMMANDS)}


def test_every_answer_exists(rows, names, root):
    assert len(rows) > 30
    for line, answers in rows:
        assert answers, line
        assert [name for name in answers if name not in names and not (root / name).is_file()] == []


def test_each_documented_error_is_answered_by_rows_of_its_number(rows):
    numbered = {int(found[1]): answers for line, answers in rows if (found := NUMBERED.search(line))}
    assert sorted(numbered) == list(range(1, 9))
    for number, answers in numbered.items():
        entries = [catalogue.entries()[name] for name in answers if name in catalogue.entries()]
        assert {entry.documented.number for entry in entries} == {number}


def test_every_question_is_of_a_document_or_says_its_year(rows):
    answered = {name for _, answers in rows for name in answers}
    asked = {entry.id for entry in catalogue.entries().values() if entry.question}
    assert asked - answered == {"notification-recipients"}
