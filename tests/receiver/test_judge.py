from __future__ import annotations

import json
from datetime import UTC, datetime

import jsonschema
import pytest

from validator import lead as leads
from validator.receiver.judge import judge
from validator.terms import Severity

TOKEN = "MSFT_TEST_636573304831318844"


def judged(body):
    return judge(body if isinstance(body, bytes) else json.dumps(body).encode())


def told(judgement):
    return [f"{remark.severity}: {remark.sentence}" for remark in judgement.remarks]


@pytest.fixture
def schema(root):
    return json.loads((root / "schemas/https-lead.schema.json").read_text("utf-8"))


def test_nothing_is_said_about_a_lead_as_documented(lead):
    judgement = judged(lead)
    assert (judgement.refused, judgement.remarks, judgement.token) == (False, (), "")
    assert [field.written for field in judgement.fields[:2]] == [
        "UserDetails.FirstName",
        "UserDetails.LastName",
    ]
    assert [field.value for field in judgement.fields[-1:]] == ["Test run through Power Automate"]


def test_the_reported_camel_case_is_named_once_and_taken(reported):
    judgement = judged(reported)
    [remark] = judgement.remarks
    assert (judgement.refused, remark.severity) == (False, Severity.WARNING)
    assert "‹userDetails.firstName›" in remark.sentence
    assert "camelCase, as was reported of real leads in 2020" in remark.sentence


def test_the_mixed_case_of_the_pages_of_2020_counts_as_camel_case(lead):
    lead["userDetails"] = lead.pop("UserDetails")
    [said] = told(judged(lead))
    assert "‹userDetails.FirstName›" in said
    assert "camelCase" in said


@pytest.mark.parametrize("key", ["USERDETAILS", "userdetails"])
def test_any_other_letter_case_is_no_reported_shape(key, lead):
    lead[key] = {"FirstName": lead.pop("UserDetails")["FirstName"]}
    said = told(judged(lead))[0]
    assert said.startswith(f"warning: Key ‹{key}.FirstName›: a letter case that was neither documented")


def test_a_sparse_lead_is_taken_with_a_note():
    judgement = judged({"UserDetails": {"FirstName": "A", "LastName": " "}, "LeadSource": "AppSource"})
    assert not judgement.refused
    [said] = told(judgement)
    assert said == (
        "note: Missing or empty: UserDetails.LastName, UserDetails.Email, UserDetails.Phone, "
        "UserDetails.Country, UserDetails.Company, UserDetails.Title, ActionCode, OfferTitle, Description. "
        "Real leads lack fields, too."
    )


@pytest.mark.parametrize("body", [{}, {"UserDetails": {}}])
def test_a_lead_without_anything_is_taken(body):
    judgement = judged(body)
    assert (judgement.refused, judgement.fields) == (False, ())
    assert "UserDetails.FirstName" in told(judgement)[0]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "The body is empty."),
        (b" \r\n", "The body is empty."),
        (b"FirstName=Some", "The body is no JSON: a value is expected here, at line 1, column 1."),
        (b'{"LeadSource":\n "a"', "The body is no JSON: a comma or } is expected here, at line 2, column 5."),
        (b'{"LeadSource": NaN}', "The body is no JSON: a value is expected here, at line 1, column 16."),
        (b'{"LeadSource": "a"} {}', "The body is no JSON: something stands after the end of the JSON"),
        (b'{"LeadSource": "\\ud83d"}', "The body is no JSON: an escape inside the quotes that stands for no"),
        (b'{"LeadSource": "caf\xe9"}', "The body is not UTF-8: byte 20 cannot stand there."),
        ('{"LeadSource": "a"}'.encode("utf-16"), "The body is not UTF-8: byte 1 cannot stand there."),
        (b'\xef\xbb\xbf{"LeadSource": "a"}', "The body begins with a byte order mark"),
        (b"[" * 100_000, "The body is no JSON: nested more than 64 levels deep"),
        (b"1" * 100_000, "The body is no JSON: a number with too many digits"),
        (b"[]", "The body is a list; a lead is a JSON object."),
        (b"null", "The body is null; a lead is a JSON object."),
        (b'"{}"', "The body is a text; a lead is a JSON object."),
        (b"1.5", "The body is a number; a lead is a JSON object."),
        (b"true", "The body is true or false; a lead is a JSON object."),
    ],
)
def test_nonsense_is_refused_in_one_sentence(body, sentence):
    judgement = judged(body)
    [remark] = judgement.remarks
    assert (judgement.refused, judgement.fields, remark.severity) == (True, (), Severity.ERROR)
    assert remark.sentence.startswith(sentence)


@pytest.mark.parametrize(
    ("value", "kind"),
    [(1, "a number"), (False, "true or false"), (["a"], "a list"), ({}, "an object")],
)
def test_a_value_that_is_no_text_is_refused(value, kind, lead, schema):
    lead["UserDetails"]["Phone"] = value
    judgement = judged(lead)
    assert judgement.refused
    assert told(judgement) == [f"error: UserDetails.Phone is {kind}; the documents say a text."]
    assert not jsonschema.Draft202012Validator(schema).is_valid(lead)


def test_null_for_nothing_is_remarked_and_taken(lead):
    lead["UserDetails"]["Phone"] = None
    judgement = judged(lead)
    assert not judgement.refused
    assert told(judgement) == ["warning: UserDetails.Phone is null; the documents say a text."]


@pytest.mark.parametrize(("value", "kind"), [("Some One", "a text"), (None, "null"), ([], "a list")])
def test_a_customer_that_is_no_object_is_one_fault(value, kind, lead, schema):
    lead["UserDetails"] = value
    assert told(judged(lead)) == [f"error: UserDetails is {kind}; the documents say an object."]
    assert not jsonschema.Draft202012Validator(schema).is_valid(lead)


def test_camel_case_does_not_excuse_a_wrong_type(reported):
    reported["actionCode"] = 7
    said = told(judged(reported))
    assert said[0] == "error: ActionCode is a number; the documents say a text."
    assert said[1].startswith("warning: ")


@pytest.mark.parametrize(
    ("body", "names"),
    [
        (b'{"LeadSource": "AppSource", "LeadSource": "AppSource"}', "Key ‹LeadSource›"),
        (b'{"UserDetails": {"Email": "a@b", "Email": "a@c"}}', "Key ‹UserDetails.Email›"),
        (b'{"a/b~": 1, "a/b~": 2}', "Key ‹a/b~›"),
        (b'{"LeadSource": "AppSource", "leadSource": "AppSource"}', "Key ‹LeadSource›"),
        (b'{"UserDetails": {"Email": "a@b"}, "userDetails": {"email": "a@b"}}', "Key ‹UserDetails.Email›"),
    ],
)
def test_a_key_that_is_there_twice_is_told_and_taken(body, names):
    judgement = judged(body)
    assert not judgement.refused
    assert f"warning: {names}: there more than once. Readers differ in which value they take." in told(
        judgement
    )


def test_unknown_keys_are_told_and_taken_whatever_they_hold(lead, schema):
    lead |= {"ProductId": "x", "UserDetails.Email": "a dot makes no customer", "extra": [1, None]}
    lead["UserDetails"]["Fax"] = 5
    judgement = judged(lead)
    assert not judgement.refused
    [said] = told(judgement)
    assert said.startswith(
        "warning: Keys ‹UserDetails.Fax›, ‹ProductId›, ‹UserDetails.Email›, ‹extra›: not in"
    )
    jsonschema.validate(lead, schema)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("LeadSource", "Test run through MS Flow", "note: LeadSource is ‹Test run through MS Flow›, none"),
        ("ActionCode", "XYZ", "note: ActionCode is ‹XYZ›, none of the known actions: INS, PLT, DNC, Create"),
        ("Email", "someone at contoso", "warning: UserDetails.Email has no @: ‹someone at contoso›."),
        ("Country", "1", "note: UserDetails.Country is ‹1›, neither a code of two letters nor a name."),
        ("Country", "U", "note: UserDetails.Country is ‹U›, neither"),
        ("Country", "DE1", "note: UserDetails.Country is ‹DE1›, neither"),
    ],
)
def test_a_value_that_follows_no_rule_is_told_and_taken(field, value, said, lead):
    (lead if field in lead else lead["UserDetails"])[field] = value
    judgement = judged(lead)
    [line] = told(judgement)
    assert line.startswith(said)
    assert not judgement.refused


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("LeadSource", "App Source (SPZA)"),
        ("LeadSource", "azuremarketplace"),
        ("LeadSource", "TestDrive"),
        ("ActionCode", "ins"),
        ("ActionCode", "StartTestDrive"),
        ("Country", "US"),
        ("Country", "United States"),
        ("Country", "Côte d'Ivoire"),
        ("Country", "日本"),
        ("Email", "a@b"),
    ],
)
def test_nothing_is_said_about_what_is_known(field, value, lead):
    (lead if field in lead else lead["UserDetails"])[field] = value
    assert told(judged(lead)) == []


def test_a_test_lead_is_known_by_its_token_and_the_token_tells_the_time():
    judgement = judged(leads.https_endpoint(TOKEN, "Contoso Test"))
    assert (judgement.token, judgement.remarks) == (TOKEN, ())
    assert judgement.made == datetime(2018, 3, 22, 15, 48, 3, 131884, UTC)


def test_a_token_may_stand_in_every_field():
    values = dict.fromkeys(("LeadSource", "ActionCode", "OfferTitle", "Description"), TOKEN)
    judgement = judged({"UserDetails": dict.fromkeys(leads.customer(TOKEN), TOKEN), **values})
    assert (judgement.token, judgement.remarks) == (TOKEN, ())


def test_many_faults_are_cut_and_the_errors_stay():
    body = {"Unknown": 1, **{f"{'UserDetails'[:n].upper()}{'UserDetails'[n:]}": [] for n in range(12)}}
    body |= {f"{'description'[:n].upper()}{'description'[n:]}": [] for n in range(12)}
    body |= {f"{'offertitle'[:n].upper()}{'offertitle'[n:]}": [] for n in range(11)}
    judgement = judged(body)
    assert len(judgement.remarks) == 30
    assert judgement.refused


def test_the_worst_is_said_first(lead):
    lead["UserDetails"] = {"Email": "none", "Phone": 1}
    said = told(judged({**lead, "LeadSource": "x"}))
    assert [line.partition(":")[0] for line in said] == ["error", "warning", "note", "note"]


def test_a_list_of_keys_is_cut():
    said = told(judged({f"key{n}": n for n in range(1000)}))[0]
    assert "‹key11› and 988 more: not in the documents" in said


@pytest.mark.parametrize("shape", ["lead", "reported", "sparse"])
def test_the_schema_takes_what_is_taken(shape, request, schema):
    body = leads.sparse(TOKEN, "Contoso") if shape == "sparse" else request.getfixturevalue(shape)
    jsonschema.validate(body, schema)
    assert not judged(body).refused


def test_the_schema_names_the_documented_fields_and_requires_none(schema, lead):
    jsonschema.Draft202012Validator.check_schema(schema)
    assert list(schema["properties"]) == list(lead)
    assert list(schema["properties"]["UserDetails"]["properties"]) == list(lead["UserDetails"])
    assert "required" not in json.dumps({**schema, "description": ""})
    jsonschema.validate({}, schema)
