"""The test lead, and how the marketplace names where a lead came from. Nothing here sends anything.

Every test lead of Microsoft's carries `MSFT_TEST_<ticks>` wherever a text goes; ticks are .NET's, 100 ns each
since the first day of the year 1. Source of the shapes: Microsoft's lead management pages of 2018 to 2023.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_TITLE: Final = "leadcheck test"

EPOCH: Final = datetime(1, 1, 1, tzinfo=UTC)
TICKS: Final = 10
"""Ticks in a microsecond, the finest that a Python clock tells."""

ANY: Final = "MSFT_TEST_"
"""What every token begins with."""

TOKEN: Final = re.compile(rf"{ANY}(\d{{17,19}})(?!\d)", re.ASCII)

WEB: Final = 8
"""The choice *Web* of the lead table's column `leadsourcecode`."""

LIMITS: Final[Mapping[str, int]] = {
    "subject": 300,
    "firstname": 50,
    "lastname": 50,
    "emailaddress1": 100,
    "telephone1": 50,
    "address1_country": 80,
    "companyname": 100,
    "jobtitle": 100,
    "description": 2000,
}
"""Lengths of the lead table's text columns, in UTF-16 units, as Dataverse counts."""

MARKETO: Final = 255
"""Length of Marketo's fields of text."""

SOURCES: Final[Mapping[str, str]] = {
    "AzureMarketplace": "Azure Marketplace",
    "AzurePortal": "the Azure portal",
    "AppSource": "Microsoft AppSource",
    "TestDrive": "a test drive; not listed any more since 2019",
}

SPELLINGS: Final[Mapping[str, str]] = {
    **{name.lower(): name for name in SOURCES},
    "spza": "AppSource",
    "appsource(spza)": "AppSource",
}
"""How the sources were spelt over the years, in lower case and without spaces."""

ACTIONS: Final[Mapping[str, str]] = {
    "INS": "the customer acquired the offer, or its free trial",
    "PLT": "the customer chose Contact me",
    "DNC": "a partner listed across was asked for: do not contact the customer",
    "Create": "the customer bought the offer in the Azure portal",
    "StartTestDrive": "the customer started a test drive",
}


@dataclass(frozen=True, slots=True)
class LeadSource:
    """Where a lead came from: `Source-Action|Offer`. Names that are not documented are kept as written.

    `offer` is `publisherId.offerId`; in a test lead it is the offer's name, and the rest is the token.
    """

    source: str
    action: str
    offer: str
    is_test: bool


def token(now: datetime) -> str:
    """Make the token of a test lead sent at `now`, which knows its time zone."""
    return f"{ANY}{(now - EPOCH) // timedelta(microseconds=1) * TICKS}"


def tokens(text: str) -> list[str]:
    """Find the tokens in a text, each once, in their order."""
    return list(dict.fromkeys(found[0] for found in TOKEN.finditer(text)))


def moment(text: str) -> datetime | None:
    """Give the time, in UTC, inside the first token of a text; None where there is none, or no such time."""
    found = TOKEN.search(text)
    try:
        return EPOCH + timedelta(microseconds=int(found[1]) // TICKS) if found else None
    except OverflowError:  # a number beyond the year 9999: not written by a clock
        return None


def lead_source(token: str, offer: str) -> str:
    """Write the source of a test lead, as Microsoft's own carries it."""
    return f"{token}-{token}|{plain(offer) or DEFAULT_TITLE}"


def parse_lead_source(text: str) -> LeadSource | None:
    """Read `Source-Action|Offer` in the spelling of any year, spaces or not; None for anything else."""
    whence, _, offer = (part.strip() for part in text.partition("|"))
    source, _, action = (part.strip() for part in whence.rpartition("-"))
    is_test = bool(TOKEN.fullmatch(source)) and source == action
    if not (source and offer and (is_test or action.isalpha())):
        return None
    written = {name.lower(): name for name in ACTIONS}
    return LeadSource(
        source=SPELLINGS.get(source.replace(" ", "").lower(), source),
        action=written.get(action.lower(), action),
        offer=offer,
        is_test=is_test,
    )


def written_by_marketplace(source: LeadSource) -> bool:
    """Whether a source is surely one: a bar and a hyphen stand in many a text that is none."""
    return source.is_test or source.source in SOURCES or source.action in ACTIONS


def dynamics(token: str, offer: str) -> dict[str, str | int]:
    """Give the test lead as a row of Dynamics 365's lead table; `offer` is the offer's title.

    How Microsoft's own writer fills the columns is not documented; the values are those of its test leads.
    """
    texts = {
        "subject": lead_source(token, offer),
        "firstname": token,
        "lastname": token,
        "emailaddress1": f"{token}@test.com",
        "telephone1": "1234567890",
        "address1_country": "US",
        "companyname": token,
        "jobtitle": token,
        "description": token,
    }
    return {**{name: _cut(text, LIMITS[name]) for name, text in texts.items()}, "leadsourcecode": WEB}


def customer(token: str) -> dict[str, str]:
    """Give the customer of the test lead, in the documents' names and order."""
    return {
        "FirstName": token,
        "LastName": token,
        "Email": f"{token}@test.com",
        "Phone": "1234567890",
        "Country": "US",
        "Company": token,
        "Title": token,
    }


def https_endpoint(token: str, offer: str) -> dict[str, str | dict[str, str]]:
    """Give the test lead as the body that is posted to an HTTPS endpoint, in the documents' order.

    The source is not compound here: the action has a key of its own.
    """
    return {
        "UserDetails": customer(token),
        "LeadSource": "AzureMarketplace",
        "ActionCode": "INS",
        "OfferTitle": plain(offer) or DEFAULT_TITLE,
        "Description": token,
    }


def sparse(token: str, offer: str) -> dict[str, str | dict[str, str]]:
    """Give the same with no more about the customer than many real leads hold."""
    whole = https_endpoint(token, offer)
    known = {
        name: value for name, value in customer(token).items() if name in {"FirstName", "LastName", "Email"}
    }
    return {name: value for name, value in whole.items() if name != "Description"} | {"UserDetails": known}


def camel_case(body: Mapping[str, str | dict[str, str]]) -> dict[str, str | dict[str, str]]:
    """Spell a body's keys as was seen on the wire in 2020, against the documents: `userDetails.firstName`."""
    return {
        _lowered(name): {_lowered(key): text for key, text in value.items()}
        if isinstance(value, dict)
        else value
        for name, value in body.items()
    }


def web_to_lead(token: str, offer: str, organization: str) -> dict[str, str]:
    """Give the test lead as the form that is posted to Web-to-Lead, for the `oid` of an organisation.

    The documents' sample has these fields and no others; `encoding` stands twice in it: in the address, too.
    """
    return {
        "company": token,
        "country": "US",
        "description": token,
        "email": f"{token}@test.com",
        "encoding": "UTF-8",
        "first_name": token,
        "last_name": token,
        "lead_source": lead_source(token, offer),
        "oid": organization,
        "phone": "1234567890",
        "title": token,
    }


def marketo(token: str, offer: str) -> dict[str, str]:
    """Give the test lead as the values of a form's fields, by the names that Marketo's API has for them.

    Microsoft's announcement of February 2023 lists the fields; how its own writer fills them is not known.
    """
    return {
        "firstName": token,
        "lastName": token,
        "email": f"{token}@test.com",
        "phone": "1234567890",
        "title": token,
        "company": token,
        "country": "US",
        "leadSource": _cut(lead_source(token, offer), MARKETO),
    }


def azure_table(token: str, offer: str, now: datetime) -> dict[str, str]:
    """Give the test lead as a row of the table `MarketplaceLeads`; `now` is UTC.

    The columns are those that public readers of the table use. Of Microsoft's own values only the customer's
    cell is known, from a test lead of 2018; how its keys are made is not.
    """
    return {
        "PartitionKey": f"{now:%Y-%m-%d}",
        "RowKey": token,
        "ActionCode": token,
        "CreatedTime": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "CustomerInfo": json.dumps(customer(token)),
        "Description": token,
        "LeadSource": lead_source(token, offer),
        "OfferDisplayName": plain(offer) or DEFAULT_TITLE,
    }


def _lowered(name: str) -> str:
    return name[0].lower() + name[1:]


def plain(text: str) -> str:
    """Make a title fit for a record: one line, nothing that does not print."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())


def _cut(text: str, units: int) -> str:
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")
