"""Whose host an instance URL names."""

import pytest

from validator.destinations.dynamics.settings.instance_url import remarks

PORTAL = "instance-url-portal"
PRODUCT = "instance-url-other-product"
ON_PREMISES = "instance-url-on-premises"
FOREIGN = "instance-url-foreign-host"
MISSPELT = "instance-url-misspelt"


def only(url):
    (remark,) = remarks(url)
    return remark


@pytest.mark.parametrize(
    "url",
    [
        "https://admin.powerplatform.microsoft.com/manage/environments",
        "https://admin.powerapps.com",
        "https://make.powerapps.com/environments/Default-8f0d/home",
        "https://make.gov.powerapps.us/",
        "https://make.preview.powerapps.com",
        "https://port.crm4.dynamics.com/G/Instances/InstancePicker.aspx",
        "https://disco.crm4.dynamics.com",
        "https://globaldisco.crm.dynamics.com/api/discovery/v2.0/Instances",
        "https://home.dynamics.com",
        "https://www.dynamics.com",
        "https://admin.dynamics.com",
        "https://emea.admin.dynamics.com",
        "https://partner.microsoft.com/en-us/dashboard/commercial-marketplace/overview",
        "https://cloudpartner.azure.com/",
        "https://portal.azure.com/#home",
        "HTTPS://PORTAL.AZURE.COM",
        "https://entra.microsoft.com",
        "https://login.microsoftonline.com/common",
        "make.powerapps.com",
    ],
)
def test_portals(url):
    assert only(url).entry == PORTAL


@pytest.mark.parametrize(
    "url",
    [
        "https://fabrikam.operations.dynamics.com",
        "https://fabrikam.operations.eu.dynamics.com",
        "https://fabrikam.sandbox.operations.dynamics.com/?cmp=USMF&mi=DefaultDashboard",
        "https://fabrikamdevaos.cloudax.dynamics.com",
        "https://fabrikam.axcloud.dynamics.com",
        "https://businesscentral.dynamics.com/fabrikam.com/Production",
        "https://fabrikam.bc.dynamics.com",
        "https://fabrikam.mkt.dynamics.com",
        "http://fabrikam.operations.dynamics.com",
    ],
)
def test_other_products(url):
    assert only(url).entry == PRODUCT


def test_the_product_is_named():
    assert "Business Central" in only("https://businesscentral.dynamics.com").observed


@pytest.mark.parametrize(
    "url",
    [
        "https://10.0.0.5/Fabrikam",
        "http://10.0.0.5:5555",
        "https://[fd00::5]:5555/Fabrikam",
        "https://crmserver/Fabrikam",
        "http://crmserver:5555/Fabrikam/",
        "crmserver:5555",
        "localhost/Fabrikam",
        "https://crm.fabrikam.local",
        "https://crm.fabrikam.internal/",
        "https://crm.fabrikam.lan/main.aspx",
        "https://crm.fabrikam.com:444",
        "https://crm.fabrikam.com:5555/Fabrikam",
        "https://crm.fabrikam.com/XRMServices/2011/Organization.svc",
        "https://crm.fabrikam.com/Fabrikam/XRMServices/2011/Organization.svc",
        "https://crm.fabrikam.com/Fabrikam/main.aspx",
        "https://crm.fabrikam.com/main.aspx",
    ],
)
def test_servers_of_ones_own(url):
    assert only(url).entry == ON_PREMISES


@pytest.mark.parametrize(
    "url",
    [
        "https://crm.fabrikam.com",
        "https://crm.fabrikam.com/leads",
        "http://crm.fabrikam.com:80",
        "https://crm.fabrikam.com:443/",
        "https://fabrikam.my.salesforce.com",
        "https://www.dynatrace.com",
        "https://fabrikam.crm4.dynamics.com.elsewhere.example",
        "https://evildynamics.com.example",
        "crm.fabrikam.com",
    ],
)
def test_strangers(url):
    assert only(url).entry == FOREIGN


@pytest.mark.parametrize(
    ("host", "meant"),
    [
        ("fabrikam.crm4.dynamic.com", "fabrikam.crm4.dynamics.com"),
        ("fabrikam.crm4.dynamics.co", "fabrikam.crm4.dynamics.com"),
        ("fabrikam.crm4.dynamics.cm", "fabrikam.crm4.dynamics.com"),
        ("fabrikam.crm4.dynamics.con", "fabrikam.crm4.dynamics.com"),
        ("fabrikam.crm4.dynamcis.com", "fabrikam.crm4.dynamics.com"),
        ("fabrikam.crm4.dyanmics.com", "fabrikam.crm4.dynamics.com"),
        ("fabrikam.crm4.dynamics", "fabrikam.crm4.dynamics.com"),
        ("fabrikam.crm4.dynamics.com.au", "fabrikam.crm4.dynamics.com"),
        ("fabrikam.crm4.dynamics365.com", "fabrikam.crm4.dynamics.com"),
        ("fabrikam.crm4.dynamic365.com", "fabrikam.crm4.dynamics.com"),
        ("fabrikam.crm4.microsoftdynamics.com", "fabrikam.crm4.dynamics.com"),
        ("fabrikam.crm4.dynamics.microsoft.com", "fabrikam.crm4.dynamics.com"),
        ("fabrikam.cmr4.dynamics.com", "fabrikam.crm4.dynamics.com"),
        ("fabrikam.crm-4.dynamics.com", "fabrikam.crm4.dynamics.com"),
        ("fabrikam.crn4.dynamics.com", "fabrikam.crm4.dynamics.com"),
        ("fabrikam.crm4dynamics.com", "fabrikam.crm4.dynamics.com"),
        ("fabrikamcrm4.dynamics.com", "fabrikam.crm4.dynamics.com"),
        ("fabrikam-crm4.dynamics.com", "fabrikam.crm4.dynamics.com"),
        ("fabrikam.api.crm4.dynamic.com", "fabrikam.api.crm4.dynamics.com"),
        ("fabrikam.crm10.dynamic.com", "fabrikam.crm10.dynamics.com"),
        ("fabrikam.crm.dynamic.cn", "fabrikam.crm.dynamics.cn"),
        ("fabrikam.crm.microsoftdynamic.us", "fabrikam.crm.microsoftdynamics.us"),
        ("fabrikam.crm.appplatform.us", "fabrikam.crm.appsplatform.us"),
        ("www.fabrikam.crm4.dynamics.com", "fabrikam.crm4.dynamics.com"),
        ("fabrikam.crm4.crm4.dynamics.com", "fabrikam.crm4.dynamics.com"),
        ("fabrikam.crm4.dynamics.com.", "fabrikam.crm4.dynamics.com"),
        ("fabrikam..crm4.dynamics.com", "fabrikam.crm4.dynamics.com"),
        ("f\u0430brikam.crm4.dynamics.com", "fabrikam.crm4.dynamics.com"),
    ],
)
def test_misspelt_hosts_and_what_was_meant(host, meant):
    remark = only(f"https://{host}")
    assert remark.entry == MISSPELT
    assert f"did you mean {meant}?" in remark.observed


@pytest.mark.parametrize(
    "host",
    [
        "crm.dynamics.com",
        "crm4.dynamics.com",
        "api.crm4.dynamics.com",
        "crm.dynamics.cn",
        "dynamics.com",
        "fabrikam.dynamics.com",
        "fabrikam.dynamic.com",
        "fabrikam.dynamics.co",
        "fabrikam.dynamics365.com",
        "crm4dynamics.com",
        "fabrikam.sales.crm4.dynamics.com",
    ],
)
def test_misspelt_hosts_that_leave_the_name_open(host):
    remark = only(f"https://{host}")
    assert remark.entry == MISSPELT
    assert host in remark.observed
    assert "did you mean" not in remark.observed


def test_the_retired_cloud():
    assert only("https://fabrikam.crm.microsoftdynamics.de").entry == "instance-url-cloud-retired"


def test_a_single_word_is_no_address():
    assert only("fabrikam").entry == "instance-url-malformed"
    assert "fabrikam" not in only("fabrikam").observed
