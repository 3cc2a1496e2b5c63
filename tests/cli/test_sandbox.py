from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from validator.sandbox import WORLDS

INSTANCE = "https://fabrikam.crm4.dynamics.com/api/data/v9.2/"

SIGN_IN_WITH_MSAL = """
import os, msal
app = msal.ConfidentialClientApplication(
    "3c9e1d77-60b8-4f2a-8a45-0b7d2e6f9c13",
    client_credential=os.environ["LEAD_APPLICATION_KEY"],
    authority="https://login.microsoftonline.com/8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214",
)
got = app.acquire_token_for_client(["https://fabrikam.crm4.dynamics.com/.default"])
print(got.get("access_token") or got["error_description"])
"""


@pytest.fixture
def running(process, tmp_path):
    """Run `leadcheck sandbox`; gives the process, and what it said when it was ready."""

    def start(*arguments):
        ready = tmp_path / "ready.json"
        started = process("sandbox", "--listen", "127.0.0.1:0", "--ready-file", ready, *arguments)
        line = started.stdout.readline()
        assert json.loads(ready.read_text("utf-8")) == json.loads(line)
        return started, json.loads(line)

    return start


def environment(ready, variable="SSL_CERT_FILE"):
    return {"HTTPS_PROXY": ready["proxy"], variable: ready["caFile"], **ready["credentials"]}


def run(arguments, environ):
    done = subprocess.run(
        arguments, env={**os.environ, **environ}, capture_output=True, text=True, check=False, timeout=30
    )
    return done.stdout + done.stderr


def test_the_first_line_says_all_that_a_client_needs(running):
    started, ready = running("--world", "no-security-role")
    assert set(ready) == {"proxy", "caFile", "worlds", "hosts", "credentials", "pid"}
    assert ready["proxy"].startswith("http://127.0.0.1:")
    assert ready["worlds"] == ["no-security-role"]
    assert {"fabrikam.crm4.dynamics.com", "login.microsoftonline.com"} <= set(ready["hosts"])
    assert {"LEAD_APPLICATION_KEY", "LEAD_STORAGE_CONNECTION", "LEAD_ENDPOINT_URL"} < set(
        ready["credentials"]
    )
    assert ready["pid"] == started.pid


def test_the_first_line_needs_no_file(process):
    started = process("sandbox", "--listen", "127.0.0.1:0")
    assert json.loads(started.stdout.readline())["worlds"] == ["healthy"]
    started.terminate()
    assert started.wait(timeout=10) == 0


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"])
def test_leadcheck_itself_in_another_terminal(variable, running, command):
    _, ready = running()
    ended = command("validate", "examples/dynamics.yaml", "--format", "json", **environment(ready, variable))
    assert (ended.code, ended.only["verdict"]) == (0, "ready")
    assert ended.json["environment"] == "production"  # as far as anybody can tell from there


def test_leadcheck_with_its_own_option_for_the_certificate(running, command):
    _, ready = running("--world", "user-unknown")
    arguments = ["examples/dynamics-office365.yaml", "--ca-bundle", ready["caFile"], "--format", "json"]
    ended = command("validate", *arguments, **environment(ready, "UNUSED"))
    assert ended.code == 1
    assert "user-unknown" in ended.ids
    without = command("validate", *arguments[:1], "--format", "json", **environment(ready, "UNUSED"))
    assert (without.code, without.only["testLead"]) == (3, None)
    assert "tls-inspected" in without.ids


def test_msal(running):
    _, ready = running()
    told = run([sys.executable, "-c", SIGN_IN_WITH_MSAL], environment(ready, "REQUESTS_CA_BUNDLE"))
    assert told.count(".") >= 2
    assert "AADSTS" not in told


def test_msal_in_a_world(running):
    _, ready = running("--world", "client-secret-expired")
    told = run([sys.executable, "-c", SIGN_IN_WITH_MSAL], environment(ready, "REQUESTS_CA_BUNDLE"))
    assert told.startswith("AADSTS7000222")


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_curl(running):
    _, ready = running()
    told = run(["curl", "--silent", "--include", INSTANCE], environment(ready, "CURL_CA_BUNDLE"))
    assert "HTTP/1.1 401" in told
    assert "authorization_uri=https://login.microsoftonline.com/8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214" in told


def test_the_certificate_is_written_where_it_is_asked_for(running, tmp_path):
    _, ready = running("--ca-file", tmp_path / "ca.pem")
    assert ready["caFile"] == str(tmp_path / "ca.pem")
    assert (tmp_path / "ca.pem").read_text("utf-8").startswith("-----BEGIN CERTIFICATE-----")


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_at_once_also_while_a_client_waits(end, running, process):
    started, ready = running("--world", "service-stalled")
    client = process("validate", "examples/dynamics.yaml", "-vv", **environment(ready))
    while b"oauth2/v2.0/token" not in client.stderr.readline():
        assert client.poll() is None
    began = time.monotonic()
    started.send_signal(end)
    out, err = started.communicate(timeout=10)
    assert time.monotonic() - began < 5
    assert (started.returncode, out, err) == (0, b"", b"")
    assert not os.path.exists(ready["caFile"])  # noqa: PTH110 - the path is another process's text


def test_an_address_in_use(running, command):
    _, ready = running()
    address = ready["proxy"].removeprefix("http://")
    ended = command("sandbox", "--listen", address)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"leadcheck: cannot listen on {address}")
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize(
    "listen",
    [
        "0.0.0.0:8443",
        "192.0.2.1:0",
        "8443",
        "127.0.0.1",
        "127.0.0.1:",
        "127.0.0.1:x",
        "127.0.0.1:²",
        "localhost:-1",
    ],
)
def test_an_address_that_is_not_on_loopback(listen, leadcheck):
    ended = leadcheck("sandbox", "--listen", listen)
    assert (ended.code, ended.out) == (2, "")
    assert "--listen takes a loopback address and a port" in ended.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--listen", "127.0.0.1:99999"], "port"),
        (["--world", "no-such-world"], "no-such-world"),
        (["--world", "no-security-role", "--world", "lead-writer-role-missing"], "contradict"),
        (["--ca-file", "absent/ca.pem"], "No such file"),
        (["--ready-file", "absent/ready"], "No such file"),
        (["--latency", "-1"], "--latency"),
    ],
)
def test_what_cannot_be(arguments, sentence, leadcheck, tmp_path):
    ended = leadcheck("sandbox", "--listen", "127.0.0.1:0", *arguments, cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert sentence in ended.err
    assert "Traceback" not in ended.err


def test_list_names_every_world(leadcheck):
    ended = leadcheck("sandbox", "--list")
    assert ended.code == 0
    assert [line.split()[0] for line in ended.out.splitlines()] == list(WORLDS)
