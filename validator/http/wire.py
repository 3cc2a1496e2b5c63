"""One TLS context for a whole run, and sockets that keep the time.

Measured: a context of its own for each connection costs 15 ms and 700 KiB; a shared one 3 ms and 90 KiB.
"""

from __future__ import annotations

import logging
import os
import ssl
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import certifi
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, ProtocolError, ProxyError
from urllib3.util.ssl_ import create_urllib3_context

from validator.http.public import dial

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping

    from requests import PreparedRequest
    from typing_extensions import Buffer

CA_VARIABLES: Final = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")
"""Where the other tools of a machine look for a private CA, in the order that requests and OpenSSL have."""


class _Request(threading.local):
    """The request that this thread waits for: until when (monotonic seconds), and whether it was sent.

    `public`: it may go to addresses of the public internet only.
    """

    until: float = float("inf")
    connected: bool = False
    public: bool = False

    def left(self) -> float:
        seconds = self.until - time.monotonic()
        if seconds <= 0:
            raise TimeoutError("the time for this request is over")
        return seconds


current: Final = _Request()


def _quiet(_: logging.LogRecord) -> bool:
    """Say whether urllib3 may log: of our requests it would tell the whole address, which may be a key."""
    return current.until == float("inf")


for _name in ("connectionpool", "connection", "util.retry"):
    logging.getLogger(f"urllib3.{_name}").addFilter(_quiet)


class TimedSocket(ssl.SSLSocket):
    """A socket whose every read gets what is left of the request's time.

    A plain socket timeout starts anew with each byte: a server that drips would hold us for ever.
    """

    def recv_into(
        self, buffer: Buffer, nbytes: int | None = None, flags: int = 0
    ) -> int:  # what http.client reads through, after the handshake
        """Read as `ssl.SSLSocket` does; raise TimeoutError once the request's time is over."""
        self.settimeout(current.left())
        return super().recv_into(buffer, nbytes, flags)

    def recv(self, buflen: int = 1024, flags: int = 0) -> bytes:  # what TLS inside an https:// proxy's reads
        """Read in the same bounds."""
        self.settimeout(current.left())
        return super().recv(buflen, flags)


def tls_context(ca_bundle: str | None, environ: Mapping[str, str]) -> ssl.SSLContext:
    """Make the run's context. Raise OSError or ssl.SSLError if the CA file or folder cannot be read."""
    named = (environ.get(name) for name in CA_VARIABLES)
    authorities = ca_bundle or next(filter(None, named), None) or certifi.where()
    context = create_urllib3_context()
    if os.path.isdir(authorities):  # noqa: PTH112 - a folder of hashed certificates, as OpenSSL takes it
        context.load_verify_locations(capath=authorities)
    else:
        context.load_verify_locations(cafile=authorities)
    context.sslsocket_class = TimedSocket
    return context


class Connection(HTTPSConnection):
    """A connection that tells when its request begins to leave: from then on the service may have it."""

    def request(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - urllib3's own
        """Send a request as urllib3 does, over TLS that has been agreed upon."""
        current.connected = True
        super().request(*arguments, **options)

    @property
    def is_connected(self) -> bool:
        """Whether the connection stands. TLS 1.3 sends tickets unasked, which to urllib3 look like an end."""
        return super().is_connected or (self.sock is not None and _idle(self.sock))

    def _new_conn(self) -> socket.socket:
        """Dial; behind a proxy, it is the proxy that looks the name up, and dials."""
        return dial(self) if current.public and self.proxy is None else super()._new_conn()


def _idle(tls: Any) -> bool:  # noqa: ANN401 - a socket, or urllib3's TLS inside TLS
    """Whether what there is to read was nothing but TLS's own."""
    tls.settimeout(0.0)
    try:
        tls.read(1)
    except OSError as error:
        return isinstance(error, ssl.SSLWantReadError | BlockingIOError)
    return False


class ConnectionPool(HTTPSConnectionPool):
    """The pool of such connections."""

    ConnectionCls = Connection


POOLS: Final = {"http": HTTPConnectionPool, "https": ConnectionPool}


@dataclass(frozen=True, slots=True)
class Handshake:
    """What a server agreed to, and showed: its version of TLS, and until when its certificate holds (UTC)."""

    version: str
    expires: datetime


HOSTS: Final = 128
"""Hosts to which connections are kept: as many as anybody rehearses at the same time, and their sign-in."""

IDLE: Final = 64
"""Connections kept for each host, 90 KiB each; a burst opens more, and closes them again."""


class SharedTLS(HTTPAdapter):
    """An adapter on one shared context: neither the environment nor `verify` can loosen it."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        self._lock = threading.Lock()
        self._pools: dict[str, Any] = {}
        super().__init__(pool_connections=HOSTS, pool_maxsize=IDLE)

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - requests' own signature
        """Use our connections where there is no proxy."""
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = POOLS

    def build_connection_pool_key_attributes(self, request: PreparedRequest, *_: Any) -> Any:  # noqa: ANN401 - requests' own types are private
        """Hand the shared context to the pool, and no CA file."""
        host = super().build_connection_pool_key_attributes(request, verify=True)[0]
        return host, {"ssl_context": self._context, "cert_reqs": "CERT_REQUIRED"}

    def get_connection_with_tls_context(self, request: PreparedRequest, *rest: Any, **more: Any) -> Any:  # noqa: ANN401 - requests' own
        """Give the pool of a host, on the one way that leads there: looking it up takes a lock each time."""
        host = str(request.url).split("/", 3)[2]
        pool = self._pools.get(host)
        if pool is None:
            pool = super().get_connection_with_tls_context(request, *rest, **more)
            if len(self._pools) >= HOSTS:
                self._pools.clear()  # urllib3 closes those that are too many once nobody has them
            self._pools[host] = pool
        return pool

    def connect(self, request: PreparedRequest, proxies: Mapping[str, str]) -> Handshake:
        """Connect to a request's host and agree on TLS; the next request there uses the same connection."""
        pool: Any = self.get_connection_with_tls_context(request, verify=True, proxies=proxies)
        connection = pool._get_conn()  # noqa: SLF001 - the pool offers nothing to warm it up
        try:
            if connection.sock is None:  # else another configuration used it a moment ago
                _open(pool, connection)
            return _handshake(connection.sock)
        except BaseException:
            connection.close()
            raise
        finally:
            pool._put_conn(connection)  # noqa: SLF001 - the same

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:  # noqa: ANN401 - requests' own signature
        """Do nothing: requests would load its CA file into the shared context again, 15 ms each time."""

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:  # noqa: ANN401 - requests' own signature
        """Reach an `https://` proxy through the shared context too.

        urllib3 sets no TCP_NODELAY behind a proxy: each POST would wait 40 ms for a delayed ACK.
        """
        own = {"proxy_ssl_context": self._context, "socket_options": HTTPConnection.default_socket_options}
        with self._lock:
            manager = super().proxy_manager_for(proxy, **own, **kwargs)
            manager.pool_classes_by_scheme = POOLS
        return manager


def _open(pool: Any, connection: Any) -> None:  # noqa: ANN401 - urllib3's pools have no common type
    connection.timeout = current.left()
    try:
        if pool.proxy:
            pool._prepare_proxy(connection)  # noqa: SLF001 - what `urlopen` does before each first request
        else:
            connection.connect()
    except (OSError, HTTPError) as error:
        if pool.proxy and not connection.has_connected_to_proxy:
            raise ProxyError("the proxy cannot be reached", error) from error
        raise


def _handshake(tls: Any) -> Handshake:  # noqa: ANN401 - a socket, or urllib3's TLS inside TLS
    ends = ssl.cert_time_to_seconds(tls.getpeercert()["notAfter"])
    return Handshake(tls.version(), datetime.fromtimestamp(ends, UTC))


def check_chunks(raw: Any) -> None:  # noqa: ANN401 - urllib3's response, whose chunks are its own business
    """Have a chunk of less than no bytes refused: urllib3 reads -1 as all that ever comes, without bounds."""
    update = raw._update_chunk_length  # noqa: SLF001 - the one place where the size of a chunk is known

    def checked() -> None:
        update()
        if (raw.chunk_left or 0) < 0:
            raise ProtocolError("a chunk of an impossible size")

    raw._update_chunk_length = checked  # noqa: SLF001 - the same
