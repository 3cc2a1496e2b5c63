"""Dialling the public internet alone: the address that is checked is the address that is dialled."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.util.connection import create_connection

from validator.http.addresses import public

if TYPE_CHECKING:
    from urllib3.connection import HTTPConnection


class NotPublic(NewConnectionError):
    """A name leads only to addresses that nobody outside can reach, so nothing is dialled there."""


def dial(connection: HTTPConnection) -> socket.socket:
    """Dial the host of a connection at the first of its public addresses that answers.

    Raises what urllib3 does: NameResolutionError, ConnectTimeoutError, NewConnectionError; and NotPublic.
    """
    addresses = _addresses(connection)
    reachable = [address for address in addresses if public(address)]
    if not reachable:
        raise NotPublic(connection, f"{addresses[0]} is not on the public internet")
    failure: OSError = OSError()
    for address in reachable:
        try:
            return create_connection(
                (address, connection.port),
                connection.timeout,
                source_address=connection.source_address,
                socket_options=connection.socket_options,
            )
        except OSError as error:
            failure = error
    kind = ConnectTimeoutError if isinstance(failure, TimeoutError) else NewConnectionError
    raise kind(connection, "no address of the host answers") from failure


def _addresses(connection: HTTPConnection) -> list[str]:
    host = connection.host.strip("[]")
    try:
        found = socket.getaddrinfo(host, connection.port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        unknown = error if isinstance(error, socket.gaierror) else socket.gaierror(str(error))
        raise NameResolutionError(host, connection, unknown) from error
    return [str(address[0]) for *_, address in found]
