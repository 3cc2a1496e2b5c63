"""`explain` on the LeadSource of a lead: what the customer did, and where."""

from __future__ import annotations

import pytest

TEST = "MSFT_TEST_636573304831318844"


@pytest.mark.parametrize("source", ["AzureMarketplace", "AzurePortal", "AppSource", "TestDrive"])
@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("INS", "free trial"),
        ("PLT", "Contact me"),
        ("DNC", "do not contact"),
        ("Create", "bought the offer in the Azure portal"),
        ("StartTestDrive", "started a test drive"),
    ],
)
def test_every_source_and_action(source, action, words, leadcheck):
    ended = leadcheck("explain", f"{source}-{action}|fabrikam.crm-addin")
    assert ended.code == 0
    assert source in ended.out
    assert words in " ".join(ended.out.split())
    assert "crm-addin of the publisher fabrikam" in ended.out


@pytest.mark.parametrize("spelling", ["SPZA", "AppSource (SPZA)", "appsource"])
def test_the_spellings_of_appsource(spelling, leadcheck):
    ended = leadcheck("explain", f'"{spelling}-INS | fabrikam.crm-addin"\n')
    assert "AppSource: Microsoft AppSource" in ended.out


def test_what_is_not_documented_is_said_to_be_so(leadcheck):
    ended = leadcheck("explain", "Shop-INS|7.8")
    assert "Shop: not one that Microsoft documents" in ended.out
    ended = leadcheck("explain", "AzureMarketplace-BUY|addin")
    assert "BUY: not one that Microsoft documents" in ended.out


def test_a_test_lead_tells_its_time(leadcheck):
    ended = leadcheck("explain", f"{TEST}-{TEST}|Contoso Test")
    assert "no customer did" in ended.out
    assert "2018-03-22T15:48:03Z" in ended.out
    assert "Contoso Test" in ended.out


def test_of_leadcheck_itself(leadcheck):
    assert "leadcheck's own" in leadcheck("explain", f"{TEST}-{TEST}|leadcheck test").out


def test_a_time_that_no_clock_shows(leadcheck):
    token = "MSFT_TEST_" + "9" * 19
    assert "no time that a clock could show" in leadcheck("explain", f"{token}-{token}|x").out


def test_for_programs(leadcheck):
    told = leadcheck("explain", "--format", "json", "SPZA-DNC|fabrikam.crm-addin").json
    assert (told["verdict"], told["matches"]) == ("matched", [])
    assert told["leadSource"]["source"] == "AppSource"
    assert (told["leadSource"]["action"], told["leadSource"]["test"]) == ("DNC", False)
    assert "do not contact" in told["leadSource"]["meaning"]["action"]
    told = leadcheck("explain", "--format", "json", f"{TEST}-{TEST}|x").json
    assert told["extracted"]["timestamp"] == "2018-03-22T15:48:03Z"


@pytest.mark.parametrize("text", ["an error - failed|x", "a|b", "Some-New-Shop-BUY|x", "|"])
def test_a_bar_and_a_hyphen_make_no_lead_source(text, leadcheck):
    ended = leadcheck("explain", text)
    assert "LeadSource" not in ended.out
    assert ended.code == 1


def test_a_hostile_offer_is_made_fit(leadcheck):
    ended = leadcheck("explain", "SPZA-INS|" + "\x1b[31m##[error]" + "x" * 5000)
    assert "\x1b" not in ended.out
    assert "##" not in ended.out
    assert len(ended.out) < 3000
