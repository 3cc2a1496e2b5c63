"""Signals at any moment: quiet, quick, and honest about a test lead that is on its way."""

from __future__ import annotations

import array
import contextlib
import fcntl
import json
import queue
import signal
import termios
import time

import pytest

from validator.cli import signals
from validator.cli.signals import heeded
from validator.rehearsal import Interruption
from validator.sandbox import Sandbox
from validator.sandbox.state import Fault

WRITES = "POST /api/data/v9.2/leads"

ENDING = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
each_signal = pytest.mark.parametrize("number", ENDING, ids=lambda number: number.name)


@contextlib.contextmanager
def disposition(number, handler):
    """Let processes that start now inherit how a signal is taken."""
    before = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.signal(number, before)


@pytest.fixture(autouse=True)
def usual():
    """Take signals as usual, whatever `nohup` or a background job of the shell has asked for."""
    with contextlib.ExitStack() as stack:
        for number in ENDING:
            usual = signal.default_int_handler if number is signal.SIGINT else signal.SIG_DFL
            stack.enter_context(disposition(number, usual))
        yield


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


def interrupted(running, *numbers):
    began = time.monotonic()
    for number in numbers or [signal.SIGINT]:
        running.send_signal(number)
        time.sleep(0.001)
    out, err = running.communicate(timeout=10)
    assert time.monotonic() - began < 5
    assert running.returncode == 130
    assert b"Traceback" not in err
    return out.decode()


HABITS = [
    [signal.SIGINT] * 2,
    [signal.SIGTERM] * 2,
    [signal.SIGINT, signal.SIGTERM],
    [signal.SIGHUP, signal.SIGINT],
]


@pytest.mark.parametrize("numbers", [*([number] for number in ENDING), *HABITS], ids=str)
def test_a_test_lead_under_way_is_reported(numbers, stalling, played):
    out = interrupted(stalling(WRITES, "examples/dynamics.yaml", "--format", "json"), *numbers)
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


EARLY = [*((["validate", "--offline", "-"], number) for number in ENDING), (["explain", "-"], signal.SIGINT)]


@pytest.mark.parametrize(("arguments", "number"), EARLY)
def test_before_anything(arguments, number, process):
    running = process(*arguments)
    running.stdin.write(b"# " + b"x" * (1 << 17))  # more than a pipe holds: when it is taken, somebody reads
    running.stdin.flush()
    assert interrupted(running, number) == ""


@pytest.fixture
def slow(process, tmp_path):
    """Start a whole run whose report nobody reads, and wait until it is being written."""

    def start(**environ):
        running = process(
            *["validate", "examples/dynamics.yaml", "--sandbox", "--format", "json"],
            *["--output", f"text:{tmp_path}/report.txt"],
            **environ,
        )
        fcntl.fcntl(running.stdout, fcntl.F_SETPIPE_SZ, 4096)
        until, waiting = time.monotonic() + 20, array.array("i", [0])
        while waiting[0] < 4096:
            assert running.poll() is None
            assert time.monotonic() < until
            time.sleep(0.01)
            fcntl.ioctl(running.stdout, termios.FIONREAD, waiting)
        return running

    if not hasattr(fcntl, "F_SETPIPE_SZ"):
        pytest.skip("this system's pipes have one size")
    return start


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("numbers", [*([number] for number in ENDING), *HABITS], ids=str)
def test_while_the_report_is_written_to_a_slow_reader(numbers, unbuffered, slow, tmp_path):
    running = slow(PYTHONUNBUFFERED=unbuffered)
    for number in numbers:
        running.send_signal(number)
        time.sleep(0.02)
    assert running.poll() is None
    out, err = running.communicate(timeout=10)
    [configuration] = json.loads(out)["configurations"]
    assert (configuration["verdict"], configuration["testLead"]["outcome"]) == ("ready", "confirmed")
    assert (running.returncode, err) == (0, b"")
    assert configuration["testLead"]["token"] in (tmp_path / "report.txt").read_text("utf-8")


def test_whoever_insists_is_heard_at_once(slow):
    running = slow()
    for _ in range(3):
        running.send_signal(signal.SIGINT)
        time.sleep(0.1)
    assert running.wait(5) == 130
    assert b"Traceback" not in running.stderr.read()


def test_a_terminal_that_is_closed_ends_no_run_that_was_meant_to_go_on(stalling):
    with disposition(signal.SIGHUP, signal.SIG_IGN):  # as nohup does
        running = stalling(WRITES, "examples/dynamics.yaml", "--format", "json")
    running.send_signal(signal.SIGHUP)
    time.sleep(0.1)
    assert running.poll() is None
    assert "MSFT_TEST_" in interrupted(running)


@each_signal
def test_before_anything_was_sent_a_signal_is_an_interrupt(number):
    with pytest.raises(KeyboardInterrupt), heeded(Interruption()):
        signal.raise_signal(number)
    signal.raise_signal(number)  # while the program ends: it is ignored


def test_after_a_run_that_nobody_interrupted_signals_are_taken_as_before():
    before = [signal.getsignal(number) for number in ENDING]
    with heeded(Interruption()):
        pass
    assert [signal.getsignal(number) for number in ENDING] == before


@each_signal
def test_the_third_signal_ends_it_all(number, monkeypatch):
    ended, interruption = [], Interruption()
    interruption.listen(queue.SimpleQueue())
    monkeypatch.setattr(signals.os, "_exit", ended.append)
    with heeded(interruption):
        for heard in ([], [], [130]):
            signal.raise_signal(number)
            assert (interruption.requested, ended) == (True, heard)
