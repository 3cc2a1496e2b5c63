"""Did you mean: the name that was most likely meant by one that is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST: Final = 64
"""Characters of the longest name worth comparing: comparing takes the square of it."""

_ALIASES: Final = {
    "destinationtype": ("leadDestination",),
    "destination": ("leadDestination",),
    "dynamics365forcustomerengagement": ("dynamics", "dynamicsLeadConfiguration"),
    "dynamics365customerengagement": ("dynamics", "dynamicsLeadConfiguration"),
    "dynamics365": ("dynamics", "dynamicsLeadConfiguration"),
    "dynamicscrm": ("dynamics", "dynamicsLeadConfiguration"),
    "d365": ("dynamics",),
    "dataverse": ("dynamics",),
    "crm": ("dynamics",),
    "crmleadconfiguration": ("dynamicsLeadConfiguration",),
    "azuretable": ("table",),
    "azureblob": ("blob",),
    "https": ("httpsEndpoint",),
    "http": ("httpsEndpoint",),
    "webhook": ("httpsEndpoint",),
    "aad": ("azureAD",),
    "azureactivedirectory": ("azureAD",),
    "entra": ("azureAD",),
    "entraid": ("azureAD",),
    "microsoftentraid": ("azureAD",),
    "o365": ("office365",),
    "microsoft365": ("office365",),
    "m365": ("office365",),
    "url": ("instanceUrl", "httpsEndpointUrl"),
    "uri": ("instanceUrl", "httpsEndpointUrl"),
    "httpsendpointuri": ("httpsEndpointUrl",),
    "authenticationtype": ("authentication",),
    "tenantid": ("directoryId",),
    "tenant": ("directoryId",),
    "clientid": ("applicationId",),
    "appid": ("applicationId",),
    "clientsecret": ("applicationKey",),
    "applicationsecret": ("applicationKey",),
    "secret": ("applicationKey", "clientSecret"),
    "email": ("contactEmail",),
    "connectionstring": ("storageAccountConnectionString",),
    "oid": ("objectIdentifier",),
    "organizationidentifier": ("objectIdentifier",),
    "munchkinaccountid": ("munchkinId",),
}
"""Names from Microsoft's other interfaces, its portals, and scripts that people published."""


def folded(name: str) -> str:
    """Give a name without what people get wrong: case, hyphens, underscores, blanks."""
    return name[: _LONGEST + 1].casefold().replace("_", "").replace("-", "").replace(" ", "")


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Give the known name that `name` most likely stands for, or None."""
    meant = {folded(candidate): candidate for candidate in known}
    short = folded(name)
    if len(name) > _LONGEST or short in meant:
        return meant.get(short)
    for alias in _ALIASES.get(short, ()):
        if alias in meant.values():
            return alias
    from difflib import get_close_matches  # noqa: PLC0415 - 6 ms, only for a name that is wrong

    close = get_close_matches(short, meant, n=1, cutoff=0.75)
    return meant[close[0]] if close else None


def respelt(written: object, meant: str | None) -> tuple[str, str] | None:
    """Give both names where they differ in nothing but case, hyphens, underscores or blanks around."""
    if isinstance(written, str) and meant and folded(written) == folded(meant):
        return written, meant
    return None
