"""What kind of receiver an address belongs to, as far as the address gives it away."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from validator.destinations.https_endpoint.settings.address import Address


class Kind(StrEnum):
    """Who takes the leads."""

    POWER_AUTOMATE = "power-automate"
    LOGIC_APP = "logic-app"
    """On the Consumption plan. Until 2025, flows of Power Automate had such addresses, too."""
    LOGIC_APP_STANDARD = "logic-app-standard"
    FUNCTION = "function"
    ZAPIER = "zapier"
    OTHER = "other"


TRIGGERS: Final = frozenset({Kind.POWER_AUTOMATE, Kind.LOGIC_APP, Kind.LOGIC_APP_STANDARD})
"""What starts with the trigger *When an HTTP request is received*, and is opened by a signature."""

POWER_PLATFORM: Final = (
    r"api(?:\.[a-z]+)?\.powerplatform\.com|api\.(?:gov|high)\.powerplatform\.microsoft\.us"
    r"|api\.appsplatform\.us|api\.powerplatform\.partner\.microsoftonline\.cn"
)
APP_SERVICE: Final = r"azurewebsites\.(?:net|us)|chinacloudsites\.cn"
"""The public cloud and the sovereign ones, as Microsoft's own clients know them."""

RULES: Final = tuple(
    (re.compile(host), re.compile(path), kind)
    for host, path, kind in (
        (
            rf"[0-9a-z]+\.[0-9a-z]{{1,2}}\.environment\.(?:{POWER_PLATFORM})",
            r"/(?:powerautomate/.*)?",
            Kind.POWER_AUTOMATE,
        ),
        (r".+\.logic\.azure\.(?:com|us|cn)", r"/.*", Kind.LOGIC_APP),
        (rf".+\.(?:{APP_SERVICE})", r"/api/[^/]+/triggers/.*", Kind.LOGIC_APP_STANDARD),
        (rf".+\.(?:{APP_SERVICE})", r"/api/.*", Kind.FUNCTION),
        (r"hooks\.zapier\.com", r"/.*", Kind.ZAPIER),
    )
)
"""Host, path, kind; the first that fits counts. An address of which the end was lost is still recognised."""


def kind(address: Address) -> Kind:
    """Name the kind of receiver that an address belongs to."""
    return next(
        (
            found
            for host, path, found in RULES
            if host.fullmatch(address.host) and path.fullmatch(address.path)
        ),
        Kind.OTHER,
    )
