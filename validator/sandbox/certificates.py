"""The private authorities of a sandbox, and the certificate that each host shows."""

from __future__ import annotations

import ssl
import tempfile
import threading
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

import trustme

AGO: Final = datetime(2020, 1, 1)  # noqa: DTZ001 - X.509 dates are UTC, and trustme takes them naive
"""When certificates of the sandbox become valid; one that is not yet valid begins a thousand years later."""

DAY: Final = timedelta(days=1)


class Certificate(StrEnum):
    """What is wrong with the certificate that a host shows."""

    GOOD = "good"
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    SELF_SIGNED = "self-signed"
    WRONG_HOST = "wrong-host"
    UNKNOWN_ISSUER = "unknown-issuer"
    EXPIRING = "expiring"
    """Good, for two more weeks."""
    NONE = "none"
    """No TLS at all: the host answers the handshake in plain text."""
    OLD_VERSION = "old-version"
    """Nothing newer than TLS 1.1: the host says so, and ends the handshake."""
    HANG_UP = "hang-up"
    """The host ends the connection at the first words of the handshake."""


class Authority:
    """Issues one certificate per host and kind, when it is first shown; safe between threads."""

    def __init__(self) -> None:
        self._trusted = trustme.CA(organization_name="leadcheck sandbox")
        self._contexts: dict[tuple[str, Certificate], ssl.SSLContext] = {}
        self._lock = threading.Lock()

    @property
    def pem(self) -> bytes:
        """The certificate that a client has to trust."""
        return self._trusted.cert_pem.bytes()

    def context(self, host: str, kind: Certificate) -> ssl.SSLContext:
        """Give the server side of TLS for a host."""
        with self._lock:
            if (host, kind) not in self._contexts:
                self._contexts[host, kind] = self._new_context(host, kind)
            return self._contexts[host, kind]

    def _new_context(self, host: str, kind: Certificate) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_alpn_protocols(["http/1.1"])  # or a client may choose HTTP/2, which nobody speaks here
        if kind is Certificate.SELF_SIGNED:
            stranger = trustme.CA(organization_name=host)  # its own certificate is signed by itself
            _load(context, stranger.private_key_pem.bytes() + stranger.cert_pem.bytes())
        else:
            self._issue(host, kind).configure_cert(context)
        return context

    def _issue(self, host: str, kind: Certificate) -> trustme.LeafCert:
        if kind is Certificate.EXPIRED:
            return self._trusted.issue_cert(host, not_before=AGO, not_after=AGO + DAY)
        if kind is Certificate.NOT_YET_VALID:
            return self._trusted.issue_cert(host, not_before=AGO.replace(year=2990))
        if kind is Certificate.EXPIRING:
            return self._trusted.issue_cert(host, not_after=datetime.now(UTC).replace(tzinfo=None) + 14 * DAY)
        if kind is Certificate.WRONG_HOST:
            return self._trusted.issue_cert("another-host.example")
        issuer = trustme.CA() if kind is Certificate.UNKNOWN_ISSUER else self._trusted
        return issuer.issue_cert(host)


def _load(context: ssl.SSLContext, pem: bytes) -> None:
    with tempfile.NamedTemporaryFile(suffix=".pem") as file:  # OpenSSL reads keys from files only
        file.write(pem)
        file.flush()
        context.load_cert_chain(file.name)
