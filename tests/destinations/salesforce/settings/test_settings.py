"""The organisation identifier as publishers paste it: one slip gives one finding, which quotes nothing."""

import json

import pytest

from validator import catalogue
from validator.config import load
from validator.destinations import destination
from validator.destinations.salesforce.settings import FIELD
from validator.destinations.salesforce.settings.identifier import remark
from validator.model import Severity, Stage


def judge(configuration):
    """Judge as a run does."""
    return destination("salesforce").judge(configuration, frozenset())


OID = "00D1t000000gK1X"
LONG = "00D1t000000gK1XEAU"
OTHER = "00D5e000000hJ2Y"

YAML = "leadDestination: salesforce\nsalesforceLeadConfiguration:\n  objectIdentifier: {}\n"

ADDRESS = "https://webto.salesforce.com/servlet/servlet.WebToLead?encoding=UTF-8"
TAG = f'<input type=hidden name="oid" value="{OID}">'
CAPTCHA = (
    "<input type=hidden name='captcha_settings' "
    f'value=\'{{"keyname":"MyKeyPair","fallback":"true","orgId":"{OID}","ts":""}}\'>'
)
FORM = f"""\
<!--  NOTE: Please add the following <FORM> element to your page.             -->
<form action="{ADDRESS}&orgId={OID}" method="POST">
{TAG}
<input type=hidden name="retURL" value="http://example.com">
<!--  <input type="hidden" name="debug" value=1>                              -->
<label for="email">Email</label><input  id="email" maxlength="80" name="email" size="20" type="text" /><br>
<input type="submit" name="submit">
</form>
"""

REPAIRED = {
    "18 characters": (LONG, "18-characters", "its checksum fits"),
    "a checksum in lower case": (OID + "eau", "18-characters", "its checksum fits"),
    "18 characters and blanks": (f" {LONG}\n", "18-characters", "white space stands after"),
    "18 characters in quotes": (f'"{LONG}"', "18-characters", "quotation marks"),
    "small letters": (LONG.lower(), "letter-case", "was lost"),
    "capitals": (LONG.upper(), "letter-case", "was lost"),
    "small letters before the checksum": (LONG[:15].lower() + "EAU", "letter-case", "was lost"),
    "small letters and a blank": (f"{LONG.lower()} ", "letter-case", "white space"),
    "a blank before": (f" {OID}", "spaced", "white space stands before"),
    "a line break after": (f"{OID}\r\n", "spaced", "white space stands after"),
    "a blank that nobody sees": (f"\ufeff{OID}", "spaced", "white space stands before"),
    "quotes": (f'"{OID}"', "spaced", "quotation marks"),
    "typographic quotes": (f"\u201c{OID}\u201d", "spaced", "quotation marks"),
    "a quote and what follows it": (f'{OID}">', "spaced", "quotation marks"),
    "a dash before": (f"- {OID}", "spaced", "dashes or other marks"),
    "a full stop": (f"{OID}.", "spaced", "dashes or other marks"),
    "blanks inside": ("00D 1t0 000 00g K1X", "spaced", "inside"),
    "dashes inside": ("00D1t\u20130000\u201300gK1X", "spaced", "inside"),
    "quotes around and a break inside": ('"00D1t0000\n00gK1X"', "spaced", "marks stand around the value; bl"),
    "capitals, in quotes": ('"00D1ABCDEF0GKBX"', "spaced", "every letter is a capital"),
    "a form": (FORM, "pasted-form", "a whole form"),
    "a form with reCAPTCHA": (FORM.replace(TAG, CAPTCHA + TAG), "pasted-form", "a whole form"),
    "a form with 18 characters": (FORM.replace(OID, LONG), "pasted-form", "18 characters"),
    "a tag": (TAG, "pasted-form", "a tag of the form"),
    "a tag in single quotes": (TAG.replace('"', "'"), "pasted-form", "a tag of the form"),
    "a tag without quotes": (TAG.replace('"', ""), "pasted-form", "a tag of the form"),
    "a tag of XHTML": (f"<input value={OID}/ id='x' name = 'oid' />", "pasted-form", "a tag of the form"),
    "a tag of JSX": (f'<input name={{"oid"}} value={{"{OID}"}} />', "pasted-form", "a tag of the form"),
    "a tag in JSON": (json.dumps(TAG), "pasted-form", "a tag of the form"),
    "a tag in HTML": (
        TAG.replace('"', "&quot;").replace("<", "&lt;"),
        "pasted-form",
        "a tag of the form",
    ),
    "a tag cut off": (TAG[:-2], "pasted-form", "a tag of the form"),
    "a part of a tag": (f'name="oid" value="{OID}"', "pasted-form", "more than the identifier"),
    "an address": (f"{ADDRESS}&oid={OID}", "pasted-form", "an address"),
    "an address of a newer form": (f"{ADDRESS}&orgId={OID}", "pasted-form", "an address"),
    "an assignment": (f"oid={OID}", "pasted-form", "more than the identifier"),
    "an assignment of small letters": (f"oid = {LONG.lower()}", "pasted-form", "was lost"),
    "JSON": (f'{{"objectIdentifier": "{OID}"}}', "pasted-form", "more than the identifier"),
    "PHP": (f"'oid' => '{OID}',", "pasted-form", "more than the identifier"),
    "the label of a page": (f"Salesforce.com Organization ID: {OID}", "pasted-form", "more than"),
}
"""Where the organisation is certain: text, entry, words."""

GUID = "8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214"

LEFT = {
    "nothing": ("", "empty", "is empty"),
    "blanks": (" \n", "empty", "is empty"),
    "quotes": ('""', "empty", "no letter or digit"),
    "a tag without a value": (TAG.replace(OID, ""), "empty", "no value is given"),
    "a tag with no value at all": ("<input name=oid>", "empty", "no value is given"),
    "another checksum": ("00D1t000000gK1XEAA", "checksum", "do not fit"),
    "a checksum of no character": ("00D1t000000gK1XEA9", "checksum", "do not fit"),
    "small letters, another checksum": ("00d1t000000gk1xBAU", "checksum", "do not fit"),
    "capitals, a slip in the checksum": ("00D3000000A0B01EAB", "checksum", "do not fit"),
    "small letters, no capital D": ("00d1t000000gk1xAAU", "checksum", "do not fit"),
    "15 small letters": (OID.lower(), "letter-case", "starts with 00d"),
    "small letters in quotes": (f'"{OID.lower()}"', "letter-case", "quotation marks"),
    "a lead": ("00QdL00000UNS3x", "of-another-record", "a lead"),
    "a lead, 18 characters": ("00QdL00000UNS3xUAH", "of-another-record", "a lead"),
    "a lead in small letters": ("00qdl00000uns3xuah", "of-another-record", "a lead"),
    "a lead in an assignment": ("oid=00QdL00000UNS3x", "of-another-record", "a lead"),
    "a lead for oid in a form": (
        FORM.replace(TAG, TAG.replace(OID, "00QdL00000UNS3x")),
        "of-another-record",
        "a lead",
    ),
    "a user": ("0051t000000gK1X", "of-another-record", "a user"),
    "a profile": ("00e1t000000gK1X", "of-another-record", "a profile"),
    "a queue": ("00G1t000000gK1X", "of-another-record", "a queue"),
    "a custom field": ("00N1t000000gK1X", "of-another-record", "a custom field"),
    "a custom object": ("01I1t000000gK1X", "of-another-record", "a custom object"),
    "a record of a custom object": ("a00E0000004D5ls", "of-another-record", "record of a custom object"),
    "a record type": ("0127Q000000Ub9w", "of-another-record", "a record type"),
    "a campaign": ("7011t000000gK1X", "of-another-record", "a campaign"),
    "a record of a rarer kind": ("0Af63000019vp7uCAA", "of-another-record", "some other record"),
    "a form without oid": (FORM.replace(TAG, "").replace(f"&orgId={OID}", ""), "pasted-form", "no oid"),
    "a form of which oid is a comment": (
        FORM.replace(TAG, f"<!-- {TAG} -->").replace(f"&orgId={OID}", ""),
        "pasted-form",
        "no oid",
    ),
    "a form of a sandbox": (FORM.replace("webto.", "test."), "pasted-form", "for a sandbox"),
    "a form of two organisations": (
        FORM.replace(TAG, TAG.replace(OID, OTHER)),
        "pasted-form",
        "different organisations",
    ),
    "a form of a sandbox, 18 characters": (
        FORM.replace("webto.", "test.").replace(OID, LONG),
        "pasted-form",
        "for a sandbox",
    ),
    "a page of the organisation": (f"https://fabrikam.my.salesforce.com/{OID}", "pasted-form", "an address"),
    "an identifier in a sentence": (f"Ours is {OID}", "pasted-form", "more than the identifier"),
    "a GUID": (GUID, "malformed", "a GUID"),
    "a GUID in braces": (f"{{{GUID}}}", "malformed", "a GUID"),
    "an e-mail address": ("leads@fabrikam.com", "malformed", "an e-mail address"),
    "My Domain": ("fabrikam.my.salesforce.com", "malformed", "My Domain"),
    "Lightning": ("https://fabrikam.lightning.force.com/lightning/setup", "malformed", "of Salesforce"),
    "another address": ("https://fabrikam.com/leads", "malformed", "the value is an address"),
    "letters O": ("OOD1t000000gK1X", "malformed", "the letter O"),
    "one character too few": (OID[:-1], "malformed", "has 14 characters"),
    "one character too many": (OID + "A", "malformed", "has 16 characters"),
    "another prefix": ("01Do0000000ZHog", "malformed", "does not start with 00D"),
    "another prefix, 18 characters": ("9991t000000gK1XAAA", "malformed", "does not start with 00D"),
    "a dash for a letter": ("00Do0000000ZH-g", "malformed", "characters other than"),
    "letters of other languages": ("00D1t000000gK1\u0425", "malformed", "characters other than"),
    "digits of other languages": ("00D1t00000\u0661gK1X", "malformed", "characters other than"),
    "an assignment of nonsense": ("oid=00D1t", "malformed", "has 5 characters"),
}
"""Where nobody but the publisher can say: text, entry, words."""

SAMPLES = {
    "the sample": "00Do0000000ZHog",
    "its longer form": "00Do0000000ZHogEAG",
    "it in small letters": "00do0000000zhog",
    "it in a tag": TAG.replace(OID, "00Do0000000ZHog"),
    "it in quotes": '"00Do0000000ZHog"',
}

ROWS = [entry for entry in catalogue.entries().values() if entry.id.startswith("salesforce-id-")]


def table(rows):
    return [
        pytest.param(text, f"salesforce-id-{entry}", words, id=name)
        for name, (text, entry, words) in rows.items()
    ]


SLIPS = [*table(REPAIRED), *table(LEFT)]


def configured(value, form="yaml"):
    """Read a file, and have another value stand in the identifier's place."""
    text = YAML.format(OID)
    if form == "json":
        values = {
            "leadDestination": "salesforce",
            "salesforceLeadConfiguration": {"objectIdentifier": OID},
        }
        text = json.dumps(values, indent=2)
    (found,) = load("lead.yaml", text, environ={})
    assert found.findings == ()
    return found.changed({FIELD: value})


@pytest.mark.parametrize(
    "text", [OID, "00D000000000001", "00D1A000000GKBX", "00D1ABCDEF0gKBX", "00Dabcdefghijkl"]
)
def test_an_identifier_in_order(text):
    assert remark(text) is None
    assert judge(configured(text)) == []


@pytest.mark.parametrize(("form", "place"), [("yaml", (3, 21)), ("json", (4, 25))])
@pytest.mark.parametrize(("text", "entry", "words"), SLIPS)
def test_one_slip_gives_one_finding_at_its_field(text, entry, words, form, place):
    (finding,) = judge(configured(text, form))
    assert (finding.id, finding.stage, finding.severity) == (entry, Stage.SETTINGS, Severity.ERROR)
    assert words in finding.observed
    assert (finding.location.pointer, finding.location.line, finding.location.column) == (FIELD, *place)


@pytest.mark.parametrize("name", REPAIRED)
def test_where_the_organisation_is_certain_the_value_is_repaired(name):
    text, _, _ = REPAIRED[name]
    (finding,) = judge(configured(text))
    expected = "00D1ABCDEF0GKBX" if name == "capitals, in quotes" else OID
    assert (finding.repair.old, finding.repair.new) == (text, expected)


@pytest.mark.parametrize("text", [text for text, _, _ in LEFT.values()], ids=LEFT)
def test_an_organisation_is_never_guessed(text):
    assert remark(text).repaired is None


@pytest.mark.parametrize("text", SAMPLES.values(), ids=SAMPLES)
def test_the_sample_of_the_documents(text):
    (finding,) = judge(configured(text))
    assert (finding.id, finding.severity, finding.repair) == ("documentation-sample", Severity.ERROR, None)


def test_capitals_throughout_are_a_doubt():
    found = judge(configured("00D1ABCDEF0GKBX"))
    assert [(one.id, one.severity) for one in found] == [("salesforce-id-letter-case", Severity.WARNING)]
    assert found[0].repair is None


@pytest.mark.parametrize(
    ("value", "entries"),
    [
        (OID, []),
        (OID.lower(), ["salesforce-id-letter-case"]),
        ("00QdL00000UNS3x", ["salesforce-id-of-another-record"]),
        ("00Do0000000ZHog", ["documentation-sample"]),
    ],
)
def test_a_file_as_it_is(value, entries):
    (configuration,) = load("lead.yaml", YAML.format(value), environ={})
    judged = destination("salesforce").judge(configuration, frozenset({"test.salesforce.com"}))
    assert [finding.id for finding in (*configuration.findings, *judged)] == entries


@pytest.mark.parametrize("value", ["[]", "${ORGANISATION}", "'{{ oid }}'"])
def test_what_the_reading_reported_is_not_judged_again(value):
    (configuration,) = load("lead.yaml", YAML.format(value), environ={})
    assert len(configuration.findings) == 1
    assert judge(configuration) == []


def test_a_missing_key_is_left_to_the_reading():
    (configuration,) = load(
        "lead.yaml", "leadDestination: salesforce\nsalesforceLeadConfiguration: {}\n", environ={}
    )
    assert [finding.id for finding in configuration.findings] == ["missing-key"]
    assert judge(configuration) == []


SECRET = "hunter2hunter2h"


@pytest.mark.parametrize(
    "text",
    [
        SECRET,
        f"{SECRET}AAA",
        f"00D{SECRET}",
        f"00D{SECRET[:12]}AAA",
        f"oid={SECRET}",
        f"a00{SECRET[:12]}",
        f'<input name="oid" value="{SECRET}">',
        f"<form {SECRET}>",
        f"https://fabrikam:{SECRET}@leads.example",
        f"{SECRET}@{SECRET}.example",
        f"{SECRET}.my.salesforce.com",
        f"{SECRET} 00D1t000000gK1X",
    ],
)
def test_a_secret_that_went_astray_is_not_told(text):
    assert "hunter" not in remark(text).observed


@pytest.mark.parametrize(
    "text",
    [
        *(" " * 1_000_000, "-" * 1_000_000, "a" * 1_000_000, "00D" * 300_000, "a@" * 500_000),
        *("<" * 1_000_000, "<input " * 150_000, "<!--" * 250_000, "<!-- -->" * 120_000, "name=" * 200_000),
        *("oid" * 300_000, "oid=" * 250_000, f"oid{' ' * 1_000_000}", f"oid={' ' * 1_000_000}"),
        *(f"name{' ' * 1_000_000}x", "<input name=oid value" * 50_000, "<input name=oid value=0 " * 40_000),
        *(f"x{' -' * 500_000}x", "a." * 500_000, "a.salesforce.com" * 60_000, "http://" * 140_000),
        *("organization id " * 60_000, "00D1t000000gK1X " * 60_000, "&quot;" * 160_000, "&#" + "9" * 999_999),
        *(f"<input name=oid value={' ' * 1_000_000}", f"name=oid value{' ' * 1_000_000}"),
    ],
    ids=lambda text: f"{text[:9].strip()}{len(text)}",
)
def test_a_hostile_megabyte_is_judged_in_a_second(text, within_a_second):
    with within_a_second():
        assert remark(text)


@pytest.mark.parametrize("entry", ROWS, ids=lambda entry: entry.id)
def test_the_sample_of_a_row_shows_its_fault(entry):
    value = entry.sample.change["/salesforceLeadConfiguration"]["objectIdentifier"]
    (finding,) = judge(configured(value))
    assert (finding.id, finding.severity) == (entry.id, entry.severity)
    assert finding.location.pointer == entry.field
    assert any("Organization identifier" in step.text for step in finding.fix)


def test_every_fault_that_is_told_has_a_row():
    told = {entry for _, entry, _ in (*REPAIRED.values(), *LEFT.values())}
    assert {f"salesforce-id-{entry}" for entry in told} == {entry.id for entry in ROWS}
