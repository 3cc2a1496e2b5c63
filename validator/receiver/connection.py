"""One connection: TLS, one request, one answer, and ten seconds for all of it."""

from __future__ import annotations

import contextlib
import io
import json
import socket
import ssl
import time
from datetime import UTC, datetime
from email.message import Message
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any, Final

from validator.receiver import body
from validator.receiver.arrival import Arrival, answer
from validator.receiver.judge import Judgement, judge, refusal

if TYPE_CHECKING:
    from validator.receiver.listener import Listener

PATIENCE: Final = 10.0
"""Seconds for a connection, from its handshake to its end: a lead of 1 kB takes some milliseconds."""

PIECE: Final = 1 << 16
"""Bytes of what nobody wants to know, read at once."""

JSON: Final = "application/json"

REFUSED: Final = {
    400: "This is no HTTP request.",
    405: "A lead is posted; no other method brings one.",
    414: "The address is longer than 64 KiB.",
    431: "A header is longer than 64 KiB, or there are more than a hundred.",
    505: "The version of HTTP is none that is spoken here.",
}
"""What the library refuses before anybody here has seen it, by status."""

DISTRUST: Final = "The client does not trust the certificate: give it the file named as caFile."
HANDSHAKES: Final = {
    "TLSV1_ALERT_UNKNOWN_CA": DISTRUST,
    "SSLV3_ALERT_BAD_CERTIFICATE": DISTRUST,
    "SSLV3_ALERT_CERTIFICATE_UNKNOWN": DISTRUST,
    "HTTP_REQUEST": "The client speaks HTTP without TLS: its address has to begin with https.",
}
"""Why a handshake failed, by OpenSSL's name for it."""


class Patient(io.RawIOBase):
    """What arrives on a connection until a moment of the monotonic clock; then TimeoutError.

    A timeout of the socket alone would begin anew with every byte.
    """

    def __init__(self, connection: socket.socket, until: float) -> None:
        self._connection, self._until = connection, until

    def readable(self) -> bool:
        """Tell io that this is for reading."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - whatever bytes go into
        """Wait for bytes, as long as there is time."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        return self._connection.recv_into(buffer)


class Connection(BaseHTTPRequestHandler):
    """One client. Whatever it sends, it gets an answer in JSON, if it listens."""

    protocol_version = "HTTP/1.1"
    server: Listener
    request: ssl.SSLSocket
    command, path = "", ""
    headers = Message()

    def setup(self) -> None:
        """Take a new connection; its time begins."""
        self.server.watch(self.request)
        self.connection = self.request
        self.connection.settimeout(PATIENCE)
        self.rfile = io.BufferedReader(Patient(self.connection, time.monotonic() + PATIENCE))
        self.wfile = self.connection.makefile("wb")

    def handle(self) -> None:
        """Shake hands, answer one request, and let the client read the answer before the connection ends.

        Closing with bytes unread would reset the connection, and take the answer away.
        """
        try:
            self.connection.do_handshake()
        except ssl.SSLError as fault:
            self._tell_of_tls(fault)
            return
        super().handle()
        self.wfile.flush()
        with contextlib.suppress(OSError):
            socket.socket.shutdown(self.connection, socket.SHUT_WR)
            while self.rfile.read1(PIECE):
                pass

    def finish(self) -> None:
        """Let go of the connection."""
        self.server.forget(self.request)
        super().finish()

    def handle_expect_100(self) -> bool:
        """Ask for the body at once: the writer is buffered, and the client waits."""
        go_on = super().handle_expect_100()
        self.wfile.flush()
        return go_on

    def do_POST(self) -> None:
        """Take a lead."""
        if self.headers.get_content_type() != JSON:
            self._answer(415, refusal(f"The content type has to be {JSON}."))
            return
        try:
            posted = body.read(self.headers, self.rfile)
        except body.Unfit as why:
            self._answer(why.status, refusal(str(why)))
            return
        judgement = judge(posted)
        self._answer(400 if judgement.refused else 200, judgement)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002 - the library's
        """Refuse, in our own words, what the library does: another method, or no HTTP."""
        status = 405 if code == HTTPStatus.NOT_IMPLEMENTED else code
        self._answer(status, refusal(REFUSED.get(status, REFUSED[400])))

    def _answer(self, status: int, judgement: Judgement) -> None:
        """Tell what arrived, then answer: whoever has the answer can rely on its having been told."""
        self.close_connection = True
        if self.server.closing.is_set() and judgement.refused:
            return  # we ourselves broke it off
        self._tell(status, judgement)
        text = json.dumps(answer(judgement)).encode() + b"\n"
        self.request_version = self.protocol_version  # or a request that was none gets no headers
        self.send_response_only(status)
        if status == HTTPStatus.METHOD_NOT_ALLOWED:
            self.send_header("Allow", "POST")
        for name, value in (("Content-Type", JSON), ("Content-Length", len(text)), ("Connection", "close")):
            self.send_header(name, str(value))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    def _tell_of_tls(self, fault: ssl.SSLError) -> None:
        """Tell of a client that meant to come; one that only looked whether somebody listens says nothing."""
        if not isinstance(fault, ssl.SSLEOFError):
            said = HANDSHAKES.get(fault.reason, f"TLS failed: {fault.reason}.")
            self._tell(None, refusal(said))

    def _tell(self, status: int | None, judgement: Judgement) -> None:
        now = datetime.now(UTC)
        kind = self.headers.get("Content-Type", "")
        self.server.tell(Arrival(now, self.command or "", self.path, kind, status, judgement))

    def log_message(self, *_: object) -> None:
        """Print nothing: standard error belongs to the command."""
