"""The storage account in which everything is as the documents ask: Fabrikam's, two leads in it already."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Final

from validator.sandbox.storage.account import Row, StorageAccount, Table

ACCOUNT: Final = "fabrikamleads"
TABLE_HOST: Final = f"{ACCOUNT}.table.core.windows.net"
BLOB_HOST: Final = f"{ACCOUNT}.blob.core.windows.net"

KEYS: Final = {
    name: b64encode(f"The sandbox's account key {name}; it opens nothing".encode().ljust(64, b".")).decode()
    for name in ("key1", "key2")
}
CONNECTION: Final = (
    f"DefaultEndpointsProtocol=https;AccountName={ACCOUNT};AccountKey={KEYS['key1']};"
    "EndpointSuffix=core.windows.net"
)
"""As the account's page Access keys shows it."""


def account(tenant: str) -> StorageAccount:
    """Make the account. The table `Leads` is one that somebody could have made; nobody has."""
    rows = [_test_lead("MSFT_TEST_639000000000000000"), _lead()]
    tables = {"MarketplaceLeads": Table(rows), "Leads": Table(exists=False)}
    return StorageAccount(ACCOUNT, tenant, dict(KEYS), tables)


def _test_lead(token: str) -> Row:
    """Give the lead that an earlier publishing left behind; the token holds its time in ticks."""
    people = dict.fromkeys(("FirstName", "LastName", "Company", "Title"), token)
    customer = people | {"Email": f"{token}@test.com", "Phone": "1234567890", "Country": "US"}
    return {
        "PartitionKey": "2025-11-29",
        "RowKey": token,
        "Timestamp": "2025-11-29T08:00:01.4170000Z",
        "ActionCode": token,
        "CreatedTime": "2025-11-29T08:00:00Z",
        "CustomerInfo": json.dumps(customer),
        "Description": token,
        "LeadSource": f"{token}-{token}|Fabrikam CRM add-in",
        "OfferDisplayName": "Fabrikam CRM add-in",
    }


def _lead() -> Row:
    customer = {
        "FirstName": "Ada",
        "LastName": "Norton",
        "Email": "ada.norton@example.com",
        "Phone": "16175555555",
        "Country": "US",
        "Company": "Contoso",
        "Title": "Buyer",
    }
    return {
        "PartitionKey": "2025-12-02",
        "RowKey": "9d1f7c42-3b86-4e05-a2c7-5f60d8e1b934",
        "Timestamp": "2025-12-02T09:30:02.8813407Z",
        "ActionCode": "INS",
        "CreatedTime": "2025-12-02T09:30:00Z",
        "CustomerInfo": json.dumps(customer),
        "Description": "Campaigns: ",
        "LeadSource": "SPZA-INS|Fabrikam CRM add-in",
        "OfferDisplayName": "Fabrikam CRM add-in",
    }
