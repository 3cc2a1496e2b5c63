"""The blob service of a storage account, to anonymous eyes: there, and with nothing to show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import uuid4

from werkzeug import Request, Response

from validator.sandbox.storage.refusals import stamp

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from validator.sandbox.storage.account import StorageAccount

_XML: Final = (
    '\ufeff<?xml version="1.0" encoding="utf-8"?><Error><Code>{code}</Code>'
    "<Message>{message}\nRequestId:{request}\nTime:{time}</Message>{more}</Error>"
)
_PARAMETER: Final = "<QueryParameterName>comp</QueryParameterName><QueryParameterValue /><Reason />"


class Blobs:
    """The WSGI application of one account's blob host. No container of it is public."""

    def __init__(self, account: StorageAccount) -> None:
        self._account = account

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        request = Request(environ)
        if request.path == "/" and "comp" not in request.args:
            message = "Value for one of the query parameters specified in the request URI is invalid."
            answer = self._refusal(400, "InvalidQueryParameterValue", message, _PARAMETER)
        else:
            message = "The specified resource does not exist."
            answer = self._refusal(404, "ResourceNotFound", message)
        return answer(environ, start)

    def _refusal(self, status: int, code: str, message: str, more: str = "") -> Response:
        request_id, time = str(uuid4()), stamp(self._account.now())
        return Response(
            _XML.format(code=code, message=message, request=request_id, time=time, more=more),
            status,
            headers={
                "Server": "Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0",
                "x-ms-request-id": request_id,
                "x-ms-error-code": code,
            },
            content_type="application/xml",
        )
