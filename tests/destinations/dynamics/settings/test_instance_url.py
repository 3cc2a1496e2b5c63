"""The instance URL as a setting: what is accepted, what is remarked, and each fault once."""

import pytest

from validator.destinations.dynamics.settings.instance_url import remarks

NUMBERS = ["", *range(2, 10), 11, 12, 14, 15, 16, 17, 19, 20, 21]
SUFFIXES = [
    *(f"crm{number}.dynamics.com" for number in NUMBERS),
    *("crm.microsoftdynamics.us", "crm.appsplatform.us", "crm.dynamics.cn"),
]


def ids(url, *allowed):
    return [remark.entry for remark in remarks(url, frozenset(allowed))]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_known_region_is_accepted_in_silence(suffix):
    assert ids(f"https://fabrikam.{suffix}") == []
    assert ids(f"https://fabrikam.{suffix}/") == []
    assert ids(f"HTTPS://FABRIKAM.{suffix.upper()}") == []


@pytest.mark.parametrize(
    "url",
    [
        "https://f.crm4.dynamics.com",
        "https://fabrikam-eu-2.crm4.dynamics.com",
        "https://org8f0d3c5e.crm4.dynamics.com",
        "https://myapi.crm4.dynamics.com",
        "https://crm.crm4.dynamics.com",
        "https://crm4.crm4.dynamics.com",
        "https://b\u00fccher.crm4.dynamics.com",
        "https://xn--bcher-kva.crm4.dynamics.com",
        "https://fabrikam.crm4.dynamics.com//",
        "https://fabrikam.crm4.dynamics.com/?",
        "https://fabrikam.crm4.dynamics.com/#",
    ],
)
def test_unusual_addresses_of_an_instance(url):
    assert ids(url) == []


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_api_form_is_only_noted(suffix):
    assert ids(f"https://fabrikam.api.{suffix}") == ["instance-url-api-form"]


@pytest.mark.parametrize(
    "suffix", ["crm10.dynamics.com", "crm13.dynamics.com", "crm22.dynamics.com", "crm2.dynamics.cn"]
)
def test_a_region_that_opened_later_is_only_noted(suffix):
    (remark,) = remarks(f"https://fabrikam.{suffix}")
    assert remark.entry == "instance-url-region-unknown"
    assert suffix in remark.observed


@pytest.mark.parametrize("start", ["", "//"])
def test_the_scheme_is_missing(start):
    assert ids(f"{start}fabrikam.crm4.dynamics.com") == ["instance-url-scheme-missing"]


@pytest.mark.parametrize(
    "start",
    [
        "https://https://",
        "https://http://",
        "https:https//",
        "https://https//",
        "HTTPS://https:",
        "https://ftp://",
    ],
)
def test_the_scheme_is_doubled(start):
    assert ids(f"{start}fabrikam.crm4.dynamics.com") == ["instance-url-scheme-doubled"]


@pytest.mark.parametrize("start", ["http://", "HTTP://", "ftp://", "htps://"])
def test_another_scheme(start):
    assert ids(f"{start}fabrikam.crm4.dynamics.com") == ["instance-url-not-https"]


def test_the_port_of_http_goes_with_it():
    assert ids("http://fabrikam.crm4.dynamics.com:80/") == ["instance-url-not-https"]


@pytest.mark.parametrize(
    ("rest", "seen"),
    [
        ("/main.aspx", "/main.aspx"),
        ("/main.aspx?appid=8f0d&secret=hunter2", "/main.aspx?…"),
        ("/apps/fabrikam", "/apps/fabrikam"),
        ("/api/data/v9.2/", "/api/data/v9.2"),
        ("/XRMServices/2011/Organization.svc", "/XRMServices/2011/Organization.svc"),
        ("?pagetype=dashboard", "?…"),
        ("/#home", "#…"),
        (":443", ":443"),
        (":443/main.aspx", ":443/main.aspx"),
        ("/" + "x" * 1000, "/" + "x" * 99),
    ],
)
def test_a_page_is_no_part_of_the_address(rest, seen):
    (remark,) = remarks(f"https://fabrikam.crm4.dynamics.com{rest}")
    assert remark.entry == "instance-url-page"
    assert remark.observed == f"after the host stands {seen}"


@pytest.mark.parametrize("port", [80, 444, 5555, 8443])
def test_an_instance_has_no_other_port(port):
    assert ids(f"https://fabrikam.crm4.dynamics.com:{port}") == ["instance-url-malformed"]


def test_independent_faults_are_all_told_at_once():
    assert ids("http://fabrikam.crm4.dynamic.com/main.aspx") == [
        "instance-url-not-https",
        "instance-url-misspelt",
        "instance-url-page",
    ]
    assert ids("https://fabrikam.api.crm99.dynamics.com/api/data/v9.2") == [
        "instance-url-page",
        "instance-url-api-form",
        "instance-url-region-unknown",
    ]


def test_of_a_host_that_is_nobodys_instance_nothing_else_is_said():
    assert ids("http://crm.fabrikam.com/leads?a=b") == ["instance-url-foreign-host"]


def test_an_allowed_host_counts_as_an_instance():
    assert ids("https://crm.fabrikam.com", "crm.fabrikam.com") == []
    assert ids("https://CRM.fabrikam.com:443", "crm.fabrikam.com:443") == ["instance-url-page"]
    assert ids("https://localhost:8443", "localhost:8443") == []
    assert ids("http://localhost:8443/x", "localhost:8443") == ["instance-url-not-https", "instance-url-page"]


def test_an_allowed_host_is_allowed_on_its_own_port_only():
    assert ids("https://localhost:8443", "localhost", "localhost:8444") == ["instance-url-on-premises"]
    assert ids("https://localhost", "localhost:8443") == ["instance-url-on-premises"]


def test_no_address_is_remarked_once():
    assert ids("https://user@fabrikam.crm4.dynamics.com/main.aspx") == ["instance-url-malformed"]
