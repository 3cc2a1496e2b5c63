"""What a session sends and keeps, how often it asks again, and what it tells about it."""

from __future__ import annotations

import contextlib
import gzip
import time
import tracemalloc
import zlib
from urllib.parse import quote

import pytest

from validator.config.secrets import REDACTED, Secrets
from validator.http import Clock, Reason, Unreachable, exchanges
from validator.http.session import LARGEST, Network, retry_after

SECRET = "s3cr3t+/~value of a client"

BOMB = gzip.compress(bytes(100 << 20), 9)
"""100 MiB of zeros in 100 kB."""


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_redirects_are_not_followed(status, method, listen, connect, odd):
    elsewhere = listen()
    server = listen(odd.says(odd.answer(status, Location=elsewhere.url)))
    answer = connect(server, elsewhere).ask(method, server.url, headers={"Authorization": "Bearer token"})
    assert answer.status_code == status
    assert (server.connections, elsewhere.connections) == (1, 0)


@pytest.mark.parametrize(
    "where", ["https://[", "//", "", "https://evil.example/", "\x80\xff", "javascript:x"]
)
def test_whatever_a_redirect_says_is_an_answer(where, listen, connect, odd):
    server = listen(odd.says(odd.answer(302, b"elsewhere", Location=where)))
    assert connect(server).ask("GET", server.url).text == "elsewhere"


def test_the_credentials_of_netrc_stay_at_home(listen, connect, tmp_path, monkeypatch):
    (tmp_path / ".netrc").write_text("machine localhost login robot password netrc-password\n", "utf-8")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    server = listen()
    connect(server, proxies=None).ask("GET", server.url)
    assert b"authorization" not in server.requests[0].lower()


def test_user_info_in_an_address_is_not_sent(listen, connect):
    server = listen()
    connect(server).ask("GET", server.url.replace("//", "//user:password@"))
    assert b"authorization" not in server.requests[0].lower()


@pytest.mark.parametrize("value", ["Bearer a\r\nX-Other: b", " Bearer a", 7])
def test_what_is_no_header_is_not_sent(value, listen, connect):
    server = listen()
    with pytest.raises(Unreachable, match="it cannot be sent as it is") as failure:
        connect(server).ask("POST", server.url, headers={"Authorization": value})
    assert (failure.value.reason, failure.value.never_sent) == (Reason.NOT_ALLOWED, True)
    assert str(value) not in str(failure.value)
    assert server.requests == []


def test_cookies_are_not_kept(listen, connect, odd):
    server = listen(odd.says(odd.answer(Set_Cookie="visitor=known; Path=/")))
    session = connect(server)
    for _ in range(2):
        session.ask("GET", server.url)
    assert len(server.requests) == 2
    assert b"cookie" not in server.requests[1].lower()


def test_a_chunk_of_less_than_no_bytes_is_not_read_for_ever(listen, hurry, odd, in_time):
    start = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n"
    server = listen(odd.drips(start, b"x" * 65536))
    with in_time(), pytest.raises(Unreachable):
        hurry(server).ask("POST", server.url)


def chunked(body):
    pieces = [body[at : at + 65536] for at in range(0, len(body), 65536)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in [*pieces, b""])


LARGE = b"x" * (3 * LARGEST)
LARGE_ANSWERS = {
    "length": (LARGE, {}),
    "chunks": (chunked(LARGE), {"Transfer-Encoding": "chunked"}),
    "gzip": (BOMB, {"Content-Encoding": "gzip"}),
    "deflate": (zlib.compress(bytes(100 << 20)), {"Content-Encoding": "deflate"}),
    "gzip twice": (gzip.compress(BOMB), {"Content-Encoding": "gzip, gzip"}),
}


@pytest.mark.parametrize("kind", LARGE_ANSWERS)
@pytest.mark.parametrize("status", [200, 302, 403])
def test_an_answer_is_kept_up_to_a_mebibyte(kind, status, listen, connect, odd):
    body, headers = LARGE_ANSWERS[kind]
    whole = odd.answer(status, body, Location="/elsewhere", **headers)
    if kind == "chunks":
        whole = whole.replace(f"Content-Length: {len(body)}\r\n".encode(), b"")
    server = listen(odd.says(whole))
    session = connect(server, timeout=10)
    tracemalloc.start()
    started = time.monotonic()
    answer = session.ask("GET", server.url)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (answer.status_code, len(answer.content)) == (status, LARGEST)
    assert peak < 20 * LARGEST
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("extra", [0, 1])
def test_not_a_byte_more_than_a_mebibyte_is_kept(extra, listen, connect, odd):
    server = listen(odd.says(odd.answer(200, b"x" * (LARGEST + extra))))
    session = connect(server, timeout=5)
    assert len(session.ask("GET", server.url).content) == LARGEST
    assert session.ask("GET", server.url).ok


PASSING = [429, 500, 502, 503, 504]


@pytest.mark.parametrize("status", PASSING)
@pytest.mark.parametrize("options", [("GET", None), ("HEAD", None), ("POST", True)])
def test_what_may_be_asked_again_is_asked_twice_more(status, options, listen, connect, odd, pauses):
    method, repeat = options
    server = listen(odd.says(odd.answer(status, b"")))
    assert connect(server).ask(method, server.url, repeat=repeat).status_code == status
    assert server.methods == [method] * 3
    assert pauses == [0.5, 1.0]


@pytest.mark.parametrize("status", PASSING)
@pytest.mark.parametrize("options", [("POST", None), ("DELETE", None), ("PATCH", None), ("GET", False)])
def test_what_may_not_be_asked_again_is_asked_once(status, options, listen, connect, odd, pauses):
    method, repeat = options
    server = listen(odd.says(odd.answer(status, Retry_After="1")))
    assert connect(server).ask(method, server.url, repeat=repeat).status_code == status
    assert server.methods == [method]
    assert pauses == []


@pytest.mark.parametrize("status", [200, 204, 302, 400, 401, 403, 404, 408, 412, 501, 505])
def test_an_answer_that_will_not_change_is_taken(status, listen, connect, odd, pauses):
    server = listen(odd.says(odd.answer(status, b"", Retry_After="1")))
    assert connect(server).ask("GET", server.url).status_code == status
    assert (server.methods, pauses) == (["GET"], [])


@pytest.mark.parametrize(("method", "times"), [("GET", 3), ("POST", 1), ("DELETE", 1)])
def test_a_service_may_say_not_now_in_words_of_its_own(method, times, listen, connect, odd, pauses):
    server = listen(odd.says(odd.answer(200, b"not now")))
    answer = connect(server).ask(method, server.url, later=lambda said: said.content == b"not now")
    assert answer.content == b"not now"
    assert (server.methods, pauses) == ([method] * times, [0.5, 1.0][: times - 1])


def test_the_first_good_answer_ends_it(listen, connect, odd, pauses):
    server = listen(odd.says(odd.answer(503), odd.answer(200)))
    assert connect(server).ask("GET", server.url).ok
    assert len(server.requests) == 2
    assert pauses == [0.5]


@pytest.mark.parametrize("ending", ["closes", "resets"])
@pytest.mark.parametrize(("method", "times"), [("GET", 3), ("POST", 1)])
def test_a_lost_answer_is_asked_for_again_where_that_is_safe(
    ending, method, times, listen, connect, odd, pauses
):
    server = listen(getattr(odd, ending))
    with pytest.raises(Unreachable) as failure:
        connect(server).ask(method, server.url, json={} if method == "POST" else None)
    assert failure.value.reason is Reason.CLOSED
    assert not failure.value.never_sent
    assert server.methods == [method] * times
    assert len(pauses) == times - 1


def test_a_time_out_is_not_repeated(listen, hurry, odd, pauses):
    server = listen(odd.stalls)
    with pytest.raises(Unreachable):
        hurry(server).ask("GET", server.url)
    assert (server.methods, pauses) == (["GET"], [])


def test_the_service_says_when_to_come_back(listen, connect, odd, pauses):
    server = listen(
        odd.says(odd.answer(429, Retry_After="3"), odd.answer(503, Retry_After="0"), odd.answer())
    )
    assert connect(server).ask("GET", server.url).ok
    assert pauses == [3, 1.0]


def test_the_pause_is_kept(listen, connect, odd):
    server = listen(odd.says(odd.answer(429, Retry_After="1"), odd.answer()))
    started = time.monotonic()
    assert connect(server).ask("GET", server.url).ok
    assert time.monotonic() - started >= 1


@pytest.mark.parametrize("seconds", ["10", "300", "999999"])
def test_nobody_waits_beyond_the_deadline(seconds, listen, connect, odd, pauses):
    server = listen(odd.says(odd.answer(429, Retry_After=seconds)))
    answer = connect(server, deadline=9).ask("GET", server.url)
    assert (answer.status_code, server.methods, pauses) == (429, ["GET"], [])


@pytest.mark.parametrize(
    "value", ["Fri, 20 Nov 2026 10:00:00 GMT", "soon", "-5", "1.5", "1e3", "", "1000000", "9" * 5000, "\xb2"]
)
def test_a_pause_that_makes_no_sense_is_ours_to_choose(value, listen, connect, odd, pauses):
    server = listen(odd.says(odd.answer(503, Retry_After=value), odd.answer()))
    assert connect(server).ask("GET", server.url).ok
    assert pauses == [0.5]


@pytest.mark.parametrize(("value", "seconds"), [("7", 7), ("999999", 999999), ("later", None)])
def test_the_pause_can_be_told_to_people(value, seconds, listen, connect, odd):
    server = listen(odd.says(odd.answer(400, Retry_After=value)))
    assert retry_after(connect(server).ask("GET", server.url)) == seconds


def test_the_deadline_ends_the_tries(listen, connect, odd, in_time):
    server = listen(odd.closes)
    with in_time(0.3), pytest.raises(Unreachable) as failure:
        connect(server, deadline=0.3).ask("GET", server.url)
    assert failure.value.reason is Reason.DEADLINE
    assert len(server.requests) == 1


@pytest.fixture
def record():
    """Record the exchanges of the test, as a check's are."""
    kept = []
    token = exchanges.set(kept)
    yield kept
    exchanges.reset(token)


def test_every_exchange_is_recorded(record, listen, connect, odd, pauses):
    server = listen(odd.says(odd.answer(503), odd.answer(201)))
    session = connect(server)
    session.ask("GET", server.url + "leads?$top=50")
    session.ask("POST", server.url + "leads", json={})
    assert [(one.method, one.url, one.status) for one in record] == [
        ("GET", server.url + "leads?$top=50", 503),
        ("GET", server.url + "leads?$top=50", 201),
        ("POST", server.url + "leads", 201),
    ]
    assert all(0 <= one.milliseconds < 5000 for one in record)
    assert pauses == [0.5]


def test_an_address_is_recorded_only_as_far_as_it_can_be_read(record, listen, connect):
    server = listen()
    connect(server).ask("GET", server.url + "##[error]" + "x" * 9000)
    (one,) = record
    assert one.url.startswith(server.url)
    assert len(one.url) <= 2000
    assert "##" not in one.url


def test_an_exchange_without_an_answer_is_recorded_too(record, listen, hurry, odd):
    server = listen(odd.stalls)
    with pytest.raises(Unreachable):
        hurry(server).ask("GET", server.url)
    (one,) = record
    assert one.status is None
    assert 200 <= one.milliseconds < 2500


@pytest.mark.parametrize(("host", "deadline"), [("evil.example", 10), ("fabrikam.crm4.dynamics.com", -1)])
def test_what_was_not_sent_is_not_recorded(host, deadline, record, connect):
    with pytest.raises(Unreachable):
        connect(deadline=deadline).ask("GET", f"https://{host}/")
    assert record == []


def test_the_log_and_the_record_hold_no_secret(record, listen, connect, odd):
    server = listen(odd.says(odd.answer(200)))
    lines = []
    session = connect(server, secrets=[SECRET], log=lines.append)
    session.ask("GET", server.url, params={"key": SECRET}, headers={"Authorization": f"Bearer {SECRET}"})
    session.ask("POST", server.url + quote(SECRET), data={"client_secret": SECRET})
    assert SECRET.encode() in server.requests[0]
    assert [line.rpartition(" 200 ")[0] for line in lines] == [
        f"GET {server.url}?key={REDACTED}",
        f"POST {server.url}{REDACTED}",
    ]
    assert "s3cr3t" not in f"{lines} {record}"


def test_the_log_says_when_no_answer_came(listen, hurry, odd):
    server = listen(odd.stalls)
    lines = []
    with pytest.raises(Unreachable):
        hurry(server, log=lines.append).ask("GET", server.url)
    (line,) = lines
    assert line.startswith(f"GET {server.url} no answer ")


def test_a_secret_learned_on_the_way_is_hidden_from_then_on(listen, client_tls):
    server = listen()
    lines = []
    network = Network(client_tls, {}, allow_hosts=frozenset({server.place}), log=lines.append)
    secrets = Secrets()
    with contextlib.closing(network):
        session = network.session(Clock(5), secrets)
        secrets.add("token-of-this-run")
        session.ask("GET", server.url + "token-of-this-run")
    assert "token-of-this-run" not in lines[0]
