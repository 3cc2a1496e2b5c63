"""The tenant in which everything is as the documents ask: Fabrikam, its instance, its two accounts.

The configurations in `examples/` are made for it. Worlds change copies of this.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from validator.sandbox.endpoint import healthy as endpoint
from validator.sandbox.marketo import healthy as marketo
from validator.sandbox.salesforce import healthy as salesforce
from validator.sandbox.state import (
    Account,
    Application,
    ClientSecret,
    Column,
    Environment,
    Host,
    Person,
    Role,
    Solution,
    State,
    Team,
    Tenant,
    now,
)
from validator.sandbox.storage import healthy as storage

SIGN_IN: Final = "login.microsoftonline.com"
INSTANCE: Final = "fabrikam.crm4.dynamics.com"
INSTANCE_API: Final = "fabrikam.api.crm4.dynamics.com"

TENANT_ID: Final = "8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214"
OTHER_TENANT_ID: Final = "b7d1c2a4-93e6-4f58-8c0b-6e2f19d4a357"
APPLICATION_ID: Final = "3c9e1d77-60b8-4f2a-8a45-0b7d2e6f9c13"
PUBLIC_CLIENT_ID: Final = "51f81489-12ee-4a9e-aaae-a2591f45987d"
"""Microsoft's sample client for sign-in with user name and password."""
USER: Final = "leads@fabrikam.onmicrosoft.com"
USER_ID: Final = "5ad06a1c-7be2-4d19-9f83-c4e0b2617d58"

SECRET_ID: Final = "e2b4f6a8-1c3d-4e5f-9a7b-8c6d0e1f2a3b"  # noqa: S105 - it opens nothing
SECRET: Final = "sandbox~8Q~LeadApplicationKey.opens-nothing"  # noqa: S105 - the sandbox accepts it, and nobody else
PASSWORD: Final = "sandbox-Lead-Password-opens-nothing"  # noqa: S105 - the same
CREDENTIALS: Final = {
    "LEAD_APPLICATION_KEY": SECRET,
    "LEAD_PASSWORD": PASSWORD,
    "LEAD_STORAGE_CONNECTION": storage.CONNECTION,
    **endpoint.CREDENTIALS,
    **salesforce.CREDENTIALS,
    **marketo.CREDENTIALS,
}
"""The environment in which the references of the examples resolve."""

_WRITER: Final = (
    "prvCreateLead",
    "prvWriteLead",
    "prvReadSolution",
    "prvCreateUserEntityUISettings",
    "prvReadUserEntityUISettings",
    "prvWriteUserEntityUISettings",
    "prvReadAsyncOperation",
    "prvWriteAsyncOperation",
    "prvAppendToAsyncOperation",
)
"""What the documents ask of the role *Microsoft Marketplace Lead Writer*, their additions included."""

_READER: Final = (
    "prvReadLead",
    "prvDeleteLead",
    "prvReadUser",
    "prvReadRole",
    "prvReadTeam",
    "prvReadEntity",
    "prvReadAttribute",
    "prvReadSolution",
)
"""What it takes to look the test lead and the roles up, and to remove the lead."""


def state() -> State:
    """Make a state in which both examples are ready."""
    return State(
        network=_network(),
        tenants=_tenants(),
        environments={"fabrikam": _environment()},
        storage={"fabrikam": storage.account(TENANT_ID)},
        flows=endpoint.flows(),
        functions=endpoint.functions(),
        receivers=endpoint.receivers(),
        salesforce={"fabrikam": salesforce.organization()},
        marketo={"fabrikam": marketo.subscription()},
    )


def _network() -> dict[str, Host]:
    return {
        "entra": Host((SIGN_IN,), serves="entra"),
        "dataverse": Host((INSTANCE, INSTANCE_API), serves="dataverse"),
        "table": Host((storage.TABLE_HOST,), serves="table"),
        "blob": Host((storage.BLOB_HOST,), serves="blob"),
        **endpoint.network(),
        "web_to_lead": Host((salesforce.WEB_TO_LEAD_HOST,), serves="web_to_lead"),
        "salesforce": Host((salesforce.DOMAIN,), serves="salesforce"),
        "marketo": Host((marketo.HOST,), serves="marketo"),
    }


def _tenants() -> dict[str, Tenant]:
    secret = ClientSecret(SECRET_ID, SECRET, expires=now() + timedelta(days=365))
    return {
        "fabrikam": Tenant(
            TENANT_ID,
            "Fabrikam",
            domains=("fabrikam.com", "fabrikam.onmicrosoft.com"),
            applications={
                "leads": Application(APPLICATION_ID, "Marketplace leads", {"current": secret}),
                "public": Application(
                    PUBLIC_CLIENT_ID, "Dynamics 365 Example Client Application", public=True
                ),
            },
            people={"leads": Person(USER_ID, USER, PASSWORD)},
        ),
        "contoso": Tenant(OTHER_TENANT_ID, "Contoso", domains=("contoso.com", "contoso.onmicrosoft.com")),
    }


def _environment() -> Environment:
    return Environment(
        host=INSTANCE,
        tenant="fabrikam",
        organization="d4c90f52-8a1e-4b73-a6d5-02e7f81c3b96",
        business_unit="1e5b7a90-4c62-4d8f-b3a1-97f06c2d8e45",
        accounts=_accounts(),
        roles=_roles(),
        teams={
            "fabrikam": Team("c8f2d6b1-5e07-4a39-8d4c-b16e90a3f752", "fabrikam", ("application", "person"))
        },
        columns=_columns(),
        solutions={
            "MicrosoftMarketplacesLeadIntegrationSolution": Solution(
                "Microsoft Marketplaces Lead Integration Solution", "1.0.0.0"
            ),
            "msdynce_LeadManagement": Solution("Lead Management", "9.0.24033.1003"),
        },
    )


def _accounts() -> dict[str, Account]:
    both = ("lead_writer", "lead_reader")
    return {
        "application": Account(
            "7a3e5c10-6d84-4f29-b5e7-d80c1f42a963", "Marketplace leads", APPLICATION_ID, both, access_mode=4
        ),
        "person": Account(
            "2b9f4d86-0e71-4c5a-93d8-6fa7e1c0b524", USER, USER_ID, both, access_mode=0, needs_licence=True
        ),
        "sales": Account("91c6e0d3-f47a-4b28-8e15-3d5a72bc0f69", "Sales queue", "", both, access_mode=0),
        "newcomer": Account("f6a81b4e-2d93-4705-ac6b-58e9d7301c2f", "Newcomer", "", (), access_mode=0),
    }


def _roles() -> dict[str, Role]:
    salesperson = dict.fromkeys((*_WRITER, *_READER), "Global")
    return {
        "lead_writer": Role(
            "a0d7e3f9-5b18-4c46-9e2d-7c81f60b4a35",
            "Microsoft Marketplace Lead Writer",
            dict.fromkeys(_WRITER, "Global"),
        ),
        "lead_reader": Role(
            "4f8c2a6d-e195-47b0-a3f4-d92b6e07c581", "Lead Reader", dict.fromkeys(_READER, "Global")
        ),
        "salesperson": Role("63b5d1e8-9a07-4f2c-8d6e-0c4f7a92b1e3", "Salesperson", salesperson),
    }


def _columns() -> dict[str, Column]:
    texts = {
        "subject": 300,
        "firstname": 50,
        "lastname": 50,
        "companyname": 100,
        "jobtitle": 100,
        "emailaddress1": 100,
        "telephone1": 50,
        "mobilephone": 20,
        "websiteurl": 200,
        "address1_line1": 250,
        "address1_city": 80,
        "address1_stateorprovince": 50,
        "address1_postalcode": 20,
        "address1_country": 80,
        "description": 2000,
    }
    choices = {
        "leadsourcecode": tuple(range(1, 11)),
        "statuscode": (1, 2, 3, 4, 5, 6, 7),
        "statecode": (0, 1, 2),
    }
    computed = ("leadid", "fullname", "createdon", "ownerid")
    return {
        **{name: Column(most=most) for name, most in texts.items()},
        **{name: Column(options=options) for name, options in choices.items()},
        **{name: Column(writable=False) for name in computed},
    }
