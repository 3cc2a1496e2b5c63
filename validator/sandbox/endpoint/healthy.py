"""Fabrikam's endpoints, each of which takes the documented lead, and the addresses that open them."""

from __future__ import annotations

from typing import Any, Final

from validator.sandbox.endpoint.flow import Flow, Kind
from validator.sandbox.endpoint.function import Function
from validator.sandbox.endpoint.receiver import Receiver
from validator.sandbox.state import Host

FLOW_HOST: Final = "default8f0d3c5e2a414b679d3e51c0a7e9b2.14.environment.api.powerplatform.com"
"""Of the tenant's default environment, whose id is made of the tenant's."""
LOGIC_APP_HOST: Final = "prod-42.westeurope.logic.azure.com"
STANDARD_HOST: Final = "fabrikam-workflows.azurewebsites.net"
FUNCTION_HOST: Final = "fabrikam-leads.azurewebsites.net"
RECEIVER_HOST: Final = "leads.fabrikam.com"

FLOW_ID: Final = "6b7c1b1e5a574f0e9d8a0c6d3f5e2a41"
LOGIC_APP_ID: Final = "c04f9a7be21d4c658f3b7d0e915a62d8"
STANDARD_ID: Final = "marketplace-leads"

FLOW_SIGNATURE: Final = "sandbox-signature-of-the-flow-opens-nothing"
LOGIC_APP_SIGNATURE: Final = "sandbox-signature-of-the-app--opens-nothing"
STANDARD_SIGNATURE: Final = "sandbox-signature-of-standard-opens-nothing"
FUNCTION_KEY: Final = "sandbox-function-key-that-opens-nothing"

_PERMISSION: Final = "sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0"

FLOW_PATH: Final = f"/powerautomate/automations/direct/workflows/{FLOW_ID}/triggers/manual/paths/invoke"
FLOW_URL: Final = f"https://{FLOW_HOST}:443{FLOW_PATH}?api-version=1&{_PERMISSION}&sig={FLOW_SIGNATURE}"
OLD_FLOW_URL: Final = (
    f"https://{LOGIC_APP_HOST}:443/workflows/{FLOW_ID}/triggers/manual/paths/invoke"
    f"?api-version=2016-06-01&{_PERMISSION}&sig={FLOW_SIGNATURE}"
)
"""Where the flow was until Power Automate took its flows away from the hosts of Logic Apps."""
LOGIC_APP_URL: Final = (
    f"https://{LOGIC_APP_HOST}:443/workflows/{LOGIC_APP_ID}/triggers/manual/paths/invoke"
    f"?api-version=2016-10-01&{_PERMISSION}&sig={LOGIC_APP_SIGNATURE}"
)
STANDARD_URL: Final = (
    f"https://{STANDARD_HOST}:443/api/{STANDARD_ID}/triggers/manual/invoke"
    f"?api-version=2022-05-01&{_PERMISSION}&sig={STANDARD_SIGNATURE}"
)
FUNCTION_URL: Final = f"https://{FUNCTION_HOST}/api/leads?code={FUNCTION_KEY}"
RECEIVER_URL: Final = f"https://{RECEIVER_HOST}/marketplace"

CREDENTIALS: Final = {"LEAD_ENDPOINT_URL": FLOW_URL}


def network() -> dict[str, Host]:
    """Make the hosts."""
    return {
        "flow": Host((FLOW_HOST,), serves="flow"),
        "logic_app": Host((LOGIC_APP_HOST,), serves="logic_app"),
        "logic_app_standard": Host((STANDARD_HOST,), serves="logic_app_standard"),
        "function": Host((FUNCTION_HOST,), serves="function"),
        "receiver": Host((RECEIVER_HOST,), serves="receiver"),
    }


def flows() -> dict[str, Flow]:
    """Make one workflow of each kind."""
    return {
        "leads": Flow(
            Kind.POWER_AUTOMATE, FLOW_ID, "d2f7a3c8-1b64-4e95-a07d-5c9e82f6b310", FLOW_SIGNATURE, _schema()
        ),
        "logic_app": Flow(Kind.LOGIC_APP, LOGIC_APP_ID, "marketplace-leads", LOGIC_APP_SIGNATURE, _schema()),
        "logic_app_standard": Flow(
            Kind.LOGIC_APP_STANDARD, STANDARD_ID, STANDARD_ID, STANDARD_SIGNATURE, _schema()
        ),
    }


def functions() -> dict[str, Function]:
    """Make the function."""
    return {"leads": Function("leads", FUNCTION_KEY)}


def receivers() -> dict[str, Receiver]:
    """Make the web service: it cannot do without an address to answer to."""
    return {"leads": Receiver("/marketplace", required=("UserDetails/Email",))}


def _schema() -> dict[str, Any]:
    """Give the documented schema, in which nothing is required."""
    names = ("Company", "Country", "Email", "FirstName", "LastName", "Phone", "Title")
    customer = {"type": "object", "properties": {name: {"type": "string"} for name in names}, "required": ()}
    texts = {name: {"type": "string"} for name in ("ActionCode", "OfferTitle", "LeadSource", "Description")}
    return {"type": "object", "properties": {**texts, "UserDetails": customer}, "required": ()}
