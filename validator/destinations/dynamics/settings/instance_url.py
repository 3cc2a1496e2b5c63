"""Judges the instance URL: the address of a Dynamics 365 instance in Microsoft's cloud, and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.destinations.dynamics.settings import hosts, whose_host
from validator.destinations.dynamics.settings.address import MALFORMED, read
from validator.destinations.remark import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.destinations.dynamics.settings.address import Address

HTTP: Final = 80
HTTPS: Final = 443

QUOTED: Final = 100
"""Characters of a pasted path that are shown: enough to recognise it."""


REPAIRED: Final = frozenset(
    {
        *("instance-url-scheme-missing", "instance-url-scheme-doubled", "instance-url-not-https"),
        *("instance-url-page", MALFORMED),
    }
)
"""What is mended by the address of the instance alone, where there is no doubt which one is meant."""


def remarks(url: str, allowed: frozenset[str] = frozenset()) -> list[Remark]:
    """Say everything that is to be said about an instance URL, errors first.

    `allowed` holds the `HOST` and `HOST:PORT` that `--allow-host` named; they count as instances. Of a host
    that is nobody's instance nothing else is said: no other repair of that URL would help.
    """
    found = _remarks(url, allowed)
    meant = _meant(url) if found else None
    return [one._replace(repaired=meant) if one.entry in REPAIRED else one for one in found]


def _meant(url: str) -> str | None:
    """Give the address of the instance that is named, if anything around it can simply be left out."""
    address = read(url.strip(" \t\r\n\"'"))
    if isinstance(address, Remark) or address.slip or whose_host.remark(address):
        return None
    sound = not any(_port(address)) and hosts.INSTANCE.fullmatch(address.host)
    return f"https://{address.host}" if sound else None


def _remarks(url: str, allowed: frozenset[str]) -> list[Remark]:
    address = read(url)
    if isinstance(address, Remark):
        return [address]
    if _allowed(address, allowed):
        return [*_start(address), *_page(address)]
    host = whose_host.remark(address)
    if not host:
        return [*_start(address), *_port(address), *_page(address), *_notes(address)]
    if host.entry != whose_host.MISSPELT:
        return [host]
    return [*_start(address), *_port(address), host, *_page(address)]


def _allowed(address: Address, allowed: frozenset[str]) -> bool:
    port = address.port or HTTPS
    return f"{address.host}:{port}" in allowed or (port == HTTPS and address.host in allowed)


def _start(address: Address) -> Iterator[Remark]:
    """Judge what stands before the host."""
    start = address.start
    if start in {"", "//"}:
        yield Remark("instance-url-scheme-missing", f"the address starts with its host, {address.host}")
    elif start.count("//") > 1 or start.count("http") > 1:
        yield Remark("instance-url-scheme-doubled", f"the address starts with {start}")
    elif start != "https://":
        yield Remark("instance-url-not-https", f"the address starts with {start}")


def _port(address: Address) -> Iterator[Remark]:
    if address.port not in {None, HTTPS, HTTP if address.start == "http://" else HTTPS}:
        yield Remark(MALFORMED, f"the address names port {address.port}; an instance answers on 443 alone")


def _page(address: Address) -> Iterator[Remark]:
    """Judge what stands after the host. A query is not quoted: it may hold a token."""
    path = address.rest.partition("#")[0].partition("?")[0]
    more = address.rest.removeprefix(path)
    query = f"{more[0]}…" if more.strip("?#") else ""
    after = (f":{HTTPS}" if address.port == HTTPS else "") + path.rstrip("/")[:QUOTED] + query
    if after:
        yield Remark("instance-url-page", f"after the host stands {after}")


def _notes(address: Address) -> Iterator[Remark]:
    """Mention what is unusual about an instance's host, and no fault."""
    found = hosts.INSTANCE.fullmatch(address.host)
    if found and found["api"]:
        yield Remark("instance-url-api-form", f"the host is {address.host}")
    if found and not hosts.region_known(found):
        yield Remark("instance-url-region-unknown", f"the region is crm{found['region']}.{found['domain']}")
