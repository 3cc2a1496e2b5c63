"""The whole ladder over real TLS against the emulators, with single answers made odd on the wire."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import socketserver
import threading
from pathlib import Path

import pytest
from werkzeug import Request, Response

from validator import config
from validator.destinations import destination
from validator.http.session import Network
from validator.http.wire import tls_context
from validator.rehearsal import Climb, Options, Run, rehearse
from validator.sandbox import healthy
from validator.sandbox.certificates import Certificate
from validator.sandbox.places import Places
from validator.sandbox.proxy import Proxy

EXAMPLES = Path(__file__).parents[2] / "examples"

API = "/api/data/v9.2/"


class Stage:
    """Fabrikam's services behind a proxy. `odd` replaces the answers to some requests; all are counted."""

    instance, tenant, application = healthy.INSTANCE, healthy.TENANT_ID, healthy.APPLICATION_ID
    user, password, secret = healthy.USER, healthy.PASSWORD, healthy.SECRET

    def __init__(self, proxy, tls):
        self.state = healthy.state()
        self.requests, self.lines = [], []
        self._places, self._odd = Places(self.state), []
        self._proxy, self._tls = proxy, tls
        self.proxy = f"http://{proxy.server_name}:{proxy.server_port}"
        proxy.app, proxy.hosts = self._app, {}
        for host in self.state.network.values():
            self.move_in(host, *host.names)

    @property
    def environment(self):
        return self.state.environments["fabrikam"]

    @property
    def leads(self):
        return list(self.environment.leads.values())

    def odd(self, pattern, body=b"", status=200, times=99, **headers):
        """Answer requests whose `METHOD path?query` matches; `body` is text, JSON, or a function of them."""
        kind = "application/json" if isinstance(body, dict | list) else "text/html"
        named = {"Content-Type": kind} | {name.replace("_", "-"): text for name, text in headers.items()}
        answer = body if callable(body) else lambda _: Response(_bytes(body), status, named)
        self._odd.append([re.compile(pattern, re.IGNORECASE), answer, times])

    def as_it_was(self):
        """Give what answers a request as if nothing were odd."""
        return lambda request: Response.from_app(
            self._places(self._proxy.hosts[request.host]), request.environ
        )

    def move_in(self, host, *names):
        """Let a host answer under further names."""
        self._proxy.hosts.update(dict.fromkeys(names, host))

    def count(self, pattern):
        return sum(bool(re.search(pattern, request, re.IGNORECASE)) for request in self.requests)

    def network(self, **more):
        usual = {"proxies": {"https": self.proxy}, "timeout": 5.0, "log": self.lines.append}
        return Network(self._tls, **usual | more)

    def configured(self, example="dynamics", file="lead-destination.yaml", **block):
        """Read an example of ours, some values of its destination's block replaced."""
        text = self.written(example)
        for key, value in block.items():
            text = re.sub(rf"(?m)^  {key}: .*$", lambda _, k=key, v=value: f"  {k}: {json.dumps(v)}", text)
        return self.read(text, file)

    def written(self, example):
        """Give the text of an example of ours."""
        return EXAMPLES.joinpath(f"{example}.yaml").read_text("utf-8")

    def read(self, text, file="lead-destination.yaml"):
        """Read a configuration, with the sandbox's credentials."""
        (found,) = config.load(file, text, environ=healthy.CREDENTIALS)
        return found

    def climb(self, *configurations, timeout=5.0, **options):
        """Climb with all; give the results."""
        with contextlib.closing(self.network(timeout=timeout)) as network:
            run = Run(Options(**options), network)
            climbs = [Climb(run, one, destination(one.destination)) for one in configurations]
            return rehearse(climbs, 1)

    def result(self, example="dynamics", options=None, **block):
        """Climb with one example."""
        (result,) = self.climb(self.configured(example, **block), **options or {})
        return result

    def _app(self, host):
        def application(environ, start):
            request = Request(environ)
            asked = f"{request.method} {environ['PATH_INFO']}?{environ['QUERY_STRING']}"
            self.requests.append(f"{request.host} {asked}")
            for rule in self._odd:
                if rule[2] and rule[0].search(asked):
                    answer = rule[1](request)
                    environ["wsgi.input"].seek(0)  # who looks at the body leaves it there
                    if answer is not None:
                        rule[2] -= 1
                        return answer(environ, start)
            return self._places(host)(environ, start)

        return application


def _bytes(body):
    return json.dumps(body) if isinstance(body, dict | list) else body


@pytest.fixture(scope="session")
def proxy():
    with contextlib.closing(Proxy(("127.0.0.1", 0), {}, None)) as proxy:
        proxy.start()
        yield proxy


class Front(socketserver.BaseRequestHandler):
    """The outside of an `https://` proxy: TLS, and behind it the proxy that there is."""

    def handle(self):
        with (
            contextlib.suppress(OSError),
            self.server.tls.wrap_socket(self.request, server_side=True) as client,
            socket.create_connection(self.server.inside) as inside,
        ):
            client.settimeout(0.02)
            inside.settimeout(0.02)
            while not self.server.closing and pass_on(client, inside) and pass_on(inside, client):
                pass


def pass_on(one, other):
    """Pass on what there is; say whether there may be more."""
    try:
        piece = one.recv(1 << 16)
    except TimeoutError:
        return True
    other.settimeout(5)  # what was taken has to arrive whole
    other.sendall(piece)
    other.settimeout(0.02)
    return bool(piece)


@pytest.fixture
def tls_proxy(proxy):
    """Give the address of an `https://` proxy that leads to the same services."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Front) as front:
        front.inside, front.tls = proxy.server_address, proxy.authority.context("localhost", Certificate.GOOD)
        front.closing = False
        thread = threading.Thread(target=front.serve_forever, args=(0.02,))
        thread.start()
        yield f"https://localhost:{front.server_address[1]}"
        front.closing = True  # what is still open would be waited for
        front.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def tls(proxy, tmp_path_factory):
    path = tmp_path_factory.mktemp("authority") / "ca.pem"
    path.write_bytes(proxy.authority.pem)
    return tls_context(str(path), {})


@pytest.fixture
def stage(proxy, tls, monkeypatch):
    monkeypatch.setattr("validator.rehearsal.sending.BETWEEN", 0.01)
    monkeypatch.setattr("validator.http.session.PAUSE", 0.01)
    return Stage(proxy, tls)


@pytest.fixture
def ids():
    """Give the findings' ids of a result, without the reminder that passwords are a thing of the past."""

    def listed(result):
        return [found.id for found in result.findings if found.id != "office365-deprecated"]

    return listed


@pytest.fixture
def check():
    """Find the outcome of a check by the end of its id."""

    def found(result, name):
        return next(outcome for outcome in result.checks if outcome.id.endswith(f"-{name}"))

    return found
