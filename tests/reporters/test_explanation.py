import json

import pytest

from validator.catalogue import diagnose
from validator.reporters import explanation

WRAPPED = (
    "Could not save the lead to Dynamics CRM. Check the Dynamics CRM account settings. LastCRMError: "
    "Unable to Login to Dynamics CRM, LastCRMException: AADSTS7000215: Invalid client secret provided. "
    "Ensure that it is its value, for a secret added to app 'a8fdfbd0-da97-42d9-8f1a-fd6a7cb650b4'. "
    "pasted-hunter2\r\nTrace ID: 6f6c4645-0202-4486-b625-fa957dfc4700\r\n"
    "Correlation ID: 5fc87507-4086-4e77-b415-cee677eb232e\r\nTimestamp: 2023-05-06 06:03:00Z"
)


def text(pasted, **look):
    return explanation.as_text(diagnose(pasted), **look)


def told(pasted, **given):
    return json.loads(explanation.as_json(diagnose(pasted, **given)))


def test_the_cause_comes_in_full_and_the_wrapper_by_name():
    lines = text(WRAPPED).splitlines()
    assert lines[0].startswith("error client-secret-invalid: The client secret is not one of")
    assert "  because      code AADSTS7000215 and its words (certain)" in lines
    assert "  documented   error 7 of Microsoft's documentation:" in lines
    assert "  field        /dynamicsLeadConfiguration/applicationKey" in lines
    assert any(line.startswith("  fix          1. Paste the secret's Value") for line in lines)
    assert any(line.startswith("  also         dynamics-sign-in-failed: ") for line in lines)
    assert "documented error 1)" in text(WRAPPED)


def test_the_facts_of_the_text_are_listed():
    lines = text(WRAPPED).splitlines()
    assert "  in the text  codes AADSTS7000215" in lines
    assert "               identifiers a8fdfbd0-da97-42d9-8f1a-fd6a7cb650b4" in lines
    assert "correlation id 5fc87507-4086-4e77-b415-cee677eb232e" in " ".join(text(WRAPPED).split())


def test_identifiers_stand_alone_where_there_is_no_code():
    pasted = "fabrikam.crm4.dynamics.com: certificate verify failed: certificate has expired"
    assert "  in the text  identifiers fabrikam.crm4.dynamics.com" in text(pasted).splitlines()


@pytest.mark.parametrize("pasted", [WRAPPED, "nothing: pasted-hunter2", "0x80040220 pasted-hunter2"])
def test_the_pasted_text_is_not_repeated(pasted):
    assert "hunter2" not in text(pasted) + explanation.as_json(diagnose(pasted))


def test_lines_fit_into_eighty_columns_save_for_links():
    long = [line for line in text(WRAPPED).splitlines() if len(line) > 80]
    assert all(line.strip().startswith("https://") for line in long)


def test_the_width_and_the_colour_are_the_callers():
    assert "\x1b[" not in text(WRAPPED)
    assert "\x1b[1;31merror\x1b[0m" in text(WRAPPED, colour=True)
    assert max(map(len, text("0x80072560", width=120).splitlines())) > 80


def test_what_is_only_possible_is_called_so():
    assert text("0x80040220").startswith("Nothing certain follows from this text. It may mean this:\n")


@pytest.mark.parametrize(
    ("pasted", "opening"),
    [
        ("hello", "Nothing in this text is known to leadcheck.\n"),
        ("The user is not a member of the organization.", "The words are known, but they do not speak of"),
    ],
)
def test_where_nothing_is_known_it_says_what_to_do(pasted, opening):
    assert text(pasted).startswith(opening)
    assert "Paste the whole message" in text(pasted)


def test_json_has_the_promised_shape():
    answer = told(WRAPPED)
    assert [*answer] == ["schemaVersion", "verdict", "extracted", "matches"]
    assert (answer["schemaVersion"], answer["verdict"]) == ("1.0", "matched")
    assert answer["extracted"] == {
        "codes": ["AADSTS7000215"],
        "identifiers": ["a8fdfbd0-da97-42d9-8f1a-fd6a7cb650b4"],
        "timestamp": "2023-05-06 06:03:00Z",
        "correlationId": "5fc87507-4086-4e77-b415-cee677eb232e",
    }
    first, second = answer["matches"]
    assert {*first} == {
        *(
            "id",
            "confidence",
            "severity",
            "destinations",
            "documented",
            "title",
            "cause",
            "fix",
            "field",
            "why",
        ),
    }
    assert (first["id"], first["confidence"], first["documented"]["number"]) == (
        "client-secret-invalid",
        "certain",
        7,
    )
    assert (second["id"], second["documented"]["number"]) == ("dynamics-sign-in-failed", 1)
    assert {*first["fix"][0]} == {"text", "url"}


def test_codes_from_outside_are_made_fit_to_show():
    assert told("", codes=["\x1b[31m##[error]"])["extracted"]["codes"] == ["\\x1b[31m# #[error]"]


def test_json_without_a_match():
    answer = told("hello")
    assert (answer["verdict"], answer["matches"]) == ("unrecognised", [])
