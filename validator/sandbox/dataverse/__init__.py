"""Dataverse, the Web API of a Dynamics 365 instance, at https://{organisation}.crm{n}.dynamics.com."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from werkzeug import Request, Response
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import Map, Rule, Submount

from validator.sandbox.dataverse import accounts
from validator.sandbox.dataverse.directory import Directory
from validator.sandbox.dataverse.leads import Leads
from validator.sandbox.dataverse.refusals import Refused, no_segment, unauthorized

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from validator.sandbox.state import Environment, State

_USER: Final = "/systemusers(<uuid:user>)"
_CRM: Final = "Microsoft.Dynamics.CRM"
_MAP: Final = Map(
    [
        Submount(
            "/api/data/v9.<int:minor>",
            [
                Rule("/", endpoint="directory.service", methods=["GET"]),
                Rule("/WhoAmI", endpoint="directory.who_am_i", methods=["GET"]),
                Rule("/WhoAmI()", endpoint="directory.who_am_i", methods=["GET"]),
                Rule(
                    f"{_USER}/{_CRM}.RetrieveUserPrivileges", endpoint="directory.privileges", methods=["GET"]
                ),
                Rule(
                    f"{_USER}/{_CRM}.RetrieveUserPrivileges()",
                    endpoint="directory.privileges",
                    methods=["GET"],
                ),
                Rule(
                    f"{_USER}/{_CRM}.RetrieveUserPrivilegeByPrivilegeName(PrivilegeName='<name>')",
                    endpoint="directory.privilege",
                    methods=["GET"],
                ),
                Rule(f"{_USER}/systemuserroles_association", endpoint="directory.roles", methods=["GET"]),
                Rule(f"{_USER}/teammembership_association", endpoint="directory.teams", methods=["GET"]),
                Rule(
                    "/EntityDefinitions(LogicalName='<table>')/Attributes(LogicalName='<name>')",
                    endpoint="directory.column",
                    methods=["GET"],
                ),
                Rule("/solutions", endpoint="directory.solutions", methods=["GET"]),
                Rule("/leads", endpoint="leads.find", methods=["GET"]),
                Rule("/leads", endpoint="leads.create", methods=["POST"]),
                Rule("/leads(<uuid:record>)", endpoint="leads.read", methods=["GET"]),
                Rule("/leads(<uuid:record>)", endpoint="leads.delete", methods=["DELETE"]),
            ],
        )
    ],
    strict_slashes=False,
)


class Dataverse:
    """The WSGI application of one environment, under both its names (`.api.` or not)."""

    def __init__(self, state: State, environment: Environment) -> None:
        self._state, self._environment = state, environment

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        request = Request(environ)
        try:
            answer = self._answer(request)
        except Refused as refused:
            answer = refused.response(
                annotated="odata.include-annotations" in request.headers.get("Prefer", "")
            )
        return answer(environ, start)

    def _answer(self, request: Request) -> Response:
        owner = self._state.tenants[self._environment.tenant].id
        if not request.path.startswith("/api/"):
            where = f"https://login.microsoftonline.com/{owner}/oauth2/authorize"
            return Response("", 302, headers={"Location": where}, content_type="text/html")
        token = accounts.token_of(request, self._environment, self._state)
        if token is None:
            return unauthorized(owner, self._environment.host)
        account = accounts.enter(self._environment, token)
        try:
            endpoint, values = _MAP.bind_to_environ(request.environ).match()
        except MethodNotAllowed:
            raise Refused(
                405, "0x80060888", "The requested resource does not support this http method."
            ) from None
        except HTTPException:
            raise no_segment(request.path.rpartition("/")[2].partition("(")[0]) from None
        subject, _, action = endpoint.partition(".")
        place = {"leads": Leads, "directory": Directory}[subject](self._environment, account, request.host)
        asked = {name: value for name, value in values.items() if name != "minor"}
        answer: Response = getattr(place, action)(request, **asked)
        return answer
