"""An endpoint on the developer's own machine: `leadcheck receive` in one terminal, `validate` in another."""

from __future__ import annotations

import json
import socket
import time

import pytest

ENDPOINT = "leadDestination: httpsEndpoint\nhttpsEndpointLeadConfiguration:\n  httpsEndpointUrl: {}\n"

PATIENCE = 20


@pytest.fixture
def receiver(process, tmp_path):
    """Start `leadcheck receive`; give what it says when it is ready, and the process."""
    ready = tmp_path / "ready.json"
    running = process("receive", "--listen", "127.0.0.1:0", "--ready-file", ready)
    until = time.monotonic() + PATIENCE
    while not ready.exists():
        assert running.poll() is None, running.stderr.read().decode()
        assert time.monotonic() < until
        time.sleep(0.02)
    return json.loads(ready.read_text("utf-8")), running


@pytest.fixture
def validate(leadcheck, folder):
    def run(url, *options):
        here = folder("lead-destination.yaml", ENDPOINT.format(url))
        return leadcheck("validate", "--format", "json", *options, cwd=here)

    return run


def place(url):
    return url.removeprefix("https://").rstrip("/")


def test_a_lead_goes_round(receiver, validate):
    told, running = receiver
    ended = validate(told["url"], "--allow-host", place(told["url"]), "--ca-bundle", told["caFile"])
    assert (ended.code, ended.only["verdict"]) == (0, "accepted")
    assert [(found["id"], found["severity"]) for found in ended.only["findings"]] == [
        ("endpoint-host-private", "note")
    ]
    running.terminate()
    shown = running.communicate(timeout=PATIENCE)[0].decode()
    assert ended.only["testLead"]["token"] in shown


def test_all_its_shapes_are_taken(receiver, validate):
    told, _ = receiver
    options = ["--allow-host", place(told["url"]), "--ca-bundle", told["caFile"], "--probe-shapes"]
    ended = validate(told["url"], *options)
    assert (ended.code, ended.ids) == (0, ["endpoint-host-private"])
    assert all("taken" in probe for probe in ended.only["testLead"]["probes"])


def test_without_being_allowed_it_is_an_error_of_the_settings(receiver, validate):
    told, _ = receiver
    ended = validate(told["url"], "--ca-bundle", told["caFile"])
    assert (ended.code, ended.ids) == (1, ["endpoint-host-private"])
    assert ended.only["testLead"] is None


def test_ignoring_that_does_not_open_the_way(receiver, validate):
    told, running = receiver
    ended = validate(told["url"], "--ignore", "endpoint-host-private", "--ca-bundle", told["caFile"])
    assert [check["status"] for check in ended.only["checks"]] == ["failed", "failed", "skipped", "skipped"]
    assert ended.only["testLead"] is None
    running.terminate()
    assert b"MSFT_TEST" not in running.communicate(timeout=PATIENCE)[0]


def test_its_certificate_has_to_be_trusted(receiver, validate):
    told, _ = receiver
    ended = validate(told["url"], "--allow-host", place(told["url"]))
    assert ended.code == 1
    assert "endpoint-certificate-unknown-issuer" in ended.ids


def test_nobody_listens_here_and_no_network_is_to_blame(validate):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    ended = validate(f"https://localhost:{port}/", "--allow-host", f"localhost:{port}")
    assert ended.code == 1
    assert "endpoint-connection-refused" in ended.ids
