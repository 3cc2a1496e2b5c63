"""No run outlives its deadline by more than a second, whatever the other side does."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress

import pytest

DEADLINE = 0.6

SPARE = 3
"""Seconds for what stands around a run: the sandbox, the report, a busy machine."""

STALLS = [
    "service-stalled",
    "service-stalled-dripping",
    "service-stalled-dripping-body",
    "service-stalled-at-sign-in",
]


@pytest.fixture
def timed(leadcheck):
    def run(*arguments, **options):
        began = time.monotonic()
        deadline = ["--deadline", str(DEADLINE), "--format", "json"]
        ended = leadcheck("validate", *arguments, *deadline, **options)
        assert time.monotonic() - began < DEADLINE + 1 + SPARE
        assert ended.json["durationSeconds"] < DEADLINE + 1
        return ended

    return run


@pytest.mark.parametrize("world", STALLS)
def test_a_service_that_stalls(world, timed):
    ended = timed("examples/dynamics.yaml", "--sandbox", "--world", world)
    assert (ended.code, ended.only["verdict"], ended.ids) == (3, "unproven", ["deadline-reached"])


def test_a_pause_that_the_service_asks_for(timed):
    assert timed("examples/dynamics.yaml", "--sandbox", "--world", "service-throttled").code == 3


def test_several_at_once_each_have_their_own(timed, folder, azure_ad):
    here = folder(*[part for n in range(8) for part in (f"{n}.yaml", azure_ad)])
    ended = timed(".", "--sandbox", "--world", "service-stalled-dripping", "--jobs", "8", cwd=here)
    assert ended.code == 3
    assert ended.json["summary"]["verdicts"] == {"unproven": 8}


def test_a_proxy_that_drips(timed, monkeypatch):
    """No socket of ours ends that by itself: http.client reads the answer to CONNECT line by line."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=drip, args=(server,), daemon=True).start()
        monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:{1}".format(*server.getsockname()))
        ended = timed("examples/dynamics.yaml")
    assert (ended.code, ended.only["verdict"]) == (3, "unproven")


def drip(server):
    with suppress(OSError):
        while True:
            connection, _ = server.accept()
            threading.Thread(target=drip_to, args=(connection,), daemon=True).start()


def drip_to(connection):
    with suppress(OSError), connection:
        while True:
            connection.sendall(b"H")
            time.sleep(0.05)


def test_the_process_ends_with_the_run(command):
    began = time.monotonic()
    arguments = ["--sandbox", "--world", "service-stalled-dripping", "--deadline", str(DEADLINE)]
    assert command("validate", "examples/dynamics.yaml", *arguments).code == 3
    assert time.monotonic() - began < DEADLINE + 1 + 3 * SPARE
