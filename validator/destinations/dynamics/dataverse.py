"""The Dataverse Web API of one instance on the wire, in its own words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlencode, urlsplit

from validator.http import Refused
from validator.model import Trace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from requests import Response

    from validator.http.session import Session

SUCCESS: Final = range(200, 300)
UNAUTHORIZED: Final = 401
TOO_MANY: Final = 429
SERVER_ERROR: Final = 500

AUTHORIZATION: Final = re.compile(r"authorization_uri\s*=\s*\"?(https://[^\s,\"]+)", re.IGNORECASE)
RECORD: Final = re.compile(r"\(([0-9a-f-]{36})\)\s*$", re.IGNORECASE)

CODE: Final = re.compile(r"0x(?!0+$)[0-9a-f]{1,8}")
"""A code of Dataverse; `0x0` and an empty one are sent too, and mean nothing."""

HEADERS: Final = {"Accept": "application/json", "OData-Version": "4.0", "OData-MaxVersion": "4.0"}

LEAD: Final = "leadid,subject,description,createdon"


class NotDynamics(Exception):
    """Something answers at the address, and it is no Dynamics 365 instance."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom an instance belongs to, as it says itself to a stranger."""

    tenant: str
    login_host: str


class Dataverse:
    """One instance. Only `probe` speaks without the token."""

    def __init__(self, session: Session, origin: str) -> None:
        self.base = f"{origin}/api/data/v9.2/"
        self._session = session
        self._token = ""

    def sign_in(self, token: str) -> None:
        """Use an access token from now on."""
        self._session.secrets.add(token)
        self._token = token

    def probe(self) -> Owner:
        """Ask without a token: the 401 of an instance names its tenant. Raise NotDynamics for other answers.

        Microsoft's own client finds the tenant in the same way.
        """
        answer = self._session.ask("GET", self.base, headers=HEADERS)
        if answer.status_code == TOO_MANY or answer.status_code >= SERVER_ERROR:
            raise _refusal(answer)
        named = AUTHORIZATION.search(answer.headers.get("WWW-Authenticate", ""))
        if answer.status_code != UNAUTHORIZED or not named:
            kind = answer.headers.get("Content-Type", "no content type")
            raise NotDynamics(f"HTTP {answer.status_code}, {kind}, and no sign of Dynamics 365")
        authority = urlsplit(named[1])
        return Owner(authority.path.split("/")[1].lower(), (authority.hostname or "").lower())

    def get(self, path: str, **query: str) -> dict[str, Any]:
        """Read; `query` are OData options without their `$`. Raise Refused."""
        options = urlencode(
            {f"${name}": value for name, value in query.items()}, safe="$,()'", quote_via=quote
        )
        answer = self._send("GET", f"{path}?{options}" if options else path)
        said = _json(answer)
        if said is None:
            raise Refused(answer.status_code, "the answer is no JSON object")
        return said

    def rows(self, path: str, **query: str) -> list[dict[str, Any]]:
        """Read a collection. Raise Refused."""
        value = self.get(path, **query).get("value")
        return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []

    def create_lead(self, values: Mapping[str, Any]) -> str | None:
        """Write a lead, once; give its id where the answer names it. Raise Refused."""
        answer = self._send("POST", "leads", json=values)
        record = RECORD.search(answer.headers.get("OData-EntityId", ""))
        return record[1].lower() if record else None

    def delete_lead(self, record: str) -> None:
        """Delete a lead. Raise Refused."""
        self._send("DELETE", f"leads({record})")

    def _send(self, method: str, path: str, **options: Any) -> Response:  # noqa: ANN401 - requests' own options
        headers = {**HEADERS, "Authorization": f"Bearer {self._token}"}
        answer = self._session.ask(method, self.base + path, headers=headers, **options)
        if answer.status_code not in SUCCESS:
            raise _refusal(answer)
        return answer


def _json(answer: Response) -> dict[str, Any] | None:
    try:
        said = answer.json()
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def _refusal(answer: Response) -> Refused:
    from validator.http.session import retry_after  # noqa: PLC0415 - loads requests; at hand by now

    error = (_json(answer) or {}).get("error")
    error = error if isinstance(error, dict) else {}
    code = str(error.get("code") or "").lower()
    return Refused(
        answer.status_code,
        str(error.get("message") or answer.text or answer.reason),
        codes=(code,) if CODE.fullmatch(code) else (),
        trace=Trace(
            request_id=answer.headers.get("x-ms-service-request-id") or answer.headers.get("REQ_ID"),
            timestamp=answer.headers.get("Date"),
        ),
        retry_after=retry_after(answer),
    )
