"""Which destination is rehearsed, and which has nothing to rehearse."""

from __future__ import annotations

import inspect

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


def test_a_destination_that_nobody_knows_is_one_fault():
    found = result("carrier-pigeon")
    assert [one.id for one in found.findings] == ["unknown-destination"]
    assert found.verdict is Verdict.NOT_READY


@pytest.mark.parametrize("name", LADDERS)
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


@pytest.mark.parametrize("name", LADDERS)
def test_what_is_imported_later_is_there(name):
    """A ladder names its functions; nothing but a call would find out that one is missing."""
    ladder = destination(name)
    for called in (ladder.start, *(check.run for check in ladder.checks)):
        assert callable(inspect.getclosurevars(called).nonlocals["imported"]())
