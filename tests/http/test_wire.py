"""One TLS context that trusts whom the user says, and sockets that keep the time."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import trustme
from cryptography import x509

from validator.http import Reason, Unreachable, settled
from validator.http.wire import tls_context

CA_VARIABLES = ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"]

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="session")
def stranger(tmp_path_factory):
    path = tmp_path_factory.mktemp("authorities") / "stranger.pem"
    trustme.CA().cert_pem.write_to_path(path)
    return str(path)


def trusted(session, server):
    answer = settled(lambda: session.ask("GET", server.url))
    return not isinstance(answer, Unreachable) or (answer.reason, answer.verify_code) != (Reason.TLS, 20)


@pytest.mark.parametrize("name", CA_VARIABLES)
def test_the_environment_names_the_authorities(name, ca_file, listen, connect):
    server = listen()
    assert trusted(connect(server, tls=tls_context(None, {name: ca_file})), server)


@pytest.mark.parametrize("winner", range(4))
def test_the_option_wins_and_then_the_variables_in_their_order(winner, ca_file, stranger, listen, connect):
    server = listen()
    named = [None] * winner + [ca_file] + [stranger] * (3 - winner)
    environ = {name: path for name, path in zip(CA_VARIABLES, named[1:], strict=True) if path}
    assert trusted(connect(server, tls=tls_context(named[0], environ)), server)
    others = [stranger if path == ca_file else path and ca_file for path in named]
    environ = {name: path for name, path in zip(CA_VARIABLES, others[1:], strict=True) if path}
    assert not trusted(connect(server, tls=tls_context(others[0], environ)), server)


def test_an_empty_variable_names_nothing(ca_file, listen, connect):
    server = listen()
    environ = {"REQUESTS_CA_BUNDLE": "", "CURL_CA_BUNDLE": "", "SSL_CERT_FILE": ca_file}
    assert trusted(connect(server, tls=tls_context(None, environ)), server)


def test_without_a_word_the_public_authorities_are_trusted_and_nobody_else(listen, connect):
    server = listen()
    context = tls_context(None, {})
    assert not trusted(connect(server, tls=context), server)
    assert context.cert_store_stats()["x509_ca"] > 50


def test_a_folder_of_authorities(authority, tmp_path, listen, connect):
    server = listen()
    folder = tmp_path / "authorities"
    folder.mkdir()
    assert not trusted(connect(server, tls=tls_context(str(folder), {})), server)
    (folder / f"{subject_hash(authority)}.0").write_bytes(authority.cert_pem.bytes())
    assert trusted(connect(server, tls=tls_context(str(folder), {})), server)


def subject_hash(authority):
    """Give the name under which OpenSSL looks an issuer up: a hash of the subject in lower case."""
    subject = x509.load_pem_x509_certificate(authority.cert_pem.bytes()).subject
    plain = x509.Name([x509.NameAttribute(part.oid, part.value.lower()) for part in subject])
    return hashlib.sha1(plain.public_bytes()[2:]).digest()[3::-1].hex()  # noqa: S324 - OpenSSL's choice


@pytest.mark.parametrize("text", ["", "no certificate", None])
def test_a_bundle_that_cannot_be_read_is_an_error_of_the_system(text, tmp_path):
    path = tmp_path / "bundle.pem"
    if text is not None:
        Path(path).write_text(text, "utf-8")
    with pytest.raises(OSError, match=r"."):
        tls_context(str(path), {})


@pytest.mark.parametrize("name", CA_VARIABLES)
def test_requests_does_not_ask_the_environment_again(name, ca_file, listen, connect, monkeypatch):
    monkeypatch.setenv(name, ca_file)
    server = listen()
    assert not trusted(connect(server, tls=tls_context(None, {}), proxies=None), server)


def test_nobody_can_switch_the_verification_off(stranger, listen, connect):
    server = listen()
    session = connect(server, tls=tls_context(stranger, {}))
    with pytest.raises(TypeError):
        session.ask("GET", server.url, verify=False)
    session.verify = False
    with pytest.raises(Unreachable):
        session.ask("GET", server.url)
    assert server.requests == []


def test_no_connection_ends_in_time(listen, hurry, in_time):
    server = listen(tls=None, greet=lambda _, closing: closing.wait())
    with in_time(), pytest.raises(Unreachable) as failure:
        hurry(server).ask("GET", server.url)
    assert failure.value.reason is Reason.TIMEOUT
    assert failure.value.never_sent


def greeting(drop, start=b""):
    def greet(sock, closing):
        sock.sendall(start)
        while not closing.wait(0.05):
            sock.sendall(drop)

    return greet


def test_a_handshake_that_drips_ends_in_time(listen, hurry, in_time):
    server = listen(tls=None, greet=greeting(b"\0", start=b"\x16\x03\x03\x40\x00\x02"))
    with in_time(), pytest.raises(Unreachable) as failure:
        hurry(server).ask("GET", server.url)
    assert failure.value.reason is Reason.TIMEOUT


@pytest.mark.parametrize(
    ("start", "drop"),
    [
        (b"", b"x"),
        (HEAD + b"X-Drip: ", b"x"),
        (HEAD, b"X-Drip: x\r\n"),
        (HEAD + b"Content-Length: 1000000\r\n\r\n", b"x"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
        (HEAD + b"\r\n", b"x"),
        (b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 1000000\r\n\r\n", b"x"),
    ],
    ids=["status", "header", "headers", "length", "chunks", "chunk", "no length", "continue", "redirect"],
)
def test_an_answer_that_drips_ends_in_time(start, drop, listen, hurry, odd, in_time):
    server = listen(odd.drips(start, drop))
    with in_time(), pytest.raises(Unreachable) as failure:
        hurry(server).ask("POST", server.url)
    assert failure.value.reason is Reason.STALLED
    assert not failure.value.never_sent
    assert server.methods == ["POST"]


def test_a_request_without_an_answer_ends_in_time(listen, hurry, odd, in_time):
    server = listen(odd.stalls)
    with in_time(), pytest.raises(Unreachable) as failure:
        hurry(server).ask("POST", server.url, json={"name": "lead"})
    assert failure.value.reason is Reason.STALLED
    assert not failure.value.never_sent


def test_the_deadline_cuts_a_request_short(listen, connect, odd, in_time):
    server = listen(odd.stalls)
    with in_time(0.2), pytest.raises(Unreachable, match=r"the 0\.2 seconds") as failure:
        connect(server, deadline=0.2, timeout=30).ask("GET", server.url)
    assert failure.value.reason is Reason.DEADLINE
    assert not failure.value.never_sent


def test_the_deadline_cuts_a_connection_short(listen, connect, in_time):
    server = listen(tls=None, greet=lambda _, closing: closing.wait())
    with in_time(0.2), pytest.raises(Unreachable) as failure:
        connect(server, deadline=0.2, timeout=30).ask("POST", server.url)
    assert failure.value.reason is Reason.DEADLINE
    assert failure.value.never_sent


def test_nothing_is_sent_after_the_deadline(listen, connect):
    server = listen()
    with pytest.raises(Unreachable) as failure:
        connect(server, deadline=-1).ask("POST", server.url)
    assert failure.value.reason is Reason.DEADLINE
    assert failure.value.never_sent
    assert server.connections == 0


def test_each_request_has_the_whole_time_again(listen, connect, odd):
    def slowly(sock, closing):
        closing.wait(0.12)
        sock.sendall(odd.answer())
        return True

    server = listen(slowly)
    session = connect(server)
    assert [session.ask("GET", server.url).status_code for _ in range(3)] == [200, 200, 200]
    assert server.connections == 1
