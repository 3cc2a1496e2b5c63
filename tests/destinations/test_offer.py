"""Offers that had to have a destination, and have none."""

from __future__ import annotations

import json

import pytest

NEEDED = [
    ({"type": "softwareAsAService", "listing": "contactMe"}, "software as a service"),
    ({"type": "consultingService"}, "consulting"),
    ({"type": "dynamics365ForCustomerEngagement", "listing": "contactMe"}, "Dynamics 365 app"),
    ({"type": "dynamics365ForOperations", "listing": "transact"}, "operations"),
    ({"type": "dynamics365BusinessCentral"}, "Business Central"),
    ({"type": "azureVirtualMachine", "listing": "testDrive"}, "test drive"),
]
FREE = [
    {"type": "softwareAsAService", "listing": "transact"},
    {"type": "softwareAsAService"},
    {"type": "dynamics365ForCustomerEngagement", "listing": "getItNow"},
    {"type": "azureVirtualMachine", "listing": "contactMe"},
    {"type": "managedService"},
    {"title": "an add-in"},
]


@pytest.fixture
def judged(leadcheck, tmp_path):
    def run(offer, *options, destination="none"):
        values = {"leadDestination": destination, "leadcheck": {"offer": offer}}
        if destination == "email":
            values["emailLeadConfiguration"] = {"contactEmail": ["leads@fabrikam.com"]}
        (tmp_path / "lead.json").write_text(json.dumps(values, indent=1), "utf-8")
        return leadcheck("validate", "lead.json", "--format", "json", *options, cwd=tmp_path)

    return run


@pytest.mark.parametrize(("offer", "words"), NEEDED)
@pytest.mark.parametrize("destination", ["none", "email"])
def test_it_is_a_warning_today_and_was_an_error(offer, words, destination, judged):
    today = judged(offer, destination=destination)
    [found] = today.only["findings"]
    assert (today.code, found["id"], found["severity"]) == (0, "destination-needed", "warning")
    assert words in found["observed"]
    assert found["location"]["pointer"] == "/leadDestination"
    assert "Referrals" in found["cause"]
    then = judged(offer, "--policy", "2019", destination=destination)
    assert (then.code, [one["severity"] for one in then.only["findings"]]) == (1, ["error"])


@pytest.mark.parametrize("offer", FREE)
def test_other_offers_can_go_without(offer, judged):
    assert judged(offer, "--policy", "2019").only["findings"] == []


def test_an_export_says_itself_what_kind_of_offer_it_is(leadcheck, tmp_path):
    schema = "https://product-ingestion.azureedge.net/schema/{}/2022-03-01-preview3"
    product = {"$schema": schema.format("product"), "id": "product/1", "type": "consultingService"}
    product |= {"identity": {"externalId": "advice"}}
    leads = {"$schema": schema.format("customer-leads"), "product": "product/1", "leadDestination": "none"}
    tree = {"root": "product/1", "resources": [leads, product]}
    (tmp_path / "tree.json").write_text(json.dumps(tree), "utf-8")
    ended = leadcheck("validate", "tree.json", "--offline", "--format", "json", cwd=tmp_path)
    [found] = ended.only["findings"]
    assert (found["id"], ended.only["product"]) == ("destination-needed", "advice")
    assert found["location"]["pointer"] == "/leadDestination"


def test_no_other_year_has_a_policy(judged):
    assert judged({}, "--policy", "2018").code == 2
