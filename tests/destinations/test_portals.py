"""Web sites that are no destination."""

import pytest

from validator.destinations.portals import portal


@pytest.mark.parametrize(
    "host",
    [
        *("make.powerautomate.com", "flow.microsoft.com", "emea.flow.microsoft.com", "make.powerapps.com"),
        *("portal.azure.com", "portal.azure.us", "make.gov.powerautomate.us", "partner.microsoft.com"),
    ],
)
def test_a_portal(host):
    assert portal(host)


@pytest.mark.parametrize("host", ["leads.fabrikam.com", "portal.azure.com.fabrikam.com", "fabrikam.com"])
def test_no_portal(host):
    assert not portal(host)
