"""What stands in the way of the forms, and of who looks for leads, as any client meets it at the wire."""

from __future__ import annotations

import pytest
import requests

from validator.sandbox import Sandbox

WEB_TO_LEAD = "https://webto.salesforce.com/servlet/servlet.WebToLead?encoding=UTF-8"
FORM = {"oid": "00D5e000000HabC", "last_name": "Lovelace", "company": "Contoso"}
TOKEN = "https://fabrikam.my.salesforce.com/services/oauth2/token"
DESCRIBE = "https://fabrikam.my.salesforce.com/services/data/v59.0/sobjects/Lead/describe"


def post(client):
    return client.post(WEB_TO_LEAD, data=FORM)


def sign_in(client):
    given = client.sandbox.credentials
    credentials = {"client_id": given["SF_CLIENT_ID"], "client_secret": given["SF_CLIENT_SECRET"]}
    return client.post(TOKEN, data={"grant_type": "client_credentials", **credentials}, timeout=0.4)


def queue(client):
    return client.state.salesforce["fabrikam"].queue


def test_the_identifier_can_be_that_of_another_organisation():
    [value] = Sandbox(["salesforce-other-organization"]).overrides.values()
    assert value != FORM["oid"]
    assert value.startswith("00D")


def test_a_session_can_end_as_soon_as_it_begins(start):
    client = start("salesforce-session-ended")
    token = sign_in(client).json()["access_token"]
    refused = client.get(DESCRIBE, headers={"Authorization": f"Bearer {token}"})
    assert (refused.status_code, refused.json()[0]["errorCode"]) == (401, "INVALID_SESSION_ID")


@pytest.mark.parametrize(
    ("world", "ask"), [("salesforce-domain-not-found", sign_in), ("network-unavailable-at-web-to-lead", post)]
)
def test_a_name_can_be_nobodys(world, ask, start):
    with pytest.raises(requests.exceptions.ProxyError, match="502 Bad Gateway"):
        ask(start(world))


def test_an_answer_can_be_lost_after_the_form_was_taken(start):
    client = start("test-lead-answer-lost-at-web-to-lead")
    with pytest.raises(requests.exceptions.ConnectionError):
        post(client)
    assert len(queue(client)) == 1


def test_web_to_lead_can_be_down(start):
    client = start("test-lead-outcome-unknown-at-web-to-lead")
    assert post(client).status_code == 503
    assert queue(client) == []


def test_the_sign_in_can_stall_alone(start):
    client = start("service-stalled-at-salesforce")
    with pytest.raises(requests.exceptions.ReadTimeout):
        sign_in(client)
    assert post(client).status_code == 200


def test_what_the_api_does_not_have_is_not_found(start):
    answer = start().get("https://fabrikam.my.salesforce.com/services/data/v59.0/sobjects/Account/describe")
    assert (answer.status_code, answer.json()[0]["errorCode"]) == (404, "NOT_FOUND")


def test_a_web_site_can_stand_at_the_domain(start):
    answer = sign_in(start("answer-not-understood-website-at-salesforce"))
    assert answer.headers["Content-Type"].startswith("text/html")
