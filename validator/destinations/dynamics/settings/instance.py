"""Where to knock: what an instance URL means on the wire."""

from __future__ import annotations

from typing import Final, NamedTuple

from validator.destinations.dynamics.settings import hosts
from validator.destinations.dynamics.settings.address import read
from validator.destinations.remark import Remark

HTTPS: Final = 443


class Instance(NamedTuple):
    """An instance as requests need it.

    `host` and `url` are dialled as they were written, always over TLS. Tokens are asked for `origin`, the
    form without `.api`, because Entra knows no resource of the other name. `authority` is the sign-in host.
    """

    host: str
    url: str
    origin: str
    authority: str
    region_known: bool


def instance(url: str) -> Instance | None:
    """Give the instance behind a URL, or None where no host can be read from it.

    Whether the host may be an instance's is judged elsewhere: one that `--allow-host` names is one too.
    """
    address = read(url)
    if isinstance(address, Remark):
        return None
    port = "" if address.port in {None, HTTPS} else f":{address.port}"
    written = f"https://{address.host}{port}"
    found = hosts.INSTANCE.fullmatch(address.host)
    if not found:
        return Instance(address.host, written, written, hosts.PUBLIC, region_known=False)
    return Instance(
        host=address.host,
        url=written,
        origin=written.replace(".api.crm", ".crm", 1),
        authority=hosts.AUTHORITIES[found["domain"]],
        region_known=hosts.region_known(found),
    )
