"""The REST API of one organisation on the wire, at its My Domain and nowhere else, in its own words.

An `instance_url` in the answer to the sign-in is not used: whoever could change it would get the token.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote

from validator.http import Refused, answers
from validator.http.hosts import SALESFORCE
from validator.model import Trace

if TYPE_CHECKING:
    from requests import Response

    from validator.http.session import Session

VERSION: Final = "v59.0"
"""Of the API: of October 2023, and served for years to come."""

SELECT: Final = "SELECT Id, Email FROM Lead"

OK: Final = 200
SUCCESS: Final = range(200, 300)

IDENTITY: Final = re.compile(r"https://[^/]+/id/(00D[0-9A-Za-z]{12})(?:[0-9A-Za-z]{3})?/[0-9A-Za-z]{15,18}")
"""What the sign-in calls the user: an address with the organisation's identifier in it."""

TOKEN: Final = re.compile(r"[\x21-\x7e]{10,4096}")
CODE: Final = re.compile(r"[A-Z]+(?:_[A-Z]+)+")
RECORD: Final = re.compile(r"00Q[0-9A-Za-z]{12}(?:[0-9A-Za-z]{3})?")


class Lead(NamedTuple):
    """A lead of the organisation, as far as it was asked for."""

    record: str
    email: str


class Grant(NamedTuple):
    """A token, and the 15 characters of the organisation that its client belongs to."""

    token: str
    organization: str


class Organization:
    """The API of one organisation. Every method raises Refused or Unreachable."""

    def __init__(self, session: Session, domain: str) -> None:
        self._session = session
        self._address = f"https://{domain}"
        self._headers: dict[str, str] = {}

    @property
    def account(self) -> tuple[str, ...]:
        """Give what all answers depend on: the organisation, and whom it takes us for."""
        return self._address, *self._headers.values()

    def grant(self, client_id: str, client_secret: str) -> Grant:
        """Get a token for an API client."""
        form = {
            "grant_type": "client_credentials",
            "client_id": client_id,
            "client_secret": client_secret,
        }
        url = f"{self._address}/services/oauth2/token"
        answer = self._session.ask("POST", url, within=SALESFORCE, repeat=True, data=form)
        said = answers.document(answer) or {}
        error = answers.text(said, "error")
        if answer.status_code != OK or error:
            raise _not_granted(answer, error, answers.text(said, "error_description"))
        token = answers.text(said, "access_token") or ""
        identity = IDENTITY.fullmatch(answers.text(said, "id") or "")
        if not TOKEN.fullmatch(token) or not identity:
            raise Refused(OK, "the answer holds no access token, or does not say whose it is")
        return Grant(token, identity[1])

    def sign_in(self, token: str) -> None:
        """Use a token from now on."""
        self._session.secrets.add(token)
        self._headers = {"Authorization": f"Bearer {token}"}

    def described(self) -> dict[str, Any]:
        """Describe the object Lead."""
        said = answers.document(self._send("GET", "sobjects/Lead/describe"))
        if said is None or not isinstance(said.get("fields"), list):
            raise Refused(OK, "the answer describes no object")
        return said

    def leads(self, condition: str, most: int) -> list[Lead]:
        """Find leads, the newest first. `condition`: of SOQL, its texts quoted with `quoted`."""
        query = f"{SELECT} WHERE {condition} ORDER BY CreatedDate DESC LIMIT {most}"
        said = answers.document(self._send("GET", f"query?q={quote(query, safe='')}")) or {}
        records = said.get("records")
        if not isinstance(records, list):
            raise Refused(OK, "the answer holds no list of records")
        rows = [row for row in records if isinstance(row, dict)]
        return [Lead(_record(row), answers.text(row, "Email") or "") for row in rows]

    def delete(self, record: str) -> None:
        """Delete a lead."""
        self._send("DELETE", f"sobjects/Lead/{record}")

    def _send(self, method: str, path: str) -> Response:
        url = f"{self._address}/services/data/{VERSION}/{path}"
        answer = self._session.ask(method, url, within=SALESFORCE, headers=self._headers)
        if answer.status_code not in SUCCESS:
            raise _refusal(answer)
        return answer


def quoted(text: str) -> str:
    """Write a text as SOQL does."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _record(row: dict[str, Any]) -> str:
    """Give the identifier of a lead, or the empty string for what is none: it may become part of a path."""
    record = answers.text(row, "Id") or ""
    return record if RECORD.fullmatch(record) else ""


def _not_granted(answer: Response, error: str | None, description: str | None) -> Refused:
    words = ": ".join(filter(None, (error, description))) or answers.words(answer) or answer.reason
    return Refused(
        answer.status_code,
        words,
        trace=Trace(timestamp=answer.headers.get("Date")),
        retry_after=answers.retry_after(answer),
        own=error is not None,
    )


def _refusal(answer: Response) -> Refused:
    """Read the first of the listed errors."""
    code, message = _first(answers.words(answer))
    return Refused(
        answer.status_code,
        message or answers.words(answer) or answer.reason,
        codes=(code,) if CODE.fullmatch(code) else (),
        trace=Trace(timestamp=answer.headers.get("Date")),
        retry_after=answers.retry_after(answer),
    )


def _first(words: str) -> tuple[str, str]:
    try:
        said = json.loads(words)
    except (ValueError, RecursionError):
        return "", ""
    first = said[0] if isinstance(said, list) and said else {}
    error = first if isinstance(first, dict) else {}
    return answers.text(error, "errorCode") or "", answers.text(error, "message") or ""
