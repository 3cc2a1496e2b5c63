"""The Dataverse Web API of one instance on the wire, in its own words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote, urlencode

from validator.http import Refused, answers
from validator.http.hosts import DATAVERSE
from validator.model import Trace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from requests import Response

    from validator.http.session import Session

OK: Final = 200
SUCCESS: Final = range(200, 300)
CREATED: Final = frozenset({201, 204})
UNAUTHORIZED: Final = 401
TOO_MANY: Final = 429
SERVER_ERROR: Final = 500

AUTHORIZATION: Final = re.compile(
    r"authorization_uri\s*=\s*\"?https://([^\s,\"/]+)/([^\s,\"/]+)", re.IGNORECASE
)
"""The sign-in host and the tenant in the header of a 401."""
RECORD: Final = re.compile(r"https://([^/\s]+)/api/data/v[\d.]+/leads\(([0-9a-f-]{36})\)", re.IGNORECASE)
"""The address of a lead: its host and its GUID."""

GUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

CODE: Final = re.compile(r"0x(?!0+$)[0-9a-f]{1,8}")
"""A code of Dataverse; `0x0` and an empty one are sent too, and mean nothing."""

HEADERS: Final = {"Accept": "application/json", "OData-Version": "4.0", "OData-MaxVersion": "4.0"}

LEAD: Final = "leadid,subject,description,createdon"


class NotDynamics(Exception):
    """Something answers at the address, and it is no Dynamics 365 instance."""


class Owner(NamedTuple):
    """Whom an instance belongs to, as it says itself to a stranger."""

    tenant: str
    login_host: str


class Dataverse:
    """One instance, under its own `hosts`. Only `probe` speaks without the token."""

    def __init__(self, session: Session, origin: str, hosts: frozenset[str]) -> None:
        self.base = f"{origin}/api/data/v9.2/"
        self._session = session
        self._hosts = hosts
        self._token = ""

    def sign_in(self, token: str) -> None:
        """Use an access token from now on."""
        self._session.secrets.add(token)
        self._token = token

    @property
    def account(self) -> tuple[str, str]:
        """Give what all answers depend on: the instance, and whom it takes us for."""
        return self.base, self._token

    def probe(self) -> Owner:
        """Ask without a token: the 401 of an instance names its tenant. Raise NotDynamics for other answers.

        Microsoft's own client finds the tenant in the same way.
        """
        answer = self._session.ask("GET", self.base, within=DATAVERSE, headers=HEADERS)
        if answer.status_code == TOO_MANY or answer.status_code >= SERVER_ERROR:
            raise _refusal(answer)
        named = AUTHORIZATION.search(answer.headers.get("WWW-Authenticate", ""))
        if answer.status_code != UNAUTHORIZED or not named:
            kind = answer.headers.get("Content-Type", "no content type")
            raise NotDynamics(f"HTTP {answer.status_code}, {kind}, and no sign of Dynamics 365")
        return Owner(tenant=named[2].lower(), login_host=named[1].lower())

    def get(self, path: str, **query: str) -> dict[str, Any]:
        """Read; `query` are OData options without their `$`. Raise Refused."""
        options = urlencode(
            {f"${name}": value for name, value in query.items()}, safe="$,()'", quote_via=quote
        )
        answer = self._send("GET", f"{path}?{options}" if options else path)
        said = answers.document(answer)
        if said is None:
            raise Refused(answer.status_code, "the answer is no JSON object")
        return said

    def rows(self, path: str, key: str = "value", **query: str) -> list[dict[str, Any]]:
        """Read a collection. Raise Refused, also where the answer holds none."""
        value = self.get(path, **query).get(key)
        if not isinstance(value, list):
            raise Refused(OK, f"the answer holds no list of {key}")
        return [row for row in value if isinstance(row, dict)]

    def user(self) -> str:
        """Ask who we are: the GUID of our `systemuser`. Raise Refused."""
        return _guid(self.get("WhoAmI").get("UserId"))

    def create_lead(self, values: Mapping[str, Any]) -> str | None:
        """Write a lead, once; give its id where the answer names it. Raise Refused."""
        answer = self._send("POST", "leads", json=values)
        if answer.status_code not in CREATED:
            raise Refused(answer.status_code, "the answer is none to a create request")
        record = RECORD.fullmatch(answer.headers.get("OData-EntityId", "").strip())
        return record[2].lower() if record and record[1].lower() in self._hosts else None

    def delete_lead(self, record: str) -> None:
        """Delete a lead. Raise Refused."""
        self._send("DELETE", f"leads({_guid(record)})")

    def _send(self, method: str, path: str, **options: Any) -> Response:  # noqa: ANN401 - requests' own options
        headers = {**HEADERS, "Authorization": f"Bearer {self._token}"}
        answer = self._session.ask(method, self.base + path, within=DATAVERSE, headers=headers, **options)
        if answer.status_code not in SUCCESS:
            raise _refusal(answer)
        return answer


def _guid(value: object) -> str:
    """Give a record's GUID, the one thing that may stand in an address. Raise Refused for anything else."""
    if not isinstance(value, str) or not GUID.fullmatch(value):
        raise Refused(OK, "the answer names no record by a GUID")
    return value.lower()


def _refusal(answer: Response) -> Refused:
    error = (answers.document(answer) or {}).get("error")
    said = error if isinstance(error, dict) else {}
    code = (answers.text(said, "code") or "").lower()
    message = answers.text(said, "message")
    asks_for_token = answer.status_code == UNAUTHORIZED and "Bearer" in answer.headers.get(
        "WWW-Authenticate", ""
    )
    return Refused(
        answer.status_code,
        message or answers.words(answer) or answer.reason,
        codes=(code,) if CODE.fullmatch(code) else (),
        trace=Trace(
            request_id=answer.headers.get("x-ms-service-request-id") or answer.headers.get("REQ_ID"),
            timestamp=answer.headers.get("Date"),
        ),
        retry_after=answers.retry_after(answer),
        own=message is not None or asks_for_token,
    )
