"""Marketo's identity service: a token for an API service, and who a token belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from validator.sandbox.marketo.refusals import error, oauth, reply
from validator.sandbox.marketo.subscription import LIFE, Token, now

if TYPE_CHECKING:
    from werkzeug import Request, Response

    from validator.sandbox.marketo.subscription import ApiService, Subscription


def grant(request: Request, subscription: Subscription) -> Response:
    """Give the token of a client, which names itself in the address or in a form."""
    given = request.values
    if given.get("grant_type") != "client_credentials":
        raise oauth("unsupported_grant_type", f"Unsupported grant type: {given.get('grant_type')}")
    client, secret = given.get("client_id", ""), given.get("client_secret", "")
    known = {one.client_id: name for name, one in subscription.services.items() if one.exists}
    if client not in known:
        raise oauth("unauthorized", f"No client with requested id: {client}")
    if subscription.services[known[client]].client_secret != secret:
        raise oauth("invalid_client", "Bad client credentials")
    text, token = _token(subscription, known[client])
    return reply(
        {
            "access_token": text,
            "token_type": "bearer",
            "expires_in": max(0, int((token.expires - now()).total_seconds())),
            "scope": subscription.services[known[client]].user,
        }
    )


def _token(subscription: Subscription, service: str) -> tuple[str, Token]:
    """Give the token that is still good, or a new one."""
    for text, token in subscription.tokens.items():
        if token.service == service and token.expires > now():
            return text, token
    text = f"{uuid4()}:int"
    life = 0 * LIFE if subscription.sessions_end else LIFE
    subscription.tokens[text] = Token(service, now() + life)
    return text, subscription.tokens[text]


def caller(request: Request, subscription: Subscription) -> ApiService:
    """Say whose token a request carries in its header; in an address, none counts any more."""
    text = request.headers.get("Authorization", "").removeprefix("Bearer ")
    token = subscription.tokens.get(text)
    if token is None:
        raise error("601")
    if token.expires <= now():
        raise error("602")
    return subscription.services[token.service]
