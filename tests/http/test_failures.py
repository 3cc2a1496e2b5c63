"""What can go wrong on the wire, as the callers meet it."""

from __future__ import annotations

import time

import pytest

from validator.http import Failure, Reason, Refused, Unreachable, settled
from validator.http.wire import current


def failing(failure):
    def question():
        raise failure

    return question


def test_an_answer_is_given_as_it_is():
    assert settled(lambda: 7) == 7


@pytest.mark.parametrize(
    "failure", [Refused(403, "no"), Unreachable(Reason.NAME, "crm.example", "the name does not resolve")]
)
def test_a_failure_can_be_an_answer(failure):
    assert settled(failing(failure)) is failure
    assert isinstance(failure, Failure)


def test_a_bug_is_no_answer():
    with pytest.raises(ZeroDivisionError):
        settled(lambda: 1 / 0)


def test_a_failure_says_who_and_what():
    assert str(Refused(403, "no", codes=("0x1",), retry_after=3)) == "HTTP 403: no"
    assert str(Unreachable(Reason.TLS, "crm.example", "TLS failed", 10)) == "crm.example: TLS failed"


def test_no_time_is_left_once_it_is_over(monkeypatch):
    monkeypatch.setattr(current, "until", time.monotonic() - 1)
    with pytest.raises(TimeoutError):
        current.left()
