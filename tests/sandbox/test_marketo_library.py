"""Another people's client of Marketo works unchanged: all it knows of the sandbox are a proxy and a CA."""

from __future__ import annotations

import time
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
import requests
from marketorestpython.client import MarketoClient
from marketorestpython.helper.exceptions import MarketoException

from validator.sandbox import WORLDS

HOST = "https://427-fkm-190.mktorest.com"
EARLIER = "MSFT_TEST_639000000000000000@test.com"
PERSON = {
    "firstName": "Ada",
    "lastName": "O'Hara",
    "email": "ada@example.com",
    "phone": "5550100",
    "title": "Countess",
    "company": "Contoso",
    "country": "GB",
    "leadSource": "AzureMarketplace-INS|Fabrikam CRM add-in",
}
FORM = 1013


@pytest.fixture
def library(start, monkeypatch):
    """Point the library at a sandbox, as anybody would: with variables of the environment."""
    unpaced = SimpleNamespace(time=time.time, sleep=lambda _: None)  # it makes five calls a second
    monkeypatch.setattr("marketorestpython.helper.http_lib.time", unpaced)

    def client(*worlds, **credentials):
        sandbox = start(*worlds).sandbox
        monkeypatch.setenv("HTTPS_PROXY", sandbox.proxy)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", sandbox.ca_file)
        given = {
            "client_id": sandbox.credentials["MARKETO_CLIENT_ID"],
            "client_secret": sandbox.credentials["MARKETO_CLIENT_SECRET"],
        }
        made = MarketoClient("427-FKM-190", **given | credentials, max_retry_time=0, requests_timeout=10)
        made.state = sandbox.state.marketo["fabrikam"]
        return made

    return client


@pytest.fixture
def api(start):
    """Give the bare wire of the API: `ask(method, path, …)`, signed in; `ask.state` is the subscription."""

    def client(*worlds):
        session = start(*worlds)
        form = {
            "grant_type": "client_credentials",
            "client_id": session.sandbox.credentials["MARKETO_CLIENT_ID"],
            "client_secret": session.sandbox.credentials["MARKETO_CLIENT_SECRET"],
        }
        token = session.post(f"{HOST}/identity/oauth/token", data=form).json()["access_token"]

        def ask(method, path, **more):
            headers = {"Authorization": f"Bearer {token}", **more.pop("headers", {})}
            answer = session.request(method, f"{HOST}/rest/{path}", headers=headers, **more)
            assert answer.status_code == 200
            assert answer.headers["Content-Type"] == "application/json;charset=UTF-8"
            return answer.json()

        ask.session, ask.form, ask.state = session, form, session.state.marketo["fabrikam"]
        return ask

    return client


def code(said):
    assert said["success"] is False
    [error] = said["errors"]
    return error["code"]


def test_it_reads_the_form_and_its_fields(library):
    client = library()
    [form] = client.get_form_by_id(FORM)
    assert (form["id"], form["name"], form["status"]) == (FORM, "MarketplaceLeadBackend", "approved")
    fields = {field["id"]: field for field in client.get_form_fields(FORM)}
    assert list(fields) == [
        *("FirstName", "LastName", "Email", "Phone", "Title", "Company", "Country", "LeadSource", "Profiling")
    ]
    assert [name for name, field in fields.items() if field.get("required")] == ["Email"]


def test_it_submits_the_form_finds_the_person_and_removes_it(library):
    client = library()
    [done] = client.submit_form(FORM, {"leadFormFields": PERSON})
    assert done["status"] == "created"
    [person] = client.get_multiple_leads_by_filter_type(
        "email", "ada@example.com", fields="id,email,lastName"
    )
    assert (person["id"], person["lastName"]) == (done["id"], "O'Hara")
    again = PERSON | {"title": "Programmer"}
    assert client.submit_form(FORM, {"leadFormFields": again}) == [{"id": done["id"], "status": "updated"}]
    assert client.state.people[done["id"]]["title"] == "Programmer"
    assert client.delete_lead([done["id"]]) == [{"id": done["id"], "status": "deleted"}]
    assert client.get_multiple_leads_by_filter_type("email", "ada@example.com") == []
    assert client.delete_lead([done["id"]])[0]["reasons"] == [{"code": "1004", "message": "Lead not found"}]


def test_it_finds_the_lead_of_an_earlier_publishing(library):
    [person] = library().get_multiple_leads_by_filter_type("email", EARLIER.lower())
    assert (person["email"], person["createdAt"]) == (EARLIER, "2025-11-29T08:00:00Z")


def test_it_asks_for_a_token_once(library):
    client = library()
    client.get_form_by_id(FORM)
    client.get_form_fields(FORM)
    assert list(client.state.tokens) == [client.token]
    assert (client.token_type, client.scope) == ("bearer", "leads@fabrikam.com")
    assert 3500 < client.expires_in <= 3600


@pytest.mark.parametrize(
    ("world", "words"),
    [
        ("marketo-client-unknown", "No client with requested id"),
        ("marketo-client-credentials-wrong", "Bad client credentials"),
    ],
)
def test_it_understands_why_it_is_not_let_in(world, words, library):
    with pytest.raises(Exception, match=words):
        library(world).get_form_by_id(FORM)


@pytest.mark.parametrize(
    ("world", "number", "words"),
    [
        ("marketo-account-not-found-any-more", "614", "Invalid Subscription"),
        ("marketo-token-refused", "602", "Access token expired"),
        ("marketo-api-closed", "603", "Access denied"),
        ("marketo-assets-unreadable", "603", "Access denied"),
        ("marketo-throttled", "606", "Max rate limit '100' exceeded with in '20' secs"),
        ("marketo-throttled-at-once", "615", "Concurrent access limit reached"),
        ("marketo-quota-reached", "607", "Daily quota reached"),
        ("marketo-unavailable", "611", "System error"),
        ("marketo-unavailable-behind-its-gateway", "502", "Bad Gateway"),
        ("marketo-unavailable-in-time", "604", "Request timed out"),
        ("marketo-unavailable-for-a-while", "608", "API Temporarily Unavailable"),
        ("marketo-unavailable-in-passing", "713", "Transient Error"),
    ],
)
def test_it_understands_why_it_is_told_nothing(world, number, words, library):
    with pytest.raises(MarketoException) as refused:
        library(world).get_form_by_id(FORM)
    assert (refused.value.code, refused.value.message) == (number, words)


@pytest.mark.parametrize(
    ("world", "number", "words"),
    [
        ("marketo-field-blank", "701", "postalCode cannot be blank"),
        ("marketo-rule-refuses", "709", "Only leads of partners"),
        ("marketo-form-not-approved", "709", "Form is not approved"),
        ("marketo-form-not-found", "1013", "Object not found"),
        ("marketo-access-denied", "603", "Access denied"),
        ("marketo-request-not-understood", "610", "Requested resource not found"),
    ],
)
def test_it_understands_why_a_form_is_refused(world, number, words, library):
    client = library(world)
    with pytest.raises(MarketoException) as refused:
        client.submit_form(FORM, {"leadFormFields": PERSON})
    assert (refused.value.code, refused.value.message) == (number, words)
    assert len(client.state.people) == 2


@pytest.mark.parametrize(
    ("world", "number", "words"),
    [
        ("marketo-field-unknown", "1006", "Field 'leadSource' not found"),
        ("marketo-form-fields-missing", "1006", "Field 'title' not found"),
        ("marketo-value-refused", "1003", "Invalid value for field 'title' and value 'Countess'"),
        ("marketo-several-people-match", "1007", "Multiple lead match lookup criteria"),
    ],
)
def test_it_is_told_who_was_left_out_and_why(world, number, words, library):
    client = library(world)
    [done] = client.submit_form(FORM, {"leadFormFields": PERSON | {"phone": "1234567890"}})
    assert done == {"status": "skipped", "reasons": [{"code": number, "message": words}]}
    assert len(client.state.people) == 2


def test_what_is_asked_under_a_condition_is_demanded_of_nobody(library):
    client = library("marketo-form-requires-more")
    assert [field["id"] for field in client.get_form_fields(FORM) if field.get("required")] == [
        *("Email", "Industry")
    ]
    assert client.submit_form(FORM, {"leadFormFields": PERSON})[0]["status"] == "created"


def test_a_campaign_can_delete_whom_a_form_brings(library):
    client = library("test-lead-not-found-at-marketo")
    assert client.submit_form(FORM, {"leadFormFields": PERSON})[0]["status"] == "created"
    assert client.get_multiple_leads_by_filter_type("email", "ada@example.com") == []


def test_a_form_that_is_not_there_is_no_error(api):
    ask = api("marketo-form-not-found")
    for path in ("asset/v1/form/1013.json", "asset/v1/form/1013/fields.json", "asset/v1/form/1014.json"):
        said = ask("GET", path)
        assert (said["success"], "result" in said) == (True, False)
        assert said["warnings"] == ["No assets found for the given search criteria."]


def test_who_may_read_no_people_can_write_one(api):
    ask = api("marketo-leads-unreadable")
    assert code(ask("GET", "v1/leads.json", params={"filterType": "email", "filterValues": "x"})) == "603"
    said = ask(
        "POST", "v1/leads/submitForm.json", json={"formId": FORM, "input": [{"leadFormFields": PERSON}]}
    )
    assert said["result"][0]["status"] == "created"


@pytest.mark.parametrize(
    ("method", "path", "more", "number"),
    [
        ("GET", "v1/anything.json", {}, "610"),
        ("PUT", "v1/leads.json", {}, "610"),
        ("POST", "v1/leads.json", {"data": {"filterType": "email"}}, "610"),
        ("GET", "v1/leads.json", {"params": {"filterType": "shoeSize"}}, "1003"),
        ("POST", "v1/leads/submitForm.json", {"data": {"formId": "1013"}}, "612"),
        *(
            ("POST", "v1/leads/submitForm.json", {"data": body, "headers": {"Content-Type": kind}}, number)
            for body, kind, number in (
                ("{", "application/json", "609"),
                ("[]", "application/json; charset=utf-8", "609"),
                ("{}", "text/plain", "612"),
            )
        ),
        ("POST", "v1/leads/submitForm.json", {"json": {"input": [{}]}}, "701"),
        ("POST", "v1/leads/submitForm.json", {"json": {"formId": FORM}}, "701"),
        ("POST", "v1/leads/submitForm.json", {"json": {"formId": FORM, "input": [{}]}}, "701"),
        ("POST", "v1/leads/submitForm.json", {"json": {"formId": 1, "input": [{}]}}, "1013"),
        ("DELETE", "v1/leads.json", {"data": "x"}, "612"),
        ("GET", "asset/v1/form/1013.json", {"headers": {"Authorization": ""}}, "601"),
        ("GET", "asset/v1/form/1013.json", {"headers": {"Authorization": "Bearer stranger"}}, "601"),
    ],
)
def test_what_cannot_be_carried_out(method, path, more, number, api):
    assert code(api()(method, path, **more)) == number


def test_a_token_in_the_address_counts_no_more(api):
    ask = api()
    [token] = ask.state.tokens
    said = ask("GET", f"asset/v1/form/1013.json?access_token={token}", headers={"Authorization": ""})
    assert code(said) == "601"


def test_a_person_can_be_asked_for_by_number(api):
    said = api()("GET", "v1/leads.json", params={"filterType": "id", "filterValues": "318500,318501"})
    assert [person["id"] for person in said["result"]] == [318500, 318501]


def test_a_field_that_is_not_on_the_form_leaves_the_person_out(api):
    body = {
        "formId": FORM,
        "input": [{"leadFormFields": PERSON | {"shoeSize": "9"}}, {"leadFormFields": PERSON}],
    }
    said = api()("POST", "v1/leads/submitForm.json", json=body)
    assert [one["status"] for one in said["result"]] == ["skipped", "created"]


@pytest.mark.parametrize("way", ["form", "address", "get"])
def test_a_client_may_name_itself_in_a_form_or_in_the_address(way, api):
    ask = api()
    url, query = f"{HOST}/identity/oauth/token", urlencode(ask.form)
    answer = {
        "form": lambda: ask.session.post(url, data=ask.form),
        "address": lambda: ask.session.post(f"{url}?{query}"),
        "get": lambda: ask.session.get(f"{url}?{query}"),
    }[way]()
    assert answer.json()["access_token"] in ask.state.tokens
    assert len(ask.state.tokens) == 1


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"client_id": "nobody"}, "unauthorized"),
        ({"client_secret": "x"}, "invalid_client"),
    ],
)
def test_bad_credentials_are_the_one_refusal_with_a_status(change, error, api):
    ask = api()
    answer = ask.session.post(f"{HOST}/identity/oauth/token", data=ask.form | change)
    assert (answer.status_code, answer.json()["error"]) == (401, error)


def test_a_token_that_has_expired_is_followed_by_another(api):
    ask = api()
    [token] = ask.state.tokens.values()
    token.expires -= timedelta(hours=2)
    assert code(ask("GET", "asset/v1/form/1013.json")) == "602"
    granted = ask.session.post(f"{HOST}/identity/oauth/token", data=ask.form).json()
    assert granted["access_token"] == list(ask.state.tokens)[1]


def test_a_hundred_calls_in_twenty_seconds_and_no_more(api):
    ask = api()
    ask.state.calls_lately = 98
    numbers = [ask("GET", "asset/v1/form/1013.json").get("errors") for _ in range(3)]
    assert [bool(errors) for errors in numbers] == [False, False, True]
    ask.state.moments = [moment - timedelta(seconds=21) for moment in ask.state.moments]
    assert ask("GET", "asset/v1/form/1013.json")["success"]


@pytest.mark.parametrize("world", ["marketo-account-not-found", "network-unavailable-at-marketo"])
def test_no_connection_may_come_about(world, start):
    with pytest.raises(
        requests.exceptions.ProxyError, match=str(WORLDS[world].changes["network.marketo.connect"])
    ):
        start(world).get(HOST)


@pytest.mark.parametrize(
    ("world", "status"),
    [("service-unavailable-at-marketo", 503), ("answer-not-understood-website-at-marketo", 200)],
)
def test_something_else_may_stand_there(world, status, start):
    answer = start(world).get(HOST)
    assert (answer.status_code, answer.headers["Content-Type"][:9]) == (status, "text/html")


@pytest.mark.parametrize(
    ("world", "made"), [("test-lead-answer-lost-at-marketo", 1), ("test-lead-outcome-unknown-at-marketo", 0)]
)
def test_an_answer_may_be_lost_after_the_work_or_before(world, made, api):
    ask = api(world)
    body = {"formId": FORM, "input": [{"leadFormFields": PERSON}]}
    with pytest.raises(requests.exceptions.ConnectionError):
        ask("POST", "v1/leads/submitForm.json", json=body)
    assert len(ask.state.people) == 2 + made


def test_the_sign_in_may_never_be_answered(start):
    with pytest.raises(requests.exceptions.ReadTimeout):
        start("service-stalled-at-marketo").post(f"{HOST}/identity/oauth/token", timeout=0.3)


def test_the_library_sends_its_token_in_the_header(library, monkeypatch):
    """Or it would prove nothing: tokens in addresses are refused since August 2026."""
    seen = []
    real = requests.get
    monkeypatch.setattr(
        "marketorestpython.helper.http_lib.requests.get",
        lambda url, **more: seen.append(more) or real(url, **more),
    )
    library().get_form_by_id(FORM)
    assert seen[-1]["headers"]["Authorization"].startswith("Bearer ")
    assert "access_token" not in seen[-1]["params"]
