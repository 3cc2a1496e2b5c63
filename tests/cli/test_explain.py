from __future__ import annotations

import jsonschema
import pytest

VERBATIM = {
    1: [
        (
            "Could not save the lead to Dynamics CRM. Check the Dynamics CRM account settings. "
            "LastCRMError: Unable to Login to Dynamics CRM, LastCRMException:"
        ),
        (
            "Could not save the lead to Dynamics CRM. Check the Dynamics CRM account settings. "
            "LastCRMError: Unable to sign in to Dynamics CRM, LastCRMException:"
        ),
        (
            "Couldn't save the lead to Dynamics CRM. Check the Dynamics CRM account settings. "
            "LastCRMError: Unable to sign in to Dynamics CRM, LastCRMException:"
        ),
    ],
    2: [
        (
            "Could not save the lead to Dynamics CRM. User does not have create permissions for the "
            "leadsourcecode attribute in the lead entity"
        ),
        (
            "Couldn't save the lead to Dynamics CRM. User doesn't have create permissions for the "
            "leadsourcecode attribute in the lead entity"
        ),
    ],
    3: [
        (
            "Could not save the lead to Dynamics CRM using AAD. Exception:: Tenant not found. This "
            "instance may happen if there are no active subscriptions for the tenant."
        ),
        (
            "Couldn't save the lead to Dynamics CRM using Azure AD. Exception:: Tenant not found. This "
            "instance may happen if there are no active subscriptions for the tenant."
        ),
    ],
    4: [
        (
            "Could not save the lead to Dynamics CRM. LastCRMError: SecLib::RetrievePrivilegeForUser "
            "failed - no roles are assigned to user."
        ),
        (
            "Couldn't save the lead to Dynamics CRM. LastCRMError: SecLib::RetrievePrivilegeForUser "
            "failed - no roles are assigned to user."
        ),
    ],
    5: [
        (
            "Could not save the lead to Dynamics CRM using AAD. Exception:: Application with identifier"
            " was not found in the directory"
        ),
        (
            "Couldn't save the lead to Dynamics CRM using Azure AD. Exception:: Application with "
            "identifier wasn't found in the directory"
        ),
    ],
    6: [
        (
            "Could not save the lead to Dynamics CRM using AAD. Exception:: Requested tenant identifier"
            " is not valid and not valid external domain format"
        ),
        (
            "Couldn't save the lead to Dynamics CRM using Azure AD. Exception:: Requested tenant "
            "identifier isn't valid and not valid external domain format"
        ),
    ],
    7: [
        (
            "Could not save the lead to Dynamics CRM using AAD. Exception:: Error validating "
            "credentials.: Invalid client secret is provided."
        ),
        (
            "Couldn't save the lead to Dynamics CRM using Azure AD. Exception:: Error validating "
            "credentials.: Invalid client secret is provided."
        ),
    ],
    8: [
        (
            "Could not save the lead to Dynamics CRM. LastCRMError: The request channel timed out while"
            " waiting for a reply after 00:02:00. Increase the timeout value passed to the call to "
            "Request or increase the SendTimeout value on the Binding. The time allotted to this "
            "operation may have been a portion of a longer timeout."
        ),
        (
            "Couldn't save the lead to Dynamics CRM. LastCRMError: The request channel timed out while "
            "waiting for a reply after 00:02:00. Increase the timeout value passed to the call to "
            "Request or increase the SendTimeout value on the Binding. The time allotted to this "
            "operation may have been a portion of a longer timeout."
        ),
    ],
}
"""Microsoft's eight messages by their numbers, in every wording since 2018, the first one first."""

MESSAGES = [(number, text) for number, texts in VERBATIM.items() for text in texts]

MATCH = {
    "type": "object",
    "additionalProperties": False,
    "required": [
        "id",
        "confidence",
        "severity",
        "destinations",
        "documented",
        "title",
        "cause",
        "fix",
        "why",
    ],
    "properties": {
        "id": {"type": "string"},
        "confidence": {"enum": ["certain", "likely", "possible"]},
        "severity": {"enum": ["error", "warning", "note"]},
        "destinations": {"type": "array"},
        "documented": {"type": ["object", "null"]},
        "title": {"type": "string"},
        "cause": {"type": "string"},
        "fix": {"type": "array", "items": {"required": ["text", "url"]}},
        "field": {"type": ["string", "null"]},
        "why": {"type": "string"},
    },
}

ANSWER = {
    "type": "object",
    "additionalProperties": False,
    "required": ["schemaVersion", "verdict", "extracted", "matches"],
    "properties": {
        "schemaVersion": {"const": "1.0"},
        "notes": {"type": "array", "items": {"type": "string"}},
        "support": {"type": "array", "items": {"type": "string"}},
        "verdict": {"enum": ["matched", "possible", "unrecognised", "unrelated"]},
        "extracted": {
            "type": "object",
            "additionalProperties": False,
            "required": ["codes", "identifiers", "timestamp", "correlationId"],
            "properties": {
                "codes": {"type": "array", "items": {"type": "string"}},
                "identifiers": {"type": "array", "items": {"type": "string"}},
                "timestamp": {"type": ["string", "null"]},
                "correlationId": {"type": ["string", "null"]},
            },
        },
        "matches": {"type": "array", "items": MATCH},
    },
}
"""What the contract says about `explain --format json`."""


@pytest.fixture
def explained(leadcheck):
    """Explain in JSON, and hold the answer against the contract."""

    def run(*arguments, **options):
        ended = leadcheck("explain", *arguments, "--format", "json", **options)
        jsonschema.validate(ended.json, ANSWER)
        assert ended.code == (0 if ended.json["verdict"] in {"matched", "possible"} else 1)
        return ended.json

    return run


@pytest.mark.parametrize(("number", "text"), MESSAGES)
def test_a_documented_message_of_any_year_gives_its_number(number, text, explained, leadcheck):
    best = explained(text)["matches"][0]
    assert best["documented"] == {"number": number, "message": VERBATIM[number][0]}
    assert best["fix"]
    assert f"error {number} of Microsoft's documentation" in leadcheck("explain", text).out


@pytest.mark.parametrize(("number", "text"), MESSAGES)
def test_a_portal_wraps_the_message(number, text, explained):
    pasted = f"Publishing failed.\r\n  Error details:\r\n  {text}\r\n\r\nTry again."
    assert explained("-", stdin=pasted.encode())["matches"][0]["documented"]["number"] == number


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("client-secret-expired", "client-secret-expired"),
        ("AADSTS700016", "application-not-found"),
        ("aadsts7000215", "client-secret-invalid"),
        ("0x80040220", "access-denied"),
        ("interrupted", "interrupted"),
    ],
)
def test_an_id_or_a_code(asked, found, explained, leadcheck):
    answer = explained(asked)
    assert answer["verdict"] in {"matched", "possible"}
    assert found in [match["id"] for match in answer["matches"]]
    assert found in leadcheck("explain", asked).out


def test_the_inner_cause_comes_first_and_the_number_is_kept(explained):
    text = (
        "Could not save the lead to Dynamics CRM. LastCRMError: Unable to Login to Dynamics CRM, "
        "LastCRMException: AADSTS50126: Error validating credentials due to invalid username or password. "
        "Trace ID: 7e2b5f10-0000-4000-8000-000000000001 "
        "Correlation ID: 160c5842-0000-4000-8000-000000000002 Timestamp: 2026-11-20 10:00:00Z"
    )
    answer = explained(text)
    assert answer["matches"][0]["id"] == "password-wrong"
    assert answer["matches"][0]["documented"]["number"] == 1
    assert answer["extracted"]["codes"] == ["AADSTS50126"]
    assert answer["extracted"]["correlationId"] == "160c5842-0000-4000-8000-000000000002"
    assert answer["extracted"]["timestamp"].startswith("2026-11-20")


@pytest.mark.parametrize("words", [["AADSTS700016"], ["code", "AADSTS700016:", "no", "quotes", "needed"]])
def test_words_need_no_quotes(words, explained):
    assert explained(*words)["matches"][0]["id"] == "application-not-found"


@pytest.mark.parametrize("text", ["the sea is calm tonight", "", "\n", "::error::", "{}", "AADSTS"])
def test_what_nobody_knows(text, explained, leadcheck):
    answer = explained(text)
    assert (answer["verdict"], answer["matches"]) == ("unrecognised", [])
    ended = leadcheck("explain", text)
    assert ended.code == 1
    assert "Nothing in this text is known" in ended.out


@pytest.mark.parametrize("stdin", [b"", b"\xff\xfe\x00 AADSTS700016 \xff", b"\0" * 1000])
def test_whatever_stands_on_standard_input(stdin, explained):
    known = b"AADSTS700016" in stdin
    assert explained("-", stdin=stdin)["verdict"] == ("matched" if known else "unrecognised")


def test_a_long_log_on_standard_input(explained):
    noise = b"2026-11-20 10:00:00 INFO all is well\n" * 60_000
    answer = explained("-", stdin=noise + b"AADSTS7000222: The provided client secret keys are expired.\n")
    assert answer["matches"][0]["id"] == "client-secret-expired"


@pytest.mark.parametrize("style", ["text", "json"])
def test_what_was_pasted_does_not_reach_the_terminal(style, leadcheck):
    pasted = (
        "\x1b[31mAADSTS700016\x1b[0m: Application with identifier '\x1b]0;owned\x07' was not found\n"
        "::error::owned\n##vso[task.complete result=Succeeded;]\u202e\x9b31m"
    )
    for ended in (
        leadcheck("explain", pasted, "--format", style),
        leadcheck("explain", "-", "--format", style, stdin=pasted.encode()),
    ):
        assert ended.code == 0
        assert all(character.isprintable() or character == "\n" for character in ended.out)
        assert not [line for line in ended.out.splitlines() if line.lstrip().startswith(("::", "##"))]
        assert "owned" not in ended.out


def test_a_pasted_secret_is_not_repeated(leadcheck):
    pasted = (
        "AADSTS7000215: Invalid client secret provided. client_secret=Abc8Q~planted-secret-of-a-publisher"
    )
    for style in ("text", "json"):
        assert "planted-secret" not in leadcheck("explain", pasted, "--format", style).out


@pytest.mark.parametrize("arguments", [[], ["--format", "markdown", "x"], ["--no-such", "x"]])
def test_wrong_usage(arguments, leadcheck):
    assert leadcheck("explain", *arguments).code == 2
