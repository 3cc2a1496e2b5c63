"""One lead, sent once, looked for where its answer was lost, and cleaned up where that was asked for."""

from __future__ import annotations

import json
import re
import time
from datetime import UTC, datetime

import pytest
from werkzeug import Response

from validator import lead
from validator.model import Delivery, Verdict
from validator.sandbox.proxy import Connection
from validator.sandbox.state import Fault

POST = r"POST .*/leads\?$"
OWN = r"GET .*/leads\("
LIST = r"GET .*/leads\?"
DELETE = r"DELETE .*/leads\("

DENIED = {"error": {"code": "0x80048405", "message": "Access is denied."}}


def test_a_lead_arrives_once_and_stays(stage):
    result = stage.result()
    (arrived,) = stage.leads
    token = result.test_lead.token
    assert arrived["subject"] == f"{token}-{token}|Fabrikam CRM add-in"
    assert (arrived["description"], arrived["leadsourcecode"]) == (token, 8)
    assert re.fullmatch(r"MSFT_TEST_\d{18}", token)
    assert result.test_lead.outcome is Delivery.CONFIRMED
    assert arrived["leadid"] in result.test_lead.where
    assert result.test_lead.where.startswith(f"https://{stage.instance}, table Lead")
    assert (result.verdict, result.test_lead.cleaned_up) == (Verdict.READY, False)
    assert stage.count(POST) == 1


def test_without_a_title_the_lead_says_whose_it_is(stage):
    configuration = stage.configured().changed({"/leadcheck": {}})
    stage.climb(configuration)
    assert stage.leads[0]["subject"].endswith("|leadcheck test")


def test_no_secret_travels_with_the_lead(stage):
    seen = []
    stage.odd(POST, lambda request: seen.append(request.get_data(as_text=True)))
    stage.result()
    assert stage.secret not in seen[0]
    assert stage.application not in seen[0]


def test_no_lead_where_none_was_wanted(stage):
    result = stage.result(options={"test_lead": False})
    assert (result.test_lead, result.verdict, stage.leads) == (None, Verdict.PERMITTED, [])


@pytest.mark.parametrize("status", [400, 403, 404, 412, 429])
def test_a_refused_lead_is_refused(status, stage, check):
    stage.odd(POST, {"error": {"code": "", "message": "No."}}, status)
    result = stage.result()
    assert result.test_lead.outcome is Delivery.REFUSED
    assert check(result, "arrival").status == "skipped"
    assert stage.count(POST) == 1
    assert stage.count(LIST) == 0
    assert result.verdict is (Verdict.UNPROVEN if status == 429 else Verdict.NOT_READY)


def test_a_server_error_with_a_code_is_a_refusal(stage, ids):
    stage.odd(POST, {"error": {"code": "0x80040333", "message": "A duplicate already exists."}}, 500)
    result = stage.result()
    assert ids(result) == ["duplicate-detected"]
    assert result.test_lead.outcome is Delivery.REFUSED


WRITTEN = "00000000-0000-4000-8000-000000000001"
"""The id of the lead that `stored` writes."""


def stored(stage, request):
    """Write the lead of a request."""
    sent = json.loads(request.get_data())
    stage.environment.leads[WRITTEN] = sent | {"leadid": WRITTEN, "createdon": "2026-11-20T10:00:00Z"}


def created_then(status, body=b"", headers=()):
    """Let the emulator create the lead, and answer something else."""

    def act(stage):
        def answer(request):
            stored(stage, request)
            return Response(body, status, dict(headers))

        stage.odd(POST, answer)

    return act


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("code", ["", "0x0"])
def test_a_server_error_without_a_code_is_looked_into(status, code, stage, ids):
    created_then(status, json.dumps({"error": {"code": code, "message": "Bad gateway"}}))(stage)
    result = stage.result()
    assert ids(result) == ["test-lead-answer-lost"]
    assert result.findings[0].observed == f"HTTP {status}: Bad gateway"
    assert (result.test_lead.outcome, result.verdict) == (Delivery.CONFIRMED, Verdict.READY)
    assert stage.count(POST) == 1


PAGE = "<html>Access is denied. 0x80048405</html>"


@pytest.mark.parametrize("body", [PAGE, "", '{"error": {"message": null}}', "[" * 100_000])
@pytest.mark.parametrize("status", [200, 202, 302, 400, 401, 403, 404, 408, 412, 429, 500, 502, 507])
def test_a_page_after_the_lead_was_written_refuses_nothing(status, body, stage, ids):
    created_then(status, body)(stage)
    result = stage.result()
    assert ids(result) == ["test-lead-answer-lost"]
    assert (result.test_lead.outcome, result.verdict) == (Delivery.CONFIRMED, Verdict.READY)
    assert stage.count(POST) == 1


@pytest.mark.parametrize("status", [200, 302, 403, 408, 429, 502])
def test_a_page_without_a_lead_leaves_it_unknown(status, stage, ids, check):
    stage.odd(POST, PAGE, status)
    result = stage.result(options={"cleanup": True})
    assert ids(result) == ["test-lead-outcome-unknown"]
    assert (result.test_lead.outcome, result.verdict) == (Delivery.UNKNOWN, Verdict.UNPROVEN)
    assert check(result, "arrival").status == "skipped"
    assert (stage.count(POST), stage.count(DELETE)) == (1, 0)


@pytest.mark.parametrize("written", [True, False])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_lead_that_left_through_a_proxy_was_sent(scheme, written, stage, ids, tls_proxy):
    def stalls(request):
        if written:
            stored(stage, request)
        time.sleep(1.5)
        return Response(status=503)

    stage.proxy = tls_proxy if scheme == "https" else stage.proxy
    stage.odd(POST, stalls)
    (result,) = stage.climb(stage.configured(), timeout=1)
    assert ids(result) == ["test-lead-answer-lost" if written else "test-lead-outcome-unknown"]
    assert result.test_lead.outcome is (Delivery.CONFIRMED if written else Delivery.UNKNOWN)
    assert stage.count(POST) == 1


def test_the_lead_is_told_from_newer_ones_of_others(stage, ids):
    earlier(stage, "MSFT_TEST_639000000000000000", 9, "2030-01-01T00:00:00Z")
    created_then(503)(stage)
    result = stage.result(options={"cleanup": True})
    assert ids(result) == ["test-lead-answer-lost"]
    assert result.test_lead.cleaned_up
    assert [one["description"] for one in stage.leads] == ["MSFT_TEST_639000000000000000"]


def test_the_lead_is_found_among_many_that_came_later(stage, ids):
    for number in range(100):
        earlier(stage, f"MSFT_TEST_{number:018}", number, "2099-01-01T00:00:00Z")
    created_then(503)(stage)
    result = stage.result()
    assert ids(result) == ["test-lead-answer-lost"]
    assert result.verdict is Verdict.READY


def test_a_server_error_without_a_lead_stays_unknown(stage, ids, check):
    stage.odd(POST, "Bad gateway", 502)
    result = stage.result()
    assert ids(result) == ["test-lead-outcome-unknown"]
    assert (result.test_lead.outcome, result.verdict) == (Delivery.UNKNOWN, Verdict.UNPROVEN)
    assert (stage.count(POST), stage.count(LIST)) == (1, 4)
    assert check(result, "arrival").status == "skipped"


@pytest.mark.parametrize("fault", [Fault.CLOSE_AFTER, Fault.CLOSE_BEFORE, Fault.STALL, Fault.DRIP_HEADERS])
def test_a_lost_answer_is_looked_for_and_the_lead_never_sent_again(fault, stage, ids):
    host = stage.state.network["dataverse"]
    host.fault, host.fault_at = fault, "POST /api/data/v9.2/leads"
    (result,) = stage.climb(stage.configured(), timeout=1)
    found = fault is Fault.CLOSE_AFTER
    assert ids(result) == ["test-lead-answer-lost" if found else "test-lead-outcome-unknown"]
    assert result.test_lead.outcome is (Delivery.CONFIRMED if found else Delivery.UNKNOWN)
    assert len(stage.leads) == int(found)
    assert stage.count(POST) == int(found)


def test_a_lead_lost_to_the_deadline_is_unknown(stage, ids):
    host = stage.state.network["dataverse"]
    host.fault, host.fault_at = Fault.STALL, "POST /api/data/v9.2/leads"
    (result,) = stage.climb(stage.configured(), deadline=2)
    assert ids(result) == ["test-lead-outcome-unknown"]
    assert result.test_lead.outcome is Delivery.UNKNOWN


def test_a_lead_that_could_not_leave_was_not_sent(stage, ids, monkeypatch):
    def now_the_door_is_closed(_):
        stage.state.network["dataverse"].connect = 503
        return "MSFT_TEST_639000000000000000"

    monkeypatch.setattr(Connection, "protocol_version", "HTTP/1.0")  # a new connection for each request
    monkeypatch.setattr(lead, "token", now_the_door_is_closed)
    result = stage.result()
    assert ids(result) == ["network-unavailable"]
    assert (result.test_lead.outcome, result.verdict) == (Delivery.NOT_SENT, Verdict.UNPROVEN)
    assert stage.leads == []


API = "/api/data/v9.2/leads"
LEADS = f"https://fabrikam.crm4.dynamics.com{API}"
OTHER = "00000000-0000-4000-8000-000000000009"

ACCEPTED = {
    "no id": (204, b"", ()),
    "created": (201, b"{}", ()),
    "an id that is none": (204, b"", {"OData-EntityId": f"{LEADS}(first)"}),
    "an id in another place": (204, b"", {"OData-EntityId": f"https://evil.crm4.dynamics.com{API}({OTHER})"}),
    "a host that looks alike": (204, b"", {"OData-EntityId": f"{LEADS}({OTHER})".replace("//", "//evil@")}),
    "an id of another table": (
        204,
        b"",
        {"OData-EntityId": f"{LEADS}({OTHER})".replace("leads", "accounts")},
    ),
    "an id over http": (204, b"", {"OData-EntityId": f"{LEADS}({OTHER})".replace("https", "http")}),
    "an id and more": (204, b"", {"OData-EntityId": f"{LEADS}({OTHER})/../accounts({OTHER})"}),
}
"""Good answers to a create request that do not tell the id."""


@pytest.mark.parametrize("kind", ACCEPTED)
@pytest.mark.parametrize("cleanup", [False, True])
def test_a_lead_whose_id_was_not_told_is_found_by_its_token(kind, cleanup, stage, ids):
    earlier(stage, "a customer", 9)
    created_then(*ACCEPTED[kind])(stage)
    result = stage.result(options={"cleanup": cleanup})
    assert (ids(result), result.verdict) == ([], Verdict.READY)
    assert result.test_lead.outcome is Delivery.CONFIRMED
    assert result.test_lead.cleaned_up is cleanup
    assert [one["leadid"] for one in stage.leads] == [OTHER] + [WRITTEN] * (not cleanup)
    assert OTHER not in result.test_lead.where


@pytest.mark.parametrize(
    ("asked", "host"),
    [
        ("fabrikam.crm4.dynamics.com", "FABRIKAM.crm4.dynamics.com"),
        ("fabrikam.api.crm4.dynamics.com", "fabrikam.crm4.dynamics.com"),
        ("fabrikam.api.crm4.dynamics.com", "fabrikam.api.crm4.dynamics.com"),
    ],
)
@pytest.mark.parametrize("version", ["v9.2", "v9.1", "v10.0"])
def test_the_id_is_taken_from_an_address_of_the_instance(asked, host, version, stage):
    created_then(204, b"", {"OData-EntityId": f"https://{host}/api/data/{version}/leads({WRITTEN})"})(stage)
    result = stage.result(instanceUrl=f"https://{asked}")
    assert result.verdict is Verdict.READY
    assert result.test_lead.where.endswith(f"record {WRITTEN}")
    assert stage.count(LIST) == 1  # for the leads of others


def test_a_lead_without_an_id_that_may_not_be_looked_for_was_accepted(stage, ids, check):
    created_then(204)(stage)
    stage.odd(LIST, DENIED, 403)
    result = stage.result(options={"cleanup": True})
    assert sorted(ids(result)) == ["test-lead-not-deleted", "write-only-role"]
    assert (result.test_lead.outcome, result.verdict) == (Delivery.ACCEPTED, Verdict.ACCEPTED)
    assert check(result, "arrival").status == "skipped"
    assert (result.test_lead.cleaned_up, stage.count(DELETE)) == (False, 0)


def test_a_lead_that_may_not_be_read_back_was_written(stage, ids, check):
    stage.odd(f"{OWN}|{LIST}", DENIED, 403)
    result = stage.result()
    assert ids(result) == ["write-only-role"]
    assert result.findings[0].observed == "HTTP 403: Access is denied."
    assert check(result, "arrival").note.startswith("reading back is not permitted")
    assert result.verdict is Verdict.READY


MISSING = {"error": {"code": "0x80040217", "message": "Entity 'lead' With Id = 1 Does Not Exist"}}


@pytest.mark.parametrize("late", [1, 2, 3])
def test_a_lead_may_take_its_time(late, stage, ids):
    stage.odd(OWN, MISSING, 404, times=late)
    result = stage.result()
    assert (ids(result), result.verdict) == ([], Verdict.READY)
    assert stage.count(OWN) == late + 1


@pytest.mark.parametrize("late", [1, 3])
def test_a_lead_without_an_id_may_take_its_time_too(late, stage, ids):
    created_then(204)(stage)
    stage.odd(LIST, {"value": []}, times=late + 1)
    result = stage.result()
    assert (ids(result), result.verdict) == ([], Verdict.READY)


def test_a_lead_that_does_not_appear(stage, ids):
    stage.environment.workflow_deletes = True
    result = stage.result()
    assert ids(result) == ["test-lead-not-found"]
    assert (result.test_lead.outcome, result.verdict) == (Delivery.ACCEPTED, Verdict.UNPROVEN)
    assert stage.count(OWN) == 4


@pytest.mark.parametrize("pattern", [OWN, LIST])
def test_looking_ends_with_the_deadline(pattern, stage, monkeypatch):
    monkeypatch.setattr("validator.rehearsal.sending.BETWEEN", 600)
    if pattern == LIST:
        created_then(204)(stage)
        stage.odd(LIST, {"value": []})
    stage.environment.workflow_deletes = True
    result = stage.result()
    assert result.test_lead.outcome is Delivery.ACCEPTED
    assert stage.count("GET .*/leads") <= 6


def refusal(code, message):
    return {"error": {"code": code, "message": message}}


@pytest.mark.parametrize(
    ("body", "status", "entry"),
    [
        ("down", 503, "service-unavailable"),
        ("<html>", 200, "answer-not-understood"),
        ("[" * 100_000, 200, "answer-not-understood"),
        ("?", 400, "answer-not-understood"),
        ("<html>Blocked</html>", 403, "answer-not-understood"),
        ("<html>Not found</html>", 404, "answer-not-understood"),
        ("slow down", 429, "service-throttled"),
        (refusal("", "No."), 400, "answer-not-understood"),
        (
            refusal("0x80072560", "The user is not a member of the organization."),
            401,
            "answer-not-understood",
        ),
        (refusal("0x80072322", "Slow down."), 429, "service-throttled"),
        (refusal("0x80040265", "A plug-in failed."), 500, "service-unavailable"),
    ],
)
@pytest.mark.parametrize("cleanup", [False, True])
def test_an_instance_that_fails_at_the_last_step(cleanup, body, status, entry, stage, ids):
    stage.odd(OWN, body, status)
    result = stage.result(options={"cleanup": cleanup})
    assert ids(result) == [entry] + ["test-lead-not-deleted"] * cleanup
    assert (result.test_lead.outcome, result.verdict) == (Delivery.CONFIRMED, Verdict.UNPROVEN)
    assert stage.count(DELETE) == 0


@pytest.mark.parametrize("cleanup", [False, True])
def test_an_instance_that_falls_silent_at_the_last_step(cleanup, stage, ids):
    host = stage.state.network["dataverse"]
    host.fault, host.fault_at = Fault.STALL, f"GET {API}("
    (result,) = stage.climb(stage.configured(), timeout=1, cleanup=cleanup)
    assert ids(result) == ["service-stalled"] + ["test-lead-not-deleted"] * cleanup
    assert (result.test_lead.outcome, result.verdict) == (Delivery.CONFIRMED, Verdict.UNPROVEN)


def somebody_s(stage):
    return stage.environment.leads[OTHER]


OTHERS = {
    "a customer's": lambda stage, _: somebody_s(stage),
    "nobody's": lambda _, __: {},
    "ours without an id": lambda _, token: {"description": token},
    "ours with an id that is none": lambda _, token: {"description": token, "leadid": "x)/../accounts(1"},
    "ours with somebody's id": lambda stage, token: somebody_s(stage) | {"description": token},
    "a token in the subject": lambda stage, token: somebody_s(stage) | {"subject": token},
}
"""What an instance may hand back in place of the test lead."""


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("cleanup", [False, True])
def test_another_record_is_not_the_test_lead(other, cleanup, stage, ids):
    def instead(_):
        token = next(one["description"] for one in stage.leads if one["leadid"] != OTHER)
        return Response(json.dumps(OTHERS[other](stage, token)), content_type="application/json")

    earlier(stage, "a customer", 9)
    stage.odd(OWN, instead)
    result = stage.result(options={"cleanup": cleanup})
    assert ids(result) == ["answer-not-understood"] + ["test-lead-not-deleted"] * cleanup
    assert (result.test_lead.outcome, result.verdict) == (Delivery.ACCEPTED, Verdict.UNPROVEN)
    assert "record" not in result.test_lead.where
    assert (result.test_lead.cleaned_up, stage.count(DELETE), len(stage.leads)) == (False, 0, 2)


@pytest.mark.parametrize("identifier", ["x)/../accounts(1", "", None, 7, f"{WRITTEN}) or ({OTHER}"])
@pytest.mark.parametrize("answer", [(503, b""), (204, b"")])
def test_a_hostile_id_goes_into_no_address(identifier, answer, stage):
    def listed(_):
        rows = [{"leadid": identifier, "description": one["description"]} for one in stage.leads]
        return Response(json.dumps({"value": rows}), content_type="application/json")

    created_then(*answer)(stage)
    stage.odd(LIST, listed)
    result = stage.result(options={"cleanup": True})
    assert result.test_lead.outcome is (Delivery.UNKNOWN if answer[0] == 503 else Delivery.ACCEPTED)
    assert result.verdict is Verdict.UNPROVEN
    assert (stage.count(OWN), stage.count(DELETE), stage.count("accounts")) == (0, 0, 0)


def earlier(stage, description, number, created="2026-01-01T00:00:00Z"):
    identifier = f"00000000-0000-4000-8000-{number:012}"
    stage.environment.leads[identifier] = {
        "leadid": identifier,
        "description": description,
        "subject": "",
        "createdon": created,
    }


def test_the_test_leads_of_others_are_told_by_their_times(stage):
    moments = [datetime(2026, 1, day, 9, 30, 15, tzinfo=UTC) for day in (1, 2)]
    for number, moment in enumerate(moments, 1):
        earlier(stage, f"sent {lead.token(moment)}", number)
    earlier(stage, "MSFT_TEST_soon", 3)
    earlier(stage, "MSFT_TEST_9999999999999999999", 4)
    earlier(stage, "a customer", 5)
    result = stage.result()
    assert sorted(result.test_lead.earlier) == ["2026-01-01T09:30:15Z", "2026-01-02T09:30:15Z"]
    assert result.verdict is Verdict.READY


@pytest.mark.parametrize("answer", [(DENIED, 403), ("down", 503), ({"value": [{"description": None}]}, 200)])
def test_the_leads_of_others_matter_to_nobody_else(answer, stage, ids):
    stage.odd(LIST, *answer)
    result = stage.result()
    assert (ids(result), result.test_lead.earlier) == ([], ())
    assert result.verdict is Verdict.READY


def test_no_more_than_fifty_leads_of_others_are_told(stage):
    rows = [{"description": lead.token(datetime(2026, 1, 1, tzinfo=UTC))}] * 5000
    stage.odd(LIST, {"value": rows})
    assert len(stage.result().test_lead.earlier) == 50


def test_cleaning_up_takes_our_own_lead_alone(stage, ids):
    earlier(stage, "MSFT_TEST_639000000000000000", 1)
    result = stage.result(options={"cleanup": True})
    assert (ids(result), result.test_lead.cleaned_up, result.verdict) == ([], True, Verdict.READY)
    assert [one["description"] for one in stage.leads] == ["MSFT_TEST_639000000000000000"]
    assert (stage.count(DELETE), len(result.test_lead.earlier)) == (1, 1)


def test_a_lead_that_may_not_be_removed_is_a_note(stage, ids):
    stage.odd(DELETE, DENIED, 403)
    result = stage.result(options={"cleanup": True})
    assert ids(result) == ["test-lead-not-deleted"]
    assert result.findings[0].observed == "HTTP 403: Access is denied."
    assert (result.test_lead.cleaned_up, result.verdict) == (False, Verdict.READY)
    assert stage.count(DELETE) == 1


def test_nothing_is_removed_unasked(stage):
    stage.result()
    assert stage.count(DELETE) == 0
