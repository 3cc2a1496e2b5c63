"""Microsoft Entra on the wire: tenant discovery, the user's realm, and tokens through MSAL."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from validator.http import Reason, Refused, Unreachable, answers
from validator.http.hosts import SIGN_IN
from validator.model import Trace

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from requests import Response

    from validator.http.session import Session

ISSUER: Final = re.compile(r"https://[^/]+/([0-9a-f-]{36})/", re.IGNORECASE)
ENDPOINT: Final = re.compile(r"https://([a-z0-9.-]+)(?::443)?/[!-\[\]-~]*")
"""An address without user, backslash, blank or another port."""

TOKEN: Final = re.compile(r"[\x21-\x7e]+")
"""What an access token is made of: it goes into a header."""

OK: Final = 200
NOT_FOUND: Final = 404
CODES: Final = 10
"""Codes kept of one refusal; Entra sends one or two."""


@dataclass(frozen=True, slots=True)
class Tenant:
    """A tenant that Entra knows: its GUID, where it signs in, and where its tokens are made."""

    id: str
    login_host: str
    authority: str
    token_endpoint: str


@dataclass(frozen=True, slots=True)
class User:
    """Who signs in with a password, and the public client it is done through."""

    name: str
    password: str = field(repr=False)
    public_client: str


def discover(session: Session, login_host: str, tenant: str) -> Tenant:
    """Look a tenant up by GUID or verified domain. Raise Refused (AADSTS90002 for an unknown one)."""
    authority = f"https://{login_host}/{quote(tenant, safe='')}"
    url = f"{authority}/v2.0/.well-known/openid-configuration"
    said = _document(session.ask("GET", url, within=SIGN_IN))
    issuer = ISSUER.match(answers.text(said, "issuer") or "")
    endpoint = answers.text(said, "token_endpoint") or ""
    if not issuer or not endpoint:
        raise Refused(OK, "the discovery document names no tenant, or no place where its tokens are made")
    return Tenant(issuer[1].lower(), login_host, authority, _entra_s(endpoint))


def _entra_s(url: str) -> str:
    """Give the address if it is one of Entra's own: a secret is for nobody else, whoever names another."""
    found = ENDPOINT.fullmatch(url)
    if not found or found[1] not in SIGN_IN:
        detail = "the discovery document sends the sign-in elsewhere than to a host of Entra's"
        raise Unreachable(Reason.NOT_ALLOWED, found[1] if found else "an unreadable address", detail)
    return url


def realm(session: Session, login_host: str, username: str) -> dict[str, Any]:
    """Ask how a user signs in: `account_type` is Managed, Federated or Unknown; nothing where not offered."""
    user = quote(username, safe="@")
    url = f"https://{login_host}/common/userrealm/{user}?api-version=1.0"
    answer = session.ask("GET", url, within=SIGN_IN)
    return {} if answer.status_code == NOT_FOUND else _document(answer)


def application_token(session: Session, tenant: Tenant, application: str, secret: str, scope: str) -> str:
    """Sign an application in with its client secret. Raise Refused with Entra's own words."""
    app = library().ConfidentialClientApplication(
        application,
        client_credential=secret,
        authority=tenant.authority,
        instance_discovery=False,  # the host is on our own list: nothing to ask anybody
        http_client=_Transport(session, tenant, repeat=True),
    )
    return _token(lambda: app.acquire_token_for_client([scope]))


def user_token(session: Session, tenant: Tenant, user: User, scope: str) -> str:
    """Sign a user in with the password, once and never again. Raise Refused with Entra's own words."""
    app = library().PublicClientApplication(
        user.public_client,
        authority=tenant.authority,
        instance_discovery=False,
        http_client=_Transport(session, tenant, repeat=False),
    )
    return _token(lambda: app.acquire_token_by_username_password(user.name, user.password, [scope]))


@cache
def library() -> ModuleType:
    """Give the MSAL library, which writes tracebacks to standard error unless its log has a handler."""
    import logging  # noqa: PLC0415 - with MSAL

    import msal  # noqa: PLC0415 - 85 ms, and only for those who really sign in

    logging.getLogger("msal").addHandler(logging.NullHandler())
    return msal  # type: ignore[no-any-return]


@dataclass(frozen=True)
class _Said:
    """An answer as MSAL reads it, made of nothing but what was understood."""

    text: str
    status_code: int = OK
    headers: dict[str, str] = field(default_factory=dict)


class _Transport:
    """What MSAL sends through: our session.

    What is known is not asked again. A refusal never reaches MSAL, which would drop the HTTP status and
    remember the error for a minute; nor does a field of an answer that nobody asked for.
    """

    def __init__(self, session: Session, tenant: Tenant, *, repeat: bool) -> None:
        self._session = session
        endpoints = {"authorization_endpoint": tenant.authority, "token_endpoint": tenant.token_endpoint}
        issuer = {"issuer": f"https://{tenant.login_host}/{tenant.id}/v2.0"}
        self._known = {
            "openid-configuration": _Said(json.dumps(endpoints | issuer)),
            "/userrealm/": _Said(json.dumps({"account_type": "Managed"})),  # others never get here
        }
        self._repeat = repeat

    def get(self, url: str, **_: Any) -> _Said:  # noqa: ANN401 - MSAL's own options
        return next(answer for part, answer in self._known.items() if part in url)

    def post(self, url: str, **options: Any) -> _Said:  # noqa: ANN401 - MSAL's own options
        said = _document(self._session.ask("POST", url, within=SIGN_IN, repeat=self._repeat, **options))
        token = answers.text(said, "access_token") or ""
        if not TOKEN.fullmatch(token):
            raise Refused(OK, "the answer holds no access token")
        return _Said(json.dumps({"access_token": token, "token_type": "Bearer", "expires_in": LIFETIME}))

    def close(self) -> None:
        """Leave the session to its owner."""


LIFETIME: Final = 3600
"""Seconds that MSAL is told a token lives; a climb is over long before."""


def _token(grant: Callable[[], dict[str, Any]]) -> str:
    return str(grant()["access_token"])


def _document(answer: Response) -> dict[str, Any]:
    """Give the JSON object of a good answer. Raise Refused for any other."""
    said = answers.document(answer)
    if answer.status_code == OK and said is not None:
        return said
    raise _refusal(answer, said or {})


def _refusal(answer: Response, said: dict[str, Any]) -> Refused:
    codes = said.get("error_codes")
    known = [code for code in codes if type(code) is int] if isinstance(codes, list) else []
    return Refused(
        answer.status_code,
        answers.text(said, "error_description") or answers.text(said, "error") or answers.words(answer),
        codes=tuple(f"AADSTS{code}" for code in dict.fromkeys(known[:CODES])),
        trace=Trace(*(answers.text(said, key) for key in ("trace_id", "correlation_id", "timestamp"))),
        retry_after=answers.retry_after(answer),
        own=answers.text(said, "error") is not None,
    )
