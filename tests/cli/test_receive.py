from __future__ import annotations

import json
import os
import signal
import socket
import sys
import time

import pytest
import requests

from validator import lead as leads

TOKEN = "MSFT_TEST_636573304831318844"
BAD = "\x1b[31m\r\n::error file=x::owned\n##vso[task.complete result=Succeeded;]\u202e\u200b"


@pytest.fixture
def running(process, tmp_path):
    """Run `leadcheck receive`; gives the process, and what it said when it was ready."""

    def start(*arguments):
        ready = tmp_path / "ready.json"
        started = process("receive", "--listen", "127.0.0.1:0", "--ready-file", ready, *arguments)
        line = started.stdout.readline()
        assert json.loads(ready.read_text("utf-8")) == json.loads(line)
        return started, json.loads(line)

    return start


@pytest.fixture
def lead():
    return leads.https_endpoint(TOKEN, "Contoso Test")


def post(ready, path="", **more):
    return requests.post(ready["url"] + path, verify=ready["caFile"], timeout=10, **more)


def ended(started, end=signal.SIGTERM):
    started.send_signal(end)
    out, err = started.communicate(timeout=10)
    return started.returncode, out.decode().splitlines(), err.decode()


def test_the_first_line_says_all_that_a_client_needs(running, tmp_path):
    started, ready = running("--ca-file", tmp_path / "ca.pem")
    assert set(ready) == {"url", "caFile", "pid"}
    assert ready["url"].startswith("https://localhost:")
    assert ready["url"].endswith("/")
    assert ready["caFile"] == str(tmp_path / "ca.pem")
    assert (tmp_path / "ca.pem").read_text("utf-8").startswith("-----BEGIN CERTIFICATE-----")
    assert ready["pid"] == started.pid


def test_a_lead_as_documented(running, lead):
    started, ready = running()
    answered = post(ready, "leads?code=s3cret", json=lead)
    assert (answered.status_code, answered.json()) == (200, {"accepted": True})
    code, out, err = ended(started)
    assert (code, err) == (0, "")
    assert out[0].endswith(" UTC  POST /leads?code=‹redacted›  application/json  taken (200)")
    assert out[1:] == [
        "  a test lead, made 2018-03-22 15:48:03 UTC",
        *(f"  - UserDetails.{name}: {value}" for name, value in lead["UserDetails"].items()),
        "  - LeadSource: AzureMarketplace",
        "  - ActionCode: INS",
        "  - OfferTitle: Contoso Test",
        f"  - Description: {TOKEN}",
        "Leads taken: 1. Requests refused: 0. Problems: 0.",
    ]


def test_what_a_publisher_may_get_in_one_line_each_for_a_program(running, lead):
    started, ready = running("--format", "json")
    bodies = [lead, leads.camel_case(lead), leads.sparse(TOKEN, "Contoso"), {**lead, "LeadSource": 7}, [1]]
    statuses = [post(ready, json=body).status_code for body in bodies]
    statuses.append(requests.get(ready["url"], verify=ready["caFile"], timeout=10).status_code)
    assert statuses == [200, 200, 200, 400, 400, 405]
    code, out, err = ended(started)
    told = [json.loads(line) for line in out]
    assert (code, err) == (0, "")
    assert [each["status"] for each in told[:-1]] == statuses
    assert [each["test"] for each in told[:-1]] == [True, True, True, True, None, None]
    assert [[found["severity"] for found in each["findings"]] for each in told[:-1]] == [
        [],
        ["warning"],
        ["note"],
        ["error"],
        ["error"],
        ["error"],
    ]
    assert told[1]["fields"]["userDetails.firstName"] == TOKEN
    assert told[-1] == {"leads": 3, "refused": 3, "problems": 4}


def test_a_client_that_does_not_trust_the_certificate(running):
    started, ready = running()
    with pytest.raises(requests.exceptions.SSLError):
        requests.post(ready["url"], timeout=10)
    assert started.stdout.readline().endswith(b" UTC  a connection without a request\n")
    assert b"does not trust the certificate" in started.stdout.readline()
    assert ended(started)[1] == ["Leads taken: 0. Requests refused: 0. Problems: 1."]


@pytest.mark.parametrize("style", ["text", "json"])
def test_hostile_text(style, running, lead):
    started, ready = running("--format", style)
    lead |= {BAD: BAD, "OfferTitle": BAD, "ActionCode": "\ud83d"}
    post(ready, "%0a::error::x?##vso=##vso", data=json.dumps(lead), headers={"Content-Type": "a/##vso[b]"})
    lead["ActionCode"] = BAD
    post(ready, json=lead)
    code, out, err = ended(started)
    assert (code, err) == (0, "")
    assert not [
        line for line in out if "##" in line or line.lstrip().startswith("::") or not line.isprintable()
    ]


def test_what_arrives_is_shown_at_once(running, lead):
    started, ready = running("--format", "json")
    post(ready, json=lead)
    assert json.loads(started.stdout.readline())["token"] == TOKEN


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_at_once_also_while_a_client_waits(end, running, lead):
    started, ready = running()
    post(ready, json=lead)
    port = int(ready["url"].rstrip("/").rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as silent:
        began = time.monotonic()
        code, out, err = ended(started, end)
        assert time.monotonic() - began < 5
        assert silent.recv(1) == b""
    assert (code, out[-1], err) == (0, "Leads taken: 1. Requests refused: 0. Problems: 0.", "")
    assert not os.path.exists(ready["caFile"])  # noqa: PTH110 - the path is another process's text


def test_an_address_in_use(running, command):
    _, ready = running()
    address = ready["url"].removeprefix("https://").rstrip("/")
    refused = command("receive", "--listen", address)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith(f"leadcheck: cannot listen on {address}")
    assert refused.err.count("\n") == 1


def test_a_reader_that_goes_away_ends_it(running, lead):
    started, ready = running()
    started.stdout.close()
    answered = post(ready, json=lead)
    assert answered.status_code == 200
    assert started.wait(timeout=10) == 1
    assert started.stderr.read() == b""


@pytest.mark.parametrize("listen", ["0.0.0.0:8444", "192.0.2.1:0", "8444", "127.0.0.1:", "localhost:-1"])
def test_an_address_that_is_not_on_loopback(listen, leadcheck):
    refused = leadcheck("receive", "--listen", listen)
    assert (refused.code, refused.out) == (2, "")
    assert "--listen takes a loopback address and a port" in refused.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--listen", "127.0.0.1:99999"], "port"),
        (["--ca-file", "absent/ca.pem"], "No such file"),
        (["--ready-file", "absent/ready"], "No such file"),
        (["--format", "xml"], "--format"),
    ],
)
def test_what_cannot_be(arguments, sentence, command, tmp_path):
    refused = command("receive", "--listen", "127.0.0.1:0", *arguments, cwd=tmp_path)
    assert (refused.code, refused.out) == (2, "")
    assert sentence in refused.err
    assert "Traceback" not in refused.err


def test_it_needs_the_extra_of_the_sandbox(leadcheck, monkeypatch):
    for name in [name for name in sys.modules if name.startswith("validator.receiver")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "trustme", None)
    refused = leadcheck("receive")
    assert (refused.code, refused.out) == (2, "")
    assert "pip install 'leadcheck[sandbox]'" in refused.err


def test_help_says_what_it_does_and_loads_no_server(command):
    helped = command("receive", "--help", PYTHONPROFILEIMPORTTIME="1")
    assert helped.code == 0
    assert "Receive leads on this machine until interrupted" in helped.out
    for name in ("--listen", "--ca-file", "--ready-file", "--format", "127.0.0.1:8444"):
        assert name in helped.out
    assert "trustme" not in helped.err
    assert "validator.receiver" not in helped.err
