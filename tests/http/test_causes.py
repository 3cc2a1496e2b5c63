"""Why no answer came: what people must do next depends on it."""

from __future__ import annotations

import socket
import ssl
from datetime import datetime, timedelta

import pytest
import trustme

from validator.http import Reason, Unreachable

AGO = datetime(2020, 1, 1)  # noqa: DTZ001 - as trustme takes it
DAY = timedelta(days=1)


def server_side(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def self_signed(tmp_path):
    stranger = trustme.CA()
    path = tmp_path / "self-signed.pem"
    path.write_bytes(stranger.private_key_pem.bytes() + stranger.cert_pem.bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


CERTIFICATES = {
    9: lambda ca, _: server_side(ca.issue_cert("localhost", not_before=AGO.replace(year=2990))),
    10: lambda ca, _: server_side(ca.issue_cert("localhost", not_before=AGO, not_after=AGO + DAY)),
    18: lambda _, tmp_path: self_signed(tmp_path),
    20: lambda *_: server_side(trustme.CA().issue_cert("localhost")),
    62: lambda ca, _: server_side(ca.issue_cert("another-host.example")),
}


@pytest.mark.parametrize("code", CERTIFICATES)
def test_each_fault_of_a_certificate_has_its_number(code, authority, tmp_path, listen, connect, pauses):
    server = listen(tls=CERTIFICATES[code](authority, tmp_path))
    with pytest.raises(Unreachable, match="its certificate is not accepted") as failure:
        connect(server).ask("GET", server.url, headers={"Authorization": "Bearer token"})
    assert (failure.value.reason, failure.value.verify_code) == (Reason.TLS, code)
    assert failure.value.never_sent
    assert server.requests == []
    assert pauses == []


def refused(connect, url, method="POST", **options):
    with pytest.raises(Unreachable) as failure:
        connect(allow_hosts=frozenset({url.split("/")[2]}), **options).ask(method, url)
    return failure.value


def test_nothing_listens(connect):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    failure = refused(connect, f"https://localhost:{port}/")
    assert (failure.reason, str(failure)) == (Reason.CONNECT, "localhost: the connection was refused")
    assert failure.never_sent


def test_the_name_does_not_resolve(connect, monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    failure = refused(connect, "https://fabrikam.crm4.dynamics.com/")
    assert str(failure) == "fabrikam.crm4.dynamics.com: the name does not resolve"
    assert failure.reason is Reason.NAME
    assert failure.never_sent


@pytest.mark.parametrize("host", ["fabrikam..dynamics.com", f"{'f' * 64}.crm4.dynamics.com"])
def test_what_can_be_no_name_does_not_resolve_either(host, connect):
    assert refused(connect, f"https://{host}/").reason is Reason.NAME


def test_no_connection_comes_about(hurry, in_time):
    with socket.socket() as full:  # its queue is full: the kernel drops what else arrives
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        place = full.getsockname()
        with socket.create_connection(place), in_time():
            failure = refused(hurry, f"https://127.0.0.1:{place[1]}/")
    assert failure.reason is Reason.TIMEOUT
    assert failure.never_sent
    assert failure.detail == "no connection within the time allowed"


def test_no_tls_where_it_should_be(listen, connect):
    server = listen(tls=None, greet=lambda sock, _: sock.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n"))
    failure = refused(connect, server.url)
    assert failure.reason is Reason.TLS
    assert failure.verify_code is None
    assert failure.never_sent
    assert failure.detail.startswith("TLS failed: ")


def test_a_client_certificate_is_wanted_after_we_sent(authority, listen, connect):
    tls = server_side(authority.issue_cert("localhost"))
    tls.verify_mode = ssl.CERT_REQUIRED
    failure = refused(connect, listen(tls=tls).url)
    assert failure.reason in {Reason.TLS, Reason.CLOSED}  # its alert, unless the end comes sooner
    assert not failure.never_sent


@pytest.mark.parametrize("when", ["at once", "after hello"])
def test_the_connection_ends_during_the_handshake(when, listen, connect):
    def greet(sock, _):
        if when == "after hello":
            sock.recv(4096)

    assert refused(connect, listen(tls=None, greet=greet).url).reason is Reason.CLOSED


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"not HTTP at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno number\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 7\r\n\r\nno gzip",
        b"HTTP/1.1 200 OK\r\n" + b"X-Many: x\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 70_000 + b"\r\n\r\n",
    ],
    ids=["empty", "other", "length", "chunk", "chunk size", "gzip", "many headers", "long header"],
)
def test_half_an_answer_is_none(text, listen, connect):
    def act(sock, _):
        sock.sendall(text)

    server = listen(act)
    failure = refused(connect, server.url)
    assert failure.reason is Reason.CLOSED
    assert not failure.never_sent
    assert server.methods == ["POST"]


def test_a_reset_is_a_closed_connection(listen, connect, odd):
    failure = refused(connect, listen(odd.resets).url)
    assert failure.reason is Reason.CLOSED
    assert failure.detail == "the connection was closed without an answer"


def test_no_failure_shows_what_libraries_say(connect, monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror(-2, "a-secret-in-a-message")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    failure = refused(connect, "https://fabrikam.crm4.dynamics.com/")
    assert "a-secret" not in f"{failure!r} {failure.__cause__!r} {failure.detail}"
    assert failure.__suppress_context__
