"""Worlds in which an HTTPS endpoint cannot be reached, says no, or is not what its address promises."""

from __future__ import annotations

from typing import Final

from validator.sandbox.certificates import Certificate
from validator.sandbox.endpoint import healthy
from validator.sandbox.endpoint.flow import Status, Who
from validator.sandbox.endpoint.function import Login
from validator.sandbox.endpoint.receiver import Spelling
from validator.sandbox.state import Fault
from validator.sandbox.worlds import tls
from validator.sandbox.worlds.world import HTTPS_ENDPOINT, World

_URL: Final = "/httpsEndpointLeadConfiguration/httpsEndpointUrl"

_HOST: Final = "network.flow"
_SIGN_IN: Final = "network.entra"
_FLOW: Final = "flows.leads"
_STANDARD: Final = "flows.logic_app_standard"
_FUNCTION: Final = "functions.leads"
_RECEIVER: Final = "receivers.leads"


def _at_flow(produces: str, summary: str, changes: dict[str, object], variant: str = "") -> World:
    return World(produces, summary, changes, example=HTTPS_ENDPOINT, variant=variant)


def _at(
    url: str, produces: str, summary: str, changes: dict[str, object] | None = None, variant: str = ""
) -> World:
    return World(produces, summary, changes or {}, {_URL: url}, HTTPS_ENDPOINT, variant)


def _everywhere(produces: str, summary: str, attribute: str, value: object) -> World:
    """Change the flow's host and the sign-in host alike: the fault is on our side."""
    changes = {f"{place}.{attribute}": value for place in (_HOST, _SIGN_IN)}
    return _at_flow(produces, summary, changes, "at-endpoint")


def _certificate(kind: str, summary: str, certificate: Certificate) -> World:
    return _at_flow(f"endpoint-{kind}", summary, {f"{_HOST}.certificate": certificate})


_NETWORK: Final = (
    _at_flow("endpoint-host-not-found", "the flow's host name does not resolve", {f"{_HOST}.connect": 502}),
    _at_flow("endpoint-connection-refused", "nothing listens at the flow's host", {f"{_HOST}.connect": 503}),
    _at_flow("endpoint-no-answer", "the flow's host answers no connection", {f"{_HOST}.connect": 504}),
    _certificate("closed-connection", "the host ends each connection in the handshake", Certificate.HANG_UP),
    *tls.worlds("flow", "the flow's host", HTTPS_ENDPOINT, "endpoint-"),
    _certificate(
        "certificate-expiring", "its certificate expires in two weeks (a warning)", Certificate.EXPIRING
    ),
    _certificate("tls-version", "it speaks nothing newer than TLS 1.1", Certificate.OLD_VERSION),
    _everywhere(
        "tls-inspected",
        "the flow's host and Entra ID show certificates of one unknown issuer",
        "certificate",
        Certificate.UNKNOWN_ISSUER,
    ),
    _everywhere(
        "clock-wrong",
        "no certificate is valid yet, the flow's and Entra ID's alike",
        "certificate",
        Certificate.NOT_YET_VALID,
    ),
    _everywhere(
        "network-unavailable", "no name resolves, neither the flow's host nor Entra ID's", "connect", 502
    ),
    _everywhere("proxy-failed", "the proxy wants credentials on the way to the flow", "connect", 407),
    _at_flow(
        "service-unavailable",
        "the flow's service is down (503)",
        {f"{_HOST}.serves": "outage"},
        "at-endpoint",
    ),
    _at_flow(
        "test-lead-outcome-unknown",
        "the flow's host accepts the lead and never answers",
        {f"{_HOST}.fault": Fault.STALL, f"{_HOST}.fault_at": f"POST {healthy.FLOW_PATH}"},
        "at-endpoint",
    ),
)

_WORKFLOWS: Final = (
    _at(
        healthy.FLOW_URL.partition("&sig=")[0],
        "endpoint-signature-missing",
        "the end of the flow's address was lost, and its signature with it",
    ),
    _at(
        healthy.FLOW_URL.replace("api-version=1&", ""),
        "endpoint-parameters-missing",
        "the flow's address lost the parameter api-version",
    ),
    _at(
        healthy.LOGIC_APP_URL,
        "endpoint-flow-url-retired",
        "a Logic App takes the leads, at an address that a retired one of Power Automate looks like",
    ),
    _at(
        healthy.OLD_FLOW_URL,
        "endpoint-flow-url-gone",
        "the flow's address is that of before December 2025, where nothing stands any longer",
    ),
    _at(
        healthy.FLOW_URL.replace(healthy.FLOW_ID, healthy.FLOW_ID[::-1]),
        "endpoint-workflow-not-found",
        "the workflow's id in the address is nobody's",
    ),
    _at_flow("endpoint-flow-off", "the flow is turned off", {f"{_FLOW}.status": Status.DISABLED}),
    _at_flow("endpoint-flow-deleted", "the flow was deleted", {f"{_FLOW}.status": Status.DELETED}),
    _at_flow(
        "endpoint-tenant-only", "only users of the tenant may trigger the flow", {f"{_FLOW}.who": Who.TENANT}
    ),
    _at_flow(
        "endpoint-two-authorisations",
        "a gateway in front of the flow adds an Authorization header",
        {f"{_FLOW}.gateway_adds": "Basic"},
    ),
    _at(
        healthy.STANDARD_URL,
        "endpoint-sas-disabled",
        "the Logic App's access control policy lets no signature in",
        {f"{_STANDARD}.sas_allowed": False},
    ),
    _at(
        healthy.STANDARD_URL,
        "endpoint-caller-refused",
        "the Logic App lets in callers from Fabrikam's own network only",
        {f"{_STANDARD}.callers": "20.50.2.0/24"},
    ),
    _at(
        healthy.STANDARD_URL,
        "endpoint-bearer-wanted",
        "App Service lets those alone reach the workflow who bring a token",
        {f"{_STANDARD}.who": Who.TOKEN_HOLDERS},
    ),
    _at_flow(
        "endpoint-signature-rejected",
        "the flow's signature was made anew, and the address has the one before",
        {f"{_FLOW}.signature": "sandbox-signature-of-the-flow-is-now-another"},
    ),
    _at_flow("endpoint-method-refused", "the flow's trigger takes a GET only", {f"{_FLOW}.method": "GET"}),
    _at_flow(
        "endpoint-schema-mismatch",
        "the trigger's schema asks for a budget, which no lead has",
        {f"{_FLOW}.schema.required": ("Budget",)},
    ),
    _at_flow(
        "endpoint-sparse-lead-refused",
        "the schema, made from a sample, requires all of a customer's fields (shows with --probe-shapes)",
        {f"{_FLOW}.schema.properties.UserDetails.required": ("Company", "Country", "Phone", "Title")},
    ),
    _at_flow(
        "endpoint-response-too-late",
        "the flow's Response action comes after more than two minutes",
        {f"{_FLOW}.response": 200, f"{_FLOW}.response_late": True},
    ),
)


_SERVICES: Final = (
    _at(
        healthy.FUNCTION_URL,
        "endpoint-function-key-rejected",
        "the function has another key by now",
        {f"{_FUNCTION}.key": "sandbox-function-key-of-last-night"},
    ),
    _at(
        healthy.FUNCTION_URL,
        "endpoint-function-not-found",
        "the function is disabled",
        {f"{_FUNCTION}.enabled": False},
    ),
    _at(
        healthy.FUNCTION_URL,
        "endpoint-function-stopped",
        "the Function App is stopped",
        {f"{_FUNCTION}.running": False},
    ),
    _at(
        healthy.FUNCTION_URL,
        "endpoint-login-required",
        "App Service asks whoever calls the function for a token",
        {f"{_FUNCTION}.login": Login.CHALLENGE},
    ),
    _at(
        healthy.FUNCTION_URL,
        "endpoint-login-required",
        "App Service sends whoever calls the function to the sign-in page",
        {f"{_FUNCTION}.login": Login.REDIRECT},
        "by-redirect",
    ),
    _at(
        healthy.RECEIVER_URL,
        "endpoint-redirects",
        "the web service has moved to another address",
        {f"{_RECEIVER}.redirects_to": "https://www.fabrikam.com/marketplace"},
    ),
    _at(
        f"{healthy.RECEIVER_URL}-leads",
        "endpoint-path-not-found",
        "the path of the web service's address is not its own",
    ),
    _at(
        healthy.RECEIVER_URL,
        "endpoint-method-refused",
        "the web service takes no POST",
        {f"{_RECEIVER}.methods": ("GET", "PUT")},
        "by-receiver",
    ),
    _at(
        healthy.RECEIVER_URL,
        "endpoint-media-type-refused",
        "the web service takes XML",
        {f"{_RECEIVER}.media_types": ("application/xml",)},
    ),
    _at(
        healthy.RECEIVER_URL,
        "service-throttled",
        "the web service takes no more requests for five minutes (429)",
        {f"{_RECEIVER}.retry_after": 300},
        "at-endpoint",
    ),
    _at(
        healthy.RECEIVER_URL,
        "endpoint-receiver-failed",
        "the web service's code falls over each lead",
        {f"{_RECEIVER}.raises": True},
    ),
    _at(
        healthy.RECEIVER_URL,
        "endpoint-lead-refused",
        "the web service wants a budget, which no lead has",
        {f"{_RECEIVER}.required": ("UserDetails/Email", "Budget")},
    ),
    _at(
        healthy.RECEIVER_URL,
        "endpoint-camel-case-refused",
        "the web service reads the documented keys only (shows with --probe-shapes)",
        {f"{_RECEIVER}.accepts": Spelling.DOCUMENTED},
    ),
    _at(
        healthy.RECEIVER_URL,
        "endpoint-camel-case-only",
        "the web service reads keys in camelCase only (shows with --probe-shapes)",
        {f"{_RECEIVER}.accepts": Spelling.CAMEL_CASE},
    ),
)

WORLDS: Final = (*_NETWORK, *_WORKFLOWS, *_SERVICES)
