"""Which destination is rehearsed, which has nothing to rehearse, and which is not covered yet."""

from __future__ import annotations

import pytest

from validator import config
from validator.destinations import LADDERS, destination
from validator.model import Stage, Verdict
from validator.rehearsal import Climb, Options, Run

ORDER = [Stage.REACH, Stage.SIGN_IN, Stage.PERMISSIONS, Stage.TEST_LEAD, Stage.ARRIVAL]


def result(name, block="", **options):
    (found,) = config.load("lead.yaml", f"leadDestination: {name}\n{block}", environ={}, offline=True)
    climb = Climb(Run(Options(**options)), found, destination(found.destination))
    climb.climb()
    return climb.result()


@pytest.mark.parametrize("name", ["none", "email"])
@pytest.mark.parametrize("options", [{}, {"test_lead": False}])
def test_where_there_is_nothing_to_check(name, options):
    block = "emailLeadConfiguration: {contactEmail: [leads@fabrikam.com]}" if name == "email" else ""
    found = result(name, block, **options)
    assert (found.verdict, found.destination) == (Verdict.NOTHING_TO_CHECK, name)
    assert [outcome.id for outcome in found.checks] == ["settings"]


@pytest.mark.parametrize("options", [{}, {"offline": True}])
def test_what_is_not_covered_says_so(options):
    block = (
        "marketoLeadConfiguration: {munchkinId: 427-FKM-190, formId: '1013', clientId: a, clientSecret: b}"
    )
    found = result("marketo", block, **options, ignore=frozenset({"marketo-client-id-unusual"}))
    assert [one.id for one in found.findings] == ["destination-not-covered"]
    assert (found.verdict, found.test_lead) == (Verdict.UNPROVEN, None)
    assert found.findings[0].location.line == 1


def test_a_fault_in_what_is_not_covered_is_told_first():
    found = result("marketo", "marketoLeadConfiguration: {}")
    assert {one.id for one in found.findings} == {"missing-key"}
    assert found.verdict is Verdict.NOT_READY


def test_a_destination_that_nobody_knows_is_one_fault():
    found = result("carrier-pigeon")
    assert [one.id for one in found.findings] == ["unknown-destination"]
    assert found.verdict is Verdict.NOT_READY


@pytest.mark.parametrize("name", [name for name in LADDERS if destination(name).checks])
def test_a_ladder_is_sound(name):
    ladder = destination(name)
    stages = [check.stage for check in ladder.checks]
    assert stages == sorted(stages, key=ORDER.index)
    assert len({check.id for check in ladder.checks}) == len(ladder.checks)
    prefix = LADDERS[name].replace("_", "-") + "-"
    assert all(check.id.startswith(prefix) for check in ladder.checks)
    assert {stage for stage, _ in ladder.generic} >= set(ORDER[1:])
    assert not ladder.checks[0].beside
    for before, check in zip(ladder.checks, ladder.checks[1:], strict=False):
        assert not check.beside or before.stage is check.stage
    assert destination(name) is ladder
