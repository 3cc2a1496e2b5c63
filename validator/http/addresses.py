"""Which addresses the marketplace's servers can reach: those of the public internet."""

from __future__ import annotations

import ipaddress


def public(address: str) -> bool:
    """Whether an IP address can be reached from outside; one in IPv6's clothes counts as what it is."""
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None) or found
    return mapped.is_global and not mapped.is_multicast


def local(host: str) -> bool:
    """Whether a host is this very machine: no network lies between, and none can be at fault."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
