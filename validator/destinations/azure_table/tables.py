"""The table service of one storage account on the wire, signed with Shared Key Lite, in its own words."""

from __future__ import annotations

import hmac
import re
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlencode, urlsplit

from validator.http import Refused, answers
from validator.http.hosts import TABLES
from validator.model import Trace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from requests import Response

    from validator.http.session import Session

VERSION: Final = "2019-02-02"
"""The version of the service that is spoken: what Microsoft's own libraries for tables use."""

HEADERS: Final = {
    "x-ms-version": VERSION,
    "DataServiceVersion": "3.0;NetFx",
    "Accept": "application/json;odata=nometadata",
}

OK: Final = 200
SUCCESS: Final = range(200, 300)
NOT_FOUND: Final = 404

PAGES: Final = 10
"""Answers of a list that are followed: each holds a thousand rows, or what five seconds of work found."""

CODE: Final = re.compile(r"<(?:m:)?code>([A-Za-z]{3,60})</(?:m:)?code>", re.IGNORECASE)
MESSAGE: Final = re.compile(r"<(?:m:)?message(?: [^>]{0,200})?>([^<]*)<", re.IGNORECASE)
WORD: Final = re.compile(r"[A-Za-z]{3,60}")


class Tables:
    """The tables of one account. Every method raises Refused or Unreachable."""

    def __init__(self, session: Session, account: str, key: str, host: str) -> None:
        self.base = f"https://{host}/"
        self._session = session
        self._account = account
        self._key = _decoded(key)

    def names(self) -> list[str]:
        """List the account's tables."""
        return [name for row in self._rows("Tables") if isinstance(name := row.get("TableName"), str)]

    def create(self, table: str) -> None:
        """Make a table."""
        self._send("POST", "Tables", {"TableName": table})

    def insert(self, table: str, entity: Mapping[str, str]) -> None:
        """Write a row, once."""
        self._send("POST", table, entity, {"Prefer": "return-no-content"})

    def read(self, table: str, keys: tuple[str, str]) -> dict[str, Any]:
        """Read one row by its two keys."""
        return _document(self._send("GET", _entity(table, keys)))

    def find(self, table: str, condition: str) -> list[dict[str, Any]]:
        """Give the rows that meet a condition, the first pages of them."""
        return list(self._rows(f"{table}()", filter=condition))

    def delete(self, table: str, keys: tuple[str, str]) -> None:
        """Delete one row by its two keys."""
        self._send("DELETE", _entity(table, keys), None, {"If-Match": "*"})

    def _rows(self, path: str, **query: str) -> Iterator[dict[str, Any]]:
        asked = {f"${name}": value for name, value in query.items()}
        more: dict[str, str] = {}
        for _ in range(PAGES):
            options = urlencode(asked | more, quote_via=quote, safe="$")
            answer = self._send("GET", f"{path}?{options}" if options else path)
            value = _document(answer).get("value")
            if not isinstance(value, list):
                raise Refused(OK, "the answer holds no list of rows")
            yield from (row for row in value if isinstance(row, dict))
            more = _continued(answer)
            if not more:
                return

    def _send(
        self,
        method: str,
        path: str,
        body: Mapping[str, str] | None = None,
        extra: Mapping[str, str] | None = None,
    ) -> Response:
        date = format_datetime(datetime.now(UTC), usegmt=True)
        url = self.base + path
        headers = {
            **HEADERS,
            "x-ms-date": date,
            "Authorization": self._signature(date, urlsplit(url).path),
            **(extra or {}),
        }
        answer = self._session.ask(method, url, within=TABLES, headers=headers, json=body)
        if answer.status_code not in SUCCESS:
            raise _refusal(answer)
        if "x-ms-version" not in answer.headers:
            raise Refused(answer.status_code, "the answer is not in the form of a table service")
        return answer

    def _signature(self, date: str, path: str) -> str:
        text = f"{date}\n/{self._account}{path}"
        signature = b64encode(hmac.digest(self._key, text.encode(), "sha256")).decode()
        return f"SharedKeyLite {self._account}:{signature}"


def _decoded(key: str) -> bytes:
    """Decode an account key; one that is none, which somebody chose to ignore, is refused by the service."""
    try:
        return b64decode(key)
    except ValueError:
        return b""


def _entity(table: str, keys: tuple[str, str]) -> str:
    partition, row = (quote(key.replace("'", "''"), safe="") for key in keys)
    return f"{table}(PartitionKey='{partition}',RowKey='{row}')"


def _continued(answer: Response) -> dict[str, str]:
    """Give the place at which the next page begins; empty after the last one."""
    prefix = "x-ms-continuation-"
    return {
        name[len(prefix) :]: value
        for name, value in answer.headers.items()
        if name.lower().startswith(prefix) and value
    }


def _document(answer: Response) -> dict[str, Any]:
    said = answers.document(answer)
    if said is None:
        raise Refused(answer.status_code, "the answer is no JSON object")
    return said


def skew(date: str | None) -> float:
    """Give the seconds between a service's clock, as the header Date tells it, and ours; 0 where untold."""
    try:
        told = parsedate_to_datetime(date or "")
        return (told.replace(tzinfo=told.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    except (ValueError, OverflowError):
        return 0.0


def _refusal(answer: Response) -> Refused:
    """Read JSON first, then the XML of older versions and of Azurite, then the header."""
    error = (answers.document(answer) or {}).get("odata.error")
    said = error if isinstance(error, dict) else {}
    words = answers.words(answer)
    in_xml, text = CODE.search(words), MESSAGE.search(words)
    code = (
        answers.text(said, "code")
        or (in_xml[1] if in_xml else "")
        or answer.headers.get("x-ms-error-code", "")
    )
    value = said.get("message")
    message = answers.text(value, "value") if isinstance(value, dict) else text and text[1]
    return Refused(
        answer.status_code,
        message or words or answer.reason,
        codes=(code,) if WORD.fullmatch(code) else (),
        trace=Trace(request_id=answer.headers.get("x-ms-request-id"), timestamp=answer.headers.get("Date")),
        retry_after=answers.retry_after(answer),
    )
