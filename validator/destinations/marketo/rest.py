"""The REST API of one Marketo account on the wire, and the identity service that signs in to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from validator.destinations.marketo import envelope
from validator.destinations.marketo.envelope import EXPIRED, OK
from validator.http import Refused, answers
from validator.http.hosts import MARKETO
from validator.model import Trace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from requests import Response

    from validator.http.session import Session

TOKEN: Final = re.compile(r"[\x21-\x7e]{10,4096}")
FORM: Final = re.compile("[0-9]{1,8}")


class Account:
    """The API of one account, at `{munchkin}.mktorest.com`. Every method raises Refused or Unreachable."""

    def __init__(self, session: Session, munchkin: str, client_id: str, client_secret: str) -> None:
        self.url = f"https://{munchkin.lower()}{MARKETO[0]}"
        self._session = session
        self._client = {"client_id": client_id, "client_secret": client_secret}
        self._headers: dict[str, str] = {}

    @property
    def identity(self) -> tuple[str, ...]:
        """Give what all answers depend on: the account, and whom it takes us for."""
        return self.url, *self._client.values()

    def grant(self) -> str:
        """Get a token."""
        url = f"{self.url}/identity/oauth/token"
        form = {"grant_type": "client_credentials", **self._client}
        answer = self._session.ask("POST", url, within=MARKETO, repeat=True, data=form)
        said = answers.document(answer) or {}
        if answer.status_code != OK or "error" in said:
            raise _not_granted(answer, said)
        token = answers.text(said, "access_token") or ""
        if not TOKEN.fullmatch(token):
            raise Refused(OK, "the answer holds no access token")
        return token

    def sign_in(self, token: str) -> None:
        """Use a token from now on. It goes into the header: in an address Marketo takes none any more."""
        self._session.secrets.add(token)
        self._headers = {"Authorization": f"Bearer {token}"}

    def form(self, number: str) -> dict[str, Any] | None:
        """Describe a form; None where there is none of that number."""
        said = self._ask("GET", f"asset/v1/form/{quote(number, safe='')}.json")
        return next(iter(envelope.assets(said)), None)

    def fields(self, number: str) -> list[dict[str, Any]]:
        """Describe the fields of a form; none at all where there is no such form."""
        return envelope.assets(self._ask("GET", f"asset/v1/form/{quote(number, safe='')}/fields.json"))

    def submit(self, number: str, values: Mapping[str, str]) -> str | None:
        """Submit a form; give the record of the person that it made, where the answer tells it."""
        form = int(number) if FORM.fullmatch(number) else number
        body = {"formId": form, "input": [{"leadFormFields": values}]}
        said = self._ask("POST", "v1/leads/submitForm.json", json=body)
        return envelope.record(envelope.done(said, "created", "updated"))

    def leads(self, email: str) -> list[tuple[str, str]]:
        """Find people by e-mail; give the record (empty: none) and the e-mail of each."""
        query = f"filterType=email&filterValues={quote(email, safe='')}&fields=id,email"
        found = envelope.rows(self._ask("GET", f"v1/leads.json?{query}"))
        return [(envelope.record(row) or "", answers.text(row, "email") or "") for row in found]

    def delete(self, record: str) -> None:
        """Delete a person."""
        said = self._ask("DELETE", "v1/leads.json", json={"input": [{"id": int(record)}]})
        envelope.done(said, "deleted")

    def _ask(self, method: str, path: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - requests' own options
        """Send a request; a token that ran out meanwhile is renewed, once.

        Not even a test lead is sent twice by this: a token is looked at before anything else is.
        """
        try:
            return self._send(method, path, **more)
        except Refused as refused:
            if EXPIRED not in refused.codes:
                raise
        self.sign_in(self.grant())
        return self._send(method, path, **more)

    def _send(self, method: str, path: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - the same
        answer = self._session.ask(
            method,
            f"{self.url}/rest/{path}",
            within=MARKETO,
            headers=self._headers,
            later=envelope.later,
            **more,
        )
        return envelope.opened(answer)


def _not_granted(answer: Response, said: dict[str, Any]) -> Refused:
    words = ": ".join(filter(None, (answers.text(said, "error"), answers.text(said, "error_description"))))
    return Refused(
        answer.status_code,
        words or answers.words(answer) or answer.reason,
        trace=Trace(timestamp=answer.headers.get("Date")),
        retry_after=answers.retry_after(answer),
        own=bool(words),
    )
