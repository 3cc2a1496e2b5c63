"""Accepts connections over TLS, and tells what arrives, one at a time."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from validator.receiver.connection import Connection
from validator.sandbox.serving import Server

if TYPE_CHECKING:
    import socket
    import ssl
    from collections.abc import Callable

    from validator.receiver.arrival import Arrival


class Listener(Server):
    """Accepts connections until closed; what arrived whole by then is told, and counted."""

    def __init__(
        self, address: tuple[str, int], context: ssl.SSLContext, tell: Callable[[Arrival], None]
    ) -> None:
        self.context, self._tell = context, tell
        self._telling = threading.Lock()
        super().__init__(address, Connection)

    def get_request(self) -> tuple[socket.socket, Any]:
        """Accept a connection. Its handshake is the business of its own thread: the client may be slow."""
        connection, address = super().get_request()
        tls = self.context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return tls, address

    def tell(self, arrival: Arrival) -> None:
        """Tell an arrival, one at a time."""
        with self._telling:
            self._tell(arrival)
