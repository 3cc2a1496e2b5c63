"""Every request goes through `Session.send`: allow-list, time, size, no redirects, record. MSAL's too."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import requests
from requests.utils import default_headers, get_environ_proxies, select_proxy
from urllib3.exceptions import HTTPError

from validator.config.secrets import REDACTED, Secrets
from validator.foreign import shown
from validator.http.answers import retry_after
from validator.http.bounds import Clock, exchanges, waits
from validator.http.causes import unreachable
from validator.http.failures import Reason, Unreachable
from validator.http.hosts import HTTPS, KNOWN, allowed
from validator.http.wire import SharedTLS, check_chunks, current
from validator.model import Exchange

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Collection, Mapping

    from validator.http.wire import Handshake

LARGEST: Final = 1 << 20
"""Bytes kept of an answer, after decompression: a hundred times the largest one known."""

RETRIES: Final = 2
"""Twice more: one for a hiccup, one for the service's own restart; a third rarely helps and costs time."""

PAUSE: Final = 0.5
"""Seconds before the first retry where the service names none, doubled before the next."""

PASSING: Final = frozenset({429, 500, 502, 503, 504})
"""Answers that say "not now" rather than "no"."""


ACCEPTED: Final = dict(default_headers())
"""What a request says of itself, as requests has it; a request's own headers have the last word."""


@dataclass(frozen=True)
class Network:
    """What all requests of a run share. `proxies` None: as the environment says; `timeout` in seconds."""

    tls: ssl.SSLContext
    proxies: Mapping[str, str] | None = None
    timeout: float = 30.0
    allow_hosts: frozenset[str] = frozenset()
    log: Callable[[str], None] = field(default=lambda _: None)
    _routes: dict[tuple[str, int], dict[str, str]] = field(default_factory=dict, init=False)

    _shared: dict[bool, SharedTLS] = field(default_factory=dict, init=False)

    def connections(self, *, public: bool) -> SharedTLS:
        """Give the connections of the run; apart from the others those dialled on the `public` internet only.

        Configurations share them: a fleet signs in at one host, and often writes to one.
        """
        return self._shared.get(public) or self._shared.setdefault(public, SharedTLS(self.tls))

    def close(self) -> None:
        """Close the connections that nobody uses."""
        for connections in self._shared.values():
            connections.close()

    def ways(self, url: str) -> dict[str, str]:
        """Give the proxies on the way to an address; the environment, slow to ask, is asked once a host."""
        if self.proxies is not None:
            return dict(self.proxies)
        key = _address(url)[1:]
        if key not in self._routes:
            self._routes[key] = get_environ_proxies(url)
        return self._routes[key]

    def session(self, clock: Clock, secrets: Secrets) -> Session:
        """Open the session of one configuration."""
        return Session(self, clock, secrets)


class Session:
    """The requests of one configuration, bounded by its clock; `secrets` never enter its record.

    Not one of requests' own: what a browser needs (cookies, .netrc, redirects, hooks, settings merged for
    each request) is half of the time that a request costs there, and none of it may happen here.
    """

    def __init__(self, network: Network, clock: Clock, secrets: Secrets | None = None) -> None:
        self.network = network
        self.clock = clock
        self.secrets = secrets or Secrets()
        self.own: frozenset[str] = frozenset()

    def open_to(self, url: str) -> Collection[str]:
        """Take an address that a configuration names as its destination; give what to ask it `within`.

        It may be any host of the public internet. Raise Unreachable where it is no address at all.
        """
        prepared = _prepared("GET", url).url or ""
        self.own |= {f"{host}:{port}" for _, host, port in map(_address, (url, prepared))}
        return self.own

    def connect(self, url: str) -> Handshake:
        """Connect and agree on TLS; the next request uses the connection. Raise Unreachable.

        What may have failed by chance is tried twice: nothing is sent by it.
        """
        try:
            return self._connect(url)
        except Unreachable as failure:
            if not _by_chance(failure):
                raise
        return self._connect(url)

    def _connect(self, url: str) -> Handshake:
        request = _prepared("GET", url)
        host, started = self._begun(request.url or "")
        connections = self.network.connections(public=current.public)
        try:
            return connections.connect(request, self.network.ways(url))
        except (OSError, UnicodeError, requests.RequestException, HTTPError) as error:
            self._record("CONNECT", f"https://{host}/", None, started)
            raise self._failure(error, host) from None

    def ask(
        self,
        method: str,
        url: str,
        *,
        within: Collection[str] = KNOWN,
        repeat: bool | None = None,
        later: Callable[[requests.Response], bool] = lambda _: False,
        **options: Any,  # noqa: ANN401 - what `_prepared` takes
    ) -> requests.Response:
        """Send a request to a host `within` these, whatever it answers. Raise Unreachable without an answer.

        Only what may safely be sent twice is repeated: GET and HEAD, or where the caller says `repeat`.
        `later`: recognises further answers that say "not now", of services that say it with HTTP 200.
        """
        self._permitted(url, within)
        repeatable = method in {"GET", "HEAD"} if repeat is None else repeat
        for retry in range(RETRIES if repeatable else 0):
            try:
                answer = self.send(_prepared(method, url, **options))
            except Unreachable as failure:
                if not _by_chance(failure):
                    raise
                pause = PAUSE * 2**retry
            else:
                if answer.status_code not in PASSING and not later(answer):
                    return answer
                pause = retry_after(answer) or PAUSE * 2**retry
                if pause >= self.clock.left():
                    return answer
            time.sleep(max(0.0, min(pause, self.clock.left())))
        return self.send(_prepared(method, url, **options))

    def send(self, request: requests.PreparedRequest) -> requests.Response:
        """Send one request within its time and bounds, and record it. Raise Unreachable."""
        url = request.url or ""
        host, started = self._begun(url)
        connections = self.network.connections(public=current.public)
        status = None
        try:
            answer = connections.send(
                request, stream=True, timeout=current.left(), proxies=self.network.ways(url)
            )
            status = answer.status_code
            _read(answer)
        except (OSError, UnicodeError, requests.RequestException, HTTPError) as error:
            raise self._failure(error, host) from None
        finally:
            self._record(str(request.method), url, status, started)
        return answer

    def route(self, url: str) -> str | None:
        """Name the proxy on the way to an address; None where there is none."""
        return select_proxy(url, self.network.ways(url))

    def _begun(self, url: str) -> tuple[str, float]:
        """Set the bounds of one request: its time, and whom it may meet."""
        waits.get()()
        host = self._permitted(url, (*KNOWN, *self.own))
        started = time.monotonic()
        current.until = min(self.clock.until, started + self.network.timeout)
        current.connected = False
        _, _, port = _address(url)
        current.public = f"{host}:{port}" in self.own and not allowed(
            host, port, self.network.allow_hosts, ()
        )
        return host, started

    def _permitted(self, url: str, within: Collection[str]) -> str:
        scheme, host, port = _address(url)
        if self.clock.left() <= 0:
            raise self._late(host, never_sent=True)
        if scheme != "https" or not allowed(host, port, self.network.allow_hosts, within):
            detail = "not one of the service's own hosts, so nothing was sent to it"
            raise Unreachable(Reason.NOT_ALLOWED, host, detail)
        return host

    def _failure(self, error: Exception, host: str) -> Unreachable:
        failure = unreachable(error, host, connected=current.connected)
        timed_out = failure.reason in {Reason.TIMEOUT, Reason.STALLED}
        late = timed_out and self.clock.left() <= 0
        return self._late(host, never_sent=failure.never_sent) if late else failure

    def _late(self, host: str, *, never_sent: bool) -> Unreachable:
        detail = f"the {self.clock.seconds:g} seconds for this configuration are over"
        return Unreachable(Reason.DEADLINE, host, detail, never_sent=never_sent)

    def _record(self, method: str, url: str, status: int | None, started: float) -> None:
        milliseconds = round((time.monotonic() - started) * 1000)
        exchange = Exchange(method, shown(self._fit(url)), status, milliseconds)
        exchanges.get([]).append(exchange)
        self.network.log(f"{method} {exchange.url} {status or 'no answer'} {milliseconds} ms")

    def _fit(self, url: str) -> str:
        """Make an address fit for the record: of a destination that is one itself, only the host is told."""
        _, host, port = _address(url)
        if f"{host}:{port}" not in self.own:
            return self.secrets.hide_url(url)
        name = f"[{host}]" if ":" in host else host
        return f"https://{name}{'' if port == HTTPS else f':{port}'}/{REDACTED}"


def _by_chance(failure: Unreachable) -> bool:
    """Whether the next connection may fare better: a wrong certificate would be the same."""
    return failure.reason is Reason.CLOSED or (failure.reason is Reason.TLS and failure.verify_code is None)


def _prepared(  # noqa: PLR0913 - the parts of a request, by requests' own names
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    data: Mapping[str, str] | str | None = None,
    json: Any = None,  # noqa: ANN401 - whatever JSON holds
    params: Mapping[str, str] | None = None,
) -> requests.PreparedRequest:
    """Make a request as requests does, less what belongs to a session or to the user's name in an address.

    Raise Unreachable where its address is none.
    """
    request = requests.PreparedRequest()
    try:
        request.prepare_method(method)
        request.prepare_url(url, params)
        request.prepare_headers({**ACCEPTED, **(headers or {})})
        request.prepare_body(data, None, json)
    except requests.RequestException as error:
        detail = f"it cannot be sent as it is ({type(error).__name__})"
        raise Unreachable(Reason.NOT_ALLOWED, "the request", detail) from None
    return request


@lru_cache(maxsize=256)  # each request asks for it five times
def _address(url: str) -> tuple[str, str, int]:
    """Take an address apart; an unreadable one has no scheme."""
    try:
        address = urlsplit(url)
        return address.scheme, (address.hostname or "").rstrip("."), address.port or HTTPS
    except ValueError:
        return "", "an unreadable address", 0


def _read(answer: requests.Response) -> None:
    check_chunks(answer.raw)
    kept = bytearray()
    for chunk in answer.iter_content(1 << 16):
        kept += chunk
        if len(kept) > LARGEST:
            answer.close()
            break
    answer._content = bytes(kept[:LARGEST])  # noqa: SLF001 - the one way to bound what .content and .text read
    answer._content_consumed = True  # type: ignore[attr-defined]  # noqa: SLF001 - the same
