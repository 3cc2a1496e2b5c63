from __future__ import annotations

import os
import socket

import pytest

FAR = ("192.0.2.1", 9)


@pytest.mark.parametrize("method", ["connect", "connect_ex"])
def test_a_test_cannot_dial_another_machine(method):
    with socket.socket() as sock, pytest.raises(pytest.fail.Exception, match=r"dials .*192\.0\.2\.1"):
        getattr(sock, method)(FAR)


@pytest.mark.parametrize("host", ["fabrikam.crm4.dynamics.com", b"example.com", "192.0.2.1"])
def test_a_test_cannot_look_up_another_machine(host):
    with pytest.raises(pytest.fail.Exception, match="looks up"):
        socket.getaddrinfo(host, 443)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", None])
def test_a_test_reaches_loopback(host):
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as client:
        assert socket.getaddrinfo(host, 80)
        client.connect(server.getsockname())


def test_the_environment_of_a_test_is_clean():
    dirty = (
        "HTTPS_PROXY",
        "https_proxy",
        "NO_PROXY",
        "REQUESTS_CA_BUNDLE",
        "SSL_CERT_FILE",
        "CI",
        "NO_COLOR",
    )
    assert not [name for name in os.environ if name in dirty or "LEAD_" in name or "LEADCHECK_" in name]
