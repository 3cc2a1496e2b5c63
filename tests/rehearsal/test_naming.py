"""From what happened on the wire to the entry that names it; the expectations are the contract's."""

from __future__ import annotations

import pytest

from validator import catalogue
from validator.http import Reason, Refused, Unreachable
from validator.model import Location, Stage, Trace
from validator.rehearsal import naming

GENERIC = {"generic": ((Stage.REACH, "instance-refused"),)}


def named(ladder, failure, **more):
    climb = ladder.climb(ladder.rung(), more=more)
    climb._group = (ladder.rung(),)
    return naming.of(climb, failure, Stage.REACH)


@pytest.mark.parametrize(
    ("reason", "code", "entry", "inconclusive"),
    [
        (Reason.NAME, None, "network-unavailable", True),
        (Reason.CONNECT, None, "network-unavailable", True),
        (Reason.TIMEOUT, None, "network-unavailable", True),
        (Reason.STALLED, None, "service-stalled", True),
        (Reason.CLOSED, None, "service-unavailable", True),
        (Reason.PROXY, None, "proxy-failed", True),
        (Reason.NOT_ALLOWED, None, "host-not-allowed", False),
        (Reason.DEADLINE, None, "deadline-reached", True),
        (Reason.TLS, None, "tls-failed", False),
        (Reason.TLS, 99, "tls-failed", False),
        (Reason.TLS, 9, "certificate-not-yet-valid", False),
        (Reason.TLS, 10, "certificate-expired", False),
        (Reason.TLS, 18, "certificate-self-signed", False),
        (Reason.TLS, 19, "certificate-unknown-issuer", False),
        (Reason.TLS, 20, "certificate-unknown-issuer", False),
        (Reason.TLS, 21, "certificate-unknown-issuer", False),
        (Reason.TLS, 62, "certificate-wrong-host", False),
    ],
)
def test_a_missing_answer(reason, code, entry, inconclusive, ladder):
    found = named(ladder, Unreachable(reason, "crm.example", "what happened", code))
    assert (found.id, found.inconclusive) == (entry, inconclusive)
    assert found.observed == "crm.example: what happened"


def test_every_reason_has_a_name(ladder):
    for reason in Reason:
        assert named(ladder, Unreachable(reason, "crm.example", "detail")).id in catalogue.entries()


@pytest.mark.parametrize(
    ("refused", "entry"),
    [
        (Refused(401, "whatever", codes=("AADSTS7000222",)), "client-secret-expired"),
        (
            Refused(400, "AADSTS7000222: The provided client secret keys are expired.", own=True),
            "client-secret-expired",
        ),
        (Refused(403, "whatever", codes=("0x80072560",)), "user-not-member"),
        (Refused(429, "slow down", own=True), "service-throttled"),
        (Refused(429, "whatever", codes=("0x80fffff0",)), "service-throttled"),
        (Refused(500, "oops", own=True), "service-unavailable"),
        (Refused(501, "", own=True), "service-unavailable"),
        (Refused(403, "words that nobody knows", own=True), "instance-refused"),
        (Refused(418, "", own=True), "instance-refused"),
        (Refused(404, "Does Not Exist", codes=("0x80040217",)), "instance-refused"),
    ],
)
def test_a_refusal(refused, entry, ladder):
    assert named(ladder, refused, **GENERIC).id == entry


@pytest.mark.parametrize(
    ("status", "entry"),
    [
        (200, "answer-not-understood"),
        (302, "answer-not-understood"),
        (401, "answer-not-understood"),
        (403, "answer-not-understood"),
        (404, "answer-not-understood"),
        (429, "service-throttled"),
        (500, "service-unavailable"),
        (503, "service-unavailable"),
    ],
)
@pytest.mark.parametrize(
    "words", ["", "<html>Blocked: AADSTS7000222, the client secret keys are expired</html>"]
)
def test_a_page_is_named_by_its_status_alone(status, entry, words, ladder):
    found = named(ladder, Refused(status, words), **GENERIC)
    assert (found.id, found.inconclusive) == (entry, True)


def test_unknown_words_where_a_stage_has_no_entry_of_its_own(ladder):
    assert named(ladder, Refused(403, "unknown words", own=True)).id == "answer-not-understood"


def test_another_destination_s_codes_mean_nothing_here():
    refused = Refused(403, "whatever", codes=("0x80072560",))
    assert naming.entry_for(refused, "dynamics", "instance-refused") == "user-not-member"
    assert naming.entry_for(refused, "salesforce", "answer-not-understood") == "answer-not-understood"


def test_a_finding_holds_what_support_asks_for(ladder):
    trace = Trace("request", "correlation", "2026-11-20T10:00:00Z")
    refused = Refused(429, "slow down", codes=("0x80072322",), trace=trace, retry_after=300)
    found = named(ladder, refused)
    assert found.observed == "HTTP 429: slow down (try again after 300 s)"
    assert (found.codes, found.trace) == (("0x80072322",), trace)


def test_the_words_of_a_service_are_fit_to_show(ladder):
    hostile = f"\x1b[2J##[error]x\r\n::error::y \u202e {ladder.secret} " + "z" * 9000
    found = named(ladder, Refused(400, hostile))
    assert found.observed.isprintable()
    assert "##" not in found.observed
    assert ladder.secret not in found.observed
    assert len(found.observed) <= 2000


def finding(entry, line=1):
    return catalogue.finding(entry, Stage.PERMISSIONS, location=Location("a.yaml", "", line, 1))


LADDER = (
    "no-security-role",
    "lead-writer-role-missing",
    "create-lead-privilege-missing",
    "leadsourcecode-denied",
    "column-security-on-leadsourcecode",
)
"""Each is the reason for all that follow."""


@pytest.mark.parametrize("first", range(len(LADDER)))
@pytest.mark.parametrize("last", range(len(LADDER)))
def test_of_causes_and_effects_the_cause_is_reported(first, last):
    found = naming.one_per_fault([finding(LADDER[last]), finding(LADDER[first])])
    assert [one.id for one in found] == [LADDER[min(first, last)]]


def test_all_effects_at_once():
    effects = [*LADDER, "supporting-privileges-missing", "marketplace-solution-missing"]
    found = naming.one_per_fault(map(finding, effects))
    assert [one.id for one in found] == ["no-security-role", "marketplace-solution-missing"]


def test_the_same_fault_twice_is_one_and_at_two_places_two():
    first, second = finding("ids-equal", 1), finding("ids-equal", 2)
    assert naming.one_per_fault([first, finding("ids-equal", 1), second]) == [first, second]


def test_of_the_same_fault_the_first_report_stays():
    first = catalogue.finding("service-stalled", Stage.REACH, observed="first")
    second = catalogue.finding("service-stalled", Stage.REACH, observed="second")
    other = finding("ids-equal")
    assert naming.one_per_fault([first, other, second]) == [first, other]
