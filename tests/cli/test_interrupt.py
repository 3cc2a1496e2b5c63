"""Ctrl-C at any moment: quiet, quick, and honest about a test lead that is on its way."""

from __future__ import annotations

import json
import signal
import time

import pytest

from validator.sandbox import Sandbox
from validator.sandbox.state import Fault

WRITES = "POST /api/data/v9.2/leads"


@pytest.fixture
def stalling(played, process):
    """Start `validate` against a sandbox that never answers some request, and wait until it is sent."""

    def start(at, *arguments):
        sandbox = played.sandboxes[0]
        sandbox.state.change("network.dataverse.fault", Fault.STALL)
        sandbox.state.change("network.dataverse.fault_at", at)
        proxy = {"HTTPS_PROXY": sandbox.proxy, "SSL_CERT_FILE": sandbox.ca_file, **sandbox.credentials}
        running = process("validate", *arguments, **proxy)
        until = time.monotonic() + 20
        while not any(request.startswith(at) for request in played.requests):
            assert running.poll() is None
            assert time.monotonic() < until
            time.sleep(0.01)
        return running

    with Sandbox() as sandbox:
        played.sandboxes.append(sandbox)
        yield start


def interrupted(running):
    began = time.monotonic()
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=10)
    assert time.monotonic() - began < 1
    assert running.returncode == 130
    assert b"Traceback" not in err
    return out.decode()


def test_a_test_lead_under_way_is_reported(stalling, played):
    out = interrupted(stalling(WRITES, "examples/dynamics.yaml", "--format", "json"))
    [configuration] = json.loads(out)["configurations"]
    assert configuration["verdict"] == "unproven"
    assert configuration["testLead"]["outcome"] == "unknown"
    assert configuration["testLead"]["token"].startswith("MSFT_TEST_")
    assert [found["id"] for found in configuration["findings"]] == ["interrupted"]
    assert {check["stage"]: check["status"] for check in configuration["checks"]}["sign-in"] == "passed"
    assert played.posted == 1


def test_a_test_lead_under_way_is_reported_in_words(stalling):
    out = interrupted(stalling(WRITES, "examples/dynamics.yaml"))
    assert "MSFT_TEST_" in out
    assert "sent, but nobody could see whether it was written" in " ".join(out.split())


def test_before_the_test_lead_none_is_claimed(stalling, played):
    out = interrupted(stalling("GET /api/data/v9.2/WhoAmI", "examples/dynamics.yaml", "--format", "json"))
    [configuration] = json.loads(out)["configurations"]
    assert (configuration["verdict"], configuration["testLead"]) == ("unproven", None)
    assert played.posted == 0


def test_several_at_once_are_all_reported(stalling):
    files = ["examples/dynamics.yaml", "examples/dynamics-office365.yaml"]
    out = interrupted(stalling(WRITES, *files, "--jobs", "1", "--format", "json"))
    first, second = json.loads(out)["configurations"]
    assert (first["testLead"]["outcome"], second["testLead"]) == ("unknown", None)
    assert second["verdict"] == "unproven"


def test_while_the_command_line_is_loaded(leadcheck, monkeypatch):
    def run():
        raise KeyboardInterrupt

    monkeypatch.setattr("validator.cli.app.run", run)
    ended = leadcheck("validate")
    assert (ended.code, ended.out, ended.err) == (130, "", "")


@pytest.mark.parametrize("arguments", [["validate", "--offline", "-"], ["explain", "-"]])
def test_before_anything(arguments, process):
    running = process(*arguments)
    running.stdin.write(b"# " + b"x" * (1 << 17))  # more than a pipe holds: when it is taken, somebody reads
    running.stdin.flush()
    assert interrupted(running) == ""
