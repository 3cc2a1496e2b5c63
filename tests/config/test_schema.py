"""What is said about keys, types and closed lists."""

from __future__ import annotations

import json
import shutil

import pytest

from validator.config import schema, schemas

BLOCK = "/dynamicsLeadConfiguration"


def test_a_configuration_in_order_has_no_finding(faults, azure_ad, office365):
    assert faults(azure_ad) == []
    assert faults(office365) == []


@pytest.mark.parametrize(
    ("change", "expected", "words"),
    [
        (
            ("  authentication: azureAD\n", ""),
            ("missing-key", BLOCK, 3, 3),
            "“authentication” is missing in “dynamicsLead",
        ),
        (
            ("  directoryId: 8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214\n", ""),
            ("missing-key", BLOCK, 3, 3),
            "“directoryId”",
        ),
        (("leadDestination: dynamics\n", ""), ("missing-key", "", 1, 1), "“leadDestination” is missing"),
        (
            ("azureAD", "AzureAD"),
            ("value-not-allowed", f"{BLOCK}/authentication", 4, 19),
            "did you mean “azureAD”?",
        ),
        (
            ("azureAD", "basic"),
            ("value-not-allowed", f"{BLOCK}/authentication", 4, 19),
            "one of azureAD, office365",
        ),
        (("azureAD", ""), ("wrong-type", f"{BLOCK}/authentication", 4, 18), "it is nothing"),
        (
            ("3c9e1d77-60b8-4f2a-8a45-0b7d2e6f9c13", "12"),
            ("wrong-type", f"{BLOCK}/applicationId", 6, 18),
            "put it in quotes",
        ),
        (
            ("https://fabrikam.crm4.dynamics.com", "[a]"),
            ("wrong-type", f"{BLOCK}/instanceUrl", 3, 16),
            "it is a list",
        ),
        (
            ("https://fabrikam.crm4.dynamics.com", "{a: b}"),
            ("wrong-type", f"{BLOCK}/instanceUrl", 3, 16),
            "a block of keys",
        ),
        (
            ("https://fabrikam.crm4.dynamics.com", "yes"),
            ("wrong-type", f"{BLOCK}/instanceUrl", 3, 16),
            "true or false",
        ),
        (
            ("  directoryId", "  tenantId"),
            ("missing-key", f"{BLOCK}/tenantId", 5, 3),
            "“tenantId” stands in its place",
        ),
        (
            ("  applicationKey", "  clientSecret"),
            ("missing-key", f"{BLOCK}/clientSecret", 7, 3),
            "“applicationKey” is missing",
        ),
        (
            ("dynamicsLeadC", "dynamicsleadC"),
            ("missing-key", "/dynamicsleadConfiguration", 2, 1),
            "stands in its place",
        ),
        (
            ("leadDestination", "destinationType"),
            ("missing-key", "/destinationType", 1, 1),
            "“leadDestination” is missing",
        ),
        (
            ("leadDestination: dynamics\n", "lead_destination: dynamics\n"),
            ("missing-key", "/lead_destination", 1, 1),
            "place",
        ),
        (
            ("  directoryId", "  contactEmails: []\n  directoryId"),
            ("unknown-key", f"{BLOCK}/contactEmails", 5, 3),
            "“contactEmail”?",
        ),
        (
            ("  directoryId", "  colour: red\n  directoryId"),
            ("unknown-key", f"{BLOCK}/colour", 5, 3),
            "is not a key in “dyn",
        ),
        (
            ("leadDestination", "leadchekc: 1\nleadDestination"),
            ("unknown-key", "/leadchekc", 1, 1),
            "did you mean “leadcheck”?",
        ),
    ],
)
def test_one_fault_is_one_finding_at_its_place(read, azure_ad, change, expected, words):
    [found] = read(azure_ad.replace(*change, 1)).findings
    place = found.location
    assert (found.id, place.pointer, place.line, place.column) == expected
    assert words in found.observed


@pytest.mark.parametrize(
    ("extra", "identifier", "pointer", "words"),
    [
        ("dynamicsLeadConfiguration: text", "wrong-type", BLOCK, "a block of keys"),
        ("dynamicsLeadConfiguration:", "wrong-type", BLOCK, "it is nothing"),
        ("", "missing-key", "", "“dynamicsLeadConfiguration” is missing"),
    ],
)
def test_the_block_itself(read, extra, identifier, pointer, words):
    [found] = read(f"leadDestination: dynamics\n{extra}\n").findings
    assert (found.id, found.location.pointer) == (identifier, pointer)
    assert words in found.observed


@pytest.mark.parametrize(
    ("value", "pointer", "expected"),
    [
        ("a@b.com", "", "“contactEmail” has to be a list of addresses; it is text"),
        ("[nobody]", "/0", "item 1 in “contactEmail” is not an e-mail address"),
        ("[a@b.com, 1]", "/1", "item 2 in “contactEmail” has to be text; it is a number; put it in quotes"),
    ],
)
def test_contact_email_is_a_list_of_addresses(read, azure_ad, value, pointer, expected):
    [found] = read(f"{azure_ad}  contactEmail: {value}\n").findings
    assert (found.location.pointer, found.observed) == (f"{BLOCK}/contactEmail{pointer}", expected)


@pytest.mark.parametrize(
    "written",
    [
        "Dynamics",
        "dynamics365ForCustomerEngagement",
        "crm",
        "hubspot",
    ],  # of hubspot, the block says what it is
)
def test_an_unknown_destination_is_judged_as_what_was_meant(read, azure_ad, written):
    configuration = read(azure_ad.replace("Destination: dynamics", f"Destination: {written}"))
    [found] = configuration.findings
    assert (found.id, found.location.line, found.location.column) == ("unknown-destination", 1, 18)
    assert "did you mean “dynamics”?" in found.observed
    assert configuration.destination == "dynamics"


def test_a_destination_that_nobody_knows(read):
    configuration = read("leadDestination: hubspot\n")
    [found] = configuration.findings
    assert "“hubspot” is no lead destination: it is one of none, blob, dynamics, " in found.observed
    assert configuration.destination == "hubspot"


@pytest.mark.parametrize("value", ["hub##[error]spot", "S3cr3t~8Q", "p4ss word", "k" * 41])
def test_a_destination_that_is_no_name_may_be_a_secret(read, value):
    configuration = read(f"leadDestination: {value}\n")
    [found] = configuration.findings
    assert "the value is no lead destination" in found.observed
    assert configuration.destination == ""


@pytest.mark.parametrize("value", ["5", "[dynamics]", "no"])
def test_a_destination_that_is_no_text(faults, value):
    assert faults(f"leadDestination: {value}\n") == [("wrong-type", "/leadDestination", 1, 18)]


NAME = "dynamics365ForCustomerEngagement"
SCRIPTS = {
    "a destination by the offer's type, and a block inside of the block": (
        f"""\
leadDestination: {NAME}
{NAME}:
  instanceUrl: https://contoso.crm4.dynamics.com
  contactEmail: ""
  authenticationKey: {{clientId: 23456052-aaaa-4bbb-8662-1234df56788f, clientSecret: not~a~real~one}}
""",
        [
            (1, "did you mean “dynamics”?"),
            (2, f"“dynamicsLeadConfiguration” is missing; “{NAME}” stands in its place"),
            (3, "“authentication” is missing"),
            (4, "“contactEmail” has to be a list of addresses; it is text"),
            (
                5,
                (
                    "what is in it belongs one level up: "
                    "“clientId” as “applicationId”, “clientSecret” as “applicationKey”"
                ),
            ),
        ],
    ),
    "a key for the destination, and names of other interfaces": (
        f"""\
destinationType: {NAME}
{NAME}:
  instanceUrl: https://contoso.crm4.dynamics.com
  authentication: azureAD
  applicationId: 23456052-aaaa-4bbb-8662-1234df56788f
  applicationSecret: ${{LEAD_PASSWORD}}
  tenantId: 12345678-8af1-4a5f-8234-12234d01db47
""",
        [
            (
                1,
                (
                    "“leadDestination” is missing; “destinationType” stands in its place, "
                    "and its value has to be “dynamics”"
                ),
            ),
            (2, f"“dynamicsLeadConfiguration” is missing; “{NAME}” stands in its place"),
            (6, "“applicationKey” is missing; “applicationSecret” stands in its place"),
            (7, "“directoryId” is missing; “tenantId” stands in its place"),
        ],
    ),
}
"""Two scripts that are public send these, and Partner Center refuses both."""


@pytest.mark.parametrize("name", SCRIPTS)
def test_what_scripts_invent_is_told_by_its_right_name(name, read):
    text, expected = SCRIPTS[name]
    told = sorted((found.location.line, found.observed) for found in read(text).findings)
    assert [line for line, _ in told] == [line for line, _ in expected]
    assert all(words in observed for (_, observed), (_, words) in zip(told, expected, strict=True))


@pytest.mark.parametrize(
    ("key", "block"),
    [("instanceUrl", "dynamicsLeadConfiguration"), ("applicationid", "dynamicsLeadConfiguration")],
)
def test_a_key_a_level_too_high_is_told_its_place(key, block, read, azure_ad):
    [found] = read(azure_ad + f"{key}: x\n").findings
    assert (found.id, found.location.line) == ("unknown-key", 8)
    assert found.observed.endswith(f"it belongs into “{block}”")


def test_a_block_that_nobody_knows_is_told_as_such(read, azure_ad):
    [found] = read(azure_ad + "more: {colour: blue}\n").findings
    assert found.observed == "“more” is not a key"


def test_blob_is_retired_and_nothing_else_is_said(faults):
    text = "leadDestination: blob\nblobLeadConfiguration: {containerName: 5}\n"
    assert faults(text) == [("blob-retired", "/leadDestination", 1, 18)]


def test_blocks_of_other_destinations_are_not_judged(faults, azure_ad):
    found = faults(azure_ad + "tableLeadConfiguration: {nonsense: 1}\nemailLeadConfiguration:\n")
    assert found == [("stray-destination-block", "/tableLeadConfiguration", 8, 1)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("marketo\nmarketoLeadConfiguration: {munchkinId: 123-PQR-789, formId: 1179}", "wrong-type"),
        ("marketo\nmarketoLeadConfiguration: {munchkinId: 123, formId: '1179'}", "wrong-type"),
        ("salesforce\nsalesforceLeadConfiguration: {objectIdentifier: []}", "wrong-type"),
        ("email\nemailLeadConfiguration: {contactEmail: []}", "value-not-allowed"),
        ("none\nproduct: 5", "value-not-allowed"),
        ("none\nresourceName: ''", "value-not-allowed"),
        (f"none\nresourceName: {'x' * 51}", "value-not-allowed"),
        ("none\nleadcheck: {secretExpires: 2027-02-30}", "value-not-allowed"),
        ("none\nleadcheck: {offer: {listing: ContactMe}}", "value-not-allowed"),
        ("none\nleadcheck: {dynamics: {publicClientId: x}}", "value-not-allowed"),
        ("none\nleadcheck: []", "wrong-type"),
    ],
)
def test_the_other_destinations_and_our_own_block(read, values, expected):
    [found] = read(f"leadDestination: {values}\n").findings
    assert found.id == expected


def test_judges_get_what_was_meant_and_nothing_that_is_wrong(read, azure_ad):
    configuration = read(
        azure_ad.replace("azureAD", "AzureAD").replace("https://fabrikam.crm4.dynamics.com", "12")
    )
    assert configuration.text(f"{BLOCK}/authentication") == "azureAD"
    assert configuration.get(f"{BLOCK}/instanceUrl") is None


def test_a_key_without_value_is_an_empty_text_for_the_judge(read, azure_ad):
    configuration = read(azure_ad.replace("8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214", ""))
    assert configuration.findings == ()
    assert configuration.get(f"{BLOCK}/directoryId") == ""


def test_hostile_keys_are_shown_harmlessly_and_not_all(read):
    keys = "".join(f'"\\u001b[31m##[error]{n}": 1\n' for n in range(2000))
    findings = read("leadDestination: none\n" + keys).findings
    assert len(findings) == 100
    assert "\x1b" not in findings[0].observed + findings[0].location.pointer
    assert "##" not in findings[0].observed + findings[0].location.pointer


@pytest.mark.parametrize("mark", [":", "=", " ", "=>", "/", "~", ",", '"', "\N{NO-BREAK SPACE}"])
def test_a_secret_that_slipped_into_a_key_is_not_shown(read, mark):
    [found] = read(json.dumps({"leadDestination": "none", f"password{mark}S3cr3t": "x"})).findings
    assert found.observed == "“password…” is not a key"
    assert found.location.pointer == "/password…"


def test_a_misspelt_key_with_a_secret_in_it_is_shown_in_part(read, azure_ad):
    text = azure_ad.replace("applicationKey: ${LEAD_APPLICATION_KEY}", "applicationKey:S3cr3t: x")
    [found] = read(text).findings
    assert (found.id, found.location.pointer) == ("missing-key", f"{BLOCK}/applicationKey…")
    assert found.observed == "“applicationKey” is missing; “applicationKey…” stands in its place"


def test_a_long_key_is_shown_in_part(read):
    [found] = read(f"leadDestination: none\n{'k' * 65}: 1\n").findings
    assert found.location.pointer == f"/{'k' * 64}…"


def test_what_an_unknown_key_holds_is_at_a_place_without_secrets(read, azure_ad):
    configuration = read(azure_ad + "  pass S3cr3t:\n    - '<0ther-S3cr3t>'\n")
    told = [(found.observed, found.location.pointer) for found in configuration.findings]
    assert told == [
        ("“pass…” is not a key in “dynamicsLeadConfiguration”", f"{BLOCK}/pass…"),
        ("the placeholder <…> was left in the value", f"{BLOCK}/pass…/0"),
    ]


def test_the_schema_is_found_in_a_wheel_and_in_a_working_copy(tmp_path, monkeypatch):
    beside = schemas()
    package = tmp_path / "validator"
    monkeypatch.setattr(schema, "__file__", str(package / "config" / "schema.py"))
    assert schemas() == tmp_path / "schemas"
    shutil.copytree(beside, package / "schemas")
    assert schemas() == package / "schemas"
    assert (schemas() / "lead-destination.schema.json").is_file()
