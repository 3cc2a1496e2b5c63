"""The hosts that may be spoken to. A pull request must not be able to send a pipeline's secret elsewhere."""

from __future__ import annotations

from typing import Final

SIGN_IN: Final = frozenset(
    {
        "login.microsoftonline.com",
        "login.microsoft.com",
        "login.windows.net",
        "sts.windows.net",
        "login.microsoftonline.us",
        "login.usgovcloudapi.net",
        "login.partner.microsoftonline.cn",
        "login.chinacloudapi.cn",
        "login-us.microsoftonline.com",
        "login.sovcloud-identity.fr",
        "login.sovcloud-identity.de",
        "login.sovcloud-identity.sg",
    },
)
"""Microsoft Entra's hosts in every cloud, as MSAL 1.39 knows them."""

SERVICES: Final = (
    ".dynamics.com",
    ".microsoftdynamics.us",
    ".appsplatform.us",
    ".dynamics.cn",
    ".my.salesforce.com",
    ".mktorest.com",
    ".table.core.windows.net",
    ".table.core.chinacloudapi.cn",
    ".table.core.usgovcloudapi.net",
)
"""The services' own domains: what is below them belongs to the service, never to a stranger."""


def allowed(host: str, port: int, extra: frozenset[str]) -> bool:
    """Say whether a host may be spoken to; `extra` are the user's own `HOST` or `HOST:PORT`."""
    known = host in SIGN_IN or host.endswith(SERVICES)
    return (known and port == HTTPS) or f"{host}:{port}" in extra or (port == HTTPS and host in extra)


HTTPS: Final = 443
