"""Microsoft Entra on the wire: tenant discovery, the user's realm, and tokens through MSAL."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from validator.http import Refused
from validator.model import Trace

if TYPE_CHECKING:
    from collections.abc import Callable

    from requests import Response

    from validator.http.session import Session

ISSUER: Final = re.compile(r"https://[^/]+/([0-9a-f-]{36})/", re.IGNORECASE)
OK: Final = 200
NOT_FOUND: Final = 404
CLIENT_ERROR: Final = 400

logging.getLogger("msal").addHandler(logging.NullHandler())  # else its tracebacks go to standard error


@dataclass(frozen=True, slots=True)
class Tenant:
    """A tenant that Entra knows: its GUID, where it signs in, and the discovery document as it came."""

    id: str
    authority: str
    document: Response


@dataclass(frozen=True, slots=True)
class User:
    """Who signs in with a password, how Entra wants it done, and the public client it is done through."""

    name: str
    password: str = field(repr=False)
    realm: Response
    public_client: str


def discover(session: Session, login_host: str, tenant: str) -> Tenant:
    """Look a tenant up by GUID or verified domain. Raise Refused (AADSTS90002 for an unknown one)."""
    authority = f"https://{login_host}/{quote(tenant, safe='')}"
    answer = session.ask("GET", f"{authority}/v2.0/.well-known/openid-configuration")
    issuer = ISSUER.match(str(_document(answer).get("issuer", "")))
    if not issuer:
        raise Refused(answer.status_code, "the discovery document names no tenant")
    return Tenant(issuer[1].lower(), authority, answer)


def realm(session: Session, login_host: str, username: str) -> Response:
    """Ask how a user signs in: `account_type` is Managed, Federated or Unknown; 404 where not offered."""
    answer = session.ask("GET", f"https://{login_host}/common/userrealm/{quote(username)}?api-version=1.0")
    if answer.status_code != NOT_FOUND:
        _document(answer)
    return answer


def application_token(session: Session, tenant: Tenant, application: str, secret: str, scope: str) -> str:
    """Sign an application in with its client secret. Raise Refused with Entra's own words."""
    import msal  # noqa: PLC0415 - 85 ms, and only for those who really sign in

    app = msal.ConfidentialClientApplication(
        application,
        client_credential=secret,
        authority=tenant.authority,
        instance_discovery=False,  # the host is on our own list: nothing to ask anybody
        http_client=_Transport(session, {"openid-configuration": tenant.document}, repeat=True),
    )
    return _token(lambda: app.acquire_token_for_client([scope]))


def user_token(session: Session, tenant: Tenant, user: User, scope: str) -> str:
    """Sign a user in with the password, once and never again. Raise Refused with Entra's own words."""
    import msal  # noqa: PLC0415 - as above

    known = {"openid-configuration": tenant.document, "/userrealm/": user.realm}
    app = msal.PublicClientApplication(
        user.public_client,
        authority=tenant.authority,
        instance_discovery=False,
        http_client=_Transport(session, known, repeat=False),
    )
    return _token(lambda: app.acquire_token_by_username_password(user.name, user.password, [scope]))


class _Transport:
    """What MSAL sends through: our session.

    What is known is not asked again. A refusal never reaches MSAL, which would drop the HTTP status and
    remember the error for a minute.
    """

    def __init__(self, session: Session, known: dict[str, Response], *, repeat: bool) -> None:
        self._session = session
        self._known = known
        self._repeat = repeat

    def get(self, url: str, **options: Any) -> Response:  # noqa: ANN401 - MSAL's own options
        for part, answer in self._known.items():
            if part in url:
                return answer
        return self._session.ask("GET", url, **options)

    def post(self, url: str, **options: Any) -> Response:  # noqa: ANN401 - MSAL's own options
        answer = self._session.ask("POST", url, repeat=self._repeat, **options)
        _document(answer)
        return answer

    def close(self) -> None:
        """Leave the session to its owner."""


def _token(grant: Callable[[], dict[str, Any]]) -> str:
    token = grant().get("access_token")
    if not isinstance(token, str):
        raise Refused(OK, "the answer holds no access token")
    return token


def _document(answer: Response) -> dict[str, Any]:
    """Give the JSON object of a good answer. Raise Refused for any other."""
    try:
        said = answer.json()
    except ValueError:
        said = None
    if answer.status_code == OK and isinstance(said, dict):
        return said
    raise _refusal(answer, said if isinstance(said, dict) else {})


def _refusal(answer: Response, said: dict[str, Any]) -> Refused:
    from validator.http.session import retry_after  # noqa: PLC0415 - loads requests; at hand by now

    codes = said.get("error_codes")
    return Refused(
        answer.status_code,
        str(said.get("error_description") or said.get("error") or answer.text),
        codes=tuple(f"AADSTS{code}" for code in codes if isinstance(code, int))
        if isinstance(codes, list)
        else (),
        trace=Trace(_text(said, "trace_id"), _text(said, "correlation_id"), _text(said, "timestamp")),
        retry_after=retry_after(answer),
    )


def _text(said: dict[str, Any], key: str) -> str | None:
    value = said.get(key)
    return value if isinstance(value, str) else None
