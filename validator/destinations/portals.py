"""Web sites for administrators, makers and partners, where people copy an address from by mistake."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Final

PORTALS: Final = (
    *("admin.powerplatform.microsoft.com", "admin.powerplatform.com", "admin.powerapps.com"),
    *("make.powerapps.com", "make.*.powerapps.com", "make.*.powerapps.us", "*.make.powerapps.com"),
    *("web.powerapps.com", "apps.powerapps.com", "*.powerappsportals.com", "make.powerautomate.com"),
    *("www.dynamics.com", "home.dynamics.com", "trials.dynamics.com", "lcs.dynamics.com"),
    *("admin.dynamics.com", "*.admin.dynamics.com", "dynamics.microsoft.com"),
    *(
        "partner.microsoft.com",
        "*.partner.microsoft.com",
        "cloudpartner.azure.com",
        "appsource.microsoft.com",
    ),
    *(
        "azuremarketplace.microsoft.com",
        "marketplace.microsoft.com",
        "portal.azure.com",
        "*.portal.azure.com",
    ),
    *("entra.microsoft.com", "admin.microsoft.com", "portal.office.com", "www.office.com"),
    *("login.microsoftonline.*", "login.microsoft.com", "login.windows.net"),
    *(
        "flow.microsoft.com",
        "*.flow.microsoft.com",
        "*.make.powerautomate.com",
        "powerautomate.microsoft.com",
    ),
    *("make.*.powerautomate.us", "portal.azure.us", "portal.azure.cn"),
)
"""Microsoft's; `*` stands for any part of a name."""


def portal(host: str) -> bool:
    """Say whether this is a web site of Microsoft's for administrators, makers or partners."""
    return any(fnmatchcase(host, pattern) for pattern in PORTALS)
