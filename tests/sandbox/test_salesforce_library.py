"""Another people's client of Salesforce works unchanged: all it knows of the sandbox are a proxy and a CA."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
import requests
from simple_salesforce import Salesforce
from simple_salesforce.exceptions import (
    SalesforceAuthenticationFailed,
    SalesforceMalformedRequest,
    SalesforceRefusedRequest,
    SalesforceResourceNotFound,
)

EARLIER = "MSFT_TEST_639000000000000000@test.com"
FORM = {"first_name": "Ada", "last_name": "O'Hara", "email": "ada@example.com", "company": "Contoso"}
WEB_TO_LEAD = "https://webto.salesforce.com/servlet/servlet.WebToLead?encoding=UTF-8"


@pytest.fixture
def organization(start):
    """Sign the library in at the organisation's My Domain, with the sandbox's credentials."""

    def signed_in(*worlds, **credentials):
        sandbox = start(*worlds).sandbox
        session = requests.Session()
        session.trust_env, session.verify = False, sandbox.ca_file
        session.proxies = {"https": sandbox.proxy}
        given = {
            "consumer_key": sandbox.credentials["SF_CLIENT_ID"],
            "consumer_secret": sandbox.credentials["SF_CLIENT_SECRET"],
        }
        client = Salesforce(domain="fabrikam.my", session=session, **given | credentials)
        client.web_to_lead = lambda **form: session.post(WEB_TO_LEAD, data=form)
        client.state = sandbox.state.salesforce["fabrikam"]
        return client

    return signed_in


def test_it_signs_in_and_describes_leads(organization):
    described = organization().Lead.describe()
    fields = {field["name"]: field for field in described["fields"]}
    assert described["name"] == "Lead"
    assert [name for name, field in fields.items() if not field["nillable"]] == [
        *("LastName", "Company", "Status", "OwnerId", "IsConverted")
    ]
    assert "Web" in [value["value"] for value in fields["LeadSource"]["picklistValues"]]


def test_it_finds_the_lead_of_an_earlier_publishing(organization):
    query = "SELECT Id, Email, Phone FROM Lead WHERE Email = 'msft_test_639000000000000000@test.com'"
    found = organization().query(query)
    assert (found["totalSize"], found["done"]) == (1, True)
    [record] = found["records"]
    assert (record["Email"], record["Phone"], record["attributes"]["type"]) == (EARLIER, "1234567890", "Lead")


def test_a_form_becomes_a_lead_after_a_while_and_can_be_removed(organization):
    client = organization()
    client.state.delay = 0
    answer = client.web_to_lead(oid="00D5e000000HabC", **FORM)
    assert (answer.status_code, answer.headers["Is-Processed"], answer.text) == (200, "true", "")
    query = r"SELECT Id, LastName FROM Lead WHERE LastName = 'O\'Hara' AND Email LIKE 'ada@%' LIMIT 5"
    [record] = client.query(query)["records"]
    assert client.Lead.get(record["Id"])["Company"] == "Contoso"
    assert client.Lead.delete(record["Id"]) == 204
    assert client.query(query)["totalSize"] == 0
    with pytest.raises(SalesforceResourceNotFound):
        client.Lead.delete(record["Id"])


def test_a_form_waits_in_a_queue(organization):
    client = organization()
    client.state.delay = 60
    client.web_to_lead(oid="00D5e000000HabC", **FORM)
    assert client.query("SELECT Id FROM Lead WHERE Email = 'ada@example.com'")["totalSize"] == 0


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("SELECT Id FROM Lead", 1),
        (r"SELECT Id FROM Lead WHERE Email LIKE 'MSFT\_TEST\_%'", 1),
        ("SELECT Id FROM Lead WHERE Email LIKE 'MSFT_TEST%' AND Country = 'GB'", 0),
        ("select id from lead where country = 'us' order by createddate desc limit 1", 1),
        ("SELECT Id FROM Lead ORDER BY Email ASC LIMIT 0", 0),
        (r"SELECT Id FROM Lead WHERE Email LIKE 'MSFT\%%'", 0),
    ],
)
def test_queries(query, found, organization):
    assert organization().query(query)["totalSize"] == found


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("SELECT Id FROM Account", "INVALID_TYPE"),
        ("SELECT Id, Salary__c FROM Lead", "INVALID_FIELD"),
        ("SELECT Id FROM Lead WHERE Salary__c = '1'", "INVALID_FIELD"),
        ("DELETE FROM Lead", "MALFORMED_QUERY"),
        ("SELECT Id FROM Lead WHERE Email > 'a'", "MALFORMED_QUERY"),
    ],
)
def test_a_query_that_cannot_be_carried_out(query, code, organization):
    with pytest.raises(SalesforceMalformedRequest) as refused:
        organization().query(query)
    assert refused.value.content[0]["errorCode"] == code


@pytest.mark.parametrize(
    ("world", "code"),
    [
        ("salesforce-client-id-unknown", "invalid_client_id"),
        ("salesforce-client-secret-wrong", "invalid_client"),
        ("salesforce-no-run-as-user", "invalid_grant"),
        ("salesforce-flow-not-enabled", "unsupported_grant_type"),
        ("salesforce-user-refused", "invalid_grant"),
    ],
)
def test_it_understands_why_it_is_not_let_in(world, code, organization):
    with pytest.raises(SalesforceAuthenticationFailed) as refused:
        organization(world)
    assert refused.value.code == code


def test_another_flow_is_not_for_this_client(start):
    token = start().post("https://fabrikam.my.salesforce.com/services/oauth2/token", data={"grant_type": "x"})
    assert (token.status_code, token.json()["error"]) == (400, "unsupported_grant_type")


@pytest.mark.parametrize(
    ("world", "code"),
    [
        ("salesforce-api-disabled", "API_DISABLED_FOR_ORG"),
        ("salesforce-request-limit", "REQUEST_LIMIT_EXCEEDED"),
    ],
)
def test_it_understands_why_it_is_told_nothing(world, code, organization):
    client = organization(world)
    with pytest.raises(SalesforceRefusedRequest) as refused:
        client.Lead.describe()
    assert refused.value.content[0]["errorCode"] == code


@pytest.mark.parametrize("token", ["", "Bearer stranger"])
def test_a_stranger_learns_nothing(token, start):
    address = "https://fabrikam.my.salesforce.com/services/data/v59.0/sobjects/Lead/describe"
    refused = start().get(address, headers={"Authorization": token})
    assert (refused.status_code, refused.json()[0]["errorCode"]) == (401, "INVALID_SESSION_ID")


def test_a_user_without_the_object_learns_nothing_of_it(organization):
    client = organization()
    client.state.lead_readable = False
    [identifier] = client.state.leads
    for question in (client.Lead.describe, lambda: client.Lead.get(identifier)):
        with pytest.raises(SalesforceResourceNotFound):
            question()
    with pytest.raises(SalesforceMalformedRequest):
        client.query("SELECT Id FROM Lead")


def test_a_user_may_be_kept_from_deleting(organization):
    client = organization("test-lead-not-deleted-at-salesforce")
    [identifier] = client.state.leads
    with pytest.raises(SalesforceRefusedRequest):
        client.Lead.delete(identifier)
    assert list(client.state.leads) == [identifier]


def test_country_picklists_show_as_a_field_of_codes(organization):
    fields = {
        field["name"]: field for field in organization("country-picklist-enabled").Lead.describe()["fields"]
    }
    assert [value["value"] for value in fields["CountryCode"]["picklistValues"]] == ["GB", "US"]


@pytest.mark.parametrize(
    "oid", ["", "00D5e000000Hab", "00Q5e000000HabC", "00D5e000000Hab-", "00D5e000000HabCAAA", None]
)
def test_web_to_lead_refuses_what_is_no_identifier(oid, organization):
    client = organization()
    answer = client.web_to_lead(**FORM, **({} if oid is None else {"oid": oid}))
    assert answer.status_code == 200
    assert answer.headers["Is-Processed"] == "true Exception:common.exception.SalesforceGenericException"
    assert client.state.queue == []


@pytest.mark.parametrize("oid", ["00D5e000000XyzQ", "00D5e000000HabCEAU"])
def test_web_to_lead_takes_any_identifier_that_is_sound(oid, organization):
    client = organization()
    long = client.state.long_id
    answer = client.web_to_lead(oid=long if oid[:15] == long[:15] else oid, **FORM)
    assert answer.headers["Is-Processed"] == "true"
    assert len(client.state.queue) == (oid[:15] == long[:15])


def test_what_is_in_the_address_counts_too(start):
    client = start()
    query = urlencode({**FORM, "oid": "00D5e000000HabC", "encoding": "UTF-8"})
    assert client.get(f"{WEB_TO_LEAD.partition('?')[0]}?{query}").headers["Is-Processed"] == "true"
    assert len(client.state.salesforce["fabrikam"].queue) == 1
    assert client.get("https://webto.salesforce.com/other").status_code == 404


def test_a_header_may_be_missing(organization):
    client = organization()
    client.state.answer_header = None
    assert "Is-Processed" not in client.web_to_lead(oid="00D5e000000HabC", **FORM).headers
    assert len(client.state.queue) == 1


@pytest.mark.parametrize(
    ("world", "form", "to", "reason"),
    [
        (
            "test-lead-not-found-web-to-lead-off",
            {},
            "Salesforce Customer Support",
            "Web-to-Lead is disabled",
        ),
        ("test-lead-not-found-without-default-creator", {}, "Salesforce Customer Support", "No default lead"),
        ("test-lead-not-found-daily-limit", {}, "leads@fabrikam.com", "The limit of requests"),
        ("required-picklist-on-lead", {}, "leads@fabrikam.com", "fields are missing: [Industry Type]"),
        ("required-field-on-lead", {}, "leads@fabrikam.com", "fields are missing: [Source Detail]"),
        (
            *("restricted-picklist-on-lead", {"lead_source": "SPZA-INS|x"}, "leads@fabrikam.com"),
            "Lead Source: bad value for restricted picklist field: SPZA-INS|x",
        ),
        ("country-picklist-enabled", {"country": "US"}, "leads@fabrikam.com", "a problem with this country"),
        ("test-lead-not-found-validation-rule", {}, "leads@fabrikam.com", "State is required for US leads."),
        (
            *("test-lead-not-found-duplicate-rule", {"phone": "1234567890"}, "leads@fabrikam.com"),
            "creating a duplicate record",
        ),
        ("healthy", {"company": ""}, "leads@fabrikam.com", "fields are missing: [Company]"),
    ],
)
def test_a_lead_that_is_not_made_ends_as_a_mail(world, form, to, reason, organization):
    client = organization(world)
    client.state.delay = 0
    before = dict(client.state.leads)
    assert client.web_to_lead(oid="00D5e000000HabC", **FORM | form).headers["Is-Processed"] == "true"
    client.query("SELECT Id FROM Lead")  # whoever asks sees what the queue has done
    [mail] = client.state.outbox
    assert (mail.to, client.state.leads) == (to, before)
    assert reason in mail.text
    assert "\nencoding = UTF-8\nfirst_name = Ada\n" in mail.text


def test_a_form_without_a_solved_recaptcha_is_dropped_without_a_word(organization):
    client = organization("test-lead-not-found-recaptcha-required")
    client.state.delay = 0
    client.web_to_lead(oid="00D5e000000HabC", **FORM)
    assert client.query("SELECT Id FROM Lead")["totalSize"] == 1
    assert (client.state.outbox, client.state.queue) == ([], [])


def test_a_country_that_is_an_integration_value_is_fine(organization):
    client = organization("country-picklist-enabled")
    client.state.delay = 0
    client.web_to_lead(oid="00D5e000000HabC", country="United States", **FORM)
    assert client.query("SELECT Id FROM Lead")["totalSize"] == 2
