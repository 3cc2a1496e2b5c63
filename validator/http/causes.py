"""Why no answer came, told from the innermost cause that requests and urllib3 wrap."""

from __future__ import annotations

import re
import ssl
from http.client import RemoteDisconnected
from typing import TYPE_CHECKING, Final

from requests.exceptions import InvalidSchema, InvalidURL
from urllib3.exceptions import (
    ConnectTimeoutError,
    LocationParseError,
    NameResolutionError,
    NewConnectionError,
    ProxyError,
    ReadTimeoutError,
)

from validator.http.failures import Reason, Unreachable
from validator.http.public import NotPublic

if TYPE_CHECKING:
    from collections.abc import Iterator

TUNNEL: Final = re.compile(r"Tunnel connection failed: (\d{3})")

PROXY_SAYS: Final = {502: Reason.NAME, 503: Reason.CONNECT, 504: Reason.TIMEOUT}
"""How a CONNECT proxy words the network behind it; any other status is about the proxy itself."""

DETAILS: Final = {
    Reason.NAME: "the name does not resolve",
    Reason.PRIVATE: "the name leads to an address that is not on the public internet",
    Reason.CONNECT: "the connection was refused",
    Reason.TIMEOUT: "no connection within the time allowed",
    Reason.STALLED: "connected, but no complete answer within the time allowed",
    Reason.CLOSED: "the connection was closed without an answer",
    Reason.PROXY: "the proxy cannot be used",
}


KINDS: Final[tuple[tuple[tuple[type[BaseException], ...], Reason], ...]] = (
    ((NotPublic,), Reason.PRIVATE),
    ((NameResolutionError, LocationParseError, UnicodeError), Reason.NAME),
    ((NewConnectionError,), Reason.CONNECT),
    ((ConnectTimeoutError,), Reason.TIMEOUT),
    ((ReadTimeoutError, TimeoutError), Reason.STALLED),
    ((ssl.SSLEOFError, RemoteDisconnected), Reason.CLOSED),
    ((ssl.SSLError,), Reason.TLS),
)
"""What each error means, the more telling first: urllib3 derives one from the other."""


def unreachable(error: BaseException, host: str, *, connected: bool) -> Unreachable:
    """Classify an error of requests; `connected`: whether the wait for the answer had begun."""
    chain = tuple(_causes(error))
    if _proxy_failed(chain):
        return Unreachable(Reason.PROXY, host, DETAILS[Reason.PROXY])
    for cause in chain:
        if isinstance(cause, ssl.SSLCertVerificationError):
            detail = f"its certificate is not accepted: {cause.verify_message}"
            return Unreachable(Reason.TLS, host, detail, cause.verify_code)
        if tunnel := TUNNEL.search(str(cause)):
            return _tunnelled(int(tunnel[1]), host)
    reason = _reason(chain, connected=connected)
    said = getattr(chain[-1], "reason", None) if reason is Reason.TLS else None
    detail = DETAILS.get(reason) or f"TLS failed: {said or 'no reason given'}"
    never_sent = not connected and reason is not Reason.CLOSED
    return Unreachable(reason, host, detail, tls_reason=said, never_sent=never_sent)


def _tunnelled(status: int, host: str) -> Unreachable:
    reason = PROXY_SAYS.get(status, Reason.PROXY)
    return Unreachable(reason, host, f"{DETAILS[reason]} (the proxy answered CONNECT with {status})")


def _proxy_failed(chain: tuple[BaseException, ...]) -> bool:
    """Say whether the proxy itself is what cannot be reached, trusted, or used."""
    if _has(chain, (ProxyError,)):
        return _has(chain, (NewConnectionError, ConnectTimeoutError, ssl.SSLError))
    return _has(chain, (InvalidSchema, InvalidURL))  # the request's own address was read before


def _has(chain: tuple[BaseException, ...], kinds: tuple[type[BaseException], ...]) -> bool:
    return any(isinstance(cause, kinds) for cause in chain)


def _reason(chain: tuple[BaseException, ...], *, connected: bool) -> Reason:
    reason = next((reason for kinds, reason in KINDS if _has(chain, kinds)), Reason.CLOSED)
    return Reason.TIMEOUT if reason is Reason.STALLED and not connected else reason


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        wrapped = (getattr(error, "reason", None), *error.args)
        error = next(
            (e for e in wrapped if isinstance(e, BaseException)), error.__cause__ or error.__context__
        )
