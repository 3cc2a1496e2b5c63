"""Hosts that only a private network knows: by their name, or as an IP address in whatever spelling."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address
from typing import Final

ENDINGS: Final = (
    *(".local", ".localhost", ".localdomain", ".internal", ".intranet", ".private", ".corp", ".lan"),
    *(".home", ".home.arpa", ".test", ".invalid"),
)
"""Of names that no public name server answers for. Some are reserved for it, the others in common use."""

NUMBER: Final = re.compile(r"0x[0-9a-f]*|[0-9]+")

PARTS: Final = 4
BYTE: Final = 256


def local_name(host: str) -> bool:
    """Whether a host name means something inside one network only."""
    return "." not in host or host.endswith(ENDINGS)


def ip_address(host: str) -> IPv4Address | IPv6Address | None:
    """Give the IP address that stands for a host; None where a name does."""
    try:
        return IPv6Address(host.removeprefix("[").removesuffix("]")) if ":" in host else _ipv4(host)
    except ValueError:
        return None


def _ipv4(host: str) -> IPv4Address | None:
    """Read what resolvers take since BSD: one to four numbers, octal and hexadecimal too, the last fills up.

    `127.1`, `0x7f000001` and `2130706433` are all 127.0.0.1.
    """
    parts = host.split(".")
    if len(parts) > PARTS or not all(map(NUMBER.fullmatch, parts)):
        return None
    *high, low = map(_number, parts)
    if max(high, default=0) >= BYTE or low >= BYTE ** (PARTS - len(high)):
        return None
    return IPv4Address(low + sum(number << 8 * (PARTS - 1 - at) for at, number in enumerate(high)))


def _number(part: str) -> int:
    if part.startswith("0x"):
        return int(part, 16) if part != "0x" else 0
    return int(part, 8 if part.startswith("0") else 10)
