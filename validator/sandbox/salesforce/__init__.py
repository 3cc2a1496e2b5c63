"""Salesforce: Web-to-Lead for every organisation, and the REST API at an organisation's own domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from werkzeug import Request, Response
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from validator.sandbox.salesforce import describing, queries, refusals
from validator.sandbox.salesforce.sign_in import grant
from validator.sandbox.salesforce.web_to_lead import WebToLead
from validator.sandbox.salesforce.worker import work

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from validator.sandbox.salesforce.organization import Organization

__all__ = ["RestApi", "WebToLead"]

_LEAD: Final = "/services/data/<version>/sobjects/Lead"
_MAP: Final = Map(
    [
        Rule("/services/oauth2/token", endpoint="token", methods=["POST"]),
        Rule(f"{_LEAD}/describe", endpoint="describe", methods=["GET"]),
        Rule("/services/data/<version>/query", endpoint="query", methods=["GET"]),
        Rule(f"{_LEAD}/<identifier>", endpoint="read", methods=["GET"]),
        Rule(f"{_LEAD}/<identifier>", endpoint="delete", methods=["DELETE"]),
    ],
    strict_slashes=False,
)


class RestApi:
    """The WSGI application of one organisation's domain. Who asks sees what the queue has done by now."""

    def __init__(self, organization: Organization) -> None:
        self._organization = organization

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        request = Request(environ)
        try:
            answer = self._answer(request)
        except refusals.Refused as refused:
            answer = refusals.reply(refused.body, refused.status)
        return answer(environ, start)

    def _answer(self, request: Request) -> Response:
        try:
            endpoint, asked = _MAP.bind_to_environ(request.environ).match()
        except HTTPException:
            raise refusals.not_found() from None
        if endpoint == "token":
            return grant(request, self._organization)
        self._enter(request)
        work(self._organization)
        answer: Response = getattr(self, f"_{endpoint}")(request, **asked)
        return answer

    def _enter(self, request: Request) -> None:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if given not in self._organization.tokens or self._organization.session_ended:
            raise refusals.session_ended()
        if not self._organization.api_enabled:
            message = "The REST API is not enabled for this Organization."
            raise refusals.error(403, "API_DISABLED_FOR_ORG", message)
        if not self._organization.requests_left:
            raise refusals.error(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")

    def _describe(self, _: Request, version: str) -> Response:
        if not self._organization.lead_readable:
            raise refusals.not_found()
        urls = {"sobject": f"/services/data/{version}/sobjects/Lead"}
        return refusals.reply({**describing.description(self._organization), "urls": urls})

    def _query(self, request: Request, version: str) -> Response:
        organization = self._organization
        leads, visible = organization.leads.values(), organization.visible()
        rows = queries.found(request.args.get("q", ""), leads, visible, readable=organization.lead_readable)
        records = [{"attributes": refusals.attributes(row["Id"], version), **row} for row in rows]
        return refusals.reply({"totalSize": len(records), "done": True, "records": records})

    def _read(self, _: Request, version: str, identifier: str) -> Response:
        lead = self._organization.leads.get(identifier)
        if lead is None or not self._organization.lead_readable:
            raise refusals.not_found()
        return refusals.reply({"attributes": refusals.attributes(identifier, version), **lead})

    def _delete(self, _: Request, version: str, identifier: str) -> Response:  # noqa: ARG002 - of the path
        if identifier not in self._organization.leads:
            raise refusals.not_found()
        if not self._organization.may_delete:
            message = "insufficient access rights on object id"
            raise refusals.error(403, "INSUFFICIENT_ACCESS_OR_READONLY", message, fields=[])
        del self._organization.leads[identifier]
        return Response(status=204)
