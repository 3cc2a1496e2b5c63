"""The ladder of an Azure table, with single answers made odd on the wire."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from werkzeug import Response

from validator.destinations.azure_table.tables import skew
from validator.model import Delivery, Verdict

LIST = r"GET /Tables"
CREATE = r"POST /Tables"
INSERT = r"POST /MarketplaceLeads\?"
READ = r"GET /MarketplaceLeads\(Part"
FIND = r"GET /MarketplaceLeads\(\)\?"
DELETE = r"DELETE /MarketplaceLeads"

FIELD = "storageAccountConnectionString"


def refusal(code, message="No."):
    return {"odata.error": {"code": code, "message": {"lang": "en-US", "value": message}}}


def answered(result):
    return result.verdict, result.test_lead and result.test_lead.outcome


@pytest.fixture
def climb(stage):
    def result(options=None, **block):
        return stage.result("azure-table", options, **block)

    return result


def rows(stage):
    """Give the rows of the table of leads, as it is kept."""
    return [dict(row) for row in stage.state.storage["fabrikam"].tables["MarketplaceLeads"].rows]


def test_the_row_has_the_columns_and_the_cell_that_readers_expect(stage, climb):
    before = len(rows(stage))
    result = climb()
    token = result.test_lead.token
    [row] = [each for each in rows(stage) if each["RowKey"] == token]
    assert len(rows(stage)) == before + 1
    assert {
        "ActionCode",
        "CreatedTime",
        "CustomerInfo",
        "Description",
        "LeadSource",
        "OfferDisplayName",
    } <= set(row)
    assert json.loads(row["CustomerInfo"])["Email"] == f"{token}@test.com"
    assert row["LeadSource"] == f"{token}-{token}|Fabrikam CRM add-in"
    assert (result.verdict, stage.count(INSERT)) == (Verdict.READY, 1)
    assert result.test_lead.where.startswith("storage account fabrikamleads, table MarketplaceLeads, record ")


def test_a_lead_costs_no_more_questions_than_it_must(stage, climb):
    climb()
    assert [stage.count(pattern) for pattern in (LIST, CREATE, INSERT, READ, FIND)] == [1, 0, 1, 1, 1]


def test_the_key_is_not_sent(stage, climb):
    seen = []
    stage.odd(".", lambda request: seen.append(f"{request.headers} {request.get_data(as_text=True)}"))
    climb()
    key = re.search(
        r"AccountKey=([^;]+)", stage.configured("azure-table").text(f"/tableLeadConfiguration/{FIELD}")
    )[1]
    assert len(seen) == 4
    assert not any(key in each for each in seen)


@pytest.mark.parametrize(
    ("body", "status"),
    [("<html>Sign in to the network</html>", 200), ({"value": []}, 200), ("Blocked", 403), ("", 404)],
)
def test_a_page_in_the_service_s_place_proves_nothing(body, status, stage, climb, ids):
    stage.odd(LIST, body, status)
    result = climb()
    assert ids(result) == ["answer-not-understood"]
    assert answered(result) == (Verdict.UNPROVEN, None)


@pytest.mark.parametrize("body", [{"value": 7}, {}, [], "x"])
def test_an_answer_of_the_service_without_a_list(body, stage, climb, ids):
    stage.odd(LIST, body, 200, x_ms_version="2019-02-02")
    assert ids(climb()) == ["answer-not-understood"]


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (refusal("AccountIsDisabled"), {}),
        ("<m:error><m:code>AccountIsDisabled</m:code><m:message xml:lang='en'>No.</m:message></m:error>", {}),
        ("<Error><Code>AccountIsDisabled</Code><Message>No.</Message></Error>", {}),
        ("", {"x_ms_error_code": "AccountIsDisabled"}),
        ({"odata.error": "x"}, {"x_ms_error_code": "AccountIsDisabled"}),
        ({"odata.error": {"code": 7, "message": {"value": ["x"]}}}, {"x_ms_error_code": "AccountIsDisabled"}),
    ],
)
def test_a_refusal_is_read_in_every_form(body, headers, stage, climb, ids):
    stage.odd(LIST, body, 403, x_ms_request_id="9e1a5f62", **headers)
    result = climb()
    assert ids(result) == ["storage-account-disabled"]
    assert (result.findings[0].codes, result.findings[0].trace.request_id) == (
        ("AccountIsDisabled",),
        "9e1a5f62",
    )


def test_words_that_nobody_knows_are_shown(stage, climb, ids):
    stage.odd(LIST, refusal("SomethingNew", "Nobody saw this before."), 409)
    result = climb()
    assert ids(result) == ["storage-refused"]
    assert "Nobody saw this before." in result.findings[0].observed


@pytest.mark.parametrize(
    ("seconds", "entry"),
    [
        (14 * 60, "account-key-wrong"),
        (-14 * 60, "account-key-wrong"),
        (16 * 60, "storage-clock-skewed"),
        (-16 * 60, "storage-clock-skewed"),
    ],
)
def test_a_clock_that_is_off_is_not_a_wrong_key(seconds, entry, stage, climb, ids):
    def refused(_):
        there = format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)
        body = json.dumps(refusal("AuthenticationFailed"))
        return Response(body, 403, {"Date": there, "Content-Type": "application/json"})

    stage.odd(LIST, refused)
    result = climb()
    assert ids(result) == [entry]
    if entry == "storage-clock-skewed":
        assert f"16 minutes {'behind' if seconds > 0 else 'ahead of'}" in result.findings[0].observed


@pytest.mark.parametrize("date", [None, "", "yesterday", "Thu, 99 Nov 2026 00:00:00 GMT"])
def test_a_clock_that_is_not_told_says_nothing(date):
    assert skew(date) == 0


def test_a_date_without_a_zone_is_universal():
    assert abs(skew(datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S -0000"))) < 2


def test_every_page_of_tables_is_read(stage, climb, ids):
    pages = [{"value": [{"TableName": "Orders"}]}, {"value": [{"TableName": "marketplaceleads"}, {}, 7]}]
    more = {"x_ms_continuation_NextTableName": "1!8!bQ--", "x_ms_version": "2019-02-02"}
    stage.odd(r"GET /Tables\?$", pages[0], times=1, **more)
    stage.odd(r"GET /Tables\?NextTableName=1%218%21bQ--$", pages[1], times=1, x_ms_version="2019-02-02")
    result = climb({"test_lead": False})
    assert (ids(result), stage.count(LIST)) == ([], 2)


def test_pages_without_end_are_not_followed_for_ever(stage, climb):
    stage.odd(LIST, {"value": []}, x_ms_continuation_NextTableName="x", x_ms_version="2019-02-02")
    climb({"test_lead": False})
    assert stage.count(LIST) == 10


def without_table(stage):
    stage.state.change("storage.fabrikam.tables.MarketplaceLeads.exists", False)


def test_a_missing_table_is_made(stage, climb, ids):
    without_table(stage)
    result = climb()
    assert (ids(result), result.verdict, stage.count(CREATE)) == ([], Verdict.READY, 1)


def test_a_missing_table_is_not_made_where_nothing_may_be_written(stage, climb, ids, check):
    without_table(stage)
    result = climb({"test_lead": False})
    assert (ids(result), result.verdict) == (["leads-table-missing"], Verdict.PERMITTED)
    assert check(result, "leads-table").status == "skipped"
    assert any("can be made" in claim for claim in result.unproven)
    assert stage.count("POST") == 0


def test_somebody_else_made_the_table_meanwhile(stage, climb, ids):
    stage.odd(LIST, {"value": []}, x_ms_version="2019-02-02")
    result = climb()
    assert (ids(result), result.verdict, stage.count(CREATE)) == ([], Verdict.READY, 1)


def test_a_table_that_cannot_be_made(stage, climb, ids):
    without_table(stage)
    stage.odd(CREATE, refusal("SomethingNew"), 403)
    assert ids(climb()) == ["storage-refused"]
    assert stage.count(INSERT) == 0


def test_tables_that_look_like_it_are_named(stage, climb, ids):
    stage.odd(LIST, {"value": [{"TableName": f"leads{n}"} for n in range(900)]}, x_ms_version="2019-02-02")
    result = climb()
    assert ids(result) == ["leads-table-elsewhere"]
    assert result.findings[0].observed == "tables here: leads0, leads1, leads10, leads100, leads101"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("<html>", 200),
        ("", 403),
        ("x", 502),
        (refusal("InternalError"), 500),
        (refusal("OperationTimedOut"), 500),
    ],
)
def test_a_lost_answer_is_resolved_by_looking(body, status, stage, climb, ids):
    def written_all_the_same(request):
        stage.as_it_was()(request)
        return Response(json.dumps(body) if isinstance(body, dict) else body, status)

    stage.odd(INSERT, written_all_the_same)
    result = climb()
    assert ids(result) == ["test-lead-answer-lost"]
    assert answered(result) == (Verdict.READY, Delivery.CONFIRMED)
    assert stage.count(INSERT) == 1


@pytest.mark.parametrize(("body", "status"), [("", 502), (refusal("InternalError"), 500)])
def test_a_lead_that_was_lost_with_its_answer(body, status, stage, climb, ids):
    stage.odd(INSERT, body, status)
    result = climb()
    assert ids(result) == ["test-lead-outcome-unknown"]
    assert answered(result) == (Verdict.UNPROVEN, Delivery.UNKNOWN)
    assert stage.count(INSERT) == 1


def test_a_busy_service_refuses_the_lead_and_is_not_asked_twice(stage, climb, ids):
    stage.odd(INSERT, refusal("ServerBusy"), 503)
    result = climb()
    assert ids(result) == ["service-throttled"]
    assert answered(result) == (Verdict.UNPROVEN, Delivery.REFUSED)
    assert (stage.count(INSERT), stage.count(READ)) == (1, 0)


def test_a_lead_that_is_not_there(stage, climb, ids):
    stage.odd(READ, refusal("ResourceNotFound"), 404)
    result = climb()
    assert ids(result) == ["test-lead-not-found"]
    assert answered(result) == (Verdict.UNPROVEN, Delivery.ACCEPTED)


@pytest.mark.parametrize(("body", "status"), [("gone", 404), (refusal("SomethingNew"), 403), ({}, 200)])
def test_a_read_back_that_says_nothing(body, status, stage, climb, ids):
    stage.odd(READ, body, status)
    result = climb()
    assert ids(result) == ["answer-not-understood"]
    assert answered(result) == (Verdict.UNPROVEN, Delivery.CONFIRMED)


@pytest.mark.parametrize(
    "cell", [{"RowKey": "another"}, {"CustomerInfo": "{}"}, {"PartitionKey": "2020-01-01"}]
)
def test_another_row_is_not_the_test_lead_and_is_not_deleted(cell, stage, climb, ids):
    def other(request):
        row = json.loads(stage.as_it_was()(request).get_data())
        return Response(json.dumps(row | cell), 200, {"x-ms-version": "2019-02-02"})

    stage.odd(READ, other)
    result = climb({"cleanup": True})
    assert set(ids(result)) == {"answer-not-understood", "test-lead-not-deleted"}
    assert answered(result) == (Verdict.UNPROVEN, Delivery.ACCEPTED)
    assert stage.count(DELETE) == 0


def test_cleaning_up_leaves_the_rows_of_others(stage, climb):
    before = rows(stage)
    result = climb({"cleanup": True})
    assert result.test_lead.cleaned_up
    assert rows(stage) == before


def test_the_test_leads_of_others_are_told(climb):
    assert climb().test_lead.earlier
    mine = climb()
    assert len(mine.test_lead.earlier) == 2


@pytest.mark.parametrize("answer", [("x", 403), (refusal("InternalError"), 500)])
def test_the_leads_of_others_matter_to_nobody_else(answer, stage, climb, ids):
    stage.odd(FIND, *answer)
    result = climb()
    assert (ids(result), result.test_lead.earlier, result.verdict) == ([], (), Verdict.READY)


@pytest.mark.parametrize(
    ("string", "ignore", "entry"),
    [
        (
            "DefaultEndpointsProtocol=https;AccountName=fabrikamleads;AccountKey=short;EndpointSuffix=core.windows.net",
            "connection-string-key-malformed",
            "account-key-wrong",
        ),
        (
            "DefaultEndpointsProtocol=https;AccountName=fabrikamleads;AccountKey=&;EndpointSuffix=core.windows.net",
            "connection-string-key-malformed",
            "account-key-wrong",
        ),
        (
            "DefaultEndpointsProtocol=https;AccountName=evil.example/;AccountKey={key};EndpointSuffix=core.windows.net",
            "connection-string-account-malformed",
            "host-not-allowed",
        ),
        (
            "DefaultEndpointsProtocol=https;AccountName=fabrikamleads;AccountKey={key};EndpointSuffix=evil.example",
            "connection-string-suffix-unknown",
            "host-not-allowed",
        ),
    ],
)
def test_ignoring_a_fault_of_the_settings_leads_nowhere_else(string, ignore, entry, stage, climb):
    key = re.search(
        r"AccountKey=([^;]+)", stage.configured("azure-table").text(f"/tableLeadConfiguration/{FIELD}")
    )[1]
    result = climb({"ignore": frozenset({ignore})}, **{FIELD: string.format(key=key)})
    assert [found.id for found in result.findings if not found.suppressed] == [entry]
    assert not [request for request in stage.requests if "evil" in request]
