"""The same words about something else: each row's own texts, moved away from leads, are never certain."""

from __future__ import annotations

import re

import pytest

from validator.catalogue import diagnose, entries

ROWS = [entry for entry in entries().values() if entry.examples]

MOVED = (
    (r"save the lead to Dynamics CRM", "save the invoice to the ERP"),
    (r"Check the Dynamics CRM account settings\.?", "Check the ERP account settings."),
    (r"Last ?CRM(Error|Exception)", r"LastERP\1"),
    (r"Dynamics (CRM|365)|Dataverse|Marketplace|Partner Center", "the ERP"),
    (r"[\w.-]+\.crm\d*\.dynamics\.com", "erp.contoso.com"),
    (r"00000007-0000-0000-c000-000000000000", "00000003-0000-0000-c000-000000000000"),
    (r"leadsourcecode", "industrycode"),
    (r"prv(Create|Read|Write|Append|AppendTo|Delete|Assign|Share)Lead", r"prv\1Account"),
    (r"(entity|table)( ?:?) ?'leads?'", r"\1\2 'account'"),
    (r"segment 'leads'", "segment 'accounts'"),
    (r"(OTC ?[=:] ?|ObjectTypeCode ?[=:] ?)4\b", r"\g<1>1"),
    (r"in the lead entity", "in the account entity"),
    (r"SecLib::", "Sec::"),
    (r"MarketplaceLeads", "Invoices"),
    (r"MSFT_TEST_\d+", "Contoso"),
    (r"AzureMarketplace-INS", "Retail"),
    (r"\bleads?\b", "invoice"),
    (r"Salesforce|Web-to-Lead|Marketo|mktorest", "the ERP"),
    (r"fabrikam\w*\.table\.core\.windows\.net", "erp.blob.core.windows.net"),
)
"""What makes a text one about leads, and what stands in its place."""

SETTINGS = [
    "{} - while terraform wrote a secret of a key vault and called graph.microsoft.com",
    "The payroll service in kubernetes logged: {} It was about to call management.azure.com.",
]


def moved(text):
    for pattern, other in MOVED:
        text = re.sub(pattern, other, text, flags=re.IGNORECASE)
    return text


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("entry", ROWS, ids=lambda entry: entry.id)
def test_its_words_about_something_else_are_not_certain(entry, setting):
    for example in entry.examples:
        found = diagnose(setting.format(moved(example.text)))
        assert [match.entry.id for match in found.matches if match.confidence == "certain"] == []


ALIKE = [
    "Dynamics 365 solution import failed with 0x80040265",
    "0x80040265 from a plug-in of Dynamics for entity 'contact'",
    "The marketplace landing page of our app says AADSTS700016: application not found",
    "Marketplace metering answered AADSTS7000215: Invalid client secret provided",
    "The lead developer cannot sign in, the request channel timed out while waiting for the printer",
    "AADSTS700016 came up in the explorer for graph.microsoft.com, application not found in the directory",
    "Solution import failed: 0x80040220 on entity 'account', SecLib::AccessCheckEx failed",
    "0x80040220 Principal user is missing prvCreateAccount privilege on OTC=1 for entity 'account'",
    "The blob container of the web site returned AuthenticationFailed from fabrikam.blob.core.windows.net",
    "Invalid client secret is provided for our Okta integration",
    "Tenant not found: the landlord's database has no such tenant",
    "Query timed out: the request channel timed out while waiting for SQL database.windows.net",
    "603 Decline was sent by the telephone exchange; Access denied",
    "REQUIRED_FIELD_MISSING: Required fields are missing: [Subject] on Case in Salesforce",
    "no roles are assigned to user in our Kubernetes cluster",
    "conditional access blocked the sign-in to SharePoint: AADSTS53003",
]


@pytest.mark.parametrize("text", ALIKE)
def test_what_only_sounds_like_it_is_not_certain(text):
    assert [match.entry.id for match in diagnose(text).matches if match.confidence == "certain"] == []
