from __future__ import annotations

from uuid import UUID

import pytest
import requests

INSTANCE = "https://fabrikam.crm4.dynamics.com"
FIND = (
    "leads?$select=leadid,subject,description,createdon&$filter=contains(description,'MSFT_TEST_')"
    "&$orderby=createdon desc&$top=50"
)


def refused(answer):
    return answer.status_code, answer.json()["error"]["code"]


def leads(client):
    return list(client.state.environments["fabrikam"].leads.values())


@pytest.fixture(params=["application", "person"])
def account(client, request):
    return client.sign_in(request.param)


def test_a_lead_is_written_read_found_and_removed(account):
    written = account.create()
    assert (written.status_code, written.content) == (204, b"")
    (kept,) = leads(account)
    assert written.headers["OData-EntityId"] == f"{INSTANCE}/api/data/v9.2/leads({kept['leadid']})"
    assert (kept["subject"], kept["leadsourcecode"], kept["statuscode"]) == ("MSFT_TEST_1", 8, 1)
    path = f"leads({UUID(kept['leadid'])})"
    read = account.api(f"{path}?$select=leadid,subject,description,createdon").json()
    assert {key: read[key] for key in ("leadid", "subject", "description", "createdon")} == {
        key: kept[key] for key in ("leadid", "subject", "description", "createdon")
    }
    assert [row["leadid"] for row in account.api(FIND).json()["value"]] == [kept["leadid"]]
    assert account.api(path, "DELETE").status_code == 204
    assert leads(account) == []
    assert refused(account.api(path)) == (404, "0x80040217")


def test_a_lead_can_be_answered_whole(account):
    answer = account.create(headers={"Prefer": "return=representation"})
    assert answer.status_code == 201
    assert answer.headers["Preference-Applied"] == "return=representation"
    assert "OData-EntityId" not in answer.headers
    assert answer.json()["leadid"] == leads(account)[0]["leadid"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"shoesize": 46}, (400, "0x80048d19")),
        ({"subject": 46}, (400, "0x80048d19")),
        ({"leadsourcecode": "8"}, (400, "0x80048d19")),
        ({"leadsourcecode": True}, (400, "0x80048d19")),
        ({"leadsourcecode": 0}, (400, "0x8004431a")),
        ({"leadsourcecode": 11}, (400, "0x8004431a")),
        ({"lastname": "x" * 51}, (400, "0x80044331")),
        ({"lastname": "\N{GRINNING FACE}" * 26}, (400, "0x80044331")),
        ({"description": "x" * 2001}, (400, "0x80044331")),
    ],
)
def test_values_that_do_not_fit_are_refused(account, values, expected):
    assert refused(account.create(values=values)) == expected
    assert leads(account) == []


@pytest.mark.parametrize("body", ["", "no JSON", "[]", "\x00"])
def test_what_is_no_lead_is_refused(account, body):
    assert refused(account.api("leads", "POST", data=body.encode())) == (400, "0x80048d19")


def test_values_that_fit_exactly_and_none_are_taken(account):
    values = {"lastname": "x" * 50, "leadsourcecode": 10, "jobtitle": None, "createdon": "1999-01-01"}
    values |= {"subject@annotation": "ignored", "firstname": "Ada"}
    assert account.create(values=values).status_code == 204
    (kept,) = leads(account)
    assert kept["fullname"] == "Ada " + "x" * 50
    assert kept["createdon"] > "2025"


def test_a_secured_column_can_be_closed(start):
    client = start("leadsourcecode-denied").sign_in()
    answer = client.create()
    assert refused(answer) == (403, "0x8004f502")
    words = "does not have Create permissions for the leadsourcecode attribute in the lead entity."
    assert words in answer.json()["error"]["message"]
    assert client.create(values={"leadsourcecode": None}).status_code == 403
    assert client.api("leads", "POST", json={"subject": "without the column"}).status_code == 204
    assert client.api("leads").json()["value"][0]["leadsourcecode"] is None


def test_a_secured_column_can_be_open(start):
    client = start("column-security-on-leadsourcecode").sign_in()
    assert client.create().status_code == 204
    assert client.api("leads").json()["value"][0]["leadsourcecode"] == 8
    path = "EntityDefinitions(LogicalName='lead')/Attributes(LogicalName='leadsourcecode')?$select=IsSecured"
    assert client.api(path).json()["IsSecured"] is True


@pytest.mark.parametrize("who", ["application", "person"])
@pytest.mark.parametrize(
    ("world", "expected"),
    [
        ("record-access-denied", (403, "0x80048306")),
        ("assign-denied", (403, "0x80040231")),
        ("access-denied", (403, "0x80048405")),
        ("payload-refused", (400, "0x80048d19")),
        ("plug-in-error", (400, "0x80040265")),
        ("duplicate-detected", (500, "0x80040333")),
    ],
)
def test_the_lead_is_refused_in_its_world(start, world, who, expected):
    client = start(world).sign_in(who)
    before = len(leads(client))
    assert client.api("WhoAmI").status_code == 200
    assert refused(client.create()) == expected
    assert len(leads(client)) == before


def test_another_owner_is_fine_when_the_role_reaches_that_far(client):
    client.sign_in().state.environments["fabrikam"].lead_owner = "sales"
    assert client.create().status_code == 204


def test_an_administrative_user_reads_no_leads(start):
    assert refused(start("access-denied").sign_in().api("leads")) == (403, "0x80048405")


def test_details_of_a_plug_in_are_shown_on_request(start):
    client = start("plug-in-error").sign_in()
    plain = client.create().json()["error"]
    told = client.create(headers={"Prefer": 'odata.include-annotations="*"'}).json()["error"]
    assert plain.keys() == {"code", "message"}
    assert told["@Microsoft.PowerApps.CDS.InnerError.Message"] == plain["message"]


def test_a_hostile_plug_in_says_what_it_likes(start):
    client = start("plug-in-error-hostile-text").sign_in()
    message = client.create().json()["error"]["message"]
    assert client.headers["Authorization"] in message
    assert len(message) > 100_000
    for planted in ("\x1b[2J", "\n::error ", "##vso[", "##[error]", "\u202e", "\u200b", "<script>"):
        assert planted in message


def test_duplicates_matter_only_to_those_who_ask(start):
    client = start("duplicate-detected").sign_in()
    environment = client.state.environments["fabrikam"]
    environment.duplicates_always = False
    environment.duplicate_rule = ("emailaddress1", "lastname")
    ask = {"headers": {"MSCRM.SuppressDuplicateDetection": "false"}}
    assert client.create(**ask).status_code == 204
    assert refused(client.create(**ask)) == (500, "0x80040333")
    assert client.create(values={"lastname": "another"}, **ask).status_code == 204
    assert client.create().status_code == 204


def test_a_workflow_can_remove_what_was_written(start):
    client = start("test-lead-not-found").sign_in()
    written = client.create()
    assert written.status_code == 204
    assert refused(client.get(written.headers["OData-EntityId"])) == (404, "0x80040217")
    assert client.api(FIND).json()["value"] == []


@pytest.mark.parametrize("world", ["test-lead-answer-lost", "test-lead-outcome-unknown"])
def test_an_answer_can_be_lost_after_the_lead_was_written(start, world):
    client = start(world).sign_in()
    with pytest.raises(
        requests.exceptions.ConnectionError, match="Remote end closed connection without response"
    ):
        client.create()
    assert [lead["subject"] for lead in leads(client)] == ["MSFT_TEST_1"]
    assert client.api(FIND).status_code == (200 if world == "test-lead-answer-lost" else 403)


def test_a_lead_may_have_to_stay(start):
    client = start("test-lead-not-deleted").sign_in()
    client.create()
    assert refused(client.api(f"leads({leads(client)[0]['leadid']})", "DELETE")) == (403, "0x80040220")
    assert len(leads(client)) == 1
