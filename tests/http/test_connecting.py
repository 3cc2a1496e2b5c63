"""Connecting before anything is sent; destinations that a file names, which stand on the public internet."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
import threading
import time
import warnings

import pytest
import trustme

from validator.config.secrets import REDACTED, Secrets
from validator.http import Clock, Reason, Unreachable, exchanges
from validator.http.addresses import local, public
from validator.http.control import control, same_way

SIGN_IN = "login.microsoftonline.com"


def failure(session, url):
    with pytest.raises(Unreachable) as failed:
        session.connect(url)
    return failed.value


def test_connecting_sends_nothing_and_the_next_request_uses_the_connection(listen, connect):
    server = listen()
    session = connect(server)
    shown = session.connect(server.url)
    assert shown.version in {"TLSv1.2", "TLSv1.3"}
    assert server.requests == []
    assert session.ask("POST", server.url, json={}).ok
    assert (server.connections, server.methods) == (1, ["POST"])


@pytest.mark.parametrize("way", ["closes", "resets"])
def test_a_connection_that_ended_meanwhile_is_made_again(way, listen, connect, odd, server_tls):
    ended = threading.Event()

    def greet(sock, closing):
        tls = server_tls.wrap_socket(sock, server_side=True)
        if not ended.is_set():
            getattr(odd, way)(tls, closing)
            tls.close()
            ended.set()
            return
        with tls:
            tls.recv(4096)
            tls.sendall(odd.answer())

    server = listen(greet=greet)
    session = connect(server)
    session.connect(server.url)
    assert ended.wait(5)
    time.sleep(0.02)  # what the server did last is on its way
    assert session.ask("POST", server.url, data=b"").ok
    assert server.connections == 2


def test_more_hosts_than_connections_are_kept_to(listen, connect, monkeypatch):
    monkeypatch.setattr("validator.http.wire.HOSTS", 1)
    servers = [listen(), listen()]
    session = connect(*servers)
    assert [session.ask("GET", server.url).ok for server in servers * 2] == [True] * 4
    assert [server.connections for server in servers] == [2, 2]


DECODE_ERROR = b"\x15\x03\x03\x00\x02\x02\x32"
"""A record of TLS 1.2: the fatal alert that something in the handshake could not be read."""


@pytest.mark.parametrize("said", [DECODE_ERROR, b""], ids=["alert", "hang-up"])
@pytest.mark.parametrize("way", ["connect", "ask"])
def test_a_handshake_that_failed_by_chance_is_made_again(way, said, listen, connect, odd, server_tls):
    failing = iter([True])

    def greet(sock, _):
        if next(failing, False):
            sock.recv(4096)
            sock.sendall(said)
            sock.close()
            return
        with server_tls.wrap_socket(sock, server_side=True) as tls:
            if tls.recv(4096):
                tls.sendall(odd.answer())

    server = listen(greet=greet)
    session = connect(server)
    if way == "connect":
        assert session.connect(server.url).version
    assert session.ask("GET", server.url).ok
    assert server.connections == 2


def test_a_handshake_that_fails_again_and_a_certificate_are_what_they_are(listen, connect):
    def alert(sock, _):
        sock.recv(4096)
        sock.sendall(DECODE_ERROR)
        sock.close()

    server = listen(greet=alert)
    failed = failure(connect(server), server.url)
    assert (failed.reason, failed.tls_reason, server.connections) == (
        Reason.TLS,
        "TLSV1_ALERT_DECODE_ERROR",
        2,
    )
    stranger = listen(tls=strange())
    assert failure(connect(stranger), stranger.url).verify_code == 20
    assert stranger.connections == 1


def strange():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("localhost").configure_cert(context)
    return context


def test_the_certificate_s_last_day_is_told(listen, connect, authority):
    last = dt.datetime(2031, 5, 17, 12, 0, 0)  # noqa: DTZ001 - trustme takes UTC without saying so
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", not_after=last).configure_cert(context)
    server = listen(tls=context)
    assert connect(server).connect(server.url).expires == last.replace(tzinfo=dt.UTC)


def test_connecting_through_a_proxy(listen, connect, odd):
    server = listen()
    proxy = listen(odd.tunnels(server), tls=None)
    session = connect(server, proxies={"https": f"http://{proxy.place}"})
    assert session.connect(server.url).expires > dt.datetime.now(dt.UTC)
    assert session.ask("POST", server.url, json={}).ok
    assert (proxy.methods, server.methods, server.connections) == (["CONNECT"], ["POST"], 1)


@pytest.mark.parametrize(
    ("status", "reason"), [(502, "name"), (503, "connect"), (504, "timeout"), (407, "proxy")]
)
def test_a_proxy_tells_for_the_network(status, reason, listen, connect, odd):
    proxy = listen(odd.says(odd.answer(status)), tls=None)
    session = connect(proxies={"https": f"http://{proxy.place}"})
    assert failure(session, "https://fabrikam.crm4.dynamics.com/").reason == reason


def test_a_dead_proxy_is_nobody_else_s_fault(listen, connect):
    server = listen()
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    session = connect(server, proxies={"https": f"http://127.0.0.1:{port}"})
    assert failure(session, server.url).reason is Reason.PROXY


def test_nobody_listens(listen, connect):
    server = listen()
    session = connect(server)
    server.close()
    failed = failure(session, server.url)
    assert (failed.reason, failed.never_sent) == (Reason.CONNECT, True)


def test_a_handshake_that_stalls_ends_in_time(listen, hurry, odd, in_time):
    server = listen(greet=odd.stalls)
    with in_time():
        assert failure(hurry(server), server.url).reason is Reason.TIMEOUT


@pytest.mark.parametrize("stranger", [False, True])
def test_a_certificate_that_nobody_trusts(stranger, listen, connect):
    unknown = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    unknown.issue_cert("localhost").configure_cert(context)
    if stranger:  # signed by itself
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with unknown.cert_pem.tempfile() as cert, unknown.private_key_pem.tempfile() as key:
            context.load_cert_chain(cert, key)
    server = listen(tls=context)
    failed = failure(connect(server), server.url)
    assert (failed.reason, failed.verify_code) == (Reason.TLS, 18 if stranger else 20)
    assert failed.tls_reason is None


def test_a_server_of_the_last_decade(listen, connect, authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    context.set_ciphers("DEFAULT@SECLEVEL=0")
    server = listen(tls=context)
    failed = failure(connect(server), server.url)
    assert (failed.reason, failed.tls_reason) == (Reason.TLS, "TLSV1_ALERT_PROTOCOL_VERSION")


def test_what_speaks_no_tls(listen, connect):
    def plain(sock, _):
        sock.recv(4096)
        sock.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    server = listen(greet=plain)
    assert failure(connect(server), server.url).tls_reason == "WRONG_VERSION_NUMBER"


def test_only_a_failed_connection_is_recorded(listen, connect):
    server, closed = listen(), listen()
    closed.close()
    record = []
    exchanges.set(record)
    session = connect(server, closed)
    session.connect(server.url)
    assert record == []
    failure(session, closed.url)
    assert [(each.method, each.status) for each in record] == [("CONNECT", None)]


def test_a_stranger_is_not_connected_to(listen, connect):
    server = listen()
    assert failure(connect(), server.url).reason is Reason.NOT_ALLOWED
    assert server.connections == 0


@pytest.mark.parametrize(
    "url", ["https://leads.example:8443/x", "https://b\u00fccher.example/", "https://[2606:4700::1]/"]
)
def test_a_destination_may_stand_anywhere_and_opens_nothing_else(url, listen, connect, odd):
    proxy = listen(odd.says(odd.answer(503)), tls=None)
    session = connect(proxies={"https": f"http://{proxy.place}"})
    within = session.open_to(url)
    with pytest.raises(Unreachable) as failed:
        session.ask("POST", url, within=within)
    assert failed.value.reason is Reason.CONNECT
    for other in (
        "https://leads.example/x",
        "https://other.example:8443/",
        "https://login.microsoftonline.com/",
    ):
        with pytest.raises(Unreachable) as refused:
            session.ask("POST", other, within=within)
        assert refused.value.reason is Reason.NOT_ALLOWED
    assert proxy.connections == 1


@pytest.mark.parametrize("url", ["", "https://", "https://[", "leads"])
def test_a_destination_that_is_no_address(url, connect):
    with pytest.raises(Unreachable) as failed:
        connect().open_to(url)
    assert failed.value.reason is Reason.NOT_ALLOWED


def test_a_destination_s_address_is_not_recorded(listen, connect, odd):
    proxy = listen(odd.says(odd.answer(503)), tls=None)
    told = []
    session = connect(proxies={"https": f"http://{proxy.place}"}, log=told.append)
    for url in ("https://leads.example/hook/1f3a?sig=x", "https://[2606:4700::1]:8443/hook"):
        within = session.open_to(url)
        with pytest.raises(Unreachable):
            session.ask("POST", url, within=within)
    assert [line.partition(" no answer")[0] for line in told] == [
        f"POST https://leads.example/{REDACTED}",
        f"POST https://[2606:4700::1]:8443/{REDACTED}",
    ]


@pytest.mark.parametrize("act", ["connect", "ask"])
def test_a_name_that_leads_home_is_not_dialled(act, listen, connect):
    server = listen()
    session = connect()
    within = session.open_to(server.url)
    with pytest.raises(Unreachable) as failed:
        session.connect(server.url) if act == "connect" else session.ask("POST", server.url, within=within)
    assert (failed.value.reason, failed.value.never_sent) == (Reason.PRIVATE, True)
    assert server.connections == 0


def looking_up(monkeypatch, *addresses):
    """Let any name have these addresses."""

    def look_up(_, port, **__):
        return [(socket.AF_INET, 1, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


def dialling(monkeypatch, *outcomes):
    """Let dialling end like this, one after the other; gives what is dialled."""
    dialled, left = [], [*outcomes]

    def create(address, *_, **__):
        dialled.append(address[0])
        outcome = left.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr("validator.http.public.create_connection", create)
    return dialled


def test_only_the_public_addresses_of_a_name_are_dialled(connect, monkeypatch):
    looking_up(monkeypatch, "10.0.0.7", "1.1.1.1", "192.168.1.1", "8.8.8.8")
    dialled = dialling(monkeypatch, TimeoutError(), ConnectionRefusedError())
    session = connect()
    session.open_to("https://leads.example/")
    assert failure(session, "https://leads.example/").reason is Reason.CONNECT
    assert dialled == ["1.1.1.1", "8.8.8.8"]


def test_an_address_that_does_not_answer_in_time(connect, monkeypatch):
    looking_up(monkeypatch, "1.1.1.1")
    dialling(monkeypatch, TimeoutError())
    session = connect()
    session.open_to("https://leads.example/")
    assert failure(session, "https://leads.example/").reason is Reason.TIMEOUT


def test_a_public_address_is_spoken_to(listen, connect, monkeypatch):
    server = listen()
    near = socket.socket()
    near.connect(("127.0.0.1", server.port))
    looking_up(monkeypatch, "1.1.1.1")
    dialling(monkeypatch, near)
    session = connect()
    assert session.ask("POST", server.url, within=session.open_to(server.url)).ok


def test_what_the_user_allows_may_be_at_home(listen, connect):
    server = listen()
    session = connect(server)
    assert session.ask("POST", server.url, within=session.open_to(server.url)).ok


def test_a_proxy_may_be_at_home(listen, connect, odd):
    server = listen()
    proxy = listen(odd.tunnels(server), tls=None)
    session = connect(proxies={"https": f"http://{proxy.place}"})
    within = session.open_to(server.url)
    assert session.connect(server.url)
    assert session.ask("POST", server.url, within=within).ok


@pytest.mark.parametrize(
    "error", [socket.gaierror(-2, "Name or service not known"), UnicodeError("label too long")]
)
def test_a_name_that_nobody_has(error, connect, monkeypatch):
    def look_up(*_, **__):
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    session = connect()
    session.open_to("https://leads.example/")
    assert failure(session, "https://leads.example/").reason is Reason.NAME


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]
)
def test_public_addresses(address):
    assert public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),  # noqa: S104 - none of them is bound
        *(
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1%eth0",
            "fd00::1",
            "ff02::1",
            "::ffff:10.0.0.1",
        ),
    ],
)
def test_addresses_that_nobody_outside_reaches(address):
    assert not public(address)


@pytest.mark.parametrize(
    ("host", "here"),
    [("localhost", True), ("127.0.0.9", True), ("::1", True), ("leads.example", False), ("10.0.0.1", False)],
)
def test_what_is_this_machine(host, here):
    assert local(host) is here


@pytest.mark.parametrize(
    ("body", "answers"),
    [
        (b'{"issuer": "https://login.microsoftonline.com/{tenantid}/v2.0"}', True),
        (b"<html>", False),
        (b"[]", False),
    ],
)
def test_a_page_in_entra_s_place_is_no_control(body, answers, listen, connect, odd, monkeypatch):
    entra = listen(odd.says(odd.answer(200, body)))
    session = connect(entra)
    real = session.ask
    monkeypatch.setattr(session, "ask", lambda method, *_, **__: real(method, entra.url))
    assert control(session, "leads.example", SIGN_IN) is answers


def test_a_control_that_does_not_answer_says_why(listen, connect, odd):
    proxy = listen(odd.says(odd.answer(502)), tls=None)
    session = connect(proxies={"https": f"http://{proxy.place}"})
    assert control(session, "leads.example", SIGN_IN).reason is Reason.NAME


def test_a_control_on_another_way_says_nothing(connect, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://localhost:9")
    monkeypatch.setenv("NO_PROXY", "leads.example")
    session = connect(proxies=None)
    assert not same_way(session, "leads.example", SIGN_IN)
    assert control(session, "leads.example", SIGN_IN) is False


def test_the_configurations_of_a_run_share_connections(listen, connect):
    server = listen()
    first = connect(server)
    assert first.ask("GET", server.url).ok
    second = first.network.session(Clock(5), Secrets())
    assert second.connect(server.url).version in {"TLSv1.2", "TLSv1.3"}
    assert second.ask("POST", server.url, json={}).ok
    assert (server.connections, server.methods) == (1, ["GET", "POST"])


def test_a_connection_into_the_own_network_serves_no_destination_of_the_internet(
    listen, connect, monkeypatch
):
    server = listen()
    monkeypatch.setattr("validator.http.session.KNOWN", (server.place,))
    service = connect()
    assert service.ask("GET", server.url, within={server.place}).ok
    endpoint = service.network.session(Clock(5), Secrets())
    within = endpoint.open_to(server.url)
    with pytest.raises(Unreachable) as failed:
        endpoint.ask("POST", server.url, within=within)
    assert failed.value.reason is Reason.PRIVATE
    assert server.methods == ["GET"]


def test_the_environment_is_asked_for_proxies_once_for_each_host(listen, connect, monkeypatch):
    server, asked = listen(), []
    monkeypatch.setattr("validator.http.session.get_environ_proxies", lambda url: asked.append(url) or {})
    session = connect(server, proxies=None)
    for _ in range(3):
        assert session.ask("GET", server.url).ok
    assert len(asked) == 1
