"""The ladder: stages in order, questions of one stage together, and an end where something does not hold."""

from __future__ import annotations

import threading

import pytest

from validator.http import Reason, Refused, Unreachable, exchanges, waits
from validator.model import Exchange, Severity, Stage, Status, Suppression, Verdict
from validator.rehearsal import Options, Run, Skip

ERROR, WARNING, NOTE = "client-secret-invalid", "marketplace-solution-missing", "write-only-role"
UNKNOWN = "service-stalled"


def raising(failure):
    def act(_):
        raise failure

    return act


def test_all_rungs_are_climbed_in_their_order(ladder, told):
    names = ["one", "two", "three"]
    result = ladder.result(*(ladder.rung(name=name) for name in names))
    assert told(result) == ["settings passed", "one passed", "two passed", "three passed"]
    assert ladder.asked == names
    assert [outcome.note for outcome in result.checks] == [None] * 4
    assert result.findings == ()


def test_what_stands_beside_is_asked_at_the_same_time(ladder, told):
    meeting = threading.Barrier(3, timeout=2)
    meet = {"act": lambda _: (waits.get()(), meeting.wait(), [])[2]}
    result = ladder.result(
        ladder.rung(name="one", **meet),
        ladder.rung(name="two", beside=True, **meet),
        ladder.rung(name="three", beside=True, **meet),
        ladder.rung(name="four"),
    )
    assert told(result)[1:] == ["one passed", "two passed", "three passed", "four passed"]


def test_what_does_not_stand_beside_waits(ladder):
    done = []
    ladder.result(
        ladder.rung(name="one", act=lambda _: done.append("one")),
        ladder.rung(name="two", act=lambda _: done.append(f"two after {done}")),
    )
    assert done == ["one", "two after ['one']"]


@pytest.mark.parametrize("entry", [ERROR, UNKNOWN])
def test_a_rung_that_does_not_hold_ends_the_climb(entry, ladder, told):
    result = ladder.result(
        ladder.rung(entry, name="one"), ladder.rung(name="two", beside=True), ladder.rung(name="three")
    )
    status = "failed" if entry == ERROR else "inconclusive"
    words = "failed" if entry == ERROR else "could not be told"
    assert told(result) == ["settings passed", f"one {status}", "two passed", "three skipped"]
    assert result.checks[1].note == result.findings[0].title
    assert result.checks[3].note == f"'the one holds' {words}"
    assert sorted(ladder.asked) == ["one", "two"]


def test_the_first_that_fails_is_the_reason(ladder):
    result = ladder.result(
        ladder.rung(UNKNOWN, name="one"),
        ladder.rung(ERROR, name="two", beside=True),
        ladder.rung(name="three"),
    )
    assert result.checks[3].note == "'the one holds' could not be told"
    assert result.verdict is Verdict.NOT_READY


@pytest.mark.parametrize("entry", [WARNING, NOTE])
def test_a_remark_ends_nothing(entry, ladder, told):
    result = ladder.result(ladder.rung(entry, name="one"), ladder.rung(name="two"))
    assert told(result)[1:] == ["one passed", "two passed"]
    assert [found.id for found in result.findings] == [entry]


def test_a_check_of_several_faults_names_each_once(ladder):
    result = ladder.result(ladder.rung(ERROR, UNKNOWN, WARNING, ERROR, name="one"))
    titles = [found.title for found in result.findings if found.id in {ERROR, UNKNOWN}]
    assert result.checks[1].note == "; ".join(titles)
    assert [found.severity for found in result.findings] == [*Severity]


def test_a_fault_of_the_settings_ends_it_before_any_request(ladder, told):
    result = ladder.result(ladder.rung(name="one"), judged=["tenant-malformed", "ids-equal"])
    assert told(result) == ["settings failed", "one skipped"]
    assert [found.id for found in result.findings] == ["tenant-malformed", "ids-equal"]
    assert result.checks[1].note == "'the settings are well formed' failed"
    assert ladder.asked == []


def test_what_the_reading_found_counts_like_what_is_judged(ladder, told):
    climb = ladder.climb(ladder.rung())
    found = climb.configuration.finding("missing-key", Stage.SETTINGS)
    climb.configuration = ladder.configured(findings=[found])
    climb.climb()
    assert told(climb.result()) == ["settings failed", "rung skipped"]


def test_a_skipped_question_stops_nobody(ladder, told):
    def skip(state):
        raise Skip("it may not be read", state.finding(NOTE))

    result = ladder.result(ladder.rung(name="one", act=skip), ladder.rung(name="two"))
    assert told(result)[1:] == ["one skipped", "two passed"]
    assert result.checks[1].note == "it may not be read"
    assert [found.id for found in result.findings] == [NOTE]


@pytest.mark.parametrize(
    ("failure", "entry", "status"),
    [
        (Refused(401, "AADSTS7000215: Invalid client secret", codes=("AADSTS7000215",)), ERROR, "failed"),
        (Refused(503, "down"), "service-unavailable", "inconclusive"),
        (Unreachable(Reason.STALLED, "crm.example", "no answer"), UNKNOWN, "inconclusive"),
        (Unreachable(Reason.TLS, "crm.example", "TLS failed", 10), "certificate-expired", "failed"),
    ],
)
def test_a_failure_is_named_and_ends_the_climb(failure, entry, status, ladder, told):
    result = ladder.result(ladder.rung(name="one", act=raising(failure)), ladder.rung(name="two"))
    assert told(result)[1:] == [f"one {status}", "two skipped"]
    assert [found.id for found in result.findings] == [entry]
    assert result.checks[1].note == result.findings[0].title
    assert failure.args[0].partition(": ")[2] in result.findings[0].observed


def test_who_was_refused_has_not_passed_whatever_the_words(ladder, told):
    refusal = Refused(404, "Entity 'systemuser' With Id = 1 Does Not Exist", codes=("0x80040217",))
    result = ladder.result(ladder.rung(act=raising(refusal)), ladder.rung(name="two"))
    assert told(result)[1:] == ["rung inconclusive", "two skipped"]
    result = ladder.result(
        ladder.rung(act=raising(refusal)), more={"generic": ((Stage.REACH, "instance-refused"),)}
    )
    assert [found.id for found in result.findings] == ["instance-refused"]
    assert result.verdict is Verdict.NOT_READY


def test_a_bug_is_reported_without_its_message(ladder, told):
    bug = raising(ValueError(f"cannot parse {ladder.secret}"))
    result = ladder.result(ladder.rung(name="one", act=bug), ladder.rung(name="two"))
    assert told(result)[1:] == ["one crashed", "two skipped"]
    assert result.checks[2].note == "'the one holds' crashed"
    (found,) = result.findings
    assert found.id == "check-crashed"
    assert found.observed.startswith("ValueError in test_climb.py, line ")
    assert ladder.secret not in repr(result)
    assert result.verdict is Verdict.UNPROVEN


def test_a_bug_in_the_start_or_the_settings_is_a_crash_too(ladder, told):
    more = {"start": lambda _: {}["nothing"]}
    assert told(ladder.result(ladder.rung(), more=more)) == ["settings passed", "rung crashed"]
    more = {"judge": lambda *_: 1 / 0}
    assert told(ladder.result(ladder.rung(), more=more)) == ["settings crashed", "rung skipped"]


def test_offline_asks_nobody(ladder, told):
    result = ladder.result(ladder.rung(), offline=True)
    assert told(result) == ["settings passed", "rung skipped"]
    assert result.checks[1].note == "--offline"
    assert (ladder.asked, result.verdict) == ([], Verdict.SETTINGS_OK)


def test_without_a_test_lead_the_last_two_stages_are_left_out(ladder, told):
    stages = [Stage.REACH, Stage.PERMISSIONS, Stage.TEST_LEAD, Stage.ARRIVAL]
    result = ladder.result(*(ladder.rung(name=stage, stage=stage) for stage in stages), test_lead=False)
    assert told(result)[1:] == [
        "reach passed",
        "permissions passed",
        "test-lead skipped",
        "arrival skipped",
    ]
    assert [outcome.note for outcome in result.checks[3:]] == ["--no-test-lead"] * 2
    assert (result.verdict, result.test_lead) == (Verdict.PERMITTED, None)


SUPPRESSED = {
    "configuration": {"accepted": [ERROR]},
    "--ignore": {"ignore": frozenset({ERROR})},
    "--select": {"select": frozenset({WARNING})},
}


@pytest.mark.parametrize("by", SUPPRESSED)
def test_a_finding_that_does_not_count_lets_the_climb_go_on(by, ladder, told):
    result = ladder.result(
        ladder.rung(ERROR, name="one"),
        ladder.rung(WARNING, name="two"),
        **SUPPRESSED[by],
    )
    assert told(result)[1:] == ["one failed", "two passed"]
    reason = "we know" if by == "configuration" else None
    assert [found.suppressed for found in result.findings] == [Suppression(by, reason), None]
    assert result.verdict is not Verdict.NOT_READY


@pytest.mark.parametrize("by", SUPPRESSED)
def test_where_nothing_can_be_learned_the_climb_ends_all_the_same(by, ladder, told):
    result = ladder.result(
        ladder.rung(ERROR, name="one", needed=True),
        ladder.rung(name="two"),
        **SUPPRESSED[by],
    )
    assert told(result)[1:] == ["one failed", "two skipped"]
    assert result.findings[0].suppressed
    assert result.verdict is Verdict.UNPROVEN


def test_a_settings_fault_that_is_ignored_lets_the_climb_begin(ladder, told):
    result = ladder.result(ladder.rung(), judged=["ids-equal"], accepted=["ids-equal"])
    assert told(result) == ["settings failed", "rung passed"]


def test_an_ignored_failure_still_ends_the_climb_and_proves_nothing(ladder, told):
    refused = raising(Refused(401, "no", codes=("AADSTS7000215",)))
    result = ladder.result(ladder.rung(act=refused), ladder.rung(name="two"), accepted=[ERROR])
    assert told(result)[1:] == ["rung failed", "two skipped"]
    assert result.verdict is Verdict.UNPROVEN


def test_the_exchanges_go_with_the_check_that_made_them(ladder):
    def exchange(number):
        def act(_):
            exchanges.get().append(Exchange("GET", f"https://crm.example/{number}", 200, number))

        return act

    result = ladder.result(
        ladder.rung(name="one", act=exchange(1)),
        ladder.rung(name="two", act=exchange(2), beside=True),
        ladder.rung(name="three", act=exchange(3)),
        ladder.rung(name="four"),
    )
    numbers = [[one.milliseconds for one in outcome.exchanges] for outcome in result.checks]
    assert numbers == [[], [1], [2], [3], []]


def test_each_check_says_how_long_it_took(ladder):
    result = ladder.result(ladder.rung(act=lambda _: threading.Event().wait(0.05) and None))
    assert 0.05 <= result.checks[1].seconds < 0.5


def test_whoever_watches_hears_of_each_group(ladder):
    heard = []
    climb = ladder.climb(
        ladder.rung(name="one"), ladder.rung(name="two", beside=True), ladder.rung(ERROR, name="three")
    )
    climb.run.observe = lambda source, outcomes: heard.append((source, [one.id for one in outcomes]))
    climb.climb()
    assert heard == [
        ("lead-destination.yaml", ["settings"]),
        ("lead-destination.yaml", ["one", "two"]),
        ("lead-destination.yaml", ["three"]),
    ]


def test_a_destination_without_rungs_is_judged_alone(ladder, told):
    result = ladder.result(judged=["deadline-reached"])
    assert told(result) == ["settings inconclusive"]
    assert result.verdict is Verdict.UNPROVEN


def test_the_result_says_what_it_is_about(ladder):
    result = ladder.result(ladder.rung(), file="b.yaml")
    assert (result.source.file, result.product, result.destination) == ("b.yaml", None, "dynamics")


def test_what_nobody_can_prove_is_said_where_somebody_would_publish(ladder):
    more = {"unproven": ("Look yourself.",)}
    permitted = ladder.result(ladder.rung(), test_lead=False, more=more)
    assert permitted.unproven == ("Look yourself.",)
    assert ladder.result(ladder.rung(ERROR), more=more).unproven == ()
    assert ladder.result(ladder.rung(), offline=True, more=more).unproven == ()


def test_one_fault_gives_one_finding(ladder):
    result = ladder.result(
        ladder.rung("column-security-on-leadsourcecode", "supporting-privileges-missing", name="one"),
        ladder.rung("no-security-role", name="two", beside=True),
    )
    assert [found.id for found in result.findings] == ["no-security-role"]


def test_giving_up_says_what_was_being_asked(ladder, told):
    climb = ladder.climb(ladder.rung(name="one"), ladder.rung(name="two"))
    climb.give_up("interrupted")
    climb.climb()
    result = climb.result()
    assert told(result) == ["settings inconclusive", "one skipped", "two skipped"]
    assert {outcome.note for outcome in result.checks} == {result.findings[0].title}
    assert (ladder.asked, result.verdict) == ([], Verdict.UNPROVEN)


def test_giving_up_between_two_rungs_blames_none(ladder, told):
    climb = ladder.climb(ladder.rung(name="one"), ladder.rung(name="two"))
    climb.run.observe = lambda _, outcomes: outcomes[0].id == "one" and climb.give_up("interrupted")
    climb.climb()
    result = climb.result()
    assert told(result) == ["settings passed", "one passed", "two skipped"]
    assert result.verdict is Verdict.UNPROVEN


def test_giving_up_on_a_climb_that_has_ended_changes_nothing(ladder, told):
    climb = ladder.climb(ladder.rung(), test_lead=False)
    climb.climb()
    climb.give_up("interrupted")
    assert told(climb.result()) == ["settings passed", "rung passed"]
    assert climb.result().verdict is Verdict.PERMITTED


def test_what_comes_back_too_late_is_dropped(ladder, told):
    def late(_):
        climb.give_up("deadline-reached")

    climb = ladder.climb(ladder.rung(ERROR, name="one", act=late), ladder.rung(name="two"))
    climb.climb()
    result = climb.result()
    assert told(result) == ["settings passed", "one inconclusive", "two skipped"]
    assert [found.id for found in result.findings] == ["deadline-reached"]
    assert result.checks[1].status is Status.INCONCLUSIVE


@pytest.mark.parametrize(
    ("refused", "times"),
    [
        (Refused(401, "AADSTS7000215: Invalid client secret", codes=("AADSTS7000215",)), 1),
        (Refused(403, "Access is denied.", codes=("0x80048405",)), 1),
        (Refused(429, "Number of requests exceeded the limit", codes=("0x80072322",)), 2),
        (Refused(503, "down", own=True), 2),
        (Refused(200, "Max rate limit exceeded", codes=("Marketo 606",)), 2),
        (Refused(400, "words that nobody knows", own=True), 2),
        (Refused(403, "<html>a portal</html>"), 2),
    ],
)
def test_what_all_share_is_asked_again_unless_the_refusal_is_definite(refused, times, ladder):
    asked = []

    def question():
        asked.append(1)
        raise refused

    run = Run(Options(), ladder.network)
    for climb in (ladder.climb(run=run), ladder.climb(run=run)):
        with pytest.raises(Refused):
            climb.shared("key", question)
    assert len(asked) == times
