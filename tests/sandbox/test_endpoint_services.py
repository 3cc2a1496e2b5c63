"""A function and a web service that take leads, and all the ways in which they do not."""

from __future__ import annotations

import pytest
import requests

from validator.sandbox.endpoint.receiver import Spelling

POINTER = "/httpsEndpointLeadConfiguration/httpsEndpointUrl"
FUNCTION = "https://fabrikam-leads.azurewebsites.net/api/leads"
RECEIVER = "https://leads.fabrikam.com/marketplace"

LEAD = {
    "UserDetails": {"FirstName": "Some", "LastName": "One", "Email": "someone@contoso.com", "Country": "USA"},
    "LeadSource": "AzureMarketplace",
    "ActionCode": "INS",
    "OfferTitle": "Test Microsoft",
}
CAMEL_CASE = {
    "userDetails": {"firstName": "Some", "lastName": "One", "email": "someone@contoso.com", "country": "USA"},
    "leadSource": "AzureMarketplace",
    "actionCode": "INS",
    "offerTitle": "Test Microsoft",
}


def function(client):
    return client.state.functions["leads"]


def receiver(client):
    return client.state.receivers["leads"]


def call(client, **query):
    return client.post(FUNCTION, params={"code": function(client).key, **query}, json=LEAD)


def send(client, lead=LEAD):
    """Post a lead to the address that the world's configuration has."""
    url = client.sandbox.overrides.get(POINTER, client.sandbox.credentials["LEAD_ENDPOINT_URL"])
    return client.post(url, json=lead)


def kept(client):
    """Give all that anybody took."""
    state = client.state
    takers = (*state.flows.values(), *state.functions.values(), *state.receivers.values())
    return [lead for taker in takers for lead in taker.taken]


def test_a_function_is_called_with_its_key(client):
    answer = call(client)
    assert (answer.status_code, answer.content) == (200, b"")
    assert function(client).taken == kept(client) == [LEAD]


def test_the_key_can_be_a_header(client):
    answer = client.post(FUNCTION, json=LEAD, headers={"x-functions-key": function(client).key})
    assert answer.status_code == 200


def test_a_function_keeps_what_is_no_json_as_text(client):
    client.post(FUNCTION, params={"code": function(client).key}, data="a lead")
    assert function(client).taken == ["a lead"]


@pytest.mark.parametrize("code", [None, "", "guess"])
def test_without_its_key_a_function_is_not_called(client, code):
    answer = call(client, code=code)
    assert (answer.status_code, answer.content) == (401, b"")
    assert "WWW-Authenticate" not in answer.headers
    assert kept(client) == []


def test_no_other_route_leads_to_the_function(client):
    answer = client.post(f"{FUNCTION}s?code={function(client).key}", json=LEAD)
    assert (answer.status_code, answer.content) == (404, b"")


def test_what_stands_before_a_function_answers_first(start):
    worlds = ("endpoint-function-stopped", "endpoint-login-required", "endpoint-function-not-found")
    client = start(*worlds, "endpoint-function-key-rejected")
    mend = [("running", True), ("login", type(function(client).login).OPEN), ("enabled", True)]
    seen = [send(client).status_code]
    for attribute, value in mend:
        setattr(function(client), attribute, value)
        seen.append(send(client).status_code)
    assert seen == [403, 401, 404, 401]
    assert kept(client) == []


@pytest.mark.parametrize(
    ("world", "status", "body", "headers"),
    [
        ("endpoint-function-key-rejected", 401, "", {}),
        ("endpoint-function-not-found", 404, "", {}),
        ("endpoint-function-stopped", 403, "Error 403 - This web app is stopped.", {}),
        (
            "endpoint-login-required",
            401,
            "",
            {"WWW-Authenticate": 'Bearer realm="fabrikam-leads.azurewebsites.net"'},
        ),
        ("endpoint-login-required-by-redirect", 302, "", {}),
        ("endpoint-redirects", 301, "", {"Location": "https://www.fabrikam.com/marketplace"}),
        ("endpoint-path-not-found", 404, "Not found", {}),
        ("endpoint-method-refused-by-receiver", 405, "", {"Allow": "GET, PUT"}),
        ("endpoint-media-type-refused", 415, "", {"Accept-Post": "application/xml"}),
        ("service-throttled-at-endpoint", 429, "Too many requests", {"Retry-After": "300"}),
        ("endpoint-receiver-failed", 500, "An unhandled exception occurred", {}),
        ("endpoint-lead-refused", 422, "The lead lacks Budget.", {}),
        ("service-unavailable-at-endpoint", 503, "The service is unavailable.", {}),
    ],
)
def test_a_world_of_services_refuses_the_lead(start, world, status, body, headers):
    client = start(world)
    answer = send(client)
    assert answer.status_code == status
    assert body in answer.text
    assert bool(body) == bool(answer.text)
    assert headers.items() <= answer.headers.items()
    assert kept(client) == []


def test_the_sign_in_page_is_microsoft_s(start):
    answer = send(start("endpoint-login-required-by-redirect"))
    assert answer.headers["Location"].startswith("https://login.microsoftonline.com/")


def test_a_stopped_app_answers_with_a_page(start):
    assert send(start("endpoint-function-stopped")).headers["Content-Type"].startswith("text/html")


def test_a_client_that_follows_a_redirect_loses_the_lead(start):
    """What `requests` does by default: the POST becomes a GET."""
    client = start("endpoint-redirects")
    receiver(client).redirects_to = FUNCTION
    function(client).key = None
    moved = requests.Session.request(client, "POST", RECEIVER, json=LEAD, timeout=10)
    assert moved.request.method == "GET"
    assert LEAD not in kept(client)


@pytest.mark.parametrize("lead", [LEAD, CAMEL_CASE], ids=["documented", "camelCase"])
def test_a_web_service_takes_a_lead_in_either_spelling(client, lead):
    answer = client.post(RECEIVER, json=lead)
    assert (answer.status_code, answer.content) == (200, b"")
    assert receiver(client).taken == kept(client) == [lead]


@pytest.mark.parametrize(
    ("world", "taken", "refused"),
    [
        ("endpoint-camel-case-refused", LEAD, CAMEL_CASE),
        ("endpoint-camel-case-only", CAMEL_CASE, LEAD),
    ],
)
def test_a_web_service_can_read_one_spelling_only(start, world, taken, refused):
    client = start(world)
    answer = send(client, refused)
    assert (answer.status_code, answer.text) == (422, "The lead lacks UserDetails/Email.")
    assert send(client, taken).status_code == 200
    assert kept(client) == [taken]


@pytest.mark.parametrize("spelling", Spelling)
@pytest.mark.parametrize("body", ["a lead", "[]", "null", '{"UserDetails": "someone"}', "{}"])
def test_what_is_no_lead_lacks_everything(client, spelling, body):
    receiver(client).accepts = spelling
    answer = client.post(RECEIVER, data=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.text) == (422, "The lead lacks UserDetails/Email.")


def test_all_that_a_lead_lacks_is_told(client):
    receiver(client).required = ("UserDetails/Email", "UserDetails/Phone", "Description")
    assert client.post(RECEIVER, json=LEAD).text == "The lead lacks UserDetails/Phone, Description."


@pytest.mark.parametrize(
    ("status", "headers"), [(401, {"WWW-Authenticate": 'Basic realm="leads"'}), (403, {})]
)
def test_a_web_service_can_want_credentials(client, status, headers):
    receiver(client).login = status
    answer = client.post(RECEIVER, json=LEAD)
    assert answer.status_code == status
    assert {name: answer.headers[name] for name in answer.headers if name == "WWW-Authenticate"} == headers
    client.auth = ("user", "password")
    assert client.post(RECEIVER, json=LEAD).status_code == 200


def test_what_stands_before_a_web_service_s_code_answers_first(client):
    service = receiver(client)
    steps = [
        ("retry_after", 5, None, 429),
        ("path", "/elsewhere", "/marketplace", 404),
        ("redirects_to", FUNCTION, "", 301),
        ("login", 403, None, 403),
        ("methods", ("GET",), ("POST",), 405),
        ("media_types", ("text/xml",), ("application/json",), 415),
        ("raises", True, False, 500),
        ("required", ("Budget",), (), 422),
    ]
    for attribute, broken, _, _ in steps:
        setattr(service, attribute, broken)
    for attribute, _, sound, status in steps:
        assert client.post(RECEIVER, json=LEAD).status_code == status
        setattr(service, attribute, sound)
    assert client.post(RECEIVER, json=LEAD).status_code == 200
    assert service.taken == [LEAD]


def test_a_web_service_can_be_out(client):
    client.state.network["receiver"].serves = "outage"
    assert client.post(RECEIVER, json=LEAD).status_code == 503


@pytest.mark.parametrize(
    ("world", "answer"),
    [
        ("endpoint-host-not-found", "502 Bad Gateway"),
        ("endpoint-connection-refused", "503 Service Unavailable"),
        ("endpoint-no-answer", "504 Gateway Timeout"),
        ("network-unavailable-at-endpoint", "502 Bad Gateway"),
        ("proxy-failed-at-endpoint", "407 Proxy Authentication Required"),
    ],
)
def test_the_way_to_the_endpoint_can_be_closed(start, world, answer):
    client = start(world)
    with pytest.raises(requests.exceptions.ProxyError, match=f"Tunnel connection failed: {answer}"):
        send(client)
    assert client.post(RECEIVER, json=LEAD).status_code == 200


@pytest.mark.parametrize("world", ["network-unavailable-at-endpoint", "proxy-failed-at-endpoint"])
def test_a_fault_of_our_own_network_is_met_on_the_way_to_entra_too(start, world):
    with pytest.raises(requests.exceptions.ProxyError, match="Tunnel connection failed"):
        start(world).ask_token()


def test_the_endpoint_can_stall_over_the_lead_alone(start):
    client = start("test-lead-outcome-unknown-at-endpoint")
    url = client.sandbox.credentials["LEAD_ENDPOINT_URL"]
    assert client.get(url).status_code == 400
    with pytest.raises(requests.exceptions.ReadTimeout):
        client.post(url, json=LEAD, timeout=0.3)
