"""What an instance URL means on the wire."""

import pytest

from validator.destinations.dynamics.settings.instance import instance

PUBLIC = "login.microsoftonline.com"


def test_an_instance():
    found = instance("https://Fabrikam.crm4.dynamics.com/main.aspx?x=1")
    assert found.host == "fabrikam.crm4.dynamics.com"
    assert found.url == found.origin == "https://fabrikam.crm4.dynamics.com"
    assert found.authority == PUBLIC
    assert found.region_known


def test_tokens_are_asked_for_the_form_without_api():
    found = instance("https://fabrikam.api.crm4.dynamics.com")
    assert found.host == "fabrikam.api.crm4.dynamics.com"
    assert found.url == "https://fabrikam.api.crm4.dynamics.com"
    assert found.origin == "https://fabrikam.crm4.dynamics.com"


@pytest.mark.parametrize(
    ("suffix", "authority"),
    [
        ("crm.dynamics.com", PUBLIC),
        ("crm9.dynamics.com", PUBLIC),
        ("crm21.dynamics.com", PUBLIC),
        ("crm.microsoftdynamics.us", "login.microsoftonline.us"),
        ("crm.appsplatform.us", "login.microsoftonline.us"),
        ("crm.dynamics.cn", "login.partner.microsoftonline.cn"),
        ("crm.microsoftdynamics.de", "login.microsoftonline.de"),
    ],
)
def test_each_cloud_signs_in_at_its_own_host(suffix, authority):
    assert instance(f"https://fabrikam.{suffix}").authority == authority


@pytest.mark.parametrize("suffix", ["crm10.dynamics.com", "crm2.dynamics.cn"])
def test_an_unknown_region_is_an_instance(suffix):
    found = instance(f"https://fabrikam.{suffix}")
    assert found.origin == f"https://fabrikam.{suffix}"
    assert not found.region_known


def test_the_wire_is_always_tls():
    assert instance("http://fabrikam.crm4.dynamics.com").url == "https://fabrikam.crm4.dynamics.com"
    assert instance("fabrikam.crm4.dynamics.com:443").url == "https://fabrikam.crm4.dynamics.com"


def test_a_host_of_ones_own_keeps_its_port():
    found = instance("https://localhost:8443")
    assert (found.url, found.origin) == ("https://localhost:8443", "https://localhost:8443")
    assert found.authority == PUBLIC


@pytest.mark.parametrize(
    "url", ["", "https://", "https://a b.example", "https://u@fabrikam.crm4.dynamics.com"]
)
def test_what_is_no_address_leads_nowhere(url):
    assert instance(url) is None
