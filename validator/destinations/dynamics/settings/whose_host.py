"""Judges the host of an instance URL: an organisation's own in Microsoft's cloud, or whose else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from validator.destinations.dynamics.settings import hosts, near_miss
from validator.destinations.dynamics.settings.address import MALFORMED
from validator.destinations.portals import portal
from validator.destinations.private import ip_address, local_name
from validator.destinations.remark import Remark

if TYPE_CHECKING:
    from validator.destinations.dynamics.settings.address import Address

MISSPELT: Final = "instance-url-misspelt"
ON_PREMISES: Final = "instance-url-on-premises"

WEB_PORTS: Final = frozenset({None, 80, 443})
"""Ports that say nothing about a host; any other one is a server of somebody's own."""

OWN_SERVER: Final = re.compile(r"(/[^/?#]+)?/(xrmservices/|main\.aspx|_forms/)", re.IGNORECASE)
"""Paths of a Dynamics server; on a host that is not Microsoft's, it is somebody's own."""


def remark(address: Address) -> Remark | None:
    """Say why the host is no instance's, or None where it is one's."""
    host = address.host
    found = hosts.INSTANCE.fullmatch(host)
    if found:
        return _instance(address, found)
    if portal(host):
        return Remark("instance-url-portal", f"the host is {host}")
    product = hosts.product(host)
    if product:
        return Remark("instance-url-other-product", f"the host is {host}, a host of {product}")
    local = _local(address)
    if local:
        return local
    return _misspelt_or_foreign(address)


def _instance(address: Address, found: re.Match[str]) -> Remark | None:
    """Judge a host of the right form: `organisation.crmN.dynamics.com`."""
    host, organisation = address.host, found["organisation"]
    if not organisation:
        return Remark(MISSPELT, f"the host is {host}: the name of the organisation is missing before it")
    if organisation in hosts.RESERVED:
        return Remark("instance-url-portal", f"the host is {host}, a service of Microsoft's own")
    if found["domain"] in hosts.RETIRED:
        return Remark("instance-url-cloud-retired", f"the host is {host}")
    if "." in organisation:
        return _misspelt(host, near_miss.shortened(organisation, host))
    if address.slip:
        return Remark(MISSPELT, f"{address.slip}; did you mean {host}?")
    return None


def _local(address: Address) -> Remark | None:
    """Recognise a host that only a private network knows."""
    host = address.host
    if "." not in host and not (address.start or address.port or address.rest):
        return Remark(MALFORMED, "the value is a single word, not an address")
    if ip_address(host):
        return Remark(ON_PREMISES, f"the host is {host}, an IP address")
    if local_name(host):
        return Remark(ON_PREMISES, f"the host is {host}, a name of a private network")
    return None


def _misspelt_or_foreign(address: Address) -> Remark:
    host, domain = address.host, hosts.domain(address.host)
    guess = near_miss.meant(host)
    if not guess and domain and host.removesuffix(domain).count(".") > 1:
        return Remark("instance-url-other-product", f"the host is {host}, and no instance's has that form")
    if guess or domain or near_miss.nearly_dynamics(host):
        return _misspelt(host, guess)
    if address.port not in WEB_PORTS or OWN_SERVER.match(address.rest):
        return Remark(ON_PREMISES, f"the host is {host}, with the port or the path of somebody's own server")
    return Remark("instance-url-foreign-host", f"the host is {host}")


def _misspelt(host: str, guess: str | None) -> Remark:
    wanted = f"did you mean {guess}?" if guess else "an instance's looks like organisation.crm4.dynamics.com"
    return Remark(MISSPELT, f"the host is {host}; {wanted}")
