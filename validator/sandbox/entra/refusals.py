"""How Entra ID words a refusal: one row per AADSTS code, as captured from the service or its documents."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final
from uuid import uuid4

from werkzeug import Response

from validator.sandbox.state import now

DATAVERSE: Final = "00000007-0000-0000-c000-000000000000"
"""The application id of Dataverse itself, in every tenant."""


@dataclass(frozen=True)
class Row:
    """One code of `refusals.toml`; `page`: Entra has a page about it."""

    status: int
    error: str
    text: str
    suberror: str | None = None
    page: bool = True


@cache
def _rows() -> dict[int, Row]:
    table = tomllib.loads(files(__package__).joinpath("refusals.toml").read_text("utf-8"))
    return {int(code): Row(**row) for code, row in table.items()}


class Refused(Exception):
    """Entra says no. `facts` fill the sentence; `error` and `suberror` stand instead of the row's."""

    def __init__(
        self, code: int, *, error: str | None = None, suberror: str | None = None, **facts: str
    ) -> None:
        super().__init__(code)
        self.code, self.facts, self.row = code, facts, _rows()[code]
        self.error, self.suberror = error or self.row.error, suberror or self.row.suberror
        self.retry_after: int | None = None

    def response(self, correlation: str | None) -> Response:
        """Word it as the service does, with fresh identifiers and the time."""
        trace = str(uuid4())
        answer = reply(self._body(trace, correlation or str(uuid4())), self.row.status, trace)
        answer.headers["x-ms-clitelem"] = f"1,{self.code},0,,"
        if self.retry_after is not None:
            answer.headers["Retry-After"] = str(self.retry_after)
        return answer

    def _body(self, trace: str, correlation: str) -> dict[str, object]:
        stamp = f"{now():%Y-%m-%d %H:%M:%S}Z"
        body: dict[str, object] = {
            "error": self.error,
            "error_description": f"AADSTS{self.code}: {self.row.text.format_map(self.facts)} "
            f"Trace ID: {trace} Correlation ID: {correlation} Timestamp: {stamp}",
            "error_codes": [self.code],
            "timestamp": stamp,
            "trace_id": trace,
            "correlation_id": correlation,
        }
        if self.row.page:
            body["error_uri"] = f"https://login.microsoftonline.com/error?code={self.code}"
        if self.suberror:
            body["suberror"] = self.suberror
        return body


def reply(body: object, status: int = 200, request_id: str | None = None) -> Response:
    """Answer in JSON with the headers that every answer of the token endpoint carries."""
    return Response(
        json.dumps(body),
        status,
        headers={
            "Cache-Control": "no-store, no-cache",
            "Pragma": "no-cache",
            "Expires": "-1",
            "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
            "X-Content-Type-Options": "nosniff",
            "P3P": 'CP="DSP CUR OTPi IND OTRi ONL FIN"',
            "x-ms-request-id": request_id or str(uuid4()),
            "x-ms-ests-server": "2.1.11898.12 - EUS ProdSlices",
        },
        content_type="application/json; charset=utf-8",
    )
