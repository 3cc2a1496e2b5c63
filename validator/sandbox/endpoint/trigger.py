"""The hosts at which workflows are triggered: one form of address for each kind, and one set of rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from werkzeug import Request, Response

from validator.sandbox.endpoint import body, refusals, schema
from validator.sandbox.endpoint.flow import TRIGGER, Flow, Kind, Status, Who
from validator.sandbox.endpoint.refusals import Refused, reply

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_INVOKE: Final = rf"workflows/([0-9a-f]{{32}})/triggers/{TRIGGER}/paths/invoke/?"
PATHS: Final = {
    Kind.POWER_AUTOMATE: re.compile(rf"/powerautomate/automations/direct/(?:[a-z]+/[0-9]+/)?{_INVOKE}"),
    Kind.LOGIC_APP: re.compile(f"/{_INVOKE}"),
    Kind.LOGIC_APP_STANDARD: re.compile(rf"/api/([^/]+)/triggers/{TRIGGER}/invoke/?"),
}
"""The form of an address for each kind; the group is the workflow's id."""

SIGNED: Final = ("sp", "sv", "sig")
"""What the signature permits, the version of signing, and the signature."""


class Triggers:
    """The WSGI application of a host where workflows of one kind are triggered."""

    def __init__(self, kind: Kind, flows: Mapping[str, Flow]) -> None:
        self._kind, self._flows = kind, flows

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        try:
            answer = self._answer(Request(environ))
        except Refused as refused:
            answer = refused.response()
        return answer(environ, start)

    def _answer(self, request: Request) -> Response:
        path = PATHS[self._kind].fullmatch(request.path)
        if path is None:
            return reply(404)
        query = {name.lower(): value for name, value in request.args.items()}
        if "api-version" not in query:
            raise refusals.missing_api_version()
        flow = next((flow for flow in self._flows.values() if self._is_here(flow, path[1])), None)
        if flow is None:
            raise refusals.not_found(path[1])
        if flow.kind is not self._kind and not flow.old_address_works:
            return reply(404)  # what a retired address answers is not published
        if flow.callers:
            raise refusals.caller_not_allowed(request.remote_addr or "")
        _authorise(flow, query, flow.gateway_adds or request.headers.get("Authorization", "").split(" ")[0])
        return _run(flow, request)

    def _is_here(self, flow: Flow, asked: str) -> bool:
        """Whether the address of a workflow leads here; those of Power Automate's led to Logic Apps once."""
        old = (flow.kind, self._kind) == (Kind.POWER_AUTOMATE, Kind.LOGIC_APP)
        return flow.id == asked and (flow.kind is self._kind or old)


def _authorise(flow: Flow, query: Mapping[str, str], scheme: str) -> None:
    signed = tuple(query.get(name) for name in SIGNED)
    if any(signed) and scheme:
        raise refusals.two_authorisations(scheme)
    if any(signed) and not flow.sas_allowed:
        raise refusals.sas_disabled()
    if flow.who is Who.TENANT:
        raise refusals.sign_in_wanted()  # no caller of the sandbox has a token for a flow
    if flow.who is Who.TOKEN_HOLDERS:
        raise refusals.token_wanted()
    if not all(signed):
        raise refusals.signature_missing()
    if signed != (f"/triggers/{TRIGGER}/run", "1.0", flow.signature):
        raise refusals.signature_rejected()


def _run(flow: Flow, request: Request) -> Response:
    if flow.status is not Status.ENABLED:
        raise refusals.not_enabled(flow.name, TRIGGER, flow.status)
    if request.method != flow.method:
        raise refusals.method_not_valid(flow.method, request.method)
    sent = body.read(request)
    details = schema.details(flow.schema, sent) if flow.schema_validation else ""
    if details:
        raise refusals.schema_mismatch(TRIGGER, details)
    flow.taken.append(sent)
    run = f"0858{uuid4().int % 10**25:025}CU16"
    if flow.response is None:
        return reply(202, run=run)
    return reply(504 if flow.response_late else flow.response, run=run)
