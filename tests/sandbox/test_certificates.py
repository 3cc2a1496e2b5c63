from __future__ import annotations

import socket
import ssl
import time
from urllib.parse import urlsplit

import pytest
import requests

PROBE = "https://fabrikam.crm4.dynamics.com/api/data/v9.2/"
DISCOVERY = "https://login.microsoftonline.com/fabrikam.com/v2.0/.well-known/openid-configuration"


def reason(client, address):
    """Give OpenSSL's number for what is wrong with a host's certificate; 0 for nothing."""
    try:
        client.get(address)
    except requests.exceptions.SSLError as error:
        cause = error
        while cause and not isinstance(cause, ssl.SSLError):
            cause = cause.__context__ or getattr(cause, "reason", None) or next(iter(cause.args), None)
        return getattr(cause, "verify_code", cause.reason)
    return 0


@pytest.mark.parametrize(
    ("world", "number"),
    [
        ("healthy", 0),
        ("certificate-expired", 10),
        ("certificate-not-yet-valid", 9),
        ("certificate-self-signed", 18),
        ("certificate-wrong-host", 62),
        ("certificate-unknown-issuer", 20),
        ("tls-inspected", 20),
        ("tls-failed", "WRONG_VERSION_NUMBER"),
    ],
)
def test_the_instance_shows_the_certificate_of_its_world(start, world, number):
    assert reason(start(world), PROBE) == number


@pytest.mark.parametrize(
    ("world", "number"), [("certificate-unknown-issuer", 0), ("tls-inspected", 20), ("clock-wrong", 9)]
)
def test_only_a_fault_of_the_client_s_side_touches_the_sign_in_host(start, world, number):
    assert reason(start(world), DISCOVERY) == number


@pytest.mark.parametrize(
    ("world", "number"),
    [
        ("endpoint-certificate-expired", 10),
        ("endpoint-certificate-expiring", 0),
        ("endpoint-certificate-not-yet-valid", 9),
        ("endpoint-certificate-self-signed", 18),
        ("endpoint-certificate-wrong-host", 62),
        ("endpoint-certificate-unknown-issuer", 20),
        ("endpoint-tls-failed", "WRONG_VERSION_NUMBER"),
        ("endpoint-tls-version", "TLSV1_ALERT_PROTOCOL_VERSION"),
        ("tls-inspected-at-endpoint", 20),
        ("clock-wrong-at-endpoint", 9),
    ],
)
def test_an_endpoint_shows_the_certificate_of_its_world(start, world, number):
    client = start(world)
    assert reason(client, client.sandbox.credentials["LEAD_ENDPOINT_URL"]) == number
    everywhere = world in {"tls-inspected-at-endpoint", "clock-wrong-at-endpoint"}
    assert reason(client, DISCOVERY) == (number if everywhere else 0)


def test_an_endpoint_can_hang_up_in_the_handshake(start):
    client = start("endpoint-closed-connection")
    with pytest.raises(requests.exceptions.ConnectionError) as refused:
        client.get(client.sandbox.credentials["LEAD_ENDPOINT_URL"])
    assert "EOF" in str(refused.value)


def days_left(client, host):
    """Shake hands with a host as a client does that trusts the sandbox, and read its certificate."""
    proxy = urlsplit(client.sandbox.proxy)
    context = ssl.create_default_context(cafile=client.sandbox.ca_file)
    with socket.create_connection((proxy.hostname, proxy.port), timeout=5) as connection:
        connection.sendall(f"CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n".encode())
        assert connection.recv(1000).endswith(b"\r\n\r\n")
        with context.wrap_socket(connection, server_hostname=host) as tls:
            ends = ssl.cert_time_to_seconds(tls.getpeercert()["notAfter"])
    return (ends - time.time()) / 86_400


def test_an_expiring_certificate_holds_for_two_more_weeks(start):
    client = start("endpoint-certificate-expiring")
    assert 13 < days_left(client, client.state.network["flow"].names[0]) < 15
    assert days_left(client, client.state.network["receiver"].names[0]) > 30


def test_both_names_of_the_instance_have_their_certificate(client):
    assert client.get(PROBE.replace(".crm4", ".api.crm4")).status_code == 401


def test_two_sandboxes_do_not_trust_each_other(start):
    one, two = start(), start()
    with pytest.raises(requests.exceptions.SSLError):
        one.get(PROBE, verify=two.sandbox.ca_file)
