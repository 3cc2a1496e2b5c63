"""Servers that misbehave on request, and sessions that meet them."""

from __future__ import annotations

import contextlib
import functools
import re
import select
import socket
import ssl
import threading
import time
from types import SimpleNamespace

import pytest
import trustme

from validator.config.secrets import Secrets
from validator.http import Clock
from validator.http.session import Network
from validator.http.wire import tls_context

TIMEOUT = 0.2
"""Seconds that a session waits where the test is about waiting; elsewhere it has `PATIENCE`."""

PATIENCE = 10
MARGIN = 2
"""Seconds that a request may take beyond its time: a busy machine is no defect, and a drip never ends."""


class Listener:
    """A server on loopback that counts who comes, and does what a test says.

    `act(sock, closing)` answers each request once it was read, and gives True to go on with the connection;
    `greet(sock, closing)` has the bare connection, before TLS and instead of everything else.
    """

    def __init__(self, act=None, *, tls=None, greet=None):
        self.act, self.tls, self.greet = act or says(), tls, greet
        self.connections, self.requests = 0, []
        self.closing = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._live, self._threads = set(), []
        self._start(self._accept)

    @property
    def url(self):
        return f"https://localhost:{self.port}/"

    @property
    def place(self):
        return f"localhost:{self.port}"

    @property
    def methods(self):
        return [request.partition(b" ")[0].decode() for request in self.requests]

    def close(self):
        self.closing.set()
        for sock in (self._socket, *self._live):
            end(sock)
        for thread in self._threads:
            thread.join(5)
            assert not thread.is_alive()
        self._socket.close()

    def _start(self, work, *arguments):
        thread = threading.Thread(target=work, args=arguments)
        self._threads.append(thread)
        thread.start()

    def _accept(self):
        with contextlib.suppress(OSError):
            while not self.closing.is_set():
                sock, _ = self._socket.accept()
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # no wait for a delayed ACK
                self.connections += 1
                self._watch(sock)
                self._start(self._talk, sock)

    def _watch(self, sock):
        """Remember a connection, to end it with the server; end it now if the server ends already."""
        self._live.add(sock)
        if self.closing.is_set():
            end(sock)

    def _talk(self, sock):
        with contextlib.suppress(OSError), contextlib.closing(sock):
            if self.greet:
                self.greet(sock, self.closing)
                return
            if self.tls:
                sock = self.tls.wrap_socket(sock, server_side=True)
                self._watch(sock)
            with contextlib.closing(sock):
                while request := read(sock):
                    self.requests.append(request)
                    if not self.act(sock, self.closing):
                        return


def end(sock):
    with contextlib.suppress(OSError):
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


def read(sock):
    """Read one request, its body included; nothing when the client has left."""
    text = b""
    while b"\r\n\r\n" not in text:
        piece = sock.recv(4096)
        if not piece:
            return b""
        text += piece
    length = re.search(rb"content-length: (\d+)", text, re.IGNORECASE)
    wanted = text.index(b"\r\n\r\n") + 4 + (int(length[1]) if length else 0)
    while len(text) < wanted:
        text += sock.recv(4096)
    return text


def answer(status=200, body=b"{}", **headers):
    named = {"Content-Length": str(len(body)), **{name.replace("_", "-"): v for name, v in headers.items()}}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"HTTP/1.1 {status} Whatever\r\n{head}\r\n".encode("latin-1") + body


def says(*answers):
    """Give these answers in turn, the last one for ever."""
    left = [*answers] or [answer()]

    def act(sock, _):
        sock.sendall(left.pop(0) if len(left) > 1 else left[0])
        return True

    return act


def drips(start, drop=b"x"):
    """Begin an answer, and go on with a drop every 50 ms for ever."""

    def act(sock, closing):
        sock.sendall(start)
        while not closing.wait(0.05):
            sock.sendall(drop)

    return act


def stalls(_, closing):
    closing.wait()


def resets(sock, _):
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    socket.socket.close(sock)


def closes(*_):
    return False


def tunnels(listener):
    """Be a proxy that leads to a listener, whatever CONNECT named."""

    def act(sock, _):
        with socket.create_connection(("127.0.0.1", listener.port)) as there:
            there.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            while pass_on(sock, there):
                pass

    return act


def pass_on(one, other):
    """Pass on what either side sends, until one of them leaves."""
    pending = isinstance(one, ssl.SSLSocket) and one.pending()
    for sock in [one] if pending else select.select([one, other], [], [], 5)[0]:
        piece = sock.recv(1 << 16)
        if not piece:
            return False
        (other if sock is one else one).sendall(piece)
    return True


@pytest.fixture
def odd():
    """The ways in which a server can answer."""
    return SimpleNamespace(
        answer=answer,
        says=says,
        drips=drips,
        stalls=stalls,
        resets=resets,
        closes=closes,
        tunnels=tunnels,
    )


@pytest.fixture(scope="session")
def authority():
    return trustme.CA(organization_name="trusted")


@pytest.fixture(scope="session")
def ca_file(authority, tmp_path_factory):
    path = tmp_path_factory.mktemp("authorities") / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return str(path)


@pytest.fixture(scope="session")
def server_tls(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    return context


@pytest.fixture
def listen(server_tls):
    """Start servers that end with the test; they speak TLS as localhost unless `tls=None`."""
    with contextlib.ExitStack() as stack:

        def listening(act=None, **options):
            return stack.enter_context(contextlib.closing(Listener(act, **{"tls": server_tls} | options)))

        yield listening


@pytest.fixture(scope="session")
def client_tls(ca_file):
    return tls_context(ca_file, {})


@pytest.fixture
def connect(client_tls):
    """Open sessions that trust the test's authority and may speak to the listeners given."""
    with contextlib.ExitStack() as stack:

        def connected(*listeners, deadline=10.0, secrets=(), **options):
            usual = {"tls": client_tls, "proxies": {}, "timeout": PATIENCE}
            places = frozenset(listener.place for listener in listeners)
            network = Network(**usual | {"allow_hosts": places} | options)
            stack.enter_context(contextlib.closing(network))
            return network.session(Clock(deadline), Secrets(*secrets))

        yield connected


@pytest.fixture
def hurry(connect):
    """Open sessions as `connect` does, that wait for a moment only."""
    return functools.partial(connect, timeout=TIMEOUT)


@pytest.fixture
def in_time():
    """Measure the block: it takes no more than the seconds given, and a little for the machine."""

    @contextlib.contextmanager
    def measured(seconds=TIMEOUT):
        started = time.monotonic()
        yield
        assert time.monotonic() - started < seconds + MARGIN

    return measured


@pytest.fixture
def pauses(monkeypatch):
    """Do not sleep between two tries; remember for how long it would have been.

    Only the session's clock is replaced: threads of earlier tests may still sleep on the real one.
    """
    asked = []
    clock = SimpleNamespace(sleep=asked.append, monotonic=time.monotonic)
    monkeypatch.setattr("validator.http.session.time", clock)
    return asked
