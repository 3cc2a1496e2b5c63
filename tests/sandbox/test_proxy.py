from __future__ import annotations

import contextlib
import gc
import os
import re
import shutil
import socket
import ssl
import struct
import subprocess
import threading
import time

import pytest
import requests

from validator.sandbox.certificates import Authority
from validator.sandbox.proxy import Proxy

INSTANCE = "https://fabrikam.crm4.dynamics.com"
WHO_AM_I = f"{INSTANCE}/api/data/v9.2/WhoAmI"
LEADS = f"{INSTANCE}/api/data/v9.2/leads"
CONNECT = b"CONNECT fabrikam.crm4.dynamics.com:443 HTTP/1.1\r\n\r\n"

needs_curl = pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")


@pytest.fixture
def curl(client):
    """Run curl with nothing but its environment to tell it about the sandbox."""
    client.sign_in()
    sandbox = client.sandbox

    def run(*arguments):
        environment = {**os.environ, "HTTPS_PROXY": sandbox.proxy, "CURL_CA_BUNDLE": sandbox.ca_file}
        token = f"Authorization: {client.headers['Authorization']}"
        command = ["curl", "--silent", "--show-error", "--max-time", "10", "--header", token, *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True)

    return run


@needs_curl
def test_curl_keeps_one_connection_for_several_requests(curl):
    done = curl("--verbose", WHO_AM_I, WHO_AM_I)
    assert done.stdout.count('"UserId"') == 2
    assert done.stderr.count("CONNECT tunnel established") == 1
    assert "Re-using existing connection" in done.stderr


@needs_curl
def test_curl_head_announces_the_length_of_the_body_it_does_not_get(curl):
    length = len(curl(WHO_AM_I).stdout)
    head = curl("--head", WHO_AM_I).stdout
    assert f"Content-Length: {length}" in head
    assert "UserId" not in head


@needs_curl
def test_curl_waits_for_a_go_on_before_a_large_body(curl, client):
    lead = '{"subject": "expected", "description": "%s"}' % ("x" * 1500)
    started = time.monotonic()
    waits = ("--expect100-timeout", "9", "--header", "Expect: 100-continue")
    done = curl("--verbose", *waits, "--json", lead, LEADS)
    assert "HTTP/1.1 100 Continue" in done.stderr
    assert time.monotonic() - started < 5  # curl would go on by itself after nine seconds
    assert [lead["subject"] for lead in client.state.environments["fabrikam"].leads.values()] == ["expected"]


@needs_curl
def test_curl_uploads_in_chunks(curl, client):
    curl("--header", "Transfer-Encoding: chunked", "--json", '{"subject": "in chunks"}', LEADS)
    assert [lead["subject"] for lead in client.state.environments["fabrikam"].leads.values()] == ["in chunks"]


@needs_curl
def test_curl_falls_back_from_http_2(curl):
    assert "HTTP/1.1 200" in curl("--http2", "--include", WHO_AM_I).stdout


def test_requests_uploads_chunks_of_a_generator(client):
    body = iter([b'{"subject": ', b'"piece', b' by piece"}'])
    answer = client.sign_in().post(LEADS, data=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 204
    assert client.get(answer.headers["OData-EntityId"]).json()["subject"] == "piece by piece"


def test_a_request_after_a_failed_one_is_answered_on_the_same_connection(client):
    client.sign_in()
    statuses = [client.create(values={"subject": 7}).status_code, client.create().status_code]
    assert statuses == [400, 204]
    pools = client.get_adapter(INSTANCE).proxy_manager[client.sandbox.proxy].pools
    used = {pools[key].host: pools[key].num_connections for key in pools.keys()}  # noqa: SIM118 - no mapping
    assert used["fabrikam.crm4.dynamics.com"] == 1


def test_a_client_need_not_wait_for_the_tunnel(client):
    context = ssl.create_default_context(cafile=client.sandbox.ca_file)
    heard, said = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = context.wrap_bio(heard, said, server_hostname="fabrikam.crm4.dynamics.com")
    with pytest.raises(ssl.SSLWantReadError):
        tls.do_handshake()
    with socket.create_connection(address(client), timeout=5) as connection:
        connection.sendall(CONNECT + said.read())
        answer = connection.recv(10_000)
        while not answer.partition(b"\r\n\r\n")[2]:
            answer += connection.recv(10_000)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.partition(b"\r\n\r\n")[2].startswith(b"\x16\x03")  # a record of a TLS handshake


def test_a_client_that_leaves_before_tls_leaves_no_socket_behind(client, monkeypatch):
    """An open socket is told by Python, and fails the test."""
    left, real = threading.Event(), Authority.context

    def leaving(*arguments):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()  # with a reset, as one does that had not read everything
        time.sleep(0.05)
        left.set()
        return real(*arguments)

    monkeypatch.setattr(Authority, "context", leaving)
    connection = socket.create_connection(address(client), timeout=5)
    connection.sendall(CONNECT)
    assert left.wait(5)
    time.sleep(0.05)
    gc.collect()


@pytest.mark.parametrize(
    "address",
    [
        "https://contoso.crm4.dynamics.com/",
        "https://example.com/",
        f"{INSTANCE}:8443/",
        "https://127.0.0.1/",
    ],
)
def test_any_other_address_does_not_resolve(client, address):
    with pytest.raises(requests.exceptions.ProxyError, match="502 Bad Gateway"):
        client.get(address)


def test_nothing_is_fetched_in_plain_text(client):
    answer = client.post("http://fabrikam.crm4.dynamics.com/", data="a body that nobody reads")
    assert answer.status_code == 501
    assert "CONNECT" in answer.text


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Transfer-Encoding: chunked", b"zz\r\n"),
        ("Transfer-Encoding: chunked", b"-5\r\n"),
        ("Transfer-Encoding: chunked", b"fffffff\r\n"),
        ("Content-Length: many", b""),
        ("Content-Length: -1", b""),
        ("Content-Length: 99999999", b""),
    ],
)
def test_a_body_that_is_no_http_is_refused(client, head, body):
    answer = talk(client, f"POST / HTTP/1.1\r\nHost: x\r\n{head}\r\n\r\n".encode() + body)
    assert answer.startswith(b"HTTP/1.1 400 Bad Request")
    assert b"Connection: close" in answer


def test_chunks_may_have_extensions_and_trailers(client):
    body = b"3;name=value\r\n{}\n\r\n0\r\nTrailer: nothing\r\n\r\n"
    request = b"POST /api/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    assert talk(client, request + body).startswith(b"HTTP/1.1 401 ")


def test_a_header_sent_twice_arrives_as_one(client):
    twice = b"Authorization: Bearer a\r\nAuthorization: Bearer b\r\nConnection: close\r\n\r\n"
    assert talk(client, b"GET /api/ HTTP/1.1\r\nHost: x\r\n" + twice).startswith(b"HTTP/1.1 401 ")


def test_a_method_that_nobody_knows_is_refused(client):
    assert client.request("BREW", WHO_AM_I).status_code == 501


def test_a_tunnel_leads_to_no_second_one(client):
    request = b"CONNECT login.microsoftonline.com:443 HTTP/1.1\r\nConnection: close\r\n\r\n"
    assert talk(client, request).startswith(b"HTTP/1.1 502 ")


def test_a_client_that_distrusts_the_authority_harms_nobody(client, capfd):
    with pytest.raises(requests.exceptions.SSLError):
        client.get(WHO_AM_I, verify=True)
    assert client.get(WHO_AM_I).status_code == 401
    assert capfd.readouterr() == ("", "")


def test_a_client_that_leaves_in_the_middle_harms_nobody(client, capfd):
    for said in (b"", b"CONNECT", b"CONNECT fabrikam.crm4.dynamics.com:443 HTTP/1.1\r\n\r\n"):
        with socket.create_connection(address(client)) as connection:
            connection.sendall(said)
    assert client.get(WHO_AM_I).status_code == 401
    assert capfd.readouterr() == ("", "")


def test_an_emulator_that_crashes_says_so(client, capfd):
    client.sign_in()
    client.state.environments.clear()
    client.state.tenants["fabrikam"].applications = None
    with pytest.raises(requests.exceptions.ConnectionError):
        client.ask_token()
    client.sandbox.__exit__()
    assert "AttributeError" in capfd.readouterr().err


def test_latency_passes_before_each_answer(start):
    client = start(latency=0.2)
    started = time.monotonic()
    client.get(WHO_AM_I)
    client.get(WHO_AM_I)
    assert 0.4 <= time.monotonic() - started < 5


@pytest.mark.parametrize(
    "world", ["service-stalled", "service-stalled-dripping", "service-stalled-dripping-body"]
)
def test_closing_ends_a_request_that_stalls(start, world):
    client = start(world)
    client.sign_in()
    ended = threading.Event()

    def ask():
        with contextlib.suppress(requests.exceptions.RequestException):
            client.get(WHO_AM_I)
        ended.set()

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(0.2)
    assert not ended.is_set()
    started = time.monotonic()
    client.sandbox.__exit__()
    asking.join()
    assert time.monotonic() - started < 5


def test_closing_ends_idle_connections_and_long_latencies(start):
    client = start(latency=60)
    ended = []
    asking = threading.Thread(target=lambda: ended.append(failure(client)))
    idle = socket.create_connection(address(client))
    asking.start()
    time.sleep(0.1)
    started = time.monotonic()
    client.sandbox.__exit__()
    asking.join()
    assert time.monotonic() - started < 5
    assert ended == [requests.exceptions.ProxyError]
    assert idle.recv(1) == b""
    idle.close()


def failure(client):
    try:
        client.get(WHO_AM_I)
    except requests.exceptions.RequestException as error:
        return type(error)
    return None


def test_a_connection_taken_at_the_last_moment_is_ended_too():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        proxy = Proxy(("127.0.0.1", 0), {}, lambda _: None)
        proxy.close()
        proxy.watch(ours)
        assert theirs.recv(1) == b""


def test_nothing_dials_out_but_the_client(client, monkeypatch):
    dialled = []
    connect = socket.socket.connect
    monkeypatch.setattr(socket.socket, "connect", lambda s, to: dialled.append(to) or connect(s, to))
    client.sign_in("person").create()
    client.get(WHO_AM_I)
    assert set(dialled) == {address(client)}


def address(client):
    host, port = re.fullmatch(r"http://([\d.]+):(\d+)", client.sandbox.proxy).groups()
    return host, int(port)


def talk(client, said):
    """Say something to the instance over TLS, byte for byte, and give all that it answers."""
    context = ssl.create_default_context(cafile=client.sandbox.ca_file)
    with socket.create_connection(address(client), timeout=10) as connection:
        connection.sendall(CONNECT)
        assert connection.recv(1000).startswith(b"HTTP/1.1 200 ")
        with context.wrap_socket(connection, server_hostname="fabrikam.crm4.dynamics.com") as tls:
            tls.sendall(said)
            answer = b""
            while part := tls.recv(10_000):
                answer += part
    return answer
