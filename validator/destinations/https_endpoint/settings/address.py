"""Takes the address of an endpoint apart, as strictly as Partner Center and an HTTP client do."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from validator.destinations.private import ip_address

LONGEST: Final = 8192
"""Characters. Most web servers take no longer line of a request, and hostile text needs a bound."""

LONGEST_HOST: Final = 253
"""Characters of a host name: what DNS allows."""

HTTPS: Final = 443
PORTS: Final = range(1, 1 << 16)

REFUSED: Final = re.compile("[^!#-~]")
"""What Partner Center takes nowhere in an address.

The pattern of its `customer-leads` schema lists the characters that it takes. The `+-~` among them is a
range, so that is all of ASCII that can be seen, but for the double quotation mark.
"""

PARTS: Final = re.compile(
    r"https://(?:([^/?#]*)@)?(\[[0-9a-f:.]+\]|[^][@:/?#]+)(?::([0-9]{0,5}))?([/?][^#]*)?(#.*)?", re.IGNORECASE
)
NAME: Final = re.compile(
    r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*(?![0-9]+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
)
"""A host name. Its last part is no number: where it is one, clients look for an IP address."""


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an address. Whatever comes after the host may be a credential, and is not shown.

    `host` is in lower case, an IPv6 address in brackets; `target` is what an HTTP client asks the host for:
    path and query. `user_info` and `fragment`: whether there is any.
    """

    host: str
    port: int
    target: str = field(repr=False)
    user_info: bool = False
    fragment: bool = False

    @property
    def origin(self) -> str:
        """What may be shown: the scheme, the host, and a port that is not the usual one."""
        return f"https://{self.host}" + ("" if self.port == HTTPS else f":{self.port}")

    @property
    def path(self) -> str:
        """The path, as it is written."""
        return self.target.partition("?")[0]

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters of the query, decoded once; of several with one name, the first."""
        found: dict[str, str] = {}
        for pair in self.target.partition("?")[2].split("&"):
            name, _, value = pair.partition("=")
            found.setdefault(unquote(name), unquote(value))
        return found


def read(text: str) -> Address | None:
    """Take an address apart; None for what Partner Center refuses, or no client finds a host in."""
    parts = PARTS.fullmatch(text) if len(text) <= LONGEST and not REFUSED.search(text) else None
    if not parts or not text.startswith("https://"):
        return None
    user, written, digits, rest, fragment = parts.groups()
    host, port = written.lower().removesuffix("."), int(digits or HTTPS)
    if port not in PORTS or not _is_host(host):
        return None
    rest = rest or ""
    target = rest if rest.startswith("/") else f"/{rest}"
    return Address(host, port, target, user_info=user is not None, fragment=fragment is not None)


def _is_host(text: str) -> bool:
    named = len(text) <= LONGEST_HOST and NAME.fullmatch(text)
    return bool(named or ip_address(text))
