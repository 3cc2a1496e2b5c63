"""What several configurations have in common is asked for all of them at once, and by none for longer."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from traceback import extract_tb

import pytest

from validator.http import Clock, Reason, Refused, Unreachable, exchanges
from validator.model import Exchange
from validator.rehearsal.questions import Questions

SENT = Exchange("GET", "https://fabrikam.crm4.dynamics.com/", 200, 50)


class Asked:
    """A question that gives or raises what it is told to, one after the other, and takes its time."""

    def __init__(self, *answers, seconds=0.05):
        self.answers, self.seconds, self.times = answers, seconds, 0

    def __call__(self):
        answer = self.answers[min(self.times, len(self.answers) - 1)]
        self.times += 1
        exchanges.get([]).append(SENT)
        time.sleep(self.seconds)
        if isinstance(answer, Exception):
            raise answer
        return answer


def once(questions, key, question):
    return questions.once(key, question)


def shared(questions, key, question):
    return questions.shared(key, Clock(5), question, definite)


def definite(refused):
    return refused.own


def crowd(ask, question, keys):
    """Ask for all keys at the same moment; give what each heard, and what it has on record then."""
    questions, meeting = Questions(), threading.Barrier(len(keys), timeout=5)

    def one(key):
        exchanges.set(record := [])
        meeting.wait()
        try:
            return ask(questions, key, question), record
        except (LookupError, Refused, Unreachable) as error:
            return error, record

    with ThreadPoolExecutor(len(keys)) as pool:
        return list(pool.map(one, keys))


@pytest.mark.parametrize("ask", [once, shared])
def test_a_question_is_asked_once_however_many_want_to_know(ask):
    question = Asked(object())
    heard = crowd(ask, question, ["key"] * 12)
    assert question.times == 1
    assert len({id(answer) for answer, _ in heard}) == 1


@pytest.mark.parametrize("ask", [once, shared])
def test_all_who_hear_an_answer_have_its_requests_on_record(ask):
    assert [record for _, record in crowd(ask, Asked("yes"), ["key"] * 4)] == [[SENT]] * 4


@pytest.mark.parametrize("ask", [once, shared])
@pytest.mark.parametrize(
    "error",
    [
        LookupError("nobody knows"),
        Unreachable(Reason.TIMEOUT, "fabrikam", "no answer"),
        Refused(503, "later"),
    ],
)
def test_those_who_wait_hear_that_it_failed(ask, error):
    question = Asked(error)
    heard = crowd(ask, question, ["key"] * 12)
    assert question.times == 1
    assert [(answer, record) for answer, record in heard] == [(error, [SENT])] * 12


@pytest.mark.parametrize("ask", [once, shared])
def test_other_keys_are_other_questions(ask):
    meeting = threading.Barrier(3, timeout=2)
    assert sorted(answer for answer, _ in crowd(ask, meeting.wait, ["one", "two", "three"])) == [0, 1, 2]


@pytest.mark.parametrize("ask", [once, shared])
def test_nothing_is_an_answer_too(ask):
    questions, question = Questions(), Asked(None, seconds=0)
    assert [ask(questions, "key", question) for _ in range(3)] == [None] * 3
    assert question.times == 1


def tried(ask, questions, question):
    with pytest.raises((LookupError, Refused, Unreachable)) as raised:
        ask(questions, "key", question)
    return raised.value


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (Unreachable(Reason.CLOSED, "fabrikam", "closed"), True),
        (LookupError("a bug"), True),
        (Refused(403, "a portal"), True),
        (Refused(403, "not for you", own=True), False),
    ],
)
def test_only_what_may_be_different_later_is_asked_again(error, again):
    questions, question = Questions(), Asked(error, "yes", seconds=0)
    assert tried(shared, questions, question) is error
    if again:
        assert shared(questions, "key", question) == "yes"
    else:
        assert tried(shared, questions, question) is error
    assert question.times == 1 + again


def test_a_password_is_not_tried_again_whatever_came_of_it():
    lost = Unreachable(Reason.TIMEOUT, "login.microsoftonline.com", "no answer")
    questions, question = Questions(), Asked(lost, "yes", seconds=0)
    assert [tried(once, questions, question) for _ in range(2)] == [lost, lost]
    assert question.times == 1


def test_an_error_tells_where_it_arose_and_nothing_of_those_who_heard_it():
    questions, question = Questions(), Asked(Refused(403, "not for you", own=True), seconds=0)
    traces = [extract_tb(tried(shared, questions, question).__traceback__) for _ in range(3)]
    assert [trace[-1].name for trace in traces] == ["__call__"] * 3
    assert len({len(trace) for trace in traces}) == 1


def test_an_old_answer_is_asked_for_anew(monkeypatch):
    questions, question = Questions(), Asked("then", "now", seconds=0)
    assert [shared(questions, "key", question) for _ in range(2)] == ["then", "then"]
    monkeypatch.setattr("validator.rehearsal.questions.FRESH", 0.0)
    assert shared(questions, "key", question) == "now"


def beside(questions, seconds, question):
    """Ask in a thread of its own, whose time is over after `seconds`, until the question is on its way."""

    def asking():
        with suppress(Unreachable):
            questions.shared("key", Clock(seconds), question, definite)

    thread = threading.Thread(target=asking)
    thread.start()
    while not question.times:
        time.sleep(0.001)
    return thread


def test_nobody_waits_longer_than_the_own_time():
    over = Unreachable(Reason.DEADLINE, "fabrikam", "the 0.1 seconds are over")
    questions, slow = Questions(), Asked("at last", seconds=1)
    thread, began = beside(questions, 5, slow), time.monotonic()
    with pytest.raises(Unreachable) as raised:
        questions.shared("key", Clock(0.1), Asked(over, seconds=0), definite)
    assert raised.value is over
    assert time.monotonic() - began < 0.8
    thread.join()


def test_nobody_hears_that_the_time_of_somebody_else_is_over():
    over = Unreachable(Reason.DEADLINE, "fabrikam", "the time for this configuration is over")
    questions, question = Questions(), Asked(over, "yes", seconds=0.1)
    thread = beside(questions, 0.1, question)
    assert questions.shared("key", Clock(5), question, definite) == "yes"
    assert question.times == 2
    thread.join()
