"""Judges the URL of an endpoint. It is a credential: but for the host, no remark quotes any of it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from validator.destinations.https_endpoint.settings import place, trigger, writing
from validator.destinations.https_endpoint.settings.address import read
from validator.destinations.https_endpoint.settings.kinds import TRIGGERS, kind
from validator.destinations.remark import Remark
from validator.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.destinations.https_endpoint.settings.address import Address
    from validator.destinations.https_endpoint.settings.kinds import Kind

LONG: Final = 255
"""Characters. Microsoft warns that the new addresses of flows may have more, which not every field takes.

Mentioned only of an address that is otherwise in order: any other is going to be replaced.
"""

TWICE: Final = re.compile(r"%(?:25)+(?=[0-9a-f]{2})", re.IGNORECASE)
"""The start of an escape that was escaped once more, or several times."""

SEPARATOR: Final = re.compile(r"&amp;|\\u0026", re.IGNORECASE)
"""The & between parameters as HTML and JSON write it."""

RETIRED: Final = ".logic.azure.com"
"""The end of hosts where flows of Power Automate had their triggers until 30 November 2025.

Logic Apps keep them, and so do the sovereign clouds, whose hosts end otherwise.
"""


def remarks(text: str, allowed: frozenset[str] = frozenset()) -> list[Remark]:
    """Say what is wrong with the URL, one remark for each fault.

    What Partner Center's own pattern for the field refuses gets a remark that is an error. `allowed` holds
    the `HOST` and `HOST:PORT` of `--allow-host`.
    """
    found = {remark.entry: remark for remark in _remarks(text, allowed)}.values()
    repairs = [remark.repaired for remark in found if remark.repaired is not None]
    return [
        remark._replace(repaired=repairs[-1]) if remark.repaired is not None else remark for remark in found
    ]


def _remarks(text: str, allowed: frozenset[str]) -> list[Remark]:
    """Give the remarks in an order in which each repair holds those before it."""
    url, found = writing.meant(text)
    address = read(url) if url else None
    if not url or not address:
        return found
    receiver = kind(address)
    if whole := place.nobodys(address, receiver):
        return [whole]
    away = place.unreachable(address, allowed)
    more = [*([away] if away else []), *_more(url, address, receiver)]
    if any(remark.repaired is None for remark in found):  # whether this URL was meant is not certain
        more = [remark._replace(repaired=None) for remark in more]
    if len(url) > LONG and not (found or more):
        return [Remark("endpoint-url-long", f"the address has {len(url)} characters")]
    return [*found, *more]


def _more(url: str, address: Address, receiver: Kind) -> Iterator[Remark]:
    """Judge what stands before and after the host."""
    if address.user_info:
        yield Remark("endpoint-url-user-info", "a user name stands before the host")
    yield from _encoding(url, receiver)
    if receiver in TRIGGERS:
        url, address = _plain(url), replace(address, target=_plain(address.target))
    if address.fragment:
        yield _fragment(url, address, receiver)
    else:
        yield from trigger.remarks(address, receiver)
    if address.host.endswith(RETIRED):
        yield Remark("endpoint-flow-url-retired", f"the host is {address.host}")


def _fragment(url: str, address: Address, receiver: Kind) -> Remark:
    """Report a #. It is certain that it may go where nothing follows, or all that is needed went before."""
    before, _, after = url.partition("#")
    certain = not after or (receiver in TRIGGERS and trigger.complete(address))
    words = "the address holds a #; what follows is never sent"
    return Remark("endpoint-url-fragment", words, repaired=before if certain else None)


def _encoding(url: str, receiver: Kind) -> Iterator[Remark]:
    """Report what was encoded once too often. A trigger's address is known well enough to put it right."""
    known = receiver in TRIGGERS
    if TWICE.search(url):
        words = "%25 stands before two hexadecimal digits, where % alone should"
        mild = None if known else Severity.WARNING
        yield Remark("endpoint-url-double-encoded", words, mild, _plain(url) if known else None)
    if known and SEPARATOR.search(url):
        words = "the & between the parameters is written as in HTML or JSON"
        yield Remark("endpoint-parameters-missing", words, repaired=_plain(url))


def _plain(text: str) -> str:
    return SEPARATOR.sub("&", TWICE.sub("%", text))
