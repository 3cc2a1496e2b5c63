"""The My Domain of an API client as people paste it: one slip gives one finding."""

from __future__ import annotations

import pytest

from validator.config import load
from validator.destinations import destination
from validator.destinations.salesforce.settings import DOMAIN, domain
from validator.model import Severity

YAML = """
leadDestination: salesforce
salesforceLeadConfiguration: {objectIdentifier: 00D1t000000gK1X}
leadcheck: {salesforce: {api: {clientId: "3MVG9", clientSecret: "made-up", domain: %r}}}
"""

MINE = "fabrikam.my.salesforce.com"


def judge(text, *allowed):
    (configuration,) = load("lead.yaml", YAML % text, environ={})
    assert configuration.findings == ()
    return destination("salesforce").judge(configuration, frozenset(allowed))


@pytest.mark.parametrize(
    "text",
    [MINE, "fabrikam--uat.sandbox.my.salesforce.com", "fabrikam-dev-ed.develop.my.salesforce.com"],
)
def test_a_domain_in_order(text):
    assert judge(text) == []
    assert domain.host(text) == text


@pytest.mark.parametrize(
    "text",
    [
        *("https://fabrikam.my.salesforce.com", "https://fabrikam.my.salesforce.com/", f" {MINE}"),
        *("Fabrikam.My.Salesforce.com", "https://fabrikam.my.salesforce.com/services/oauth2/token?x=1"),
        *("https://fabrikam.lightning.force.com/lightning/setup", "fabrikam.lightning.force.com"),
        *("https://fabrikam.my.salesforce-setup.com/lightning/setup/SetupOneHome/home", "fabrikam"),
    ],
)
def test_what_is_meant_is_written(text):
    (finding,) = judge(text)
    assert (finding.id, finding.severity) == ("salesforce-domain-malformed", Severity.ERROR)
    assert (finding.location.pointer, finding.repair.new) == (DOMAIN, MINE)


@pytest.mark.parametrize(
    "text",
    [
        *("login.salesforce.com", "https://test.salesforce.com/", "webto.salesforce.com", "evil.example"),
        *("my.salesforce.com", ".my.salesforce.com", "fabrikam.my.salesforce.com.evil.example", "https://"),
        *(
            "fabrikam.my.salesforce.com@evil.example",
            "fabrikam .my.salesforce.com",
            "fabrikam\\x",
            "a" * 9999,
        ),
    ],
)
def test_no_other_host_gets_the_secret(text):
    (finding,) = judge(text)
    assert (finding.id, finding.repair) == ("salesforce-domain-malformed", None)


def test_a_host_of_the_user_s_own_may_stand_for_it():
    assert judge("localhost:8443", "localhost:8443") == []
