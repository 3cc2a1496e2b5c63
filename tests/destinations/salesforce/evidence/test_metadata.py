"""Metadata as Salesforce's tools retrieve it, and as nobody should be able to misuse it."""

from __future__ import annotations

import os
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

XMLNS = 'xmlns="http://soap.sforce.com/2006/04/metadata"'


def field(name, kind="Text", required="true", more=""):
    label = name.removesuffix("__c").replace("_", " ")
    return (
        f"<CustomField {XMLNS}><fullName>{name}</fullName><label>{label}</label>{more}"
        f"<required>{required}</required><type>{kind}</type></CustomField>"
    )


def fields(*texts):
    return {f"objects/Lead/fields/F{n}__c.field-meta.xml": text for n, text in enumerate(texts)}


def severities(found):
    return {name: finding["severity"] for name, finding in found.items()}


def test_a_project_s_source_as_it_is(samples, judged, tmp_path):
    shutil.copytree(samples / "sfdx" / "force-app", tmp_path / "force-app")
    found = judged(metadata="force-app/main/default")
    assert severities(found) == {
        "required-picklist-on-lead": "error",
        "required-field-on-lead": "error",
        "validation-rule-on-lead": "warning",
        "duplicate-rule-on-lead": "warning",
        "country-picklist-enabled": "note",
    }
    required = found["required-picklist-on-lead"]["observed"]
    assert "Industry Type (Industry_Type__c)" in required
    assert "Global Pick (Global_Pick__c)" in required
    assert "Region (Region__c), which has a default" in required
    assert "Segment" not in required
    assert found["required-field-on-lead"]["observed"] == "Source Detail (Source_Detail__c)"
    assert "State is required for US leads." in found["validation-rule-on-lead"]["observed"]
    assert "allows with an alert" in found["duplicate-rule-on-lead"]["observed"]
    assert "“United States”" in found["country-picklist-enabled"]["observed"]
    assert {finding["location"]["pointer"] for finding in found.values()} == {
        "/leadcheck/salesforce/metadata"
    }


def test_a_retrieved_package_as_it_is(samples, judged, tmp_path):
    shutil.copytree(samples / "mdapi" / "src", tmp_path / "src")
    found = judged(metadata="src")
    assert severities(found) == {
        "required-picklist-on-lead": "error",
        "validation-rule-on-lead": "warning",
        "country-picklist-enabled": "note",
    }
    assert "Old Style (API <= 37) (Old_Style__c)" in found["required-picklist-on-lead"]["observed"]


@pytest.mark.parametrize(
    "text",
    [
        field("Region__c", required="false"),
        field("Region__c", kind="Checkbox"),
        field("Region__c", kind="AutoNumber"),
        field("Company"),
        field("LeadSource", kind="Picklist"),
        f"<CustomField {XMLNS}><fullName>Region__c</fullName></CustomField>",
    ],
)
def test_fields_that_are_in_nobody_s_way(text, metadata):
    assert metadata(fields(text)) == {}


GLOBAL = "<valueSet><restricted>true</restricted><valueSetName>Channels</valueSetName></valueSet>"
CHANNELS = "<GlobalValueSet><customValue><default>{}</default></customValue></GlobalValueSet>"


@pytest.mark.parametrize(
    ("more", "files"),
    [
        ("<defaultValue>&quot;x&quot;</defaultValue>", {}),
        ("<picklist><picklistValues><default>true</default></picklistValues></picklist>", {}),
        (GLOBAL, {"globalValueSets/Channels.globalValueSet-meta.xml": CHANNELS.format("true")}),
    ],
)
def test_a_default_makes_it_a_warning(more, files, metadata):
    other = {"globalValueSets/Alike.globalValueSet-meta.xml": "<broken"}
    found = metadata(fields(field("Region__c", "Picklist", more=more)) | other | files)
    assert severities(found) == {"required-picklist-on-lead": "warning"}


@pytest.mark.parametrize("files", [{}, {"globalValueSets/Channels.globalValueSet": CHANNELS.format("false")}])
def test_a_global_list_without_a_default_keeps_leads_out(files, metadata):
    found = metadata(fields(field("Region__c", "MultiselectPicklist", more=GLOBAL)) | files)
    assert severities(found) == {"required-picklist-on-lead": "error"}


def test_what_is_asked_for_in_many_fields_is_one_finding(metadata):
    found = metadata(fields(*(field(f"F{n}__c") for n in range(20))))
    assert "; and 12 more" in found["required-field-on-lead"]["observed"]


@pytest.mark.parametrize(
    ("rule", "count"),
    [
        ("<isActive>true</isActive><actionOnInsert>Block</actionOnInsert>", 1),
        ("<isActive>true</isActive><actionOnInsert>Allow</actionOnInsert>", 0),
        (
            (
                "<isActive>true</isActive><actionOnInsert>Allow</actionOnInsert>"
                "<operationsOnInsert>Report</operationsOnInsert>"
            ),
            0,
        ),
        ("<isActive>false</isActive><actionOnInsert>Block</actionOnInsert>", 0),
    ],
)
def test_a_duplicate_rule_that_only_reports_is_harmless(rule, count, metadata):
    text = f"<DuplicateRule {XMLNS}><masterLabel>Same</masterLabel>{rule}</DuplicateRule>"
    found = metadata({"duplicateRules/Lead.Same.duplicateRule": text})
    assert list(found) == ["duplicate-rule-on-lead"] * count


@pytest.mark.parametrize(("active", "count"), [("true", 1), ("false", 0)])
def test_a_validation_rule_that_is_off_is_harmless(active, count, metadata):
    text = f"<ValidationRule {XMLNS}><fullName>R</fullName><active>{active}</active></ValidationRule>"
    found = metadata({"main/objects/Lead/validationRules/R.validationRule-meta.xml": text})
    assert list(found) == ["validation-rule-on-lead"] * count


@pytest.mark.parametrize(("value", "count"), [("US", 0), ("United States", 1)])
def test_country_codes_as_integration_values_are_what_the_marketplace_sends(value, count, metadata):
    text = (
        f"<AddressSettings {XMLNS}><countriesAndStates><countries><active>true</active>"
        f"<integrationValue>{value}</integrationValue><isoCode>US</isoCode></countries>"
        "</countriesAndStates></AddressSettings>"
    )
    found = metadata({"settings/Address.settings": text, **fields(field("A__c", required="false"))})
    assert list(found) == ["country-picklist-enabled"] * count


def test_other_objects_are_not_read(metadata):
    others = ("objects/Account/fields/A__c.field-meta.xml", "objects/Lead/fields/deep/A__c.field-meta.xml")
    found = metadata(dict.fromkeys(others, "<broken") | {"x/objects/MyLead.object": "<broken"})
    assert severities(found) == {"salesforce-evidence-unreadable": "warning"}
    assert "tells of Lead" in found["salesforce-evidence-unreadable"]["observed"]


BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
HOSTILE = {
    "a bomb": (BOMB + "]><CustomField>&i;</CustomField>", "document type"),
    "a file of the machine": (
        "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><CustomField>&a;</CustomField>",
        "document type",
    ),
    "too deep": ("<a>" * 100_000 + "</a>" * 99_999, "no element"),
    "too many": ("<a>" + "<b/>" * 500_000, "more tags"),
    "not finished": ("<CustomField>", "line 1"),
    "nothing": ("", "no element"),
    "binary": (b"\x00\x01\x02", "line 1"),
    "in UTF-16": ("<a/>".encode("utf-16"), "not UTF-8"),
    "not its encoding": (b"<a>\xff</a>", "not UTF-8"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_no_metadata_costs_a_warning_and_the_rest_is_read(case, metadata, within_a_second):
    text, reason = HOSTILE[case]
    with within_a_second():
        found = metadata(fields(field("Source__c"), text))
    assert severities(found) == {"required-field-on-lead": "error", "salesforce-metadata-broken": "warning"}
    assert reason in found["salesforce-metadata-broken"]["observed"]
    assert "objects/Lead/fields/F1__c.field-meta.xml: " in found["salesforce-metadata-broken"]["observed"]


def test_many_broken_files_are_one_finding(metadata):
    found = metadata(fields(*["<"] * 9))
    assert "; and 4 more" in found["salesforce-metadata-broken"]["observed"]


def test_links_are_not_followed(metadata, judged, tmp_path):
    metadata(fields(field("A__c", required="false")))
    outside = tmp_path.parent / "outside.xml"
    outside.write_text(field("Secret__c"), "utf-8")
    (tmp_path / "org/objects/Lead/fields/B__c.field-meta.xml").symlink_to(outside)
    (tmp_path / "org/objects/Lead/validationRules").symlink_to(tmp_path.parent)
    assert judged(metadata="org") == {}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_a_pipe_is_not_waited_for(metadata, judged, tmp_path):
    metadata(fields(field("A__c", required="false")))
    os.mkfifo(tmp_path / "org/objects/Lead/fields/B__c.field-meta.xml")
    assert judged(metadata="org") == {}


def test_a_folder_that_may_not_be_listed_is_passed_over(metadata, judged, tmp_path, monkeypatch):
    metadata(fields(field("Source__c")))
    (tmp_path / "org/locked").mkdir()
    real = os.scandir

    def scandir(path):
        if str(path).endswith("locked"):
            raise PermissionError
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert list(judged(metadata="org")) == ["required-field-on-lead"]


PIECES = st.sampled_from(
    [
        "<fields>",
        "</fields>",
        "<required>true</required>",
        "<type>Picklist</type>",
        "&amp;",
        "&x;",
        "<",
        "]]>",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8), max_size=12))
def test_no_text_makes_it_crash(metadata, pieces):
    metadata({"objects/Lead.object": "<CustomObject>" + "".join(pieces) + "</CustomObject>"})
