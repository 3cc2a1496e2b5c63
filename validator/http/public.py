"""Dialling the public internet alone: the address that is checked is the address that is dialled."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from urllib3.exceptions import NameResolutionError, NewConnectionError

from validator.http.addresses import public

if TYPE_CHECKING:
    from urllib3.connection import HTTPConnection


class NotPublic(NewConnectionError):
    """A name leads to an address that nobody outside can reach, so nothing is dialled there."""


def check_name(connection: HTTPConnection) -> None:
    """Look up all addresses that the connection's host has. Raise NotPublic for the first that is private."""
    host = connection.host.strip("[]")
    try:
        found = socket.getaddrinfo(host, connection.port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        unknown = error if isinstance(error, socket.gaierror) else socket.gaierror(str(error))
        raise NameResolutionError(host, connection, unknown) from error
    for *_, address in found:
        _check(connection, address[0])


def check_peer(connection: HTTPConnection, dialled: socket.socket) -> None:
    """Look at the address that was dialled: a name may have led elsewhere when it was asked a second time."""
    _check(connection, dialled.getpeername()[0])


def _check(connection: HTTPConnection, address: object) -> None:
    if not public(str(address)):
        raise NotPublic(connection, f"{address} is not on the public internet")
