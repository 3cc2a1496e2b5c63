"""The ladder of Marketo, with single answers made odd on the wire."""

from __future__ import annotations

import json
from datetime import timedelta
from urllib.parse import parse_qsl

import pytest
from werkzeug import Response

from validator.model import Delivery, Severity, Status, Verdict
from validator.sandbox.marketo.subscription import READ_ASSETS, WRITE_LEADS

TOKEN = r"POST /identity/oauth/token"
FORM = r"GET /rest/asset/v1/form/1013\.json"
FIELDS = r"GET /rest/asset/v1/form/1013/fields\.json"
SUBMIT = r"POST /rest/v1/leads/submitForm\.json"
QUERY = r"GET /rest/v1/leads\.json"
DELETE = r"DELETE /rest/v1/leads\.json"

RUNGS = ["account", "sign-in", "form", "form-fields", "test-lead", "arrival"]


@pytest.fixture
def climb(stage):
    """Climb with the example."""
    return lambda options=None, **block: stage.result(
        "marketo", {"deadline": 20.0} | (options or {}), **block
    )


@pytest.fixture
def account(stage):
    return stage.state.marketo["fabrikam"]


def answered(result):
    return result.verdict, result.test_lead and result.test_lead.outcome


def statuses(result):
    by_id = {outcome.id: outcome.status for outcome in result.checks}
    return [by_id[f"marketo-{name}"] for name in RUNGS]


def note(result, name):
    return next(outcome.note for outcome in result.checks if outcome.id == f"marketo-{name}")


def refusal(*errors):
    """Make the envelope of a refusal, from codes and messages."""
    listed = [{"code": code, "message": message} for code, message in errors]
    return {"requestId": "e42b#14272d07d78", "success": False, "errors": listed}


def result_of(*rows, **more):
    return {"requestId": "e42b#14272d07d78", "success": True, "result": list(rows), **more}


def test_the_lead_has_the_documented_fields_and_is_read_back(stage, climb, account):
    seen = []
    stage.odd(SUBMIT, lambda request: seen.append((request.get_json(), request.headers)))
    result = climb()
    token = result.test_lead.token
    [(body, headers)] = seen
    assert body == {
        "formId": 1013,
        "input": [
            {
                "leadFormFields": {
                    "firstName": token,
                    "lastName": token,
                    "email": f"{token}@test.com",
                    "phone": "1234567890",
                    "title": token,
                    "company": token,
                    "country": "US",
                    "leadSource": f"{token}-{token}|Fabrikam CRM add-in",
                }
            }
        ],
    }
    assert headers["Content-Type"] == "application/json"
    assert answered(result) == (Verdict.READY, Delivery.CONFIRMED)
    [number] = [number for number, person in account.people.items() if person["lastName"] == token]
    assert result.test_lead.where == f"Marketo account 427-FKM-190, form 1013, record {number}"
    assert statuses(result) == [Status.PASSED] * 6
    allowed, entered = result.unproven
    assert "allow list" in allowed
    assert "Partner Center" in entered
    assert [found.id for found in result.findings] == []


def test_nothing_is_posted_but_the_sign_in_and_the_form(stage, climb):
    """Adobe forbids programs to post to the address that browsers post forms to."""
    climb()
    posts = [request.split(" ")[2] for request in stage.requests if " POST " in request]
    assert posts == ["/identity/oauth/token?", "/rest/v1/leads/submitForm.json?"]
    assert {request.split(" ")[0] for request in stage.requests} == {"427-fkm-190.mktorest.com"}


def test_the_client_is_named_in_the_form_and_the_token_in_the_header(stage, climb):
    signed, asked = [], []
    stage.odd(
        TOKEN, lambda request: signed.append((request.query_string, parse_qsl(request.get_data().decode())))
    )
    stage.odd(
        r" /rest/", lambda request: asked.append((request.headers["Authorization"], request.query_string))
    )
    climb()
    secret = stage.configured("marketo").text("/marketoLeadConfiguration/clientSecret")
    [(query, form)] = signed
    assert query == b""
    assert form[0] == ("grant_type", "client_credentials")
    assert form[2] == ("client_secret", secret)
    assert all(header.startswith("Bearer ") for header, _ in asked)
    assert not any(b"token" in query for _, query in asked)


def test_the_secret_and_the_token_are_in_no_address_and_no_line(stage, climb, account):
    result = climb()
    secret = stage.configured("marketo").text("/marketoLeadConfiguration/clientSecret")
    told = f"{result} {stage.requests} {stage.lines}"
    assert account.tokens
    assert not any(hidden in told for hidden in (secret, *account.tokens))


def test_without_a_test_lead_nothing_is_submitted(stage, climb):
    result = climb({"test_lead": False})
    assert result.verdict is Verdict.PERMITTED
    assert stage.count(SUBMIT) + stage.count(QUERY) == 0


def test_cleaning_up_removes_our_lead_alone(climb, account):
    before = dict(account.people)
    result = climb({"cleanup": True})
    assert result.test_lead.cleaned_up
    assert account.people == before


# Settings that end the climb, or leave nothing to sign in with


def test_the_connector_of_2022_is_asked_nothing(stage, ids):
    (found,) = stage.climb(written(stage, "  serverId: sj12\n"))
    assert ids(found) == ["marketo-connector-retired"]
    assert (found.verdict, stage.requests, stage.lines) == (Verdict.NOT_READY, [], [])


def test_without_credentials_nothing_is_proven(stage, ids):
    (found,) = stage.climb(written(stage, ""))
    assert ids(found) == ["missing-key"]
    assert found.verdict is Verdict.UNPROVEN
    assert statuses(found) == [Status.PASSED, *[Status.SKIPPED] * 5]
    assert "clientId and clientSecret" in note(found, "sign-in")
    assert stage.requests == []


def written(stage, more):
    """Read the example with something else in the place of its credentials."""
    text = stage.written("marketo").replace("  clientId: ", "#").replace("  clientSecret: ", "#")
    return stage.read(text.replace("  contactEmail", f"{more}  contactEmail"))


@pytest.mark.parametrize("value", ["evil.example/", "evil.example#", "a@evil.example:443/x", "..", "[", ""])
def test_a_munchkin_id_leads_to_no_other_host(value, stage, climb):
    stage.move_in(stage.state.network["marketo"], "evil.example")
    ignored = frozenset(
        {"marketo-munchkin-id-malformed", "marketo-landing-page", "wrong-value", "missing-key"}
    )
    result = climb({"ignore": ignored}, munchkinId=value)
    assert (statuses(result)[0], stage.requests) == (Status.FAILED, [])
    assert [found.id for found in result.findings if not found.suppressed] == ["host-not-allowed"]


@pytest.mark.parametrize("value", ["427-fkm-190", " 427-FKM-190"])
def test_how_the_munchkin_id_is_spelled_is_no_matter_to_a_name(value, climb):
    assert climb({"ignore": frozenset({"marketo-value-spaced"})}, munchkinId=value).verdict is Verdict.READY


@pytest.mark.parametrize("value", ["../../../identity", "1013.json?x=", "٣", "9" * 5000])
def test_a_form_id_stays_one_piece_of_the_address(value, stage, climb):
    result = climb(
        {"ignore": frozenset({"marketo-form-id-malformed", "marketo-form-not-found"})}, formId=value
    )
    assert result.verdict is not Verdict.READY
    assert stage.count("identity/oauth/token") == 1
    assert stage.count(r"/rest/asset/v1/form/") == 2
    assert {request.split(" ")[0] for request in stage.requests} == {"427-fkm-190.mktorest.com"}


# Sign-in


@pytest.mark.parametrize(
    ("body", "code", "entry", "seen"),
    [
        (
            {"error": "invalid_client", "error_description": "Bad client credentials"},
            *(401, "marketo-client-credentials-wrong", "HTTP 401: invalid_client: Bad client credentials"),
        ),
        (
            {"error": "unauthorized", "error_description": "No client with requested id: x"},
            *(401, "marketo-client-unknown", "HTTP 401: unauthorized: No client with requested id: x"),
        ),
        ({"error": "moon_phase"}, 400, "marketo-sign-in-refused", "HTTP 400: moon_phase"),
        ({"error": "moon_phase"}, 200, "marketo-sign-in-refused", "HTTP 200: moon_phase"),
    ],
)
def test_who_is_not_let_in(body, code, entry, seen, stage, climb, ids):
    stage.odd(TOKEN, body, code)
    result = climb()
    assert ids(result) == [entry]
    assert result.findings[0].observed == seen
    assert (result.verdict, stage.count(" /rest/")) == (Verdict.NOT_READY, 0)


@pytest.mark.parametrize(
    ("body", "code", "entry"),
    [
        ({}, 200, "answer-not-understood"),
        ({"access_token": None}, 200, "answer-not-understood"),
        ({"access_token": "two words of it"}, 200, "answer-not-understood"),
        ({"access_token": "short"}, 200, "answer-not-understood"),
        ({"error": 7}, 200, "answer-not-understood"),
        ("<html>", 200, "answer-not-understood"),
        ("<html>", 401, "answer-not-understood"),
        ("", 404, "answer-not-understood"),
        ("[" * 100_000, 200, "answer-not-understood"),
        ("", 503, "service-unavailable"),
        ("", 429, "service-throttled"),
    ],
)
def test_an_answer_to_the_sign_in_that_proves_nothing(body, code, entry, stage, climb, ids):
    stage.odd(TOKEN, body, code)
    result = climb()
    assert ids(result) == [entry]
    assert result.verdict is Verdict.UNPROVEN


def test_ignoring_the_sign_in_ends_the_climb_all_the_same(stage, climb):
    stage.odd(TOKEN, {"error": "invalid_client", "error_description": "Bad client credentials"}, 401)
    result = climb({"ignore": frozenset({"marketo-client-credentials-wrong"})})
    assert (result.verdict, stage.count(" /rest/")) == (Verdict.UNPROVEN, 0)


def test_a_token_that_runs_out_is_renewed_once(stage, climb, account):
    def expire(_):
        if stage.count(SUBMIT) == 1:
            for token in account.tokens.values():
                token.expires -= timedelta(hours=2)

    stage.odd(SUBMIT, expire)
    result = climb()
    assert answered(result) == (Verdict.READY, Delivery.CONFIRMED)
    assert (stage.count(TOKEN), stage.count(SUBMIT), len(account.people)) == (2, 2, 3)


# The form


@pytest.mark.parametrize("status", ["approved", "approved with draft"])
def test_an_approved_form_may_have_a_draft(status, climb, account):
    account.forms["1013"].status = status
    assert climb().verdict is Verdict.READY


@pytest.mark.parametrize(
    ("body", "entry"),
    [
        (result_of({"id": 1013, "name": "F"}), "answer-not-understood"),
        (result_of({"id": 1013, "status": "on fire"}), "answer-not-understood"),
        (result_of({"id": 1013, "status": ["approved"]}), "answer-not-understood"),
        (result_of() | {"result": {"status": "approved"}}, "answer-not-understood"),
        ({"success": True, "requestId": "1#2"}, "answer-not-understood"),
        ({"success": "true", "result": []}, "answer-not-understood"),
        ([], "answer-not-understood"),
        ("<html>", "answer-not-understood"),
        ("[" * 100_000, "answer-not-understood"),
        (refusal(("1099", "The moon is new")), "marketo-api-refused"),
        (refusal(), "marketo-api-refused"),
        (refusal() | {"errors": "no"}, "marketo-api-refused"),
        (refusal(("x603", "Odd")), "marketo-api-refused"),
        (result_of(), "marketo-form-not-found"),
    ],
)
def test_what_is_said_of_the_form(body, entry, stage, climb, ids):
    stage.odd(FORM, body)
    result = climb()
    assert ids(result) == [entry]
    assert stage.count(SUBMIT) == 0


def test_a_draft_takes_no_leads(climb, account, ids, stage):
    account.forms["1013"].status = "draft"
    result = climb()
    assert ids(result) == ["marketo-form-not-approved"]
    assert result.findings[0].observed == "form 1013 (MarketplaceLeadBackend) is a draft"
    assert result.findings[0].location.pointer == "/marketoLeadConfiguration/formId"
    assert (result.verdict, stage.count(SUBMIT)) == (Verdict.NOT_READY, 0)


def test_a_form_that_is_not_there_is_one_error(climb, account, ids):
    account.forms["1013"].exists = False
    result = climb()
    assert ids(result) == ["marketo-form-not-found"]
    assert statuses(result)[2:4] == [Status.FAILED, Status.SKIPPED]
    assert "no fields" in note(result, "form-fields")


def test_a_refusal_is_shown_with_its_codes_and_its_request(stage, climb):
    stage.odd(FORM, refusal(("1099", "The moon is new"), ("1098", "It is \u202e late"), ("1099", "Again")))
    [found] = climb().findings
    assert found.observed == r"HTTP 200: The moon is new; It is \u202e late; Again"
    assert found.codes == ("Marketo 1099", "Marketo 1098")
    assert found.trace.request_id == "e42b#14272d07d78"


@pytest.mark.parametrize("code", ["502", "604", "606", "608", "615", "713"])
def test_what_passes_is_asked_again(code, stage, climb):
    stage.odd(FORM, refusal((code, "Not now")), times=2)
    assert climb().verdict is Verdict.READY
    assert stage.count(FORM) == 3


def test_what_does_not_pass_is_asked_once(stage, climb, ids):
    stage.odd(FORM, refusal(("607", "Daily quota reached")))
    assert ids(climb()) == ["marketo-quota-reached"]
    assert stage.count(FORM) == 1


# Its fields


def field(name, label="", kind="text", **more):
    return {"id": name, "label": label, "dataType": kind, "required": False} | more


SOUND = [field(name) for name in ("FirstName", "LastName", "Email", "Phone", "Title", "Company", "Country")]


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ([], "Lead Source"),
        ([field("LeadSourceDetail", "Lead Source Detail:")], "Lead Source"),
        ([field("LeadSource", kind="profiling"), field("LeadSource", kind="htmltext")], "Lead Source"),
        ([field(["LeadSource"]), field(None, "Lead Source"), 7], "Lead Source"),
    ],
)
def test_a_documented_field_that_is_missing(fields, missing, stage, climb, ids):
    stage.odd(FIELDS, result_of(*SOUND, *fields))
    result = climb()
    assert ids(result) == ["marketo-form-fields-missing"]
    assert result.findings[0].observed == f"form 1013: {missing}"
    assert (result.verdict, stage.count(SUBMIT)) == (Verdict.NOT_READY, 0)


def test_all_missing_fields_are_one_error(stage, climb, ids):
    stage.odd(FIELDS, result_of(field("Email"), field("Fax")))
    result = climb()
    assert ids(result) == ["marketo-form-fields-missing"]
    assert result.findings[0].observed == (
        "form 1013: First Name, Last Name, Phone number, Job Title, Company Name, Country, Lead Source"
    )


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (field("leadsource"), "leadsource"),
        (field("SourceSystemName", "System:", "hidden"), "sourceSystemName"),
        (field("Marketplace__c", " Lead source: *"), "marketplace__c"),
    ],
)
def test_the_lead_source_may_be_mapped_to_another_field(source, name, stage, climb):
    sent = []
    stage.odd(FIELDS, result_of(*SOUND, source))
    stage.odd(SUBMIT, lambda request: sent.append(request.get_json()["input"][0]["leadFormFields"]))
    climb()
    assert name in sent[0]
    assert len(sent[0]) == 8


def test_a_documented_field_of_another_name_hides_none_of_its_own(stage, climb):
    """Two fields may claim to be the same one; the first is filled in, the other is left alone."""
    sent = []
    stage.odd(FIELDS, result_of(*SOUND, field("LeadSource"), field("Other", "Lead Source:")))
    stage.odd(SUBMIT, lambda request: sent.append(request.get_json()["input"][0]["leadFormFields"]))
    assert climb().verdict is Verdict.READY
    assert "leadSource" in sent[0]
    assert "other" not in sent[0]


def test_other_required_fields_are_one_warning(stage, climb, ids):
    more = [
        field("Industry", "Industry:", required=True),
        field("Fax", "", required=True),
        field("Size", "Size", required="yes"),
        field("Profiling", "Profiling", "profiling", required=True),
        field("Text", "Text", "htmltext", required=True),
        field("Website", "Website"),
    ]
    stage.odd(FIELDS, result_of(*[one | {"required": True} for one in SOUND], field("LeadSource"), *more))
    result = climb()
    assert ids(result) == ["marketo-form-requires-more"]
    assert result.findings[0].severity is Severity.WARNING
    assert result.findings[0].observed == "form 1013: Industry, Fax"
    assert result.verdict is Verdict.READY


def test_an_error_of_the_test_lead_stands_for_the_warning(climb, account, ids):
    account.forms["1013"].fields["PostalCode"].exists = True
    result = climb()
    assert ids(result) == ["marketo-field-blank"]
    assert result.findings[0].codes == ("Marketo 701",)
    assert answered(result) == (Verdict.NOT_READY, Delivery.REFUSED)


# Permissions that the API user lacks


@pytest.mark.parametrize(("pattern", "name"), [(FORM, "form"), (FIELDS, "form-fields")])
def test_a_form_that_may_not_be_seen_is_no_fault_of_the_form(pattern, name, stage, climb, ids):
    stage.odd(pattern, refusal(("603", "Access denied")))
    result = climb()
    assert ids(result) == ["marketo-assets-unreadable"]
    assert answered(result) == (Verdict.READY, Delivery.CONFIRMED)
    assert "Read-Only Assets" in note(result, name)
    assert [statuses(result)[place] for place in (2, 3)].count(Status.SKIPPED) == 1
    assert [line for line in result.unproven if "is approved" in line] == list(
        result.unproven[: name == "form"]
    )


def test_who_may_not_read_people_is_told_which_permission_is_missing(stage, climb, ids):
    stage.odd(QUERY, refusal(("603", "Access denied")))
    result = climb({"cleanup": True})
    assert ids(result) == ["marketo-leads-unreadable", "test-lead-not-deleted"]
    assert answered(result) == (Verdict.READY, Delivery.CONFIRMED)
    assert "Read-Only Person" in note(result, "arrival")
    assert (statuses(result)[-1], stage.count(DELETE)) == (Status.SKIPPED, 0)


def test_who_may_not_write_people_has_no_leads(climb, account, ids):
    account.services["partner_center"].permissions[WRITE_LEADS] = False
    result = climb()
    assert ids(result) == ["marketo-access-denied"]
    assert answered(result) == (Verdict.NOT_READY, Delivery.REFUSED)


def test_who_may_do_nothing_may_be_at_the_wrong_address(climb, account, ids):
    for permission in (READ_ASSETS, WRITE_LEADS):
        account.services["partner_center"].permissions[permission] = False
    result = climb()
    assert ids(result) == ["marketo-api-closed"]
    assert answered(result) == (Verdict.UNPROVEN, Delivery.REFUSED)
    assert statuses(result)[2:] == [*[Status.SKIPPED] * 2, Status.INCONCLUSIVE, Status.SKIPPED]


# The test lead


@pytest.mark.parametrize(
    ("body", "entry", "seen"),
    [
        (refusal(("1099", "The moon is new")), "marketo-lead-refused", "HTTP 200: The moon is new"),
        (
            result_of({"status": "skipped", "reasons": [{"code": "1006", "message": "Field 'x' not found"}]}),
            *("marketo-field-unknown", "HTTP 200: skipped: Field 'x' not found"),
        ),
        (
            result_of({"status": "skipped", "reasons": [{"code": 1003, "message": "Invalid value"}]}),
            *("marketo-value-refused", "HTTP 200: skipped: Invalid value"),
        ),
        (result_of({"status": "skipped"}), "marketo-lead-refused", "HTTP 200: skipped: no reason is given"),
        (refusal(("606", "Max rate limit '100' exceeded with in '20' secs")), "marketo-throttled", None),
    ],
)
def test_a_lead_that_is_refused(body, entry, seen, stage, climb, ids):
    stage.odd(SUBMIT, body)
    result = climb()
    assert ids(result) == [entry]
    assert result.test_lead.outcome is Delivery.REFUSED
    assert seen in {None, result.findings[0].observed}
    assert (stage.count(SUBMIT), stage.count(QUERY)) == (1, 0)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (refusal(("502", "Bad Gateway")), 200),
        (refusal(("604", "Request timed out")), 200),
        (refusal(("611", "System error")), 200),
        (result_of(), 200),
        (result_of({"id": 7}), 200),
        (result_of({"id": 7, "status": "pondered"}), 200),
        (result_of(7), 200),
        ("<html>", 200),
        ("", 413),
        ("", 503),
    ],
)
@pytest.mark.parametrize("made", [True, False])
def test_an_answer_that_leaves_it_open_is_resolved_by_looking(body, code, made, stage, climb, ids):
    def odd(request):
        if made:
            stage.as_it_was()(request)
        return Response(json.dumps(body) if isinstance(body, dict) else body, code)

    stage.odd(SUBMIT, odd)
    result = climb()
    assert ids(result) == ["test-lead-answer-lost" if made else "test-lead-outcome-unknown"]
    expected = (Verdict.READY, Delivery.CONFIRMED) if made else (Verdict.UNPROVEN, Delivery.UNKNOWN)
    assert answered(result) == expected
    assert stage.count(SUBMIT) == 1


@pytest.mark.parametrize("number", [None, "x", 0, -1, True, 1.5, "../7", 10**30])
def test_a_record_without_a_sound_number_is_found_by_its_email(number, stage, climb):
    def odd(request):
        stage.as_it_was()(request)
        return Response(json.dumps(result_of({"id": number, "status": "created"})))

    stage.odd(SUBMIT, odd)
    result = climb()
    assert answered(result) == (Verdict.READY, Delivery.CONFIRMED)


# Arrival


def test_an_email_may_be_kept_in_lower_case(climb, account, stage):
    def lowered(request):
        for person in account.people.values():
            person["email"] = person["email"].lower()
        return stage.as_it_was()(request)

    stage.odd(QUERY, lowered)
    assert answered(climb()) == (Verdict.READY, Delivery.CONFIRMED)


def test_a_lead_that_a_campaign_deletes_is_not_found(climb, account, ids):
    account.campaign_deletes = True
    result = climb({"cleanup": True})
    assert ids(result) == ["test-lead-not-found"]
    assert answered(result) == (Verdict.UNPROVEN, Delivery.ACCEPTED)


@pytest.mark.parametrize(
    ("body", "code", "entry"),
    [
        (refusal(("607", "Daily quota reached")), 200, "marketo-quota-reached"),
        (refusal(("1099", "The moon is new")), 200, "marketo-api-refused"),
        (result_of() | {"result": 7}, 200, "answer-not-understood"),
        ("<html>", 200, "answer-not-understood"),
        ("", 503, "service-unavailable"),
    ],
)
def test_a_query_that_tells_nothing_leaves_it_open(body, code, entry, stage, climb, ids):
    stage.odd(QUERY, body, code)
    result = climb({"cleanup": True})
    assert sorted(ids(result)) == sorted([entry, "test-lead-not-deleted"])
    assert answered(result) == (Verdict.UNPROVEN, Delivery.CONFIRMED)


def test_people_without_a_sound_number_are_not_ours(stage, climb, ids):
    stage.odd(QUERY, result_of(7, {"id": "../x", "email": "MSFT_TEST_"}, {"id": 4, "email": None}))
    assert ids(climb()) == ["test-lead-not-found"]


@pytest.mark.parametrize(
    "body",
    [
        refusal(("603", "Access denied")),
        result_of({"status": "skipped", "reasons": [{"code": "1004", "message": "Lead not found"}]}),
        result_of({"id": 1, "status": "created"}),
        result_of(),
    ],
)
def test_a_lead_that_is_not_deleted_is_told(body, stage, climb, ids):
    stage.odd(DELETE, body)
    result = climb({"cleanup": True})
    assert ids(result) == ["test-lead-not-deleted"]
    assert (result.test_lead.cleaned_up, result.verdict) == (False, Verdict.READY)


def test_the_account_is_found_missing_where_entra_answers(stage, climb, ids):
    stage.state.network["marketo"].connect = 502
    result = climb()
    assert ids(result) == ["marketo-account-not-found"]
    assert result.findings[0].location.pointer == "/marketoLeadConfiguration/munchkinId"
    stage.state.network["entra"].connect = 502
    assert ids(climb()) == ["network-unavailable"]


def test_a_proxy_that_refuses_is_nobodys_fault(stage, climb, ids):
    stage.state.network["marketo"].connect = 407
    assert ids(climb()) == ["proxy-failed"]
