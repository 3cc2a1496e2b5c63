"""An Azure Function with an HTTP trigger, in a Function App of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from werkzeug import Request, Response

from validator.sandbox.endpoint import body

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_STOPPED: Final = (
    "<!DOCTYPE html><html><head><title>Web App - Unavailable</title></head>"
    "<body><h1>Error 403 - This web app is stopped.</h1></body></html>"
)
_SIGN_IN: Final = "https://login.microsoftonline.com/common/oauth2/v2.0/authorize?response_type=code+id_token"


class Login(StrEnum):
    """What App Service's authentication does with a caller who is not signed in."""

    OPEN = "open"
    CHALLENGE = "challenge"
    REDIRECT = "redirect"


@dataclass
class Function:
    """A function and the app that it is in. `key`: the function key that its address ends in."""

    route: str
    key: str
    enabled: bool = True
    running: bool = True
    """Whether the app is started."""
    login: Login = Login.OPEN
    taken: list[Any] = field(default_factory=list)
    """Bodies that it was called with."""


class FunctionApp:
    """The WSGI application of a Function App: its state, its authentication, the route, the key."""

    def __init__(self, function: Function) -> None:
        self._function = function

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        return self._answer(Request(environ))(environ, start)

    def _answer(self, request: Request) -> Response:
        function = self._function
        if not function.running:
            return Response(_STOPPED, 403, content_type="text/html")
        if function.login is Login.CHALLENGE:
            return Response("", 401, headers={"WWW-Authenticate": f'Bearer realm="{request.host}"'})
        if function.login is Login.REDIRECT:
            return Response("", 302, headers={"Location": _SIGN_IN})
        if request.path != f"/api/{function.route}" or not function.enabled:
            return Response("", 404)
        if function.key not in {request.args.get("code"), request.headers.get("x-functions-key")}:
            return Response("", 401)
        function.taken.append(body.read(request))
        return Response("", 200)
