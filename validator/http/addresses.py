"""Which addresses the marketplace's servers can reach: those of the public internet."""

from __future__ import annotations

import ipaddress
from typing import Final

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

IPV4: Final = 4

PLATFORM: Final = ipaddress.ip_address("168.63.129.16")
"""Azure's own, under which every virtual machine reaches the platform, and no other sees anything."""

CARRIERS: Final = tuple(
    (ipaddress.ip_network(block), at)
    for block, at in (
        ("::ffff:0:0/96", 12),
        ("::ffff:0:0:0/96", 12),
        ("64:ff9b::/96", 12),
        ("2002::/16", 2),
        ("::/96", 12),
    )
)
"""Blocks of IPv6 that carry an address of IPv4, and where: mapped, translated, NAT64, 6to4, compatible."""


def public(address: str) -> bool:
    """Whether an IP address can be reached from outside; one in IPv6's clothes counts as what it is."""
    found = _meant(ipaddress.ip_address(address.partition("%")[0]))
    at_home = found.is_multicast or found == PLATFORM or getattr(found, "is_site_local", False)
    return found.is_global and not at_home


def _meant(found: Address) -> Address:
    """Give the address that one stands for: IPv6 has several ways to carry one of IPv4."""
    if found.version == IPV4:
        return found
    inner = (found.packed[at : at + 4] for block, at in CARRIERS if found in block)
    return next(map(ipaddress.ip_address, inner), found)


def local(host: str) -> bool:
    """Whether a host is this very machine: no network lies between, and none can be at fault."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
