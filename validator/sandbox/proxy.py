"""A loopback HTTP proxy that answers CONNECT and ends TLS itself: one WSGI app per host, no way out.

The only sockets of the sandbox. Behaviour that clients depend on, and that is easily lost:

- answers leave as one TLS record (buffered writes, no Nagle), or each waits 40 ms for a delayed ACK;
- nothing is read ahead of the TLS handshake, or its first bytes are lost in CONNECT's buffer;
- closing wakes every thread, joins it, and leaves no socket behind.
"""

from __future__ import annotations

import contextlib
import http
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Final

from validator.sandbox import faults, wsgi
from validator.sandbox.certificates import Authority, Certificate
from validator.sandbox.serving import Server
from validator.sandbox.state import Fault, Host

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from _typeshed.wsgi import WSGIApplication

IDLE: Final = 60
"""Seconds after which a connection that nobody uses is given up."""


class Proxy(Server):
    """Serves `hosts` until closed. `app(host)` says which WSGI application stands there now."""

    def __init__(
        self,
        address: tuple[str, int],
        hosts: Mapping[str, Host],
        app: Callable[[Host], WSGIApplication],
        latency: float = 0,
    ) -> None:
        self.hosts = {name: host for host in hosts.values() for name in host.names}
        self.app, self.latency = app, latency
        self.authority = Authority()
        super().__init__(address, Connection)


class Connection(BaseHTTPRequestHandler):
    """One client: CONNECT, then TLS, then requests for as long as both sides like."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    rbufsize, wbufsize = 0, -1
    timeout = IDLE
    server: Proxy
    host: Host | None = None
    name = ""

    def setup(self) -> None:
        """Take a new connection, read without a buffer: what follows CONNECT belongs to TLS."""
        super().setup()
        self.server.watch(self.connection)

    def finish(self) -> None:
        """Close the socket: once TLS has taken it over, the server no longer knows it."""
        self.server.forget(self.request)
        try:
            with contextlib.suppress(OSError):  # what is left to flush has no reader
                super().finish()
        finally:
            self.request.close()

    def do_CONNECT(self) -> None:
        """Answer for the network, then start TLS as the host that was asked for."""
        name, _, port = self.path.lower().rpartition(":")
        host = self.server.hosts.get(name) if port == "443" and self.host is None else None
        status = host.connect if host else 502
        if host is None or status != http.HTTPStatus.OK:
            self.answer(f"{status} {http.HTTPStatus(status).phrase}", _DEMANDS.get(status, []), b"")
            return
        self.send_response_only(200, "Connection established")
        self.end_headers()
        self.wfile.flush()
        self._start_tls(name, host)

    def _start_tls(self, name: str, host: Host) -> None:
        self.close_connection = True
        if host.certificate in _WITHOUT_TLS:
            self.connection.recv(4096)  # or what the client said resets the connection before it can read
            self.connection.sendall(_WITHOUT_TLS[host.certificate])
            return
        context = self.server.authority.context(name, host.certificate)
        self.connection.getpeername()  # an OSError if the client has left: ssl would leave the socket open
        tls = context.wrap_socket(self.connection, server_side=True, do_handshake_on_connect=False)
        self.server.forget(self.connection)
        self.connection = self.request = tls
        self.server.watch(tls)
        tls.do_handshake()  # an OSError when the client distrusts us: the connection is over
        self.rfile, self.wfile = tls.makefile("rb"), tls.makefile("wb")
        self.host, self.name = host, name
        self.close_connection = False

    def handle_expect_100(self) -> bool:
        """Ask for the body at once: the writer is buffered, and the client waits."""
        go_on = super().handle_expect_100()
        self.wfile.flush()
        return go_on

    def respond(self) -> None:
        """Let the host's application answer, in the way in which the host treats its clients today."""
        if self.host is None:
            self.close_connection = True  # a body may follow, and nobody reads it
            self.answer("501 Not Implemented", [], b"this proxy answers CONNECT host:443 only\n")
            return
        try:
            environ = wsgi.environ(self, self.name)
        except ValueError:
            self.close_connection = True
            self.answer("400 Bad Request", [], b"")
            return
        if self.server.closing.wait(self.server.latency):
            self.close_connection = True
            return
        fault = faults.met(self.host, f"{self.command} {self.path}")
        if fault in {Fault.NONE, Fault.CUT, Fault.CLOSE_AFTER}:
            status, headers, body = wsgi.run(self.server.app(self.host), environ)
            if fault is not Fault.CLOSE_AFTER:
                self.answer(status, headers, body[: len(body) // 2] if fault is Fault.CUT else body)
                return
        self.close_connection = True
        faults.play(fault, self.wfile, self.server.closing)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = respond  # noqa: N815

    def answer(self, status: str, headers: Iterable[tuple[str, str]], body: bytes) -> None:
        """Send an answer whose length is right: a HEAD keeps what GET would have, a 204 has none."""
        code, _, phrase = status.partition(" ")
        self.send_response_only(int(code), phrase)
        sent = list(headers)
        if "Date" not in dict(sent):  # a service whose clock is wrong says so itself
            self.send_header("Date", self.date_time_string())
        for name, value in sent:
            if name.lower() != "content-length":
                self.send_header(name, value)
        if code not in {"204", "304"}:
            self.send_header("Content-Length", str(len(body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Print nothing: standard error belongs to the command."""


_WITHOUT_TLS: Final = {
    Certificate.NONE: b"HTTP/1.1 400 Bad Request\r\n\r\n",
    Certificate.OLD_VERSION: b"\x15\x03\x02\x00\x02\x02\x46",
    Certificate.HANG_UP: b"",
}
"""What a host says to a handshake that comes to nothing. `OLD_VERSION`: the fatal alert protocol_version, in
a record of TLS 1.1. Python's own TLS 1.1 warns of itself, and a filter for that would be every thread's."""

_DEMANDS: Final = {407: [("Proxy-Authenticate", 'Basic realm="proxy"')]}
