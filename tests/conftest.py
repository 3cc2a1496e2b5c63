"""Guards for every test: nothing beyond loopback is reached, and the environment is a clean one."""

from __future__ import annotations

import ipaddress
import os
import re
import socket

import pytest

OURS = re.compile(r"LEADCHECK_|.*LEAD_|GITHUB_|CI$|(NO|FORCE)_COLOR$|COLUMNS$", re.IGNORECASE)
NETWORK = re.compile(r".*_PROXY$|(REQUESTS|CURL)_CA_BUNDLE$|SSL_CERT_(FILE|DIR)$", re.IGNORECASE)


def near(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return name == "localhost"


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch):
    """Fail the test, past any `except Exception`, that looks up or dials another machine."""

    def guarded(dial):
        def connect(sock, address):
            if sock.family in {socket.AF_INET, socket.AF_INET6} and not near(address[0]):
                pytest.fail(f"the test dials {address}")
            return dial(sock, address)

        return connect

    def look_up(host, *rest, **more):
        if not near(host):
            pytest.fail(f"the test looks up {host}")
        return real(host, *rest, **more)

    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
    monkeypatch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    for name in os.environ:
        if OURS.match(name) or NETWORK.match(name):
            monkeypatch.delenv(name)
