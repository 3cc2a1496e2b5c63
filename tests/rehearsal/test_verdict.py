"""The verdict: the first that applies, in the order that users were promised."""

from __future__ import annotations

import pytest

from validator.model import Delivery, Severity, Stage, TestLead, Verdict

TOKEN = "MSFT_TEST_639000000000000000"
ERROR, WARNING, INCONCLUSIVE, NOTE = (
    "client-secret-invalid",
    "marketplace-solution-missing",
    "service-stalled",
    "write-only-role",
)


def delivering(outcome, *entries):
    def act(climb):
        climb.test_lead = TestLead(TOKEN, outcome)
        return [climb.finding(entry) for entry in entries]

    return act


TABLE = [
    # what the settings say, what the checks say, the lead, the options, the verdict
    ([], [], Delivery.CONFIRMED, {}, "ready"),
    ([], [], Delivery.ACCEPTED, {}, "accepted"),
    ([], [WARNING, NOTE], Delivery.CONFIRMED, {}, "ready"),
    ([WARNING], [], Delivery.CONFIRMED, {}, "ready"),
    ([], [], Delivery.UNKNOWN, {}, "unproven"),
    ([], [], Delivery.NOT_SENT, {}, "unproven"),
    ([], [], Delivery.REFUSED, {}, "unproven"),
    ([], [], None, {}, "unproven"),
    ([], [ERROR], Delivery.CONFIRMED, {}, "not-ready"),
    ([], [ERROR], Delivery.ACCEPTED, {}, "not-ready"),
    ([], [ERROR, INCONCLUSIVE], Delivery.UNKNOWN, {}, "not-ready"),
    ([], [INCONCLUSIVE], Delivery.CONFIRMED, {}, "unproven"),
    ([], [INCONCLUSIVE], Delivery.ACCEPTED, {}, "unproven"),
    ([], [], None, {"test_lead": False}, "permitted"),
    ([], [WARNING], None, {"test_lead": False}, "permitted"),
    ([], [ERROR], None, {"test_lead": False}, "not-ready"),
    ([], [INCONCLUSIVE], None, {"test_lead": False}, "unproven"),
    ([], [], None, {"offline": True}, "settings-ok"),
    ([], [], None, {"offline": True, "test_lead": False}, "settings-ok"),
    ([WARNING], [], None, {"offline": True}, "settings-ok"),
    (["ids-equal"], [], None, {"offline": True}, "not-ready"),
    (["ids-equal"], [], None, {}, "not-ready"),
    (["deadline-reached"], [], None, {"offline": True}, "unproven"),
    (["deadline-reached"], [], None, {}, "unproven"),
    ([], [ERROR], Delivery.CONFIRMED, {"ignore": frozenset({ERROR})}, "ready"),
    ([], [INCONCLUSIVE], Delivery.CONFIRMED, {"ignore": frozenset({INCONCLUSIVE})}, "unproven"),
    (["ids-equal"], [], None, {"offline": True, "ignore": frozenset({"ids-equal"})}, "settings-ok"),
    ([], [ERROR], Delivery.CONFIRMED, {"select": frozenset({WARNING})}, "ready"),
]


@pytest.mark.parametrize(("judged", "found", "outcome", "options", "expected"), TABLE)
def test_the_first_that_applies(judged, found, outcome, options, expected, ladder):
    act = delivering(outcome, *found) if outcome else lambda climb: [climb.finding(one) for one in found]
    result = ladder.result(ladder.rung(act=act, stage=Stage.TEST_LEAD), judged=judged, **options)
    if options.get("test_lead") is False and not options.get(
        "offline"
    ):  # the rung is left out, so ask below it
        result = ladder.result(ladder.rung(act=act, stage=Stage.PERMISSIONS), judged=judged, **options)
    assert result.verdict == expected


@pytest.mark.parametrize(
    ("judged", "expected"),
    [([], "nothing-to-check"), ([WARNING], "nothing-to-check"), (["unknown-destination"], "not-ready")],
)
def test_where_there_is_nothing_to_check(judged, expected, ladder):
    result = ladder.result(judged=judged, more={"nothing_to_check": True})
    assert result.verdict == expected


def test_even_nothing_to_check_is_unproven_after_an_interruption(ladder):
    climb = ladder.climb(more={"nothing_to_check": True})
    climb.give_up("interrupted")
    assert climb.result().verdict == "unproven"


def test_a_crash_proves_nothing(ladder):
    assert ladder.result(ladder.rung(act=lambda _: 1 / 0)).verdict == "unproven"
    assert ladder.result(more={"judge": lambda *_: 1 / 0, "nothing_to_check": True}).verdict == "unproven"


def test_all_verdicts_are_in_the_table():
    assert {row[-1] for row in TABLE} | {"nothing-to-check"} == {*Verdict}


def test_only_what_stands_here_as_error_is_one(ladder):
    severities = [found.severity for found in ladder.result(ladder.rung(ERROR, WARNING, NOTE)).findings]
    assert severities == [Severity.ERROR, Severity.WARNING, Severity.NOTE]
