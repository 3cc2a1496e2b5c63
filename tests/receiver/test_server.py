from __future__ import annotations

import errno
import json
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from validator.receiver import connection
from validator.receiver.server import Receiver

HEAD = b"POST /leads HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
MEBIBYTE = 1 << 20


@pytest.fixture
def hasty(monkeypatch):
    """Give connections a third of a second instead of ten."""
    monkeypatch.setattr(connection, "PATIENCE", 0.3)


def post(running, **more):
    return requests.post(running.url, verify=running.ca_file, timeout=10, **more)


def until(condition):
    give_up = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < give_up
        time.sleep(0.01)


# Leads


@pytest.mark.parametrize("shape", ["lead", "reported"])
def test_a_lead_is_taken_and_told_before_it_is_answered(shape, running, request):
    lead = request.getfixturevalue(shape)
    answered = post(running, json=lead)
    [arrival] = running.arrivals
    assert (answered.status_code, answered.json()) == (200, {"accepted": True})
    assert answered.headers["Content-Type"] == "application/json"
    assert (arrival.method, arrival.target, arrival.status) == ("POST", "/", 200)
    assert len(arrival.judgement.fields) == 11


def test_nonsense_is_refused_with_the_reason(running):
    answered = post(running, data="LeadSource=a", headers={"Content-Type": "application/json"})
    assert answered.status_code == 400
    assert answered.json() == {
        "accepted": False,
        "problems": ["The body is no JSON: a value is expected here, at line 1, column 1."],
    }


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/json", 200),
        ("Application/JSON; charset=utf-8", 200),
        ("application/x-www-form-urlencoded", 415),
        ("text/plain", 415),
        ("application/json/more", 415),
        ("", 415),
        (None, 415),
    ],
)
def test_the_media_type(kind, status, running):
    answered = post(running, data="{}", headers={"Content-Type": kind})
    assert (answered.status_code, running.arrivals[0].status) == (status, status)
    assert running.arrivals[0].content_type == (kind or "")


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_other_methods_bring_no_lead(method, running):
    answered = requests.request(method, running.url, verify=running.ca_file, timeout=10)
    assert (answered.status_code, answered.headers["Allow"]) == (405, "POST")
    assert (answered.text == "") == (method == "HEAD")
    assert running.said == ["A lead is posted; no other method brings one."]


def test_an_answer_to_head_has_no_body(running):
    assert running.send(b"HEAD / HTTP/1.1\r\n\r\n").endswith("Connection: close\r\n\r\n")


def test_several_at_once(running, lead):
    with running.connected(), running.connected(), ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: post(running, json=lead), range(24)))
    assert [answered.status_code for answered in answers] == [200] * 24
    assert len(running.arrivals) == 24


def test_arrivals_are_told_one_at_a_time(start, lead):
    now, most = [], []

    def tell(arrival):
        now.append(arrival)
        most.append(len(now))
        time.sleep(0.01)
        now.pop()

    running = start(tell)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: post(running, json=lead), range(8)))
    assert most == [1] * 8


# Bodies


@pytest.mark.parametrize(
    ("rest", "status", "said"),
    [
        (b"Content-Length: 2\r\n\r\n{}", 200, "Missing or empty"),
        (b"Content-Length: 0002\r\nContent-Length: 0002\r\n\r\n{}", 200, "Missing or empty"),
        (b"Content-Length: 2\r\n\r\n{}POST / HTTP/1.1\r\n\r\n", 200, "Missing or empty"),
        (
            b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1;a=b\r\n}\r\n0\r\nX: y\r\n\r\n",
            200,
            "Missing or empty",
        ),
        (b"Transfer-Encoding: Chunked\r\n\r\n00002\n{}\n0\n\n", 200, "Missing or empty"),
        (b"\r\n", 400, "The body is empty."),
        (b"Content-Length: 1\r\n\r\n{}", 400, "The body is no JSON"),
        (b"Content-Length: -1\r\n\r\n{}", 400, "Content-Length is no number."),
        (b"Content-Length: 2, 2\r\n\r\n{}", 400, "Content-Length is no number."),
        (b"Content-Length: \xc2\xb2\r\n\r\n{}", 400, "Content-Length is no number."),
        (
            b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
            400,
            "The headers tell the length of the body in",
        ),
        (
            b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400,
            "The headers tell the length",
        ),
        (b"Transfer-Encoding: gzip, chunked\r\n\r\n", 400, "The transfer encoding is another than chunked."),
        (b"Transfer-Encoding: chunked\r\n\r\n{}\r\n", 400, "A chunk of the body begins without its size."),
        (
            b"Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
            400,
            "A chunk of the body begins without its size.",
        ),
        (
            b"Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n",
            400,
            "A chunk of the body is longer than",
        ),
        (b"Transfer-Encoding: chunked\r\n\r\n0\r\n" + b"A: b\r\n" * 200, 400, "The body is followed by too"),
        (b"Content-Length: 1048577\r\n\r\n", 413, "The body is larger than 1 MiB"),
        (b"Content-Length: " + b"9" * 60_000 + b"\r\n\r\n", 413, "The body is larger than 1 MiB"),
        (b"Transfer-Encoding: chunked\r\n\r\n100001\r\n", 413, "The body is larger than 1 MiB"),
        (
            b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\nfffff\r\n" + b" " * 0xFFFFF + b"\r\n1\r\n",
            413,
            "The body is",
        ),
    ],
)
def test_the_length_of_a_body(rest, status, said, running):
    answered = running.send(HEAD + rest)
    assert answered.startswith(f"HTTP/1.1 {status} ")
    assert json.loads(answered.partition("\r\n\r\n")[2])["accepted"] == (status == 200)
    assert len(running.said) == 1
    assert running.said[0].startswith(said)


@pytest.mark.parametrize(("size", "status"), [(MEBIBYTE, 200), (MEBIBYTE + 1, 413), (5 * MEBIBYTE, 413)])
def test_a_client_that_sent_too_much_still_reads_the_answer(size, status, running):
    answered = post(running, data=b"{}".ljust(size), headers={"Content-Type": "application/json"})
    assert answered.status_code == status


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_curl_waits_for_a_go_on(running):
    begun = time.monotonic()
    command = [
        "curl",
        "--silent",
        "--cacert",
        running.ca_file,
        "--json",
        "{}",
        "--header",
        "Expect: 100-continue",
    ]
    done = subprocess.run(
        [*command, "--expect100-timeout", "20", running.url], capture_output=True, check=True
    )
    assert json.loads(done.stdout) == {"accepted": True}
    assert time.monotonic() - begun < 10


# Hostile clients


@pytest.mark.parametrize(
    ("request_line", "status", "said"),
    [
        (b"GARBAGE\r\n\r\n", 400, "This is no HTTP request."),
        (b"\x00\x01 \xff / HTTP/1.1\r\n\r\n", 400, "This is no HTTP request."),
        (b"POST / HTTP/2.0\r\n\r\n", 505, "The version of HTTP is none that is spoken here."),
        (b"GET /\r\n\r\n", 405, "A lead is posted"),
        (b"POST /" + b"x" * 70_000 + b" HTTP/1.1\r\n\r\n", 414, "The address is longer than 64 KiB."),
        (b"POST / HTTP/1.1\r\nX: " + b"x" * 70_000 + b"\r\n\r\n", 431, "A header is longer than 64 KiB"),
        (b"POST / HTTP/1.1\r\n" + b"X: y\r\n" * 200 + b"\r\n", 431, "A header is longer than 64 KiB"),
    ],
)
def test_what_is_no_request_gets_an_answer_all_the_same(request_line, status, said, running, capfd):
    answered = running.send(request_line)
    assert answered.startswith(f"HTTP/1.1 {status} ")
    assert said in answered
    assert [arrival.status for arrival in running.arrivals] == [status]
    assert capfd.readouterr().err == ""


@pytest.mark.usefixtures("hasty")
def test_a_body_that_comes_too_slowly_is_given_up(running):
    with running.connected() as tls:
        tls.sendall(HEAD + b"Content-Length: 100\r\n\r\n")
        begun = time.monotonic()
        for _ in range(100):  # each byte in time, the whole not
            try:
                tls.sendall(b" ")
            except OSError:
                break
            if running.arrivals:
                break
            time.sleep(0.05)
        assert b"408 Request Timeout" in tls.recv(4096)
    assert time.monotonic() - begun < 6
    assert running.said == ["The body was not there in time."]


@pytest.mark.parametrize("left", [0.1, 0, -1])
def test_the_time_that_is_left_bounds_each_reading(left):
    near, far = socket.socketpair()
    with near, far, pytest.raises(TimeoutError):
        connection.Patient(near, time.monotonic() + left).read(1)


@pytest.mark.usefixtures("hasty")
def test_headers_that_come_too_slowly_are_no_request(running):
    assert running.send(HEAD) == ""
    assert running.arrivals == []


def test_a_body_that_ends_early_is_told(running):
    with running.connected() as tls:
        tls.sendall(HEAD + b"Content-Length: 100\r\n\r\n{")
        until(lambda: running.receiver._listener._live)
    until(lambda: running.arrivals)
    assert running.said == ["The body ended after 1 of 100 bytes."]


def test_a_connection_that_breaks_inside_the_body_is_told_of(running):
    with running.connected() as tls:
        tls.sendall(HEAD + b"Content-Length: 100\r\n\r\n{")
        socket.socket.send(tls, b"no TLS any more")
        until(lambda: running.arrivals)
    assert running.said == ["The connection broke off inside the body."]


@pytest.mark.usefixtures("hasty")
def test_a_client_that_never_closes_is_left(running):
    with running.connected() as tls:
        tls.sendall(HEAD + b"Content-Length: 2\r\n\r\n{}")
        assert b"200 OK" in tls.recv(4096)
        until(lambda: not running.receiver._listener._live)


def test_distrust_is_named(running):
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(running.url, timeout=10)
    until(lambda: running.arrivals)
    assert running.said == ["The client does not trust the certificate: give it the file named as caFile."]
    assert running.arrivals[0].status is None


def test_plain_http_is_named(running):
    with pytest.raises(requests.exceptions.ConnectionError):
        requests.get(running.url.replace("https", "http"), timeout=10)
    assert running.said == ["The client speaks HTTP without TLS: its address has to begin with https."]


def test_bytes_that_are_no_tls(running):
    with socket.create_connection(("127.0.0.1", running.port), timeout=10) as bare:
        bare.sendall(b"\x16\x03\x01\xff\xff" + b"\0" * 100)
        until(lambda: running.arrivals)
    assert running.said[0].startswith("TLS failed: ")


@pytest.mark.parametrize("tls", [True, False])
def test_a_client_that_only_looks_is_not_told_of(tls, running, lead, capfd):
    if tls:
        with running.connected():
            pass
    else:
        socket.create_connection(("127.0.0.1", running.port), timeout=10).close()
    assert post(running, json=lead).status_code == 200
    until(lambda: not running.receiver._listener._live)
    assert len(running.arrivals) == 1
    assert capfd.readouterr().err == ""


@pytest.mark.usefixtures("hasty")
def test_a_handshake_that_stalls_holds_nobody_up(running, lead):
    with socket.create_connection(("127.0.0.1", running.port), timeout=10) as bare:
        assert post(running, json=lead).status_code == 200
        assert bare.recv(1) == b""  # given up
    assert len(running.arrivals) == 1


def test_a_listener_that_fails_leaves_the_client_without_an_answer(start, lead, capfd):
    def tell(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    running = start(tell)
    with pytest.raises(requests.exceptions.ConnectionError):
        post(running, json=lead)
    assert capfd.readouterr().err == ""


def test_a_bug_is_shown(start, lead, capfd):
    def tell(_):
        raise ValueError("a bug of ours")

    running = start(tell)
    with pytest.raises(requests.exceptions.ConnectionError):
        post(running, json=lead)
    until(lambda: not running.receiver._listener._live)
    assert "a bug of ours" in capfd.readouterr().err


# Beginning and end


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1"])
def test_the_certificate_is_for_every_name_of_this_machine(name, running, lead):
    url = running.url.replace("localhost", name)
    assert requests.post(url, json=lead, verify=running.ca_file, timeout=10).status_code == 200


def test_ipv6(start, lead):
    try:
        running = start(host="::1")
    except OSError:
        pytest.skip("this machine has no IPv6")
    assert running.url.startswith("https://[::1]:")
    assert post(running, json=lead).status_code == 200


def test_who_connects_before_the_start_waits(lead):
    arrivals = []
    with Receiver(arrivals.append) as receiver, ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(requests.post, receiver.url, json=lead, verify=receiver.ca_file, timeout=10)
        time.sleep(0.2)
        assert arrivals == []
        receiver.start()
        assert waiting.result().status_code == 200


def test_a_receiver_that_never_started_ends():
    with Receiver(print) as receiver:
        assert os.path.exists(receiver.ca_file)  # noqa: PTH110 - a text, as programs get it
    assert not os.path.exists(receiver.ca_file)  # noqa: PTH110 - the same


def test_closing_ends_whoever_stalls_and_tells_of_nothing_it_broke_off_itself():
    arrivals = []
    with Receiver(arrivals.append) as receiver:
        receiver.start()
        port = int(receiver.url.rstrip("/").rpartition(":")[2])
        trusting = ssl.create_default_context(cafile=receiver.ca_file)
        silent = socket.create_connection(("127.0.0.1", port), timeout=10)
        tls = trusting.wrap_socket(
            socket.create_connection(("127.0.0.1", port), timeout=10), server_hostname="localhost"
        )
        tls.sendall(HEAD + b"Content-Length: 100\r\n\r\n{")
        until(lambda: len(receiver._listener._live) == 2)
        time.sleep(0.1)
        begun = time.monotonic()
    assert time.monotonic() - begun < 6
    silent.close()
    tls.close()
    assert arrivals == []
    assert not [thread for thread in threading.enumerate() if thread.name == "receiver"]


def test_a_connection_that_comes_while_it_closes_is_ended(running):
    listener = running.receiver._listener
    listener.closing.set()
    with socket.create_connection(("127.0.0.1", running.port), timeout=10) as bare:
        assert bare.recv(1) == b""
    assert running.arrivals == []
