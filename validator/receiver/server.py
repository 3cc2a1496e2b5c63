"""The receiver: a certificate, a listener, and what a client has to know to reach it."""

from __future__ import annotations

import contextlib
import os
import ssl
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

import trustme

from validator.receiver.listener import Listener

if TYPE_CHECKING:
    from collections.abc import Callable

    from validator.receiver.arrival import Arrival

HOSTS: Final = ("localhost", "127.0.0.1", "::1")
"""What the certificate is for."""


class Receiver:
    """Leads are received while the `with` block lasts, from `start` on; who connects earlier waits.

    `tell` is called with each arrival, never twice at the same time; its exceptions end the connection.
    `ca_file` is where the certificate to trust is written (by default a private place, removed at the end).
    Raises OSError when the address is taken, OverflowError when there is no such port.
    """

    def __init__(
        self,
        tell: Callable[[Arrival], None],
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        ca_file: str | None = None,
    ) -> None:
        self._tell, self._address = tell, (host, port)
        self.ca_file = ca_file or ""
        self.url = ""

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as stack:
            authority = trustme.CA(organization_name="leadcheck receive")
            self._listener = Listener(self._address, _context(authority), self._tell)
            stack.callback(self._listener.close)
            if not self.ca_file:
                folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="leadcheck-receive-"))
                self.ca_file = str(Path(folder, "ca.pem"))
            Path(self.ca_file).write_bytes(authority.cert_pem.bytes())
            name = "[::1]" if ":" in self._address[0] else "localhost"
            self.url = f"https://{name}:{self._listener.server_port}/"
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def start(self) -> None:
        """Begin to answer."""
        self._listener.start()

    def ready(self) -> dict[str, Any]:
        """Describe the running receiver, as the command's first line does."""
        return {"url": self.url, "caFile": self.ca_file, "pid": os.getpid()}


def _context(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_alpn_protocols(["http/1.1"])  # or a client may choose HTTP/2, which nobody speaks here
    authority.issue_cert(*HOSTS).configure_cert(context)
    return context
