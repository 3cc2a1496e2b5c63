"""The ladder of Salesforce, with single answers made odd on the wire."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from werkzeug import Response

from validator.model import Delivery, Status, Verdict
from validator.sandbox.salesforce.worker import work
from validator.sandbox.worlds import salesforce as worlds

TAKE = r"POST /servlet/servlet\.WebToLead\?"
TOKEN = r"POST /services/oauth2/token"
DESCRIBE = r"GET /services/data/v\d+\.0/sobjects/Lead/describe"
QUERY = r"GET /services/data/v\d+\.0/query"
DELETE = r"DELETE /services/data/v\d+\.0/sobjects/Lead/"

SAMPLE = {
    "company": "{token}",
    "country": "US",
    "description": "{token}",
    "email": "{token}@test.com",
    "encoding": "UTF-8",
    "first_name": "{token}",
    "last_name": "{token}",
    "lead_source": "{token}-{token}|Fabrikam CRM add-in",
    "oid": "00D5e000000HabC",
    "phone": "1234567890",
    "title": "{token}",
}
"""The documents' sample of 2018, field by field: of its two `encoding`, one is in the address."""


@pytest.fixture
def climb(stage):
    """Climb with the API client of the example, for a few seconds at most."""

    def result(options=None, **block):
        return stage.result("salesforce-api", {"deadline": 3.0} | (options or {}), **block)

    return result


@pytest.fixture
def blind(stage):
    """Climb with the identifier alone."""
    return lambda options=None: stage.result("salesforce", options)


def organization(stage):
    return stage.state.salesforce["fabrikam"]


def answered(result):
    return result.verdict, result.test_lead and result.test_lead.outcome


def status(result, name):
    return next(outcome.status for outcome in result.checks if outcome.id == f"salesforce-{name}")


def test_the_form_is_the_documents_sample_field_by_field(stage, blind):
    seen = []
    stage.odd(TAKE, lambda request: seen.append((request.query_string, request.get_data(), request.headers)))
    result = blind()
    [(query, body, headers)] = seen
    expected = {name: value.format(token=result.test_lead.token) for name, value in SAMPLE.items()}
    assert query == b"encoding=UTF-8"
    assert parse_qsl(body.decode(), strict_parsing=True) == list(expected.items())
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert headers["Host"] == "webto.salesforce.com"
    assert answered(result) == (Verdict.ACCEPTED, Delivery.ACCEPTED)


def test_without_an_api_client_a_taken_form_is_all_that_is_known(stage, blind):
    result = blind()
    assert answered(result) == (Verdict.ACCEPTED, Delivery.ACCEPTED)
    assert [status(result, name) for name in ("organization", "lead-fields", "arrival")] == ["skipped"] * 3
    assert stage.count("salesforce.com") == 1
    assert [found.id for found in result.findings] == []


@pytest.mark.parametrize(
    ("words", "world"),
    [
        ("identifier is that of your organisation", None),
        ("Web-to-Lead is on", "test-lead-not-found-web-to-lead-off"),
        ("default lead creator", "test-lead-not-found-without-default-creator"),
        ("reCAPTCHA", "test-lead-not-found-recaptcha-required"),
        ("500 leads", "test-lead-not-found-daily-limit"),
        ("required fields", "required-picklist-on-lead"),
        ("required fields", "required-field-on-lead"),
        ("restricted picklist", "restricted-picklist-on-lead"),
        ("country picklists", "country-picklist-enabled"),
        ("validation rule", "test-lead-not-found-validation-rule"),
        ("duplicate rule", "test-lead-not-found-duplicate-rule"),
    ],
)
def test_each_silent_cause_is_told_where_nothing_shows_it(words, world, stage, blind):
    changes = [one.changes for one in worlds.WORLDS if one.name == world]
    for path, value in [pair for each in changes for pair in each.items()]:
        stage.state.change(path, value)
    result = blind()
    before = dict(organization(stage).leads)
    organization(stage).queue[0].due = organization(stage).queue[0].due.replace(year=2020)
    work(organization(stage))
    assert (organization(stage).leads == before) is (world is not None)  # it is lost, and nobody was told
    assert answered(result) == (Verdict.ACCEPTED, Delivery.ACCEPTED)
    assert any(words in line for line in result.unproven)


def test_with_an_api_client_the_lead_is_read_back(stage, climb):
    result = climb()
    token = result.test_lead.token
    [lead] = [one for one in organization(stage).leads.values() if one["LastName"] == token]
    assert answered(result) == (Verdict.READY, Delivery.CONFIRMED)
    assert result.test_lead.where == (
        f"Salesforce organisation 00D5e000000HabC, object Lead, record {lead['Id']}"
    )
    assert result.test_lead.earlier == ("2025-11-29T08:00:00Z",)
    assert [stage.count(pattern) for pattern in (TAKE, TOKEN, DESCRIBE)] == [1, 1, 1]
    assert [line for line in result.unproven if "Partner Center" not in line] == []


def test_it_is_looked_for_until_the_queue_has_it(stage, climb):
    organization(stage).delay = 1.0
    result = climb({"deadline": 8.0})
    assert answered(result) == (Verdict.READY, Delivery.CONFIRMED)
    assert stage.count(QUERY) > 6


def test_it_is_found_among_many_that_came_later(stage, climb):
    leads = organization(stage).leads
    [other] = leads.values()
    for number in range(100):
        email = f"MSFT_TEST_{number:018}@test.com"
        leads[f"{number}"] = other | {"Email": email, "CreatedDate": "2099-01-01T00:00:00.000+0000"}
    assert answered(climb()) == (Verdict.READY, Delivery.CONFIRMED)


def test_an_email_may_be_kept_in_lower_case(stage, climb):
    stage.odd(QUERY, lambda request: lowered(stage, request))
    assert answered(climb()) == (Verdict.READY, Delivery.CONFIRMED)


def lowered(stage, request):
    answer = stage.as_it_was()(request)
    said = answer.get_json()
    for record in said["records"]:
        record["Email"] = record["Email"].lower()
    answer.set_data(json.dumps(said))
    return answer


def test_cleaning_up_removes_our_lead_alone(stage, climb):
    result = climb({"cleanup": True})
    assert result.test_lead.cleaned_up
    assert [lead["Email"] for lead in organization(stage).leads.values()] == [
        "MSFT_TEST_639000000000000000@test.com"
    ]


def test_nothing_can_be_removed_by_who_cannot_look(stage, ids):
    result = stage.result("salesforce", {"cleanup": True})
    assert ids(result) == ["test-lead-not-deleted"]
    assert result.verdict is Verdict.ACCEPTED


def test_without_a_test_lead_the_questions_stay_open(stage, climb):
    result = climb({"test_lead": False})
    assert result.verdict is Verdict.PERMITTED
    assert stage.count(TAKE) == 0
    assert any("reCAPTCHA" in line for line in result.unproven)
    assert not any("required fields" in line for line in result.unproven)
    assert any("may not see" in line for line in result.unproven)


def test_a_lead_that_does_not_arrive_has_its_likely_causes(stage, climb, ids):
    organization(stage).recaptcha_required = True
    result = climb({"deadline": 1.0})
    assert ids(result) == ["test-lead-not-found"]
    assert answered(result) == (Verdict.UNPROVEN, Delivery.ACCEPTED)
    assert any("reCAPTCHA" in line for line in result.unproven)
    assert not any("identifier is that of your organisation" in line for line in result.unproven)


@pytest.mark.parametrize("header", ["true", None])
def test_the_header_of_a_taken_form_may_be_missing(header, stage, blind):
    organization(stage).answer_header = header
    assert answered(blind()) == (Verdict.ACCEPTED, Delivery.ACCEPTED)


@pytest.mark.parametrize("name", ["blind", "climb"])
def test_a_form_that_is_refused_was_not_taken(name, stage, ids, request):
    words = "true Exception:common.exception.SalesforceGenericException"
    stage.odd(TAKE, b"", 200, Is_Processed=words)
    result = request.getfixturevalue(name)()
    assert ids(result) == ["web-to-lead-refused"]
    assert answered(result) == (Verdict.NOT_READY, Delivery.REFUSED)
    assert result.findings[0].observed == f"HTTP 200: Is-Processed: {words}"


@pytest.mark.parametrize(
    ("body", "code"),
    [("<html>Sign in to the network</html>", 200), ("Moved", 302), ("No", 403), ("Down", 503), ("No", 429)],
)
def test_a_page_in_its_place_proves_nothing(body, code, stage, blind, ids):
    stage.odd(TAKE, body, code, Location="https://evil.example/")
    result = blind()
    assert ids(result) == ["test-lead-outcome-unknown"]
    assert answered(result) == (Verdict.UNPROVEN, Delivery.UNKNOWN)
    assert stage.count(TAKE) == 1


def test_a_lost_answer_is_resolved_by_looking(stage, climb, ids):
    def lost(request):
        stage.as_it_was()(request)
        return Response("Bad gateway", 502)

    stage.odd(TAKE, lost)
    result = climb()
    assert ids(result) == ["test-lead-answer-lost"]
    assert answered(result) == (Verdict.READY, Delivery.CONFIRMED)
    assert stage.count(TAKE) == 1


def test_another_organisation_is_told_before_anything_is_sent(stage, climb, ids):
    result = climb(objectIdentifier="00D5e000000XyzQ")
    assert ids(result) == ["salesforce-other-organization"]
    assert result.findings[0].observed == "the API client belongs to the organisation 00D5e000000HabC"
    assert (result.verdict, stage.count(TAKE)) == (Verdict.NOT_READY, 0)


def granted(stage, **changes):
    """Let the sign-in answer with other values."""

    def answer(request):
        return Response(
            json.dumps(stage.as_it_was()(request).get_json() | changes), mimetype="application/json"
        )

    stage.odd(TOKEN, answer)


def test_an_instance_url_is_not_followed(stage, climb):
    stage.move_in(stage.state.network["salesforce"], "evil.example", "other.my.salesforce.com")
    for url in ("https://evil.example", "https://other.my.salesforce.com"):
        granted(stage, instance_url=url)
        assert climb().verdict is Verdict.READY
    hosts = {request.split(" ")[0] for request in stage.requests}
    assert hosts == {"webto.salesforce.com", "fabrikam.my.salesforce.com"}


@pytest.mark.parametrize(
    "changes",
    [
        {"access_token": None},
        {"access_token": ["x"]},
        {"access_token": "two words of it"},
        {"id": None},
        {"id": "https://login.salesforce.com/id/005000000000001AAA/00500000000RunAAAA"},
        {"id": "https://evil.example/"},
    ],
)
def test_a_token_that_does_not_say_whose_it_is_proves_nothing(changes, stage, climb, ids):
    granted(stage, **changes)
    result = climb()
    assert ids(result) == ["answer-not-understood"]
    assert result.verdict is Verdict.UNPROVEN


def test_unknown_words_at_the_sign_in(stage, climb, ids):
    stage.odd(TOKEN, {"error": "moon_phase", "error_description": "the moon is new"}, 400)
    result = climb()
    assert ids(result) == ["salesforce-sign-in-refused"]
    assert result.findings[0].observed == "HTTP 400: moon_phase: the moon is new"


def test_ignoring_the_sign_in_goes_on_without_it(stage):
    stage.odd(TOKEN, {"error": "invalid_client", "error_description": "invalid client credentials"}, 400)
    result = stage.result("salesforce-api", {"ignore": frozenset({"salesforce-client-secret-wrong"})})
    assert [status(result, name) for name in ("lead-fields", "test-lead", "arrival")] == [
        *("skipped", "passed", "skipped")
    ]
    assert result.test_lead.outcome is Delivery.ACCEPTED


@pytest.mark.parametrize(
    ("body", "code", "entry"),
    [
        ([{"message": "No.", "errorCode": "MOON_PHASE"}], 400, "salesforce-api-refused"),
        ([{"message": 7, "errorCode": ["x"]}], 400, "answer-not-understood"),
        ([], 400, "answer-not-understood"),
        ("<html>", 404, "answer-not-understood"),
        ({"fields": 7}, 200, "answer-not-understood"),
        ("[" * 100_000, 200, "answer-not-understood"),
        ("[" * 100_000, 400, "answer-not-understood"),
    ],
)
def test_a_description_that_says_nothing(body, code, entry, stage, climb, ids):
    stage.odd(DESCRIBE, body, code)
    result = climb()
    assert ids(result) == [entry]
    assert result.verdict is Verdict.UNPROVEN


def test_who_may_not_see_leads_sends_one_all_the_same(stage, climb, ids):
    organization(stage).lead_readable = False
    result = climb()
    assert ids(result) == []
    assert answered(result) == (Verdict.ACCEPTED, Delivery.ACCEPTED)
    assert [status(result, name) for name in ("lead-fields", "arrival")] == [Status.SKIPPED] * 2
    assert any("required fields" in line for line in result.unproven)


def test_who_may_not_see_the_email_cannot_look_for_it(stage, climb, ids):
    organization(stage).hidden = ("Email",)
    result = climb()
    assert ids(result) == []
    assert answered(result) == (Verdict.ACCEPTED, Delivery.ACCEPTED)
    assert "e-mail" in next(one.note for one in result.checks if one.id == "salesforce-arrival")
    assert status(result, "lead-fields") is Status.PASSED


@pytest.mark.parametrize(
    ("body", "code", "entry"),
    [
        ({"records": 7}, 200, "answer-not-understood"),
        ([{"message": "No.", "errorCode": "MOON_PHASE"}], 400, "answer-not-understood"),
        ("", 503, "service-unavailable"),
        ({"records": [7, {"Id": "../../x", "Email": "MSFT_TEST_"}]}, 200, "test-lead-not-found"),
    ],
)
def test_a_query_that_tells_nothing_leaves_it_open(body, code, entry, stage, climb, ids):
    stage.odd(QUERY, body, code)
    result = climb({"deadline": 2.0})
    assert ids(result) == [entry]
    assert answered(result) == (Verdict.UNPROVEN, Delivery.ACCEPTED)


def test_the_secret_and_the_token_are_in_no_address_and_no_line(stage, climb):
    given = []
    stage.odd(QUERY, lambda request: given.append(request.headers["Authorization"].removeprefix("Bearer ")))
    result = climb()
    secret = stage.configured("salesforce-api").text("/leadcheck/salesforce/api/clientSecret")
    told = f"{result} {stage.requests} {stage.lines}"
    assert given
    assert not any(hidden in told for hidden in (secret, *given))


RESTRICTED = (
    "<CustomField><fullName>LeadSource</fullName><label>Lead Source</label><type>Picklist</type>"
    "<valueSet><restricted>true</restricted></valueSet></CustomField>"
)
REQUIRED = "<CustomField><fullName>A__c</fullName><required>true</required><type>Text</type></CustomField>"


@pytest.fixture
def with_metadata(stage, tmp_path):
    """Climb with the API client and one field of Lead as a file."""

    def result(field, options=None):
        folder = tmp_path / "org/objects/Lead/fields"
        folder.mkdir(parents=True)
        (folder / "F.field-meta.xml").write_text(field, "utf-8")
        found = stage.configured("salesforce-api")
        salesforce = {**found.get("/leadcheck/salesforce"), "metadata": "org"}
        named = replace(found.changed({"/leadcheck/salesforce": salesforce}), folder=tmp_path)
        (climbed,) = stage.climb(named, **{"deadline": 3.0} | (options or {}))
        return climbed

    return result


def test_what_the_metadata_told_the_api_does_not_repeat(stage, with_metadata):
    organization(stage).fields["LeadSource"].restricted = True
    result = with_metadata(RESTRICTED)
    [found] = result.findings
    assert (found.id, found.stage) == ("restricted-picklist-on-lead", "settings")
    assert answered(result) == (Verdict.UNPROVEN, Delivery.ACCEPTED)


def test_what_the_api_adds_to_the_metadata_is_told(stage, with_metadata):
    organization(stage).fields["LeadSource"].restricted = True
    organization(stage).fields["Industry_Type__c"].exists = True
    result = with_metadata(RESTRICTED)
    assert [(found.id, found.stage) for found in result.findings] == [
        ("required-picklist-on-lead", "permissions"),
        ("restricted-picklist-on-lead", "settings"),
    ]
    assert stage.count(TAKE) == 0


def test_what_the_metadata_shows_is_told_before_anything_is_asked(stage, with_metadata):
    result = with_metadata(REQUIRED)
    assert [found.id for found in result.findings] == ["required-field-on-lead"]
    assert (result.verdict, stage.requests) == (Verdict.NOT_READY, [])


def test_metadata_answers_questions_that_the_api_leaves_open(with_metadata):
    result = with_metadata(RESTRICTED, {"test_lead": False})
    assert not any("validation rule" in line for line in result.unproven)
    assert any("duplicate rule" in line for line in result.unproven)
    assert not any("may not see" in line for line in result.unproven)
