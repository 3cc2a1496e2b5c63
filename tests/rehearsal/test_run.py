"""What is asked once per run: a password that is tried again may lock its user out."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import starmap

import pytest

from validator import catalogue
from validator.config import Configuration, Ignored
from validator.model import Source, Stage, Suppression
from validator.rehearsal import Options, Run

SOURCE = Source("lead-destination.yaml", "", 1, "customer-leads")


def crowd(run, question, keys):
    """Ask for all keys at the same moment."""
    meeting = threading.Barrier(len(keys), timeout=5)

    def ask(key):
        meeting.wait()
        try:
            return run.once(key, question)
        except LookupError as error:
            return error

    with ThreadPoolExecutor(len(keys)) as pool:
        return list(pool.map(ask, keys))


def test_a_question_is_asked_once_however_many_want_to_know():
    asked = []

    def question():
        asked.append(1)
        time.sleep(0.05)
        return object()

    answers = crowd(Run(), question, ["password"] * 12)
    assert len(asked) == 1
    assert len({id(answer) for answer in answers}) == 1


def test_a_failing_question_is_not_asked_again_either():
    asked = []

    def question():
        asked.append(1)
        time.sleep(0.05)
        raise LookupError("nobody knows")

    answers = crowd(Run(), question, ["password"] * 12)
    assert len(asked) == 1
    assert [str(answer) for answer in answers] == ["nobody knows"] * 12


def test_other_keys_are_other_questions():
    meeting = threading.Barrier(3, timeout=2)
    assert sorted(crowd(Run(), meeting.wait, ["one", "two", "three"])) == [0, 1, 2]


def test_nothing_is_an_answer_too():
    run, asked = Run(), []
    assert [run.once("key", lambda: asked.append(1)) for _ in range(3)] == [None] * 3
    assert asked == [1]


@pytest.mark.parametrize(
    ("options", "reasons", "expected"),
    [
        (Options(), {}, None),
        (Options(), {"ids-equal": "one of them"}, Suppression("configuration", "one of them")),
        (Options(), {"tenant-empty": None}, None),
        (Options(ignore=frozenset({"ids-equal"})), {}, Suppression("--ignore")),
        (Options(ignore=frozenset({"tenant-empty"})), {}, None),
        (Options(select=frozenset({"ids-equal"})), {}, None),
        (Options(select=frozenset({"tenant-empty"})), {}, Suppression("--select")),
        (
            Options(ignore=frozenset({"ids-equal"})),
            {"ids-equal": None},
            Suppression("configuration"),
        ),
        (
            Options(ignore=frozenset({"ids-equal"}), select=frozenset({"tenant-empty"})),
            {},
            Suppression("--ignore"),
        ),
    ],
)
def test_who_asked_for_a_finding_not_to_count(options, reasons, expected):
    configuration = Configuration(SOURCE, "none", {}, {}, ignored=tuple(starmap(Ignored, reasons.items())))
    assert options.suppression(catalogue.finding("ids-equal", Stage.SETTINGS), configuration) == expected
