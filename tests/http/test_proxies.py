"""The proxy that stands between us and the services: named by the environment, and never their fault."""

from __future__ import annotations

import socket
import ssl
import time

import pytest
import trustme

from validator.http import Reason, Unreachable

INSTANCE = "https://fabrikam.crm4.dynamics.com/"


@pytest.fixture
def server(listen):
    return listen()


@pytest.fixture
def proxy(listen, odd, server):
    return listen(odd.tunnels(server), tls=None)


@pytest.fixture
def tls_proxy(listen, odd, server):
    return listen(odd.tunnels(server))


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_the_environment_names_the_proxy(name, proxy, server, connect, monkeypatch):
    monkeypatch.setenv(name, f"http://{proxy.place}")
    assert connect(server, proxies=None).ask("GET", server.url).ok
    assert proxy.methods == ["CONNECT"]


def test_a_proxy_may_be_named_without_its_scheme(proxy, server, connect, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", f"127.0.0.1:{proxy.port}")
    assert connect(server, proxies=None).ask("GET", server.url).ok
    assert proxy.methods == ["CONNECT"]


@pytest.mark.parametrize("hosts", ["localhost", "*", "example.com,localhost"])
def test_the_environment_names_the_hosts_without_a_proxy(hosts, proxy, server, connect, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", f"http://{proxy.place}")
    monkeypatch.setenv("NO_PROXY", hosts)
    assert connect(server, proxies=None).ask("GET", server.url).ok
    assert proxy.connections == 0


@pytest.mark.parametrize(("name", "value"), [("HTTPS_PROXY", "http://localhost:9"), ("NO_PROXY", "*")])
def test_a_proxy_of_our_own_wins_over_the_environment(name, value, proxy, server, connect, monkeypatch):
    monkeypatch.setenv(name, value)
    assert connect(server, proxies={"https": f"http://{proxy.place}"}).ask("GET", server.url).ok
    assert proxy.methods == ["CONNECT"]


def test_the_proxy_s_own_credentials_stay_with_the_proxy(proxy, server, connect):
    connect(server, proxies={"https": f"http://robot:proxy-password@{proxy.place}"}).ask("GET", server.url)
    assert b"Proxy-Authorization: Basic" in proxy.requests[0]
    assert b"authorization" not in server.requests[0].lower()


def test_a_proxy_may_speak_tls_itself(tls_proxy, server, connect):
    session = connect(server, proxies={"https": f"https://{tls_proxy.place}"}, timeout=5)
    assert session.ask("GET", server.url).ok
    assert tls_proxy.requests[0].startswith(b"CONNECT ")
    assert session.ask("POST", server.url, json={"a": "lead"}).ok
    assert server.methods == ["GET", "POST"]


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_nothing_waits_for_a_delayed_acknowledgement(scheme, listen, connect, odd, server):
    proxy = listen(odd.tunnels(server), **({"tls": None} if scheme == "http" else {}))
    session = connect(server, proxies={"https": f"{scheme}://{proxy.place}"}, timeout=5)
    session.ask("GET", server.url)
    started = time.monotonic()
    for _ in range(50):
        session.ask("POST", server.url, json={"a": "lead"})
    assert time.monotonic() - started < 1.5  # each would wait for 0.04 s


@pytest.mark.parametrize(
    "start",
    [
        b"HTTP/1.1 200 OK\r\nX-Drip: ",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n",
    ],
    ids=["header", "body"],
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_drip_through_a_proxy_ends_in_time(start, scheme, listen, hurry, odd, in_time):
    server = listen(odd.drips(start))
    proxy = listen(odd.tunnels(server), **({"tls": None} if scheme == "http" else {}))
    session = hurry(server, proxies={"https": f"{scheme}://{proxy.place}"})
    with in_time(), pytest.raises(Unreachable) as failure:
        session.ask("GET", server.url)
    assert failure.value.reason is Reason.STALLED


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (502, Reason.NAME),
        (503, Reason.CONNECT),
        (504, Reason.TIMEOUT),
        (407, Reason.PROXY),
        (403, Reason.PROXY),
        (500, Reason.PROXY),
        (302, Reason.PROXY),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_the_proxy_answers_to_connect(status, reason, method, listen, connect, odd):
    proxy = listen(odd.says(odd.answer(status)), tls=None)
    with pytest.raises(Unreachable, match=f"answered CONNECT with {status}") as failure:
        connect(proxies={"https": f"http://{proxy.place}"}).ask(method, INSTANCE)
    assert failure.value.reason is reason
    assert failure.value.never_sent
    assert failure.value.host == "fabrikam.crm4.dynamics.com"
    assert len(proxy.requests) == 1


def stranger():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("localhost").configure_cert(context)
    return context


@pytest.mark.parametrize(
    "proxy",
    [
        "http://localhost:9",
        "https://localhost:9",
        "http://no-such-proxy.invalid:8080",
        "socks5://localhost:1080",
        "gopher://localhost:70",
        "http://",
        "http://[",
    ],
)
def test_a_proxy_that_is_not_there(proxy, connect, monkeypatch):
    monkeypatch.setattr("socket.getaddrinfo", _resolver)
    with pytest.raises(Unreachable) as failure:
        connect(proxies={"https": proxy}).ask("POST", INSTANCE)
    assert failure.value.reason is Reason.PROXY
    assert failure.value.never_sent


def _resolver(host, port, *_, **__):
    if host != "localhost":
        raise socket.gaierror(-2, "Name or service not known")
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]


def test_a_proxy_that_nobody_trusts_is_not_the_service_s_certificate(listen, connect):
    proxy = listen(tls=stranger())
    with pytest.raises(Unreachable) as failure:
        connect(proxies={"https": f"https://{proxy.place}"}).ask("POST", INSTANCE)
    assert failure.value.reason is Reason.PROXY
    assert proxy.requests == []


def test_a_proxy_that_speaks_no_tls_although_it_should(listen, connect):
    proxy = listen(tls=None, greet=lambda sock, _: sock.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n"))
    with pytest.raises(Unreachable) as failure:
        connect(proxies={"https": f"https://{proxy.place}"}).ask("POST", INSTANCE)
    assert failure.value.reason is Reason.PROXY


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_service_s_certificate_is_checked_behind_a_proxy(scheme, listen, connect, odd):
    server = listen(tls=stranger())
    proxy = listen(odd.tunnels(server), **({"tls": None} if scheme == "http" else {}))
    with pytest.raises(Unreachable) as failure:
        connect(server, proxies={"https": f"{scheme}://{proxy.place}"}).ask("GET", server.url)
    assert (failure.value.reason, failure.value.verify_code) == (Reason.TLS, 20)


ENDINGS = {"closes": Reason.CLOSED, "resets": Reason.CLOSED, "stalls": Reason.STALLED}


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_lost_answer_behind_a_proxy_may_have_been_sent(ending, scheme, listen, hurry, odd):
    server = listen(getattr(odd, ending))
    proxy = listen(odd.tunnels(server), **({"tls": None} if scheme == "http" else {}))
    session = hurry(server, proxies={"https": f"{scheme}://{proxy.place}"})
    with pytest.raises(Unreachable) as failure:
        session.ask("POST", server.url, json={})
    assert failure.value.reason is ENDINGS[ending]
    assert not failure.value.never_sent
    assert server.methods == ["POST"]


def test_a_proxy_that_hangs_up(listen, connect, odd):
    proxy = listen(odd.closes, tls=None)
    with pytest.raises(Unreachable) as failure:
        connect(proxies={"https": f"http://{proxy.place}"}).ask("POST", INSTANCE)
    assert failure.value.reason is Reason.CLOSED


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_stalls(scheme, listen, hurry, odd, in_time):
    proxy = listen(odd.stalls, **({"tls": None} if scheme == "http" else {}))
    with in_time(), pytest.raises(Unreachable) as failure:
        hurry(proxies={"https": f"{scheme}://{proxy.place}"}).ask("POST", INSTANCE)
    assert failure.value.reason is Reason.TIMEOUT
    assert failure.value.never_sent
