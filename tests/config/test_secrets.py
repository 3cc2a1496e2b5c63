from __future__ import annotations

import pickle
import time

import pytest

from validator.config import REDACTED, Secret, Secrets


def test_a_secret_is_shown_to_nobody():
    secret = Secret("s3cr3t value")
    for printed in (str(secret), repr(secret), f"{secret}", f"{[secret]}", "%s" % secret):  # noqa: UP031
        assert "s3cr3t" not in printed
    assert b"s3cr3t" not in pickle.dumps(secret)
    assert secret.reveal() == "s3cr3t value"


def test_secrets_compare_by_value():
    assert Secret("a") == Secret("a")
    assert len({Secret("a"), Secret("a"), Secret("b")}) == 2
    assert Secret("a") != "a"


def test_a_secret_without_value_is_not_known():
    assert not Secret(None).known
    assert not Secret("").known
    assert Secret(None).reveal() == ""
    assert Secret("a").known


@pytest.mark.parametrize(
    "form",
    ['a+b/c d"e', "a%2Bb%2Fc%20d%22e", "a%2Bb%2Fc+d%22e", 'a+b/c d\\"e'],
    ids=["plain", "url", "form", "json"],
)
def test_every_form_of_a_secret_is_hidden(form):
    assert Secrets('a+b/c d"e').hide(f"key={form}&x") == f"key={REDACTED}&x"


def test_the_longest_of_overlapping_secrets_is_hidden_whole():
    assert Secrets("password1", "password1-and-more").hide("it is password1-and-more") == f"it is {REDACTED}"


def test_a_short_secret_is_hidden_as_a_word_only():
    secrets = Secrets("abc")
    assert secrets.hide("abc abcd (abc)") == f"{REDACTED} abcd ({REDACTED})"
    assert Secrets("", "  ").hide("nothing  here") == "nothing  here"


def test_a_fleet_of_secrets_stays_quick():
    started, secrets = time.perf_counter(), Secrets()
    for number in range(1000):
        secrets.add(f"secret-number-{number}")
        assert secrets.hide(f"x secret-number-{number} y") == f"x {REDACTED} y"
    assert time.perf_counter() - started < 1
