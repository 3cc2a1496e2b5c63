"""Whose host is it: an instance of Dynamics 365, one of Microsoft's portals, another product.

Instance domains and regions: Power Platform's *new datacenter regions* page and the Dataverse client's table
of discovery servers. Microsoft opens regions without notice, so an unknown number is accepted.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

PUBLIC: Final = "login.microsoftonline.com"

AUTHORITIES: Final[Mapping[str, str]] = {
    "dynamics.com": PUBLIC,  # crm9, the US government's community cloud, signs in there too
    "microsoftdynamics.us": "login.microsoftonline.us",
    "appsplatform.us": "login.microsoftonline.us",
    "dynamics.cn": "login.partner.microsoftonline.cn",
    "microsoftdynamics.de": "login.microsoftonline.de",
}
"""The domain of each cloud's instances, and the host where their users and applications sign in."""

RETIRED: Final = frozenset({"microsoftdynamics.de"})
"""The German cloud of its own: closed, its customers moved to the regions of the public one."""

REGIONS: Final = frozenset({"", *map(str, [*range(2, 10), 11, 12, 14, 15, 16, 17, 19, 20, 21])})
"""The known N of `crmN.dynamics.com`. The other clouds have one region each, without a number."""

INSTANCE: Final = re.compile(
    r"(?:(?P<organisation>(?!api\.crm\d*\.).+?)\.)?(?P<api>api\.)?crm(?P<region>\d*)"
    rf"\.(?P<domain>{'|'.join(map(re.escape, AUTHORITIES))})"
)
"""`fabrikam.crm4.dynamics.com`, or `fabrikam.api.crm4.dynamics.com`, the Web API's own name for the same."""

RESERVED: Final = frozenset({"port", "disco", "globaldisco"})
"""Names before `crmN.dynamics.com` that are services of Microsoft's own: nobody's organisation."""

PRODUCTS: Final[Mapping[str, str]] = {
    "*.operations.dynamics.*": "Finance and Operations",
    "*.cloudax.dynamics.com": "Finance and Operations",
    "*.axcloud.dynamics.com": "Finance and Operations",
    "*.commerce.dynamics.com": "Commerce",
    "businesscentral.dynamics.com": "Business Central",
    "*.businesscentral.dynamics.com": "Business Central",
    "*.bc.dynamics.com": "Business Central",
    "*.financials.dynamics.com": "Business Central",
}


def product(host: str) -> str | None:
    """Name the other Dynamics 365 product that lives at this host."""
    return next((name for pattern, name in PRODUCTS.items() if fnmatchcase(host, pattern)), None)


def domain(host: str) -> str | None:
    """Give the instance domain that this host lies under, whatever stands before it."""
    return next((name for name in AUTHORITIES if host.endswith("." + name)), None)


def region_known(found: re.Match[str]) -> bool:
    """Say whether the region of a host that `INSTANCE` matched was known when this was written."""
    return found["region"] in (REGIONS if found["domain"] == "dynamics.com" else {""})
