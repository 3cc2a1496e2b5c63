"""Workflows behind an HTTP trigger, asked by another's client, in the service's own published words."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from validator.sandbox.endpoint.flow import Status, Who

POWER_PLATFORM = "https://default8f0d3c5e2a414b679d3e51c0a7e9b2.14.environment.api.powerplatform.com:443"
FLOWS = f"{POWER_PLATFORM}/powerautomate/automations/direct/workflows"

FORMS = {
    "leads": f"{FLOWS}/{{id}}/triggers/manual/paths/invoke",
    "logic_app": "https://prod-42.westeurope.logic.azure.com:443/workflows/{id}/triggers/manual/paths/invoke",
    "logic_app_standard": "https://fabrikam-workflows.azurewebsites.net:443/api/{id}/triggers/manual/invoke",
}

VERSIONS = {"leads": "1", "logic_app": "2016-10-01", "logic_app_standard": "2022-05-01"}

KINDS = {
    "leads": r"^https://[0-9a-z]+\.[0-9a-z]{2}\.environment\.api\.powerplatform\.com(:443)?/powerautomate/"
    r"automations/direct/(?:[a-z]+/[0-9]+/)?workflows/[0-9a-f]{32}/triggers/[^/]+/paths/invoke/?\?",
    "logic_app": r"^https://prod-[0-9]+\.[a-z0-9]+\.logic\.azure\.com(:443)?/workflows/[0-9a-f]{32}"
    r"/triggers/[^/]+/paths/invoke/?\?",
    "logic_app_standard": r"^https://[a-z0-9-]+\.azurewebsites\.net(:443)?/api/[^/]+/triggers/[^/]+/invoke/?\?",
}
"""The forms that addresses of each kind have in public."""

POINTER = "/httpsEndpointLeadConfiguration/httpsEndpointUrl"

LEAD = {
    "UserDetails": {
        "FirstName": "Some",
        "LastName": "One",
        "Email": "someone@contoso.com",
        "Phone": "16175555555",
        "Country": "USA",
        "Company": "Contoso",
        "Title": "Esquire",
    },
    "LeadSource": "AzureMarketplace",
    "ActionCode": "INS",
    "OfferTitle": "Test Microsoft",
    "Description": "Test run through Power Automate",
}
"""The documents' own sample."""

CAMEL_CASE = {
    "userDetails": {"firstName": "Some", "lastName": "One", "email": "someone@contoso.com"},
    "leadSource": "AzureMarketplace",
    "actionCode": "INS",
    "offerTitle": "Test Microsoft",
}

UNSIGNED = "DirectApiAuthorizationRequired"
SCHEME = "DirectApiInvalidAuthorizationScheme"

NO_VERSION = 400, "MissingApiVersionParameter"
UNKNOWN = 404, "WorkflowNotFound"
TWO = 400, "DirectApiRequestHasMoreThanOneAuthorization"
SAS_DISABLED = 401, SCHEME, "SAS disabled"
BEARER = 401, SCHEME, "Bearer wanted"
CALLER = 403, "AuthorizationFailed"
OAUTH = 401, UNSIGNED, "OAuth wanted"
ONLY_SAS = 401, UNSIGNED, "SAS wanted"
REJECTED = 401, None
OFF = 400, "WorkflowTriggerIsNotEnabled"
METHOD = 400, "TriggerRequestMethodNotValid"
MISMATCH = 400, "TriggerInputSchemaMismatch"

WORDS = {
    NO_VERSION: "The api-version query parameter (?api-version=) is required for all requests.",
    UNKNOWN: "The workflow '{}' could not be found.",
    TWO: "The request has both SAS authentication scheme and 'Basic' authorization scheme. "
    "Only one scheme should be used.",
    SAS_DISABLED: "The request has SAS authentication scheme while it is disabled "
    "under your access control policy.",
    BEARER: "The provided authorization token is not valid. "
    "The request should have a valid authorization header with 'Bearer' scheme.",
    CALLER: "The client IP address '{}' is not in the allowed caller IP address ranges "
    "specified in the workflow access control configuration.",
    OAUTH: "The OAuth authorization scheme is required. Please add authentication scheme and try again.",
    ONLY_SAS: "The request must be authenticated only by Shared Access scheme.",
    OFF: "Could not execute workflow '{}' trigger 'manual' with state '{}': trigger is not enabled.",
    METHOD: "The HTTP method for this request is not valid: expected '{}' and actual '{}'.",
    MISMATCH: "The input body for trigger 'manual' of type 'Request' did not match its schema definition. "
    "Error details: '{}'.",
}
"""As the service was heard to say it, or its documents do."""


def said(refusal, *facts):
    """Give status, code and message of a refusal."""
    return *refusal[:2], WORDS[refusal].format(*facts)


def address(client, name="leads", path=None, **changes):
    """Make the address of a workflow; `changes` of its query: None leaves a parameter out."""
    flow = client.state.flows[name]
    query = {"api-version": VERSIONS[name], "sp": "/triggers/manual/run", "sv": "1.0", "sig": flow.signature}
    query |= {key.replace("_", "-"): value for key, value in changes.items()}
    kept = {key: value for key, value in query.items() if value is not None}
    return f"{path or FORMS[name].format(id=flow.id)}?{urlencode(kept)}"


def refused(answer):
    """Check that a refusal is the service's, and give its status, code and message."""
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.headers["x-ms-request-id"]
    [(name, error)] = answer.json().items()
    assert name == "error"
    return answer.status_code, error.get("code"), error["message"]


def flow(client, name="leads"):
    return client.state.flows[name]


@pytest.fixture(params=FORMS)
def name(request):
    return request.param


def test_the_credentials_open_the_flow(client):
    assert client.sandbox.credentials["LEAD_ENDPOINT_URL"] == address(client)


def test_addresses_look_like_microsoft_s(client, name):
    url = address(client, name)
    assert re.match(KINDS[name], url)
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", parse_qs(urlsplit(url).query)["sig"][0])


@pytest.mark.parametrize("lead", [LEAD, CAMEL_CASE, {}], ids=["documented", "camelCase", "empty"])
def test_a_run_starts_at_once_and_the_lead_is_kept(client, name, lead):
    answer = client.post(address(client, name), json=lead)
    assert (answer.status_code, answer.content) == (202, b"")
    assert "Content-Type" not in answer.headers
    assert re.fullmatch(r"[0-9]{29}CU[0-9]{2}", answer.headers["x-ms-workflow-run-id"])
    assert answer.headers["x-ms-request-id"]
    assert flow(client, name).taken == [lead]
    assert [len(other.taken) for key, other in client.state.flows.items() if key != name] == [0, 0]


def test_each_run_has_its_own_id(client):
    runs = {
        client.post(address(client), json=LEAD).headers["x-ms-workflow-run-id"],
        client.post(address(client), json=LEAD).headers["x-ms-workflow-run-id"],
    }
    assert len(runs) == 2


def test_a_response_action_gives_its_own_status(client):
    flow(client).response = 201
    assert client.post(address(client), json=LEAD).status_code == 201
    assert flow(client).taken == [LEAD]


def test_a_response_action_that_comes_too_late_is_a_timeout_and_the_lead_is_taken(start):
    client = start("endpoint-response-too-late")
    answer = client.post(address(client), json=LEAD)
    assert (answer.status_code, answer.reason) == (504, "GATEWAY TIMEOUT")
    assert flow(client).taken == [LEAD]


@pytest.mark.parametrize("missing", ["sp", "sv", "sig"])
def test_an_address_without_its_whole_signature_is_refused(client, name, missing):
    answer = client.post(address(client, name, **{missing: None}), json=LEAD)
    assert refused(answer) == said(ONLY_SAS)
    assert flow(client, name).taken == []


@pytest.mark.parametrize(
    "change",
    [
        {"sig": "sandbox-signature-of-the-flow-opens-nothin"},
        {"sig": "x" * 43},
        {"sp": "/triggers/another/run"},
        {"sv": "2.0"},
    ],
)
def test_a_wrong_signature_is_rejected_without_a_published_code(client, name, change):
    assert refused(client.post(address(client, name, **change), json=LEAD))[:2] == REJECTED
    assert flow(client, name).taken == []


def test_the_names_of_parameters_have_no_case(client):
    url = address(client).replace("api-version=", "Api-Version=").replace("&sig=", "&SIG=")
    assert client.post(url, json=LEAD).status_code == 202


def test_a_lost_query_is_told_by_what_comes_first(client, name):
    url = address(client, name).partition("?")[0]
    assert refused(client.post(url, json=LEAD)) == said(NO_VERSION)


def test_a_header_beside_the_signature_is_one_authorisation_too_many(client, name):
    client.auth = ("user", "password")
    assert refused(client.post(address(client, name), json=LEAD)) == said(TWO)
    assert flow(client, name).taken == []


def test_a_header_without_the_signature_opens_nothing(client):
    client.auth = ("user", "password")
    url = address(client, sp=None, sv=None, sig=None)
    assert refused(client.post(url, json=LEAD)) == said(ONLY_SAS)


def test_a_trigger_for_the_tenant_wants_a_sign_in_signature_or_not(start):
    client = start("endpoint-tenant-only")
    for url in (address(client), address(client, sp=None, sv=None, sig=None)):
        assert refused(client.post(url, json=LEAD)) == said(OAUTH)


def test_a_workflow_that_nobody_knows_is_named(client, name):
    unknown = "0" * 32
    url = address(client, name, FORMS[name].format(id=unknown))
    assert refused(client.post(url, json=LEAD)) == said(UNKNOWN, unknown)


@pytest.mark.parametrize(
    ("at", "other"),
    [("leads", "logic_app"), ("logic_app", "logic_app_standard"), ("logic_app_standard", "leads")],
)
def test_a_workflow_is_found_at_the_host_of_its_kind_only(client, at, other):
    found = flow(client, other)
    found.id = "f" * 32
    url = address(client, other, FORMS[at].format(id=found.id))
    assert refused(client.post(url, json=LEAD))[:2] == UNKNOWN
    assert found.taken == []


def test_the_newer_form_of_a_flow_s_address_leads_to_it_too(client):
    path = FORMS["leads"].format(id=flow(client).id).replace("/direct/", "/direct/cu/16/")
    assert client.post(address(client, path=path), json=LEAD).status_code == 202


def test_nothing_stands_at_any_other_path(client, name):
    path = FORMS[name].format(id=flow(client, name).id).replace("/manual/", "/automatic/")
    answer = client.post(address(client, name, path), json=LEAD)
    assert (answer.status_code, answer.content) == (404, b"")


def test_the_flow_s_old_address_is_gone_unless_the_state_says_otherwise(client):
    url = address(client, path=FORMS["logic_app"].format(id=flow(client).id), api_version="2016-06-01")
    gone = client.post(url, json=LEAD)
    assert (gone.status_code, gone.content) == (404, b"")
    flow(client).old_address_works = True
    assert client.post(url, json=LEAD).status_code == 202
    assert flow(client).taken == [LEAD]


def test_another_method_than_the_trigger_s_is_refused(client):
    assert refused(client.get(address(client))) == said(METHOD, "POST", "GET")


def test_a_refusal_names_the_workflow(client, name):
    flow(client, name).status = Status.DISABLED
    found = refused(client.post(address(client, name), json=LEAD))
    assert found == said(OFF, flow(client, name).name, "Disabled")


@pytest.mark.parametrize(
    ("change", "details"),
    [
        ({"UserDetails": None}, "Invalid type. Expected Object but got Null."),
        ({"UserDetails": {"Phone": None}}, "Invalid type. Expected String but got Null."),
        ({"ActionCode": 1}, "Invalid type. Expected String but got Integer."),
        ({"ActionCode": 1.5}, "Invalid type. Expected String but got Number."),
        ({"OfferTitle": True}, "Invalid type. Expected String but got Boolean."),
        (
            {"OfferTitle": [], "Description": {}},
            "Invalid type. Expected String but got Array.,Invalid type. Expected String but got Object.",
        ),
    ],
)
def test_a_value_of_another_type_is_refused_in_the_schema_s_words(client, change, details):
    assert refused(client.post(address(client), json=LEAD | change)) == said(MISMATCH, details)
    assert flow(client).taken == []


def test_a_body_that_is_no_json_is_text(client):
    answer = client.post(address(client), data="a lead", headers={"Content-Type": "application/json"})
    assert refused(answer) == said(MISMATCH, "Invalid type. Expected Object but got String.")


def test_a_schema_can_allow_null(client):
    names = flow(client).schema["properties"]["UserDetails"]["properties"]
    names["Phone"]["type"] = ["string", "null"]
    assert client.post(address(client), json={"UserDetails": {"Phone": None}}).status_code == 202
    wrong = client.post(address(client), json={"UserDetails": {"Phone": 7}})
    assert refused(wrong) == said(MISMATCH, "Invalid type. Expected String, Null but got Integer.")


def test_required_properties_are_named(client):
    flow(client).schema["required"] = ["Budget", "LeadSource"]
    flow(client).schema["properties"]["UserDetails"]["required"] = ["Company", "Mobile"]
    details = "Required properties are missing from object: "
    found = refused(client.post(address(client), json=LEAD))
    assert found == said(MISMATCH, f"{details}Budget.,{details}Mobile.")


def test_a_trigger_without_schema_validation_takes_anything(client):
    flow(client).schema_validation = False
    flow(client).schema["required"] = ["Budget"]
    for sent in ("null", '"a lead"', "[]", "no JSON"):
        assert client.post(address(client), data=sent).status_code == 202
    assert flow(client).taken == [None, "a lead", [], "no JSON"]


def test_a_schema_without_types_takes_any(client):
    flow(client).schema = {}
    assert client.post(address(client), json=[LEAD]).status_code == 202


def test_one_fault_hides_the_next(client):
    """Who asks comes before what is asked, and the state of the flow before what the lead looks like."""
    trigger = flow(client)
    steps = [
        ("gateway_adds", "Basic", "", TWO),
        ("sas_allowed", False, True, SAS_DISABLED),
        ("who", Who.TENANT, Who.ANYONE, OAUTH),
        ("signature", "x" * 43, trigger.signature, REJECTED),
        ("status", Status.DELETED, Status.ENABLED, OFF),
        ("method", "GET", "POST", METHOD),
        ("schema", {"required": ["Budget"]}, trigger.schema, MISMATCH),
    ]
    url = address(client)
    for attribute, broken, _, _ in steps:
        setattr(trigger, attribute, broken)
    for attribute, _, sound, expected in steps:
        assert refused(client.post(url, json=LEAD))[:2] == expected[:2]
        setattr(trigger, attribute, sound)
    assert client.post(url, json=LEAD).status_code == 202
    assert trigger.taken == [LEAD]


NAME = "d2f7a3c8-1b64-4e95-a07d-5c9e82f6b310"
NOBODY = "14a2e5f3d6c0a8d9e0f475a5e1b1c7b6"
"""The id of the healthy flow, read backwards."""
BUDGET = "Required properties are missing from object: Budget."


@pytest.mark.parametrize(
    ("world", "expected"),
    [
        ("endpoint-signature-missing", said(ONLY_SAS)),
        ("endpoint-parameters-missing", said(NO_VERSION)),
        ("endpoint-workflow-not-found", said(UNKNOWN, NOBODY)),
        ("endpoint-flow-off", said(OFF, NAME, "Disabled")),
        ("endpoint-flow-deleted", said(OFF, NAME, "Deleted")),
        ("endpoint-tenant-only", said(OAUTH)),
        ("endpoint-two-authorisations", said(TWO)),
        ("endpoint-sas-disabled", said(SAS_DISABLED)),
        ("endpoint-caller-refused", said(CALLER, "127.0.0.1")),
        ("endpoint-bearer-wanted", said(BEARER)),
        ("endpoint-method-refused", said(METHOD, "GET", "POST")),
        ("endpoint-schema-mismatch", said(MISMATCH, BUDGET)),
    ],
)
def test_a_world_of_workflows_refuses_the_lead_in_its_words(start, world, expected):
    client = start(world)
    url = client.sandbox.overrides.get(POINTER, client.sandbox.credentials["LEAD_ENDPOINT_URL"])
    assert refused(client.post(url, json=LEAD)) == expected
    assert [trigger.taken for trigger in client.state.flows.values()] == [[], [], []]


def test_a_renewed_signature_shuts_the_old_address_out(start):
    client = start("endpoint-signature-rejected")
    assert refused(client.post(client.sandbox.credentials["LEAD_ENDPOINT_URL"], json=LEAD))[:2] == REJECTED
    assert client.post(address(client), json=LEAD).status_code == 202


def test_the_old_address_of_a_flow_is_gone(start):
    client = start("endpoint-flow-url-gone")
    url = client.sandbox.overrides[POINTER]
    assert re.match(KINDS["logic_app"], url)
    assert client.post(url, json=LEAD).status_code == 404
    assert client.post(client.sandbox.credentials["LEAD_ENDPOINT_URL"], json=LEAD).status_code == 202


def test_a_logic_app_works_where_flows_are_gone(start):
    client = start("endpoint-flow-url-retired")
    assert client.sandbox.overrides[POINTER] == address(client, "logic_app")
    assert client.post(client.sandbox.overrides[POINTER], json=LEAD).status_code == 202


def test_a_schema_made_from_a_sample_refuses_sparse_leads_only(start):
    client = start("endpoint-sparse-lead-refused")
    sparse = {"UserDetails": {"FirstName": "Some", "LastName": "One", "Email": "someone@contoso.com"}}
    details = "Required properties are missing from object: Company, Country, Phone, Title."
    assert refused(client.post(address(client), json=sparse)) == said(MISMATCH, details)
    assert client.post(address(client), json=LEAD).status_code == 202
    assert client.post(address(client), json=CAMEL_CASE).status_code == 202
