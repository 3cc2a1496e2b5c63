from __future__ import annotations

import pytest

from validator.config.suggestions import nearest
from validator.config.vocabulary import DESTINATIONS

FIELDS = ("instanceUrl", "authentication", "directoryId", "applicationId", "applicationKey", "contactEmail")


@pytest.mark.parametrize(
    ("written", "known", "meant"),
    [
        ("Dynamics", DESTINATIONS, "dynamics"),
        ("dynamics365ForCustomerEngagement", DESTINATIONS, "dynamics"),
        ("crm", DESTINATIONS, "dynamics"),
        ("http-endpoint", DESTINATIONS, "httpsEndpoint"),
        ("Azure Table", DESTINATIONS, "table"),
        ("sales_force", DESTINATIONS, "salesforce"),
        ("hubspot", DESTINATIONS, None),
        ("AzureAD", ("azureAD", "office365"), "azureAD"),
        ("o365", ("azureAD", "office365"), "office365"),
        ("tenantId", FIELDS, "directoryId"),
        ("applicationSecret", FIELDS, "applicationKey"),
        ("clientSecret", ("clientId",), None),
        ("contactEmails", FIELDS, "contactEmail"),
        ("a" * 100_000, FIELDS, None),
    ],
)
def test_did_you_mean(written, known, meant):
    assert nearest(written, known) == meant
