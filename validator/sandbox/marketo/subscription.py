"""A Marketo subscription: who may call its API, the forms that people fill in, and the people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

RATE: Final = (100, 20)
"""Calls that all clients of a subscription may make, and the seconds in which they may."""

AT_ONCE: Final = 10
"""Calls that may be under way at the same time."""

DAILY: Final = 50_000
"""Calls that may be made between midnight and midnight, Central Time."""

LIFE: Final = timedelta(hours=1)
"""How long a token is good for; whoever asks again in that time gets the same one."""

READ_ASSETS: Final = "Read-Only Assets"
READ_LEADS: Final = "Read-Only Lead"
WRITE_LEADS: Final = "Read-Write Lead"


class Trouble(StrEnum):
    """What Marketo itself has, by the code that it answers with."""

    NONE = ""
    GATEWAY = "502"
    SLOW = "604"
    DOWN = "608"
    FAULT = "611"
    PASSING = "713"


@dataclass
class ApiService:
    """A custom service of LaunchPoint: an API client, which acts as an API-only user in a role."""

    client_id: str
    client_secret: str
    user: str
    permissions: dict[str, bool]
    """Whether the role of its user has a permission, by the permission's name."""
    exists: bool = True


@dataclass
class FormField:
    """A field of a form. `rule`: when it is shown; what is not always shown is demanded of nobody here."""

    label: str
    data_type: str = "text"
    required: bool = False
    rule: str = "alwaysShow"
    exists: bool = True


@dataclass
class Form:
    """A form, with its fields by the names that forms have for them."""

    name: str
    fields: dict[str, FormField]
    status: str = "approved"
    exists: bool = True


@dataclass
class PersonField:
    """A field of a person, under the name that the API has for it."""

    data_type: str = "string"
    exists: bool = True


@dataclass
class Token:
    """An access token of an API service."""

    service: str
    expires: datetime


@dataclass
class Subscription:
    """A subscription, at `{munchkin}.mktorest.com`."""

    munchkin: str
    services: dict[str, ApiService]
    forms: dict[str, Form]
    fields: dict[str, PersonField]
    exists: bool = True
    trouble: Trouble = Trouble.NONE
    closed_to_our_network: bool = False
    """Whether its allow list for the API keeps out the addresses that requests come from."""
    calls_lately: int = 0
    """Calls of other clients in each of the periods of `RATE`."""
    calls_today: int = 12
    calls_under_way: int = 0
    sessions_end: bool = False
    """Whether a token expires as soon as it is given."""
    takes_forms: bool = True
    """Whether the API submits forms: a service that Marketo added in 2020."""
    business_rule: str = ""
    """Which rule of the subscription refuses what forms bring."""
    same_person: str = "email"
    """The field in which two people are the same person."""
    campaign_deletes: bool = False
    """Whether a smart campaign deletes people as soon as a form has brought them."""
    tokens: dict[str, Token] = field(default_factory=dict)
    people: dict[int, dict[str, Any]] = field(default_factory=dict)
    moments: list[datetime] = field(default_factory=list)
    """When our own calls were made, as far as they still count."""


def api_name(name: str) -> str:
    """Spell the name of a form's field as the API does."""
    return name[:1].lower() + name[1:]


def now() -> datetime:
    """Give the time, UTC."""
    return datetime.now(UTC)
