from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from validator.receiver.arrival import Arrival, Tally, answer, as_json, as_text, path
from validator.receiver.judge import judge, refusal

NOW = datetime(2026, 11, 20, 10, 0, 5, tzinfo=UTC)
BAD = "\x1b[31m\r\n::error file=x::owned\n##vso[task.complete result=Succeeded;]\u202e\u200b\x9b31m\x07"
TOKEN = "MSFT_TEST_636573304831318844"


def arrival(body, status=200, **changes):
    judgement = body if not isinstance(body, dict) else judge(json.dumps(body).encode())
    values = {"method": "POST", "target": "/leads", "content_type": "application/json", **changes}
    return Arrival(NOW, status=status, judgement=judgement, **values)


def test_a_lead_for_a_person(lead):
    lead["UserDetails"] = {"FirstName": "Some", "Phone": 12}
    lead["Description"] = TOKEN
    assert as_text(arrival(lead, 400, target="/leads?code=abc")).splitlines()[:-1] == [
        "2026-11-20 10:00:05 UTC  POST /leads?code=‹redacted›  application/json  refused (400)",
        "  a test lead, made 2018-03-22 15:48:03 UTC",
        "  - UserDetails.FirstName: Some",
        "  - UserDetails.Phone: 12",
        "  - LeadSource: AzureMarketplace",
        "  - ActionCode: INS",
        "  - OfferTitle: Test Microsoft",
        f"  - Description: {TOKEN}",
        "  error: UserDetails.Phone is a number; the documents say a text.",
    ]


def test_a_lead_for_a_program(lead):
    lead["Extra"] = True
    line = as_json(arrival(lead))
    assert "\n" not in line
    told = json.loads(line)
    assert told.pop("fields")["UserDetails.Email"] == "someone@contoso.com"
    assert told.pop("findings")[0]["severity"] == "warning"
    assert told == {
        "time": "2026-11-20T10:00:05Z",
        "method": "POST",
        "path": "/leads",
        "contentType": "application/json",
        "status": 200,
        "test": False,
        "token": None,
        "fieldsLeftOut": 0,
    }


def test_a_lead_that_is_no_test(lead):
    assert as_text(arrival(lead)).splitlines()[1] == "  no test lead: MSFT_TEST stands nowhere in it"


def test_a_token_that_tells_no_time(lead):
    lead["Description"] = "MSFT_TEST_" + "9" * 19
    assert as_text(arrival(lead)).splitlines()[1] == "  a test lead"


def test_what_was_no_request():
    nothing = {"method": "", "target": "", "content_type": ""}
    gone = arrival(refusal("TLS failed."), None, **nothing)
    assert as_text(gone) == "2026-11-20 10:00:05 UTC  a connection without a request\n  error: TLS failed."
    told = json.loads(as_json(gone))
    assert [told[key] for key in ("method", "path", "contentType", "status", "test")] == [None] * 5
    assert "UTC  no readable request  no content type  refused (400)" in as_text(
        arrival(refusal("x"), 400, **nothing)
    )


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("/", "/"),
        ("/a/b?", "/a/b?‹redacted›"),
        ("/a?sig=s3cret&sp=%2Frun", "/a?sig=‹redacted›&sp=‹redacted›"),
        ("/a?s3cret", "/a?‹redacted›"),
        ("/a?sig=s3=cret?s3cret", "/a?sig=‹redacted›"),
        ("/a\x1b[31m", "/a\\x1b[31m"),
    ],
)
def test_the_values_of_a_query_are_hidden(target, shown):
    assert path(target) == shown
    assert json.loads(as_json(arrival(refusal("x"), target=target)))["path"] == shown


def test_hostile_text_stays_inside_its_line(lead):
    lead |= {BAD: BAD, "OfferTitle": BAD, "LeadSource": BAD, "nested": {BAD: BAD}}
    lead["UserDetails"] |= {"Email": BAD, BAD: 1}
    hostile = arrival(lead, method=BAD, target=f"/{BAD}?{BAD}={BAD}", content_type=BAD)
    text = as_text(hostile)
    assert all(
        line.startswith(("2026-", "  - ", "  no test", "  warning: ", "  note: "))
        for line in text.split("\n")
    )
    assert "##" not in text
    assert text.replace("\n", "").isprintable()
    line = as_json(hostile)
    assert line.isprintable()
    assert "##" not in line
    assert "\\u202e" not in line.replace("\\\\u202e", "")


def test_what_is_shown_of_a_lead_is_bounded():
    huge = arrival({f"{n}-" * 1000: "x" * 20_000 for n in range(1, 50)}, target="/" + "x" * 60_000)
    assert len(as_text(huge)) < 40 * 2200
    assert "  - and 9 more\n" in as_text(huge)
    told = json.loads(as_json(huge))
    assert (len(told["fields"]), told["fieldsLeftOut"]) == (40, 9)


def test_keys_that_look_the_same_when_they_are_cut_are_counted():
    told = json.loads(as_json(arrival({"x" * 100: "1", "x" * 200: "2"})))
    assert (len(told["fields"]), told["fieldsLeftOut"]) == (1, 1)


def test_the_sender_learns_what_was_refused_and_nothing_else(lead):
    lead["Extra"] = 1
    assert answer(judge(json.dumps(lead).encode())) == {"accepted": True}
    lead["LeadSource"] = 7
    assert answer(judge(json.dumps(lead).encode())) == {
        "accepted": False,
        "problems": ["LeadSource is a number; the documents say a text."],
    }


def test_the_tally_counts_no_note_and_no_connection_as_a_request(lead):
    tally = Tally()
    tally.add(arrival(lead))
    tally.add(arrival({}))
    tally.add(arrival({**lead, "Extra": 1}))
    tally.add(arrival({"LeadSource": 1}, 400))
    tally.add(arrival(refusal("TLS failed."), None))
    assert tally.as_text() == "Leads taken: 3. Requests refused: 1. Problems: 3."
    assert json.loads(tally.as_json()) == {"leads": 3, "refused": 1, "problems": 3}
