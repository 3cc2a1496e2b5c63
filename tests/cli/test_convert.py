"""`leadcheck convert`: from any format to one that a person can keep in a repository."""

from __future__ import annotations

import json

import jsonschema
import pytest
import yaml

SAMPLES = "tests/config/samples"

ARE = {
    "ingestion-v1.Dynamics": ("dynamics", {"directoryId": "12345678-8af1-4a5f-8234-12234d01db47"}),
    "ingestion-v1.AzureTable": ("table", {"storageAccountConnectionString": "${LEAD_STORAGE_CONNECTION}"}),
    "ingestion-v1.Https": ("httpsEndpoint", {"httpsEndpointUrl": "${LEAD_ENDPOINT_URL}"}),
    "resource-tree.export": ("dynamics", {"applicationKey": "${LEAD_APPLICATION_KEY}"}),
    "customer-leads.dynamics-office365": ("dynamics", {"password": "${LEAD_PASSWORD}"}),
    "customer-leads.marketo-preview3-inferred": ("marketo", {"clientSecret": "${MARKETO_CLIENT_SECRET}"}),
    "customer-leads.salesforce": ("salesforce", {}),
    "cpp-offer.empty-leads": ("none", {}),
}


@pytest.mark.parametrize("name", ARE)
def test_any_format_becomes_yaml_and_the_resource(name, leadcheck, root):
    destination, settings = ARE[name]
    ended = leadcheck("convert", f"{SAMPLES}/{name}.json")
    assert (ended.code, ended.err) == (0, "")
    values = yaml.safe_load(ended.out)
    schema = json.loads((root / "schemas/lead-destination.schema.json").read_text("utf-8"))
    if "Dynamics" not in name:  # that one leaves its kind of sign-in open
        jsonschema.validate(values, schema)
    block = values.get(f"{destination}LeadConfiguration", {})
    assert values["leadDestination"] == destination
    assert {key: block[key] for key in settings} == settings
    resource = json.loads(leadcheck("convert", f"{SAMPLES}/{name}.json", "--to", "customer-leads").out)
    assert "/customer-leads/" in resource["$schema"]
    assert resource.get(f"{destination}LeadConfiguration", {}) == block


def test_a_conversion_again_changes_nothing(leadcheck):
    once = leadcheck("convert", "examples/salesforce-api.yaml").out
    assert leadcheck("convert", "-", stdin=once.encode()).out == once
    assert yaml.safe_load(once)["leadcheck"]["salesforce"]["api"]["clientSecret"] == "${SF_CLIENT_SECRET}"


SECRET = "p1anted-s3cret"
FILE = f"""\
leadDestination: Dynamics
product: {{externalId: crm-addin}}
dynamicsLeadConfiguration:
  instanceUrl: https://fabrikam.crm4.dynamics.com
  applicationKey: {SECRET}
  clientSecret: {SECRET}
  password: ${{MINE}}
tableLeadConfiguration: {{storageAccountConnectionString: {SECRET}}}
leadcheck: {{offer: {{title: x}}}}
"""


@pytest.mark.parametrize("target", ["yaml", "customer-leads"])
def test_no_secret_goes_along(target, leadcheck):
    ended = leadcheck("convert", "-", "--to", target, stdin=FILE.encode())
    assert SECRET not in ended.out + ended.err
    values = yaml.safe_load(ended.out)
    assert values["dynamicsLeadConfiguration"]["password"] == "${MINE}"
    assert values["dynamicsLeadConfiguration"]["clientSecret"] == "${LEAD_CLIENT_SECRET}"
    assert values["leadDestination"] == "dynamics"
    assert ("leadcheck" in values) == (target == "yaml")
    assert values["product"] == {"externalId": "crm-addin"}


TWO = "leadDestination: none\nproduct: {externalId: a}\n---\nleadDestination: none\nproduct: product/b\n"


def test_several_stay_several_documents(leadcheck):
    assert len(list(yaml.safe_load_all(leadcheck("convert", "-", stdin=TWO.encode()).out))) == 2
    one = leadcheck("convert", "-", "--to", "customer-leads", "--product", "product/b", stdin=TWO.encode())
    assert json.loads(one.out)["product"] == "product/b"


@pytest.mark.parametrize(
    ("file", "product"),
    [("cpp-offer.empty-leads", "contosovirtualmachine"), ("resource-tree.export", "contoso-saas")],
)
def test_a_product_that_only_the_envelope_names_is_still_found(file, product, leadcheck):
    ended = leadcheck("convert", f"{SAMPLES}/{file}.json", "--product", product)
    again = leadcheck("validate", "-", "--offline", "--format", "json", stdin=ended.out.encode())
    assert again.only["product"] in {product, "product/3f1c2a5e-7b64-4d0c-9f0b-0d7d6a1b2c3d"}


@pytest.mark.parametrize("name", ["Our product", 7])
def test_a_name_that_is_no_offer_id_is_not_made_one(name, leadcheck):
    suger = {"name": name, "info": {"azureProductResource": {"customerLeads": {"leadDestination": "none"}}}}
    ended = leadcheck("convert", "-", "--to", "customer-leads", stdin=json.dumps(suger).encode())
    assert json.loads(ended.out).keys() == {"$schema", "leadDestination"}


def test_a_block_under_another_name_goes_along_from_an_envelope(leadcheck):
    one = {
        "leadDestination": "salesforce",
        "salesForceLeadConfiguration": {"objectIdentifier": "00D1t000000gK1X"},
    }
    ended = leadcheck("convert", "-", stdin=json.dumps({"resources": [one]}).encode())
    assert yaml.safe_load(ended.out)["salesforceLeadConfiguration"] == {"objectIdentifier": "00D1t000000gK1X"}


@pytest.mark.parametrize(
    ("arguments", "stdin", "words"),
    [
        (["-", "--to", "customer-leads"], TWO, "choose one with --product: a, product/b"),
        (["-", "--product", "c"], TWO, "the products here are: a, product/b"),
        (["-"], "name: x\n", "no lead-destination configuration"),
        (["-"], "", "empty"),
        (["-"], "leadDestination: none\nleadDestination: none\n", "twice"),
        (["nowhere.yaml"], "", "no such file"),
        (["-", "--to", "xml"], "", "yaml"),
        ([], "", "PATH"),
    ],
)
def test_what_cannot_be_converted(arguments, stdin, words, leadcheck):
    ended = leadcheck("convert", *arguments, stdin=stdin.encode())
    assert (ended.code, ended.out) == (2, "")
    assert words in " ".join(ended.err.split())
