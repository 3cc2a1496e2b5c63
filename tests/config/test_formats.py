"""The files that publishers really have: each is recognised, read in its own names, and pointed at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from validator.config import Unreadable, load
from validator.config.formats import mentioned, recognise
from validator.model import Stage

SAMPLES = Path(__file__).with_name("samples")

DYNAMICS = "/dynamicsLeadConfiguration"
TREE_PRODUCT, DOC_PRODUCT = "contoso-saas", "product/a0c6484f-b4fb-4129-ac6b-35f2b5628089"

READ = {
    "configure.offer-solution-template-shape": (
        *("offer-template", "/product/resources/0", "contoso-vm", "none"),
        {},
    ),
    "configure.official-doc-sample": (
        *("configure", "/resources/0", DOC_PRODUCT, "httpsEndpoint"),
        {
            "/httpsEndpointLeadConfiguration/httpsEndpointUrl": (
                10,
                "https://www.your-crm.com/triggers/invoke",
            )
        },
    ),
    "cpp-offer.empty-leads": (
        *("cloud-partner-portal", "/definition/offer", "contosovirtualmachine", "none"),
        {"/leadDestination": (9, "none")},
    ),
    "ingestion-v1.AzureBlob": ("ingestion-v1", "", None, "blob", {}),
    "ingestion-v1.AzureTable": (
        *("ingestion-v1", "", None, "table"),
        {"/leadDestination": (2, "table")},
    ),
    "ingestion-v1.Dynamics": (
        *("ingestion-v1", "", None, "dynamics"),
        {
            f"{DYNAMICS}/instanceUrl": (3, "https://contoso.crm4.dynamics.com"),
            f"{DYNAMICS}/applicationId": (5, "23456052-aaaa-4bbb-8662-1234df56788f"),
            f"{DYNAMICS}/directoryId": (7, "12345678-8af1-4a5f-8234-12234d01db47"),
            f"{DYNAMICS}/contactEmail": (8, ["sales@contoso.com"]),
        },
    ),
    "ingestion-v1.Https": ("ingestion-v1", "", None, "httpsEndpoint", {}),
    "ingestion-v1.Marketo": (
        *("ingestion-v1", "", None, "marketo"),
        {
            "/marketoLeadConfiguration/serverId": (3, "ys12"),
            "/marketoLeadConfiguration/munchkinId": (4, "123-PQR-789"),
            "/marketoLeadConfiguration/formId": (5, "1179"),
        },
    ),
    "ingestion-v1.SalesForce": ("ingestion-v1", "", None, "salesforce", {}),
    "resource-tree.export": (
        *("resource-tree", "/resources/1", TREE_PRODUCT, "dynamics"),
        {
            "/leadDestination": (21, "dynamics"),
            f"{DYNAMICS}/directoryId": (25, "12345678-8af1-4a5f-8234-12234d01db47"),
        },
    ),
}
"""Of each file: format, pointer, product, destination, and some values with their lines."""

BARE = {
    "blob": "blob",
    "dynamics-azuread": "dynamics",
    "dynamics-masked": "dynamics",
    "dynamics-office365": "dynamics",
    "email": "email",
    "httpsEndpoint": "httpsEndpoint",
    "marketo-preview2": "marketo",
    "marketo-preview3-inferred": "marketo",
    "none": "none",
    "salesforce": "salesforce",
    "table": "table",
}
PRODUCT = "product/3f1c2a5e-7b64-4d0c-9f0b-0d7d6a1b2c3d"
READ |= {f"customer-leads.{name}": ("customer-leads", "", PRODUCT, meant, {}) for name, meant in BARE.items()}


def test_no_file_is_left_out():
    assert {path.stem for path in SAMPLES.iterdir()} == set(READ)


@pytest.mark.parametrize("name", READ)
def test_a_file_is_read_in_its_format(name):
    style, pointer, product, destination, values = READ[name]
    data = (SAMPLES / f"{name}.json").read_bytes()
    [found] = load(f"{name}.json", data, environ={}, offline=True, named=False)
    assert (found.source.format, found.source.pointer) == (style, pointer)
    assert (found.product, found.destination) == (product, destination)
    assert len(found.places) == len(list(found.places)) > 0
    for at, (line, value) in values.items():
        assert found.get(at) == value
        assert found.at(at).line == line
        text = data.decode().splitlines()[line - 1][found.at(at).column - 1 :]
        assert text[0] in '"['


def findings(values, **more):
    [found] = load("lead.json", json.dumps(values, indent=1), environ={}, offline=True, **more)
    return found.findings


def test_what_is_said_is_said_in_the_file_s_own_names():
    values = {
        "resourceType": "DynamicsCustomerRelationshipManagementLeadConfiguration",
        "uri": "https://contoso.crm4.dynamics.com",
        "applicationID": 7,
        "applicationKey": "${KEY}",
        "colour": "blue",
    }
    told = {found.id: (found.observed, found.location.pointer) for found in findings(values)}
    kind = values["resourceType"]
    assert told["missing-key"] == (f"“directoryID” is missing in “{kind}”", "")
    assert told["wrong-type"] == (
        "“applicationID” has to be text; it is a number; put it in quotes",
        "/applicationID",
    )
    assert told["unknown-key"] == (f"“colour” is not a key in “{kind}”", "/colour")
    assert told["variable-unset"][1] == "/applicationKey"


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"authentication": "AAD", "applicationID": "x"}, "azureAD"),
        ({"authentication": "AzureActiveDirectory"}, "azureAD"),
        ({"authentication": "O365"}, "office365"),
        ({"userName": "a@b.c", "password": "${P}"}, "office365"),
        ({"applicationID": "x", "userName": ""}, "azureAD"),
        ({}, "azureAD"),
    ],
)
def test_the_kind_of_sign_in_is_read_or_inferred(more, kind):
    values = {"resourceType": "DynamicsCustomerRelationshipManagementLeadConfiguration", **more}
    [found] = load("lead.json", json.dumps(values), environ={})
    assert found.get(f"{DYNAMICS}/authentication") == kind


def test_addresses_in_one_text_are_a_list():
    values = {
        "resourceType": "HttpsEndpointLeadConfiguration",
        "httpsEndpointUri": "https://leads.contoso.com",
        "contactEmail": "a@contoso.com; b@contoso.com;",
        "dailyDigestEmailContacts": ["c@contoso.com"],
        "@odata.etag": "x",
    }
    [found] = load("lead.json", json.dumps(values), environ={})
    assert found.findings == ()
    assert found.get("/httpsEndpointLeadConfiguration/contactEmail") == ["a@contoso.com", "b@contoso.com"]
    assert found.at("/httpsEndpointLeadConfiguration/contactEmail/1").pointer == "/contactEmail"


def test_an_unknown_resource_type_is_told():
    [found] = findings({"resourceType": "FaxLeadConfiguration"})
    assert (found.id, found.location.pointer) == ("unknown-destination", "/resourceType")


@pytest.mark.parametrize("wrap", [lambda one: [one, one], lambda one: {"value": [one, 7, one]}])
def test_several_resources_are_several_configurations(wrap):
    one = {"resourceType": "SalesForceLeadConfiguration", "objectIdentifier": "00D000000000001"}
    found = load("lead.json", json.dumps(wrap(one), indent=1), environ={})
    assert len(found) == 2
    assert found[0].source.pointer != found[1].source.pointer
    assert found[0].source.line < found[1].source.line


def portal(destination="Dynamics", prefix="microsoft-azure-corevm.", **blocks):
    settings = {f"{prefix}leadDestination": destination, f"{prefix}leadNotificationEmails": "a@b.com;c@d.com"}
    settings |= {prefix + name: block for name, block in blocks.items()}
    return {"id": "crm-addin", "publisherId": "fabrikam", "definition": {"offer": settings}}


def test_an_offer_of_the_portal_with_a_destination():
    block = {
        "Url": "https://contoso.crm4.dynamics.com",
        "authentication": "aad",
        "applicationId": "23456052-aaaa-4bbb-8662-1234df56788f",
        "directoryId": "12345678-8af1-4a5f-8234-12234d01db47",
    }
    offer = portal(crmLeadConfiguration=block, tableLeadConfiguration={})
    [found] = load("offer.json", json.dumps(offer, indent=1), environ={}, offline=True)
    assert (found.destination, found.product) == ("dynamics", "crm-addin")
    assert found.get(f"{DYNAMICS}/instanceUrl") == block["Url"]
    assert found.get(f"{DYNAMICS}/contactEmail") == ["a@b.com", "c@d.com"]
    at = "/microsoft-azure-corevm.crmLeadConfiguration/Url"
    assert found.at(f"{DYNAMICS}/instanceUrl").pointer == at
    assert {one.id: str(one.severity) for one in found.findings} == {
        "secret-masked": "note",
        "format-not-documented": "note",
    }
    [masked] = [one for one in found.findings if one.id == "secret-masked"]
    assert masked.observed == "“applicationKey” is left out, as this format's exports do it"


def test_what_is_said_of_an_offer_is_said_in_the_portal_s_names():
    block = {"Url": "https://contoso.crm4.dynamics.com", "authentication": "aad", "colour": 1}
    offer = portal(crmLeadConfiguration=block)
    told = {one.id: one.observed for one in findings(offer)}
    named = "“microsoft-azure-corevm.crmLeadConfiguration”"
    assert told["format-not-documented"].startswith(named)
    assert told["unknown-key"] == f"“colour” is not a key in {named}"
    offer["definition"]["offer"]["microsoft-azure-corevm.leadNotificationEmails"] = "a@b.com;nobody"
    told = {one.id: one.observed for one in findings(offer)}
    assert told["contact-email-malformed"].startswith(
        "item 2 in “microsoft-azure-corevm.leadNotificationEmails”"
    )


def test_what_a_service_says_keeps_its_words():
    values = {"resourceType": "MarketoLeadConfiguration", "munchkinAccountID": "123-PQR-789", "formID": "7"}
    [found] = load("lead.json", json.dumps(values), environ={})
    words = "munchkinId is unknown"
    said = found.finding("value-not-allowed", Stage.SIGN_IN, observed=words)
    judged = found.finding("value-not-allowed", Stage.SETTINGS, observed=words)
    assert (said.observed, judged.observed) == (words, "munchkinAccountID is unknown")


def test_a_list_of_offers():
    offers = [portal("None"), {"id": "without"}, 7, portal("None", prefix="other.")]
    found = load("offers.json", json.dumps(offers), environ={})
    assert [one.source.pointer for one in found] == ["/0/definition/offer", "/3/definition/offer"]


def test_a_destination_of_the_portal_that_nobody_knows():
    [found] = load("offer.json", json.dumps(portal("Fax")), environ={})
    assert [one.id for one in found.findings] == ["unknown-destination"]
    [found] = load("offer.json", json.dumps(portal(7)), environ={})
    assert [one.id for one in found.findings] == ["wrong-type"]


SCHEMA = "https://product-ingestion.azureedge.net/schema/{}/2022-03-01-preview3"
LEADS = {"$schema": SCHEMA.format("customer-leads"), "leadDestination": "none"}


def test_a_json_file_has_to_be_json():
    with pytest.raises(Unreadable) as refused:
        load("lead.json", '{\n "leadDestination": "none", // for now\n}', environ={})
    assert (refused.value.problem.line, refused.value.problem.column) == (2, 29)
    assert "comment" in refused.value.problem.message
    assert load("lead.yaml", "{leadDestination: none,}", environ={})


@pytest.mark.parametrize(
    ("values", "style", "pointers"),
    [
        ({"target": {}, "resources": [7, LEADS, {"$schema": 1}, LEADS]}, "resource-tree", [1, 3]),
        ({"resources": [{"leadDestination": "none"}]}, "configure", [0]),
        ({"product": {"resources": [LEADS]}, "plans": []}, "offer-template", [0]),
        ({"product": "product/1", "resources": [LEADS]}, "configure", [0]),
    ],
)
def test_envelopes(values, style, pointers):
    found = load("tree.json", json.dumps(values), environ={})
    assert [one.source.format for one in found] == [style] * len(pointers)
    assert [int(one.source.pointer.rpartition("/")[2]) for one in found] == pointers


@pytest.mark.parametrize(
    ("wrap", "at"),
    [
        (lambda one: {"resources": [one]}, "/resources/0"),
        (lambda one: {"root": "product/1", "resources": [one]}, "/resources/0"),
        (lambda one: {"product": {"resources": [one]}, "plans": []}, "/product/resources/0"),
        (
            lambda one: {"info": {"azureProductResource": {"customerLeads": one}}},
            "/info/azureProductResource/customerLeads",
        ),
    ],
)
def test_a_block_under_another_name_is_judged_in_every_envelope(wrap, at):
    one = {"leadDestination": "marketo", "marketoleadconfiguration": {"munchkinId": 7, "formId": "1"}}
    [found] = load("lead.json", json.dumps(wrap(one), indent=1), environ={})
    told = {one.id: (one.observed, one.location.pointer) for one in found.findings}
    assert found.source.pointer == at
    assert told["missing-key"] == (
        "“marketoLeadConfiguration” is missing; “marketoleadconfiguration” stands in its place",
        "/marketoleadconfiguration",
    )
    assert told["wrong-type"][1] == "/marketoleadconfiguration/munchkinId"


def test_suger():
    product = {"name": "contoso", "info": {"azureProductResource": {"customerLeads": LEADS}}}
    [found] = load("suger.json", json.dumps(product), environ={})
    assert (found.source.format, found.product) == ("suger", "contoso")
    assert found.source.pointer == "/info/azureProductResource/customerLeads"
    several = load("suger.json", json.dumps([7, product, {"info": 7}, product]), environ={})
    assert [one.source.pointer[:2] for one in several] == ["/1", "/3"]


@pytest.mark.parametrize(
    "values",
    [
        {"leadDestination": "none"},
        {"leadDestination": None},
        {"LeadDestination": "dynamics"},
        {"lead_destination": "dynamics"},
        {"$schema": "https://schema.mp.microsoft.com/schema/customer-leads/2022-03-01-preview3"},
        {"dynamicsLeadConfiguration": {}},
        {"tableleadconfiguration": {}},
        {"destinationType": "dynamics365ForCustomerEngagement"},
    ],
)
def test_a_bare_resource_is_recognised(values):
    [(row, found)] = recognise(values)
    assert (row.name, found.at) == ("customer-leads", "")


@pytest.mark.parametrize(
    "values",
    [
        None,
        "leadDestination",
        ["leadDestination"],
        {},
        {"name": "leadDestination"},
        {"$schema": 1},
        {"$schema": "https://schema.mp.microsoft.com/schema/listing/2022-03-01-preview3"},
        {"destinationType": "s3-bucket-of-somebody"},
        {"destinationType": ["dynamics"]},
        {"resources": 7, "product": {"resources": {}}},
        {"root": "x", "resources": ["leadDestination"]},
        {"resourceType": 7},
        {"resourceType": "Listing"},
        {"definition": {"offer": 7}},
        {"definition": 7},
        {"value": "leadDestination"},
    ],
)
def test_anything_else_is_not(values):
    assert list(recognise(values)) == []


def test_a_file_without_any_of_the_words_need_not_be_read():
    assert mentioned(b'{"LEADDESTINATION": 1}')
    assert mentioned(b"$schema: https://x/customer-leads/y")
    assert not mentioned(b'{"name": "a package", "destination": "lead"}')
