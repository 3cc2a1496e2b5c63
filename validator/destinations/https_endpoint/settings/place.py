"""Judges where an address leads: to a page for people, to a sample's host, out of the internet's reach."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from validator.destinations.https_endpoint.settings.kinds import TRIGGERS
from validator.destinations.portals import portal
from validator.destinations.private import ip_address, local_name
from validator.destinations.remark import Remark
from validator.http.addresses import public
from validator.http.hosts import allowed
from validator.model import Severity

if TYPE_CHECKING:
    from validator.destinations.https_endpoint.settings.address import Address
    from validator.destinations.https_endpoint.settings.kinds import Kind

SAMPLE: Final = re.compile(
    r"(?:.+\.)?(?:your-?(?:crm|domain|company)\.com|contoso\.com|example\.(?:com|net|org)|example)"
)
"""Hosts of Microsoft's instructions, and those that RFC 2606 keeps for documents."""

PAGES: Final = re.compile(r"(?:www\.)?zapier\.com|.+\.scm\.azurewebsites\.net")
MANAGEMENT: Final = re.compile(r"management\.(?:azure\.com|usgovcloudapi\.net|chinacloudapi\.cn)")
"""Azure Resource Manager: it tells the address of a trigger (`listCallbackUrl`), and is none itself."""

PRIVATE: Final = "endpoint-host-private"

RUNS: Final = re.compile(r"/.*/(?:runs|histories)(?:/.*)?")
"""A run of the past, under the address of a workflow."""


def nobodys(address: Address, kind: Kind) -> Remark | None:
    """Recognise an address that takes no leads at all; whatever else is wrong with it, another is needed."""
    host = address.host
    if SAMPLE.fullmatch(host):
        return Remark("documentation-sample", f"the host is {host}, which stands for another in documents")
    if portal(host) or PAGES.fullmatch(host):
        return Remark("endpoint-url-page", f"the host is {host}, a web site for people")
    if MANAGEMENT.fullmatch(host):
        return Remark("endpoint-url-page", f"the host is {host}, where Azure is managed")
    if kind in TRIGGERS and RUNS.fullmatch(address.path):
        return Remark("endpoint-url-page", f"the host is {host}, the path that of a run's history")
    return None


def unreachable(address: Address, hosts: frozenset[str]) -> Remark | None:
    """Say why nobody outside reaches the host; only a note where `--allow-host` named it, as for a test."""
    host, ip = address.host, ip_address(address.host)
    if ip and public(str(ip)):
        return Remark("endpoint-host-ip-address", f"the host is {host}{_meaning(host, str(ip))}")
    if ip:
        words = f"the host is {host}{_meaning(host, str(ip))}, not on the public internet"
    elif host == "localhost":
        words = "the host is localhost, the machine itself"
    elif local_name(host):
        words = (
            f"the host is {host}, a name of a private network" if "." in host else "the host is a single name"
        )
    else:
        return None
    named = allowed(host.strip("[]"), address.port, hosts, ())
    return Remark(PRIVATE, words, Severity.NOTE if named else None)


def _meaning(host: str, ip: str) -> str:
    """Say which address an odd spelling stands for."""
    return "" if ip == host.strip("[]") else f", that is {ip}"
