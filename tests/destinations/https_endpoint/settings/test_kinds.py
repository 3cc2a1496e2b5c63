"""The kind of receiver behind an address."""

import pytest

from validator.destinations.https_endpoint.settings.address import read
from validator.destinations.https_endpoint.settings.kinds import Kind, kind

ID = "0123456789abcdef0123456789abcdef"
INVOKE = f"workflows/{ID}/triggers/manual/paths/invoke?api-version=1"
ENVIRONMENT = "default8f0d3c5e2a414b679d3e51c0a7e9b2.14.environment"


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        (
            f"{ENVIRONMENT}.api.powerplatform.com:443/powerautomate/automations/direct/{INVOKE}",
            "power-automate",
        ),
        (
            f"{ENVIRONMENT}.api.powerplatform.com/powerautomate/automations/direct/cu/16/{INVOKE}",
            "power-automate",
        ),
        (f"{ENVIRONMENT}.api.powerplatform.com", "power-automate"),
        (f"{ENVIRONMENT}.api.powerplatform.com/copilotstudio/bots/1", "other"),
        (f"{ENVIRONMENT}.api.preprod.powerplatform.com/powerautomate/x", "power-automate"),
        (f"{ENVIRONMENT}.api.gov.powerplatform.microsoft.us/powerautomate/x", "power-automate"),
        (f"{ENVIRONMENT}.api.high.powerplatform.microsoft.us/powerautomate/x", "power-automate"),
        (f"{ENVIRONMENT}.api.appsplatform.us/powerautomate/x", "power-automate"),
        (f"{ENVIRONMENT}.api.powerplatform.partner.microsoftonline.cn/powerautomate/x", "power-automate"),
        ("8f0d3c5e.1.environment.api.powerplatform.com/powerautomate/x", "power-automate"),
        (f"prod-42.westeurope.logic.azure.com:443/{INVOKE}", "logic-app"),
        (f"PROD2-21.usgovtexas.logic.azure.us/{INVOKE}", "logic-app"),
        (f"prod-01.chinaeast2.logic.azure.cn/{INVOKE}", "logic-app"),
        ("prod-42.westeurope.logic.azure.com/workf", "logic-app"),
        (
            "fabrikam.azurewebsites.net:443/api/leads/triggers/When_a_HTTP_request/invoke?x=1",
            "logic-app-standard",
        ),
        (
            "fabrikam-a1b2.westeurope-01.azurewebsites.net/api/leads/triggers/manual/invoke",
            "logic-app-standard",
        ),
        ("fabrikam.azurewebsites.net/api/leads?code=x", "function"),
        ("fabrikam-a1b2.westeurope-01.azurewebsites.net/api/leads", "function"),
        ("fabrikam.azurewebsites.us/api/v1/leads", "function"),
        ("fabrikam.chinacloudsites.cn/api/leads", "function"),
        ("fabrikam.azurewebsites.net/leads", "other"),
        ("fabrikam.azurewebsites.net/apis/leads", "other"),
        ("hooks.zapier.com/hooks/catch/12345/abcdef/", "zapier"),
        ("hooks.zapier.com.fabrikam.com/hooks/catch/12345/abcdef/", "other"),
        ("leads.fabrikam.com/marketplace", "other"),
        ("logic.azure.com.fabrikam.com/api/x", "other"),
        ("fabrikamlogic.azure.com/workflows", "other"),
    ],
)
def test_the_kind(rest, expected):
    assert kind(read(f"https://{rest}")) is Kind(expected)
