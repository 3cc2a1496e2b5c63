"""Many at a time: none outlives its deadline by a second, none waits for a stranger's fault."""

from __future__ import annotations

import _thread
import os
import signal
import threading
import time
from contextvars import ContextVar

import pytest

from validator.http import waits
from validator.model import Delivery, Stage, TestLead, Verdict
from validator.rehearsal import Interruption, Options, Run, rehearse, together


@pytest.fixture
def never():
    """Something to wait for that does not come while the test lasts."""
    event = threading.Event()
    yield event
    event.set()


def fleet(ladder, *rungs, **options):
    run = Run(Options(**options), ladder.network)
    return [ladder.climb(rung, run=run, file=f"{number}.yaml") for number, rung in enumerate(rungs)]


def test_the_results_come_in_the_order_of_the_configurations(ladder):
    rungs = [ladder.rung(act=lambda _, pause=pause: time.sleep(pause)) for pause in (0.1, 0.0, 0.05)]
    results = rehearse(fleet(ladder, *rungs), jobs=3)
    assert [result.source.file for result in results] == ["0.yaml", "1.yaml", "2.yaml"]


@pytest.mark.parametrize("jobs", [1, 3])
def test_no_more_are_under_way_than_allowed(jobs, ladder):
    lock, seen, now = threading.Lock(), [], [0]

    def count(_):
        with lock:
            now[0] += 1
            seen.append(now[0])
        time.sleep(0.03)
        with lock:
            now[0] -= 1

    rehearse(fleet(ladder, *(ladder.rung(act=count) for _ in range(6))), jobs=jobs)
    assert max(seen) == jobs
    assert len(seen) == 6


def test_nobody_is_nobody(ladder):
    assert rehearse([], jobs=4) == []
    assert ladder.asked == []


def test_a_check_that_never_ends_is_left_behind(ladder, told, never):
    stuck = ladder.rung(act=lambda _: never.wait() and None)
    started = time.monotonic()
    first, second = rehearse(fleet(ladder, stuck, ladder.rung(), deadline=0.1, test_lead=False), jobs=2)
    assert time.monotonic() - started < 5
    assert told(first) == ["settings passed", "rung inconclusive"]
    assert [found.id for found in first.findings] == ["deadline-reached"]
    assert (first.verdict, second.verdict) == (Verdict.UNPROVEN, Verdict.PERMITTED)


def test_a_question_asked_beside_that_never_ends_is_left_behind_too(ladder, told, never):
    run = Run(Options(deadline=0.0), ladder.network)
    climb = ladder.climb(
        ladder.rung(name="one"),
        ladder.rung(name="two", beside=True, act=lambda _: never.wait() and None),
        ladder.rung(name="three"),
        run=run,
    )
    started = time.monotonic()
    (result,) = rehearse([climb], jobs=1)
    assert time.monotonic() - started < 5
    assert told(result)[1:] == ["one inconclusive", "two inconclusive", "three skipped"]
    assert sorted(ladder.asked) == ["one", "two"]


def test_those_who_wait_get_their_own_time(ladder, told, never):
    stuck = ladder.rung(act=lambda _: never.wait() and None)
    started = time.monotonic()
    results = rehearse(fleet(ladder, stuck, ladder.rung(), deadline=0.0, test_lead=False), jobs=1)
    assert 0.8 < time.monotonic() - started < 5
    assert told(results[1]) == ["settings passed", "rung passed"]


def test_the_clock_starts_with_the_climb(ladder):
    left = []
    climbs = fleet(ladder, ladder.rung(act=lambda climb: left.append(climb.clock.left())), deadline=5.0)
    climbs[0].clock.until = 0
    rehearse(climbs, jobs=1)
    assert 4.5 < left[0] <= 5


def test_a_crash_leaves_the_others_alone(ladder, told):
    bug = ladder.rung(act=lambda _: {}[ladder.secret])
    results = rehearse(fleet(ladder, bug, ladder.rung(), test_lead=False), jobs=2)
    assert [told(result)[1] for result in results] == ["rung crashed", "rung passed"]
    assert ladder.secret not in repr(results)


def test_a_crash_between_the_checks_proves_nothing(ladder, told, capfd):
    def watch(source, _):
        if source == "0.yaml":
            raise BrokenPipeError(ladder.secret)

    climbs = fleet(ladder, ladder.rung(), ladder.rung(), test_lead=False)
    climbs[0].run.observe = watch
    results = rehearse(climbs, jobs=2)
    assert told(results[0]) == ["settings passed", "rung skipped"]
    assert [result.verdict for result in results] == [Verdict.UNPROVEN, Verdict.PERMITTED]
    assert capfd.readouterr() == ("", "")


INTERRUPTIONS = {
    "signal": lambda _: os.kill(os.getpid(), signal.SIGINT),
    "thread": lambda _: _thread.interrupt_main(),
    "handler": lambda interruption: interruption.request() and interruption.request(),
}


@pytest.fixture
def heeded():
    """Heed Ctrl-C, which a pipeline's `&` has all its children ignore."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeded")
@pytest.mark.parametrize("how", INTERRUPTIONS)
def test_an_interruption_tells_what_is_known(how, ladder, told, never):
    def interrupt(climb):
        climb.test_lead = TestLead("MSFT_TEST_639000000000000000", Delivery.UNKNOWN, "crm.example")
        INTERRUPTIONS[how](interruption)
        never.wait()

    interruption = Interruption()
    run = Run(Options(), ladder.network)
    done = ladder.climb(ladder.rung("write-only-role"), run=run, file="0.yaml")
    lead = ladder.rung(name="lead", stage=Stage.TEST_LEAD, act=interrupt)
    sending = ladder.climb(ladder.rung(name="one"), lead, run=run, file="1.yaml")
    waiting = ladder.climb(ladder.rung(name="late"), run=run, file="2.yaml")
    started = time.monotonic()
    results = rehearse([done, sending, waiting], 1, interruption)
    assert time.monotonic() - started < 5
    assert interruption.requested
    assert [told(result) for result in results] == [
        ["settings passed", "rung passed"],
        ["settings passed", "one passed", "lead inconclusive"],
        ["settings inconclusive", "late skipped"],
    ]
    assert [[found.id for found in result.findings] for result in results] == [
        ["write-only-role"],
        ["interrupted"],
        ["interrupted"],
    ]
    assert results[1].test_lead.outcome is Delivery.UNKNOWN
    assert results[1].verdict is Verdict.UNPROVEN
    assert "late" not in ladder.asked


def test_before_anything_has_begun_there_is_nothing_to_interrupt(ladder, told):
    interruption = Interruption()
    assert not interruption.request()
    (result,) = rehearse(fleet(ladder, ladder.rung()), 1, interruption)
    assert told(result) == ["settings passed", "rung passed"]
    assert interruption.request()


def test_questions_are_asked_together_and_answered_in_order():
    meeting = threading.Barrier(3, timeout=2)

    def question(answer):
        return lambda: (waits.get()(), meeting.wait(), answer)[2]

    assert together(question(1), question(2), question(3)) == [1, 2, 3]


def test_questions_around_those_that_wait_are_asked_meanwhile():
    meeting = threading.Barrier(4, timeout=2)

    def question():
        waits.get()()
        meeting.wait()

    inner = [lambda: 1, question, question]
    assert together(lambda: together(*inner), question, lambda: 2, question) == [
        [1, None, None],
        None,
        2,
        None,
    ]


def waiting():
    waits.get()()


def test_nobody_who_need_not_wait_gets_a_thread():
    here = threading.get_ident()
    assert together(*[threading.get_ident] * 3) == [here] * 3
    first, second, third = together(threading.get_ident, waiting, threading.get_ident)
    assert (first, second, third != here) == (here, None, True)


def test_a_question_in_a_thread_is_about_the_same_as_the_others():
    about = ContextVar("about", default="nothing")

    def question():
        about.set("something else")
        waits.get()()

    assert together(question, about.get) == [None, "nothing"]


def test_the_first_failing_question_is_the_one_that_counts_once_all_have_ended():
    ended = []

    def failing(name, pause):
        def question():
            waits.get()()
            time.sleep(pause)
            ended.append(name)
            raise LookupError(name)

        return question

    with pytest.raises(LookupError, match="slow"):
        together(lambda: "fine", failing("slow", 0.05), failing("fast", 0))
    assert ended == ["fast", "slow"]


def test_a_failing_question_keeps_what_it_raised():
    error = OSError("as it was")

    def question():
        raise error

    with pytest.raises(OSError, match="as it was") as raised:
        together(lambda: 1, question)
    assert raised.value is error
