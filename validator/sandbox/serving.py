"""A server on loopback that ends when it is told to: every thread joined, no socket left behind."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

POLL: Final = 0.02
"""Seconds until the accepting thread notices that the server closes."""


class Server(ThreadingHTTPServer):
    """Serves each connection in a thread of its own, until closed."""

    daemon_threads = False  # closing waits for them: no socket and no log line survives
    request_queue_size = 128  # the default of 5 makes a burst of clients retry their SYN after a second

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self.closing = threading.Event()
        self._live: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(address, handler)
        self._acceptor = threading.Thread(target=self.serve_forever, args=(POLL,), name="leadcheck server")

    def server_bind(self) -> None:
        """Bind without asking a resolver what this machine is called, as HTTPServer would."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.socket.getsockname()[:2]

    def start(self) -> None:
        """Begin to accept connections."""
        self._acceptor.start()

    def close(self) -> None:
        """End every connection, also those that stall, and wait for their threads."""
        self.closing.set()
        if self._acceptor.is_alive():
            self.shutdown()
            self._acceptor.join()
        with self._lock:
            for connection in self._live:
                _end(connection)
        self.server_close()

    def watch(self, connection: socket.socket) -> None:
        """Remember a connection, to be able to end it from outside; end it now if it is too late."""
        with self._lock:
            self._live.add(connection)
            if self.closing.is_set():
                _end(connection)

    def forget(self, connection: socket.socket) -> None:
        """Stop watching a connection that its own thread closes."""
        with self._lock:
            self._live.discard(connection)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - the library's types
        """Show bugs; a client that goes away or distrusts us is none."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


def _end(connection: socket.socket) -> None:
    """Wake whoever reads or writes; SSLSocket's own `shutdown` would take its TLS state away meanwhile."""
    with contextlib.suppress(OSError):
        socket.socket.shutdown(connection, socket.SHUT_RDWR)
