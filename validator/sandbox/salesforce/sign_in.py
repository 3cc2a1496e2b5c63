"""OAuth at an organisation's own domain: the client credentials flow, for its API clients."""

from __future__ import annotations

from secrets import token_urlsafe
from typing import TYPE_CHECKING

from validator.sandbox.salesforce.organization import lengthened, now
from validator.sandbox.salesforce.refusals import oauth, reply

if TYPE_CHECKING:
    from werkzeug import Request, Response

    from validator.sandbox.salesforce.organization import ConnectedApp, Organization


def grant(request: Request, organization: Organization) -> Response:
    """Give a token to a client, which names itself in the form or in Basic authentication."""
    given = request.authorization
    basic = (given.username or "", given.password or "") if given and given.type == "basic" else None
    client, secret = basic or (request.form.get("client_id", ""), request.form.get("client_secret", ""))
    if request.form.get("grant_type") != "client_credentials":
        raise oauth("unsupported_grant_type", "grant type not supported")
    app = next((one for one in organization.apps.values() if one.exists and one.client_id == client), None)
    if app is None:
        raise oauth("invalid_client_id", "client identifier invalid")
    if app.client_secret != secret:
        raise oauth("invalid_client", "invalid client credentials")
    return reply(_granted(app, organization))


def _granted(app: ConnectedApp, organization: Organization) -> dict[str, str]:
    if not app.client_credentials:
        raise oauth("unsupported_grant_type", "grant type not supported")
    if app.run_as is None:
        raise oauth("invalid_grant", "no client credentials user enabled")
    if app.refused:
        raise oauth("invalid_grant", "authentication failure")
    token = f"{organization.id}!AQ{token_urlsafe(60)}"
    organization.tokens.add(token)
    address = f"https://{organization.domain}"
    return {
        "access_token": token,
        "signature": token_urlsafe(32),
        "scope": "api",
        "instance_url": address,
        "id": f"https://login.salesforce.com/id/{organization.long_id}/{lengthened(app.run_as)}",
        "token_type": "Bearer",
        "issued_at": str(int(now().timestamp() * 1000)),
    }
