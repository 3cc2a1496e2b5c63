"""A web service of the publisher's own that takes leads."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from werkzeug import Request, Response

from validator.sandbox.endpoint import body

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_CRASHED: Final = (
    "<!DOCTYPE html><html><head><title>Internal Server Error</title></head>"
    "<body>An unhandled exception occurred while processing the request.</body></html>"
)


class Spelling(StrEnum):
    """Which spelling of the keys a receiver reads."""

    ANY = "any"
    DOCUMENTED = "documented"
    CAMEL_CASE = "camelCase"


@dataclass
class Receiver:
    """A web service, and what it asks of a request."""

    path: str
    required: tuple[str, ...]
    """Keys without which it takes no lead, as the documents spell them: `UserDetails/Email`."""
    accepts: Spelling = Spelling.ANY
    methods: tuple[str, ...] = ("POST",)
    media_types: tuple[str, ...] = ("application/json",)
    login: int | None = None
    """Status with which it turns those away who bring no credentials; None: it asks for none."""
    redirects_to: str = ""
    retry_after: int | None = None
    """Seconds until it takes requests again."""
    raises: bool = False
    """Whether its code falls over each lead."""
    taken: list[Any] = field(default_factory=list)


class WebService:
    """The WSGI application of a receiver: the server's own checks first, then those of its code."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        request = Request(environ)
        answer = self._elsewhere(request) or self._unfit(request) or self._take(request)
        return answer(environ, start)

    def _elsewhere(self, request: Request) -> Response | None:
        """Turn away what is not for this receiver, or not now."""
        receiver = self._receiver
        if receiver.retry_after is not None:
            return Response("Too many requests", 429, headers={"Retry-After": str(receiver.retry_after)})
        if request.path != receiver.path:
            return Response("Not found", 404)
        if receiver.redirects_to:
            return Response("", 301, headers={"Location": receiver.redirects_to})
        return None

    def _unfit(self, request: Request) -> Response | None:
        """Turn away what cannot be a lead, or comes from a stranger."""
        receiver = self._receiver
        if receiver.login and "Authorization" not in request.headers:
            challenge = {"WWW-Authenticate": 'Basic realm="leads"'}
            asks = challenge if receiver.login == HTTPStatus.UNAUTHORIZED else {}
            return Response("Not allowed", receiver.login, headers=asks)
        if request.method not in receiver.methods:
            return Response("", 405, headers={"Allow": ", ".join(receiver.methods)})
        if request.mimetype not in receiver.media_types:
            return Response("", 415, headers={"Accept-Post": ", ".join(receiver.media_types)})
        return None

    def _take(self, request: Request) -> Response:
        receiver = self._receiver
        if receiver.raises:
            return Response(_CRASHED, 500, content_type="text/html")
        lead = body.read(request)
        missing = [key for key in receiver.required if not _holds(lead, key, receiver.accepts)]
        if missing:
            return Response(f"The lead lacks {', '.join(missing)}.", 422)
        receiver.taken.append(lead)
        return Response("", 200)


def _holds(lead: object, key: str, spelling: Spelling) -> bool:
    """Whether a lead has a value under a key, as this receiver spells it."""
    at = lead
    for name in key.split("/"):
        at = _value(at, name, spelling) if isinstance(at, dict) else None
    return bool(at)


def _value(among: Mapping[str, object], name: str, spelling: Spelling) -> object:
    if spelling is Spelling.ANY:
        return {key.lower(): value for key, value in among.items()}.get(name.lower())
    return among.get(name if spelling is Spelling.DOCUMENTED else name[0].lower() + name[1:])
