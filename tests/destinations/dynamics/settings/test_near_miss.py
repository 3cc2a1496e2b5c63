"""How far two words are apart."""

import pytest

from validator.destinations.dynamics.settings.near_miss import meant, slips


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("", "", 0),
        ("dynamics", "dynamics", 0),
        ("", "crm", 3),
        ("dynamic", "dynamics", 1),
        ("dynammics", "dynamics", 1),
        ("dynanics", "dynamics", 1),
        ("dynamcis", "dynamics", 1),
        ("kitten", "sitting", 3),
    ],
)
def test_slips(left, right, expected):
    assert slips(left, right) == expected
    assert slips(right, left) == expected


@pytest.mark.parametrize("host", ["mail.google.com", "com", "www.fabrikam.com", "fabrikam.crm4.com"])
def test_other_hosts_are_not_guessed_at(host):
    assert meant(host) is None
