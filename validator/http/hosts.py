"""The hosts that may be spoken to. A pull request must not be able to send a pipeline's secret elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

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

DATAVERSE: Final = (".dynamics.com", ".microsoftdynamics.us", ".appsplatform.us", ".dynamics.cn")
SALESFORCE: Final = (".my.salesforce.com",)
WEB_TO_LEAD: Final = "webto.salesforce.com"
"""Takes the leads of every organisation, and no credential."""
MARKETO: Final = (".mktorest.com",)
_STORAGE: Final = ("core.windows.net", "core.chinacloudapi.cn", "core.usgovcloudapi.net")
TABLES: Final = tuple(f".table.{suffix}" for suffix in _STORAGE)
BLOBS: Final = tuple(f".blob.{suffix}" for suffix in _STORAGE)
"""Asked nothing, and given nothing: whether the name exists tells what kind of account it is."""

SERVICES: Final = (*DATAVERSE, *SALESFORCE, *MARKETO, *TABLES, *BLOBS)
"""The services' own domains: what is below them belongs to the service, never to a stranger."""

KNOWN: Final = (*SIGN_IN, *SERVICES, WEB_TO_LEAD)
"""All of them. A credential is for one service alone, so the request that carries it names its own."""

HTTPS: Final = 443


def allowed(host: str, port: int, extra: frozenset[str], within: Collection[str] = KNOWN) -> bool:
    """Say whether a host may be spoken to; `extra` are the user's own.

    Both hold `HOST` (at the usual port) or `HOST:PORT`; `within` may hold whole domains, too.
    """
    domains = tuple(each for each in within if each.startswith("."))
    usual = port == HTTPS and (host in within or host in extra or host.endswith(domains))
    return usual or f"{host}:{port}" in within or f"{host}:{port}" in extra
