"""Fabrikam's organisation, in which nothing keeps the marketplace's leads out; one of them is there."""

from __future__ import annotations

from typing import Any, Final

from validator.sandbox.salesforce.organization import (
    ConnectedApp,
    DuplicateRule,
    Field,
    Organization,
    ValidationRule,
    lengthened,
)

ID: Final = "00D5e000000HabC"
OTHER_ID: Final = "00D5e000000XyzQ"
"""Of another organisation of Fabrikam's, which has nothing to do with its leads."""
DOMAIN: Final = "fabrikam.my.salesforce.com"
WEB_TO_LEAD_HOST: Final = "webto.salesforce.com"

CLIENT_ID: Final = "3MVG9sandboxLeadcheckConsumerKeyThatOpensNothing"
CLIENT_SECRET: Final = "sandbox-consumer-secret-that-opens-nothing"  # noqa: S105 - nobody else accepts it
CREDENTIALS: Final = {"SF_CLIENT_ID": CLIENT_ID, "SF_CLIENT_SECRET": CLIENT_SECRET}

_INDUSTRIES: Final = ("Retail", "Other")
_SOURCES: Final = ("Advertisement", "Employee Referral", "External Referral", "Partner", "Web", "Other")


def organization() -> Organization:
    """Make the organisation. What a world can switch on is there, and off."""
    return Organization(
        ID,
        DOMAIN,
        fields=_fields(),
        apps={"leadcheck": ConnectedApp(CLIENT_ID, CLIENT_SECRET)},
        validation_rules={"Lead_State_Required": ValidationRule("State", "State is required for US leads.")},
        duplicate_rules={"Standard_Lead_Duplicate_Rule": DuplicateRule("Phone", "Use one of these records?")},
        countries={"GB": "United Kingdom", "US": "United States"},
        leads=_leads(),
    )


def _fields() -> dict[str, Field]:
    return {
        "LastName": Field("Last Name", length=80, required=True),
        "FirstName": Field("First Name", length=40),
        "Company": Field("Company", required=True),
        "Title": Field("Title", length=128),
        "Email": Field("Email", "email", length=80),
        "Phone": Field("Phone", "phone", length=40),
        "State": Field("State/Province", length=80),
        "Country": Field("Country", length=80),
        "Description": Field("Description", "textarea", length=32000),
        "LeadSource": Field("Lead Source", "picklist", values=_SOURCES),
        "Status": Field(
            "Lead Status",
            "picklist",
            required=True,
            defaulted=True,
            values=("Open - Not Contacted", "Working - Contacted"),
        ),
        "OwnerId": Field("Owner ID", "reference", 18, required=True, defaulted=True),
        "IsConverted": Field("Converted", "boolean", 0, required=True, defaulted=True),
        "Industry_Type__c": Field(
            "Industry Type", "picklist", required=True, restricted=True, values=_INDUSTRIES, exists=False
        ),
        "Source_Detail__c": Field("Source Detail", required=True, exists=False),
    }


def _leads() -> dict[str, dict[str, Any]]:
    """Give the lead that an earlier publishing left behind; the token holds its time in ticks."""
    token, identifier = "MSFT_TEST_639000000000000000", lengthened("00Q5e0000000001")
    people = dict.fromkeys(("FirstName", "LastName", "Company", "Title", "Description"), token)
    return {
        identifier: {
            "Id": identifier,
            "CreatedDate": "2025-11-29T08:00:00.000+0000",
            **people,
            "Email": f"{token}@test.com",
            "Phone": "1234567890",
            "Country": "US",
            "LeadSource": f"{token}-{token}|Fabrikam CRM add-in",
        }
    }
