"""Web-to-Lead, at webto.salesforce.com: it takes a form at once, and says nothing of what becomes of it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from werkzeug import Request, Response

from validator.sandbox.salesforce.organization import Submission, lengthened, now

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from validator.sandbox.salesforce.organization import Organization

PATH: Final = "/servlet/servlet.WebToLead"

_REFUSED: Final = "true Exception:common.exception.SalesforceGenericException"
_OID: Final = re.compile(r"00D[0-9A-Za-z]{12}(?:[0-9A-Z]{3})?")


class WebToLead:
    """The WSGI application of the servlet that takes the forms of every organisation."""

    def __init__(self, organizations: Mapping[str, Organization]) -> None:
        self._organizations = organizations

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        request = Request(environ)
        answer = self._take(request) if request.path == PATH else Response("Not found", 404)
        return answer(environ, start)

    def _take(self, request: Request) -> Response:
        """Take a form, whoever it is for; what is in the address counts as what is in the body."""
        pairs = (*_pairs(request.query_string), *_pairs(request.get_data()))
        oid = next((value for name, value in pairs if name == "oid"), "")
        if not _sound(oid):
            return _answer(_REFUSED)
        organization = self._organization(oid)
        if organization is None:
            return _answer("true")
        organization.queue.append(Submission(pairs, now() + timedelta(seconds=organization.delay)))
        return _answer(organization.answer_header)

    def _organization(self, oid: str) -> Organization | None:
        return next((one for one in self._organizations.values() if one.id == oid[:15]), None)


def _pairs(text: bytes) -> list[tuple[str, str]]:
    return parse_qsl(text.decode("utf-8", "replace"), keep_blank_values=True)


def _sound(oid: str) -> bool:
    return bool(_OID.fullmatch(oid)) and (len(oid) == len("00D") + 12 or lengthened(oid[:15]) == oid)


def _answer(processed: str | None) -> Response:
    headers = {} if processed is None else {"Is-Processed": processed}
    return Response("", 200, headers=headers, content_type="text/html;charset=UTF-8")
