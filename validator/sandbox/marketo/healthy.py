"""Fabrikam's subscription, whose form has what the documents ask for; two earlier test leads are in it."""

from __future__ import annotations

from typing import Any, Final

from validator.sandbox.marketo.subscription import (
    READ_ASSETS,
    READ_LEADS,
    WRITE_LEADS,
    ApiService,
    Form,
    FormField,
    PersonField,
    Subscription,
    api_name,
)

MUNCHKIN: Final = "427-FKM-190"
HOST: Final = "427-fkm-190.mktorest.com"
FORM: Final = "1013"
"""Not the number of the documents' sample, which a reader would take for one that was left in."""

CLIENT_ID: Final = "6f2a9c14-8b57-4d03-b1e6-90c7d45a3e28"
CLIENT_SECRET: Final = "sandboxMarketoClientSecretOpensNothing"  # noqa: S105 - nobody else accepts it
CREDENTIALS: Final = {"MARKETO_CLIENT_ID": CLIENT_ID, "MARKETO_CLIENT_SECRET": CLIENT_SECRET}

FIELDS: Final = {
    "FirstName": FormField("First Name:"),
    "LastName": FormField("Last Name:"),
    "Email": FormField("Email Address:", "email", required=True),
    "Phone": FormField("Phone number:", "telephone"),
    "Title": FormField("Job Title:"),
    "Company": FormField("Company Name:"),
    "Country": FormField("Country:"),
    "LeadSource": FormField("Lead Source:", "hidden"),
}
"""The fields that the documents ask for."""

_MORE: Final = {
    "Industry": FormField("Industry:", "select", required=True, rule="show", exists=False),
    "PostalCode": FormField("Postal Code:", required=True, exists=False),
}
"""What somebody may add to the form, as a world does."""

_EARLIER: Final = ("MSFT_TEST_638700000000000000", "MSFT_TEST_639000000000000000")


def subscription() -> Subscription:
    """Make the subscription. What a world can switch on is there, and off."""
    permissions = dict.fromkeys((READ_ASSETS, READ_LEADS, WRITE_LEADS), True)
    fields = {name: FormField(**vars(one)) for name, one in (FIELDS | _MORE).items()}
    return Subscription(
        MUNCHKIN,
        services={
            "partner_center": ApiService(CLIENT_ID, CLIENT_SECRET, "leads@fabrikam.com", permissions),
        },
        forms={FORM: Form("MarketplaceLeadBackend", fields)},
        fields={api_name(name): PersonField() for name in fields},
        people={318_500 + number: _person(token) for number, token in enumerate(_EARLIER)},
    )


def _person(token: str) -> dict[str, Any]:
    texts = dict.fromkeys(("firstName", "lastName", "company", "title"), token)
    return {
        **texts,
        "email": f"{token}@test.com",
        "phone": "1234567890",
        "country": "US",
        "leadSource": f"{token}-{token}|Fabrikam CRM add-in",
        "createdAt": "2025-11-29T08:00:00Z",
        "updatedAt": "2025-11-29T08:00:00Z",
    }
