from __future__ import annotations

import ssl

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


def test_both_names_of_the_instance_have_their_certificate(client):
    assert client.get(PROBE.replace(".crm4", ".api.crm4")).status_code == 401


def test_two_sandboxes_do_not_trust_each_other(start):
    one, two = start(), start()
    with pytest.raises(requests.exceptions.SSLError):
        one.get(PROBE, verify=two.sandbox.ca_file)
