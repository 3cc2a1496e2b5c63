"""Tokens: strings that look like Entra's, and mean only what the state remembers about them."""

from __future__ import annotations

import base64
import json
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from validator.sandbox.entra.refusals import DATAVERSE
from validator.sandbox.state import Application, Person, State, Tenant, Token, now

if TYPE_CHECKING:
    from collections.abc import Mapping

LIFE: Final = 3599
"""Seconds that an access token lives."""


def issue(
    state: State, tenant: Tenant, application: Application, audience: str, person: Person | None
) -> str:
    """Make an access token and remember it."""
    subject = person.id if person else application.id
    expires = now() + timedelta(seconds=LIFE)
    token = _jwt(
        {
            "aud": audience,
            "iss": f"https://sts.windows.net/{tenant.id}/",
            "tid": tenant.id,
            "appid": application.id,
            "oid": subject,
            **_times(expires),
        }
    )
    state.tokens[token] = Token(audience, tenant.id, application.id, subject, expires)
    return token


def identity(tenant: Tenant, application: Application, person: Person) -> str:
    """Make the id token that goes with a person's sign-in."""
    return _jwt(
        {
            "aud": application.id,
            "iss": f"https://login.microsoftonline.com/{tenant.id}/v2.0",
            "oid": person.id,
            "preferred_username": person.upn,
            "sub": base64.urlsafe_b64encode(person.id.encode()).decode(),
            "tid": tenant.id,
            "ver": "2.0",
            **_times(now() + timedelta(seconds=LIFE)),
        }
    )


def client_info(tenant: Tenant, person: Person) -> str:
    """Say who signed in, in the form that Microsoft's libraries ask for."""
    return _encoded({"uid": person.id, "utid": tenant.id})


def _times(expires: datetime) -> dict[str, int]:
    return {"iat": int(now().timestamp()), "nbf": int(now().timestamp()), "exp": int(expires.timestamp())}


def _jwt(claims: dict[str, object]) -> str:
    head = {"typ": "JWT", "alg": "RS256", "kid": DATAVERSE}
    return f"{_encoded(head)}.{_encoded(claims)}.{secrets.token_urlsafe(64)}"


def _encoded(claims: Mapping[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
