"""A Salesforce organisation: the rules that its leads meet, and the queue in which they wait for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

DAILY: Final = 500
"""Leads that Web-to-Lead takes in 24 hours; what comes after waits until tomorrow."""


@dataclass
class Field:
    """A field of Lead, as describe tells it. `required`: universally, so by the API and Web-to-Lead alike."""

    label: str
    kind: str = "string"
    length: int = 255
    required: bool = False
    defaulted: bool = False
    createable: bool = True
    values: tuple[str, ...] = ()
    restricted: bool = False
    exists: bool = True


@dataclass
class ValidationRule:
    """A rule that refuses a lead in which a field is blank."""

    blank: str
    message: str
    active: bool = False


@dataclass
class DuplicateRule:
    """A rule on leads that equal another one in a field."""

    equal: str
    alert: str
    active: bool = False
    blocks: bool = False
    """Otherwise the lead is allowed, with an alert: to nobody who could confirm it."""


@dataclass
class ConnectedApp:
    """An API client. `run_as`: the user that the client credentials flow acts for."""

    client_id: str
    client_secret: str
    exists: bool = True
    client_credentials: bool = True
    """Whether the flow is enabled for it."""
    run_as: str | None = "00500000000RunA"
    refused: bool = False
    """Whether a policy of the organisation turns the user away (an IP range, a lock)."""


@dataclass
class Mail:
    """What Salesforce writes to whoever looks after the leads when one could not be made."""

    to: str
    reason: str
    record: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """Word it as Salesforce does."""
        lines = "\n".join(f"{name} = {value}" for name, value in sorted(self.record))
        return (
            "Salesforce could not create this lead because of the reason listed below. For more information "
            "about this error or help with Web-to-Lead, please contact Customer Support.\n\n"
            f"Reason: {self.reason}\n\nRecord Information:\n\n{lines}\n\n"
            "To incorporate this lead into salesforce.com you can key in the data above.\n"
        )


@dataclass
class Submission:
    """A form that was taken, and waits. `due`: when it is looked at."""

    pairs: tuple[tuple[str, str], ...]
    due: datetime


@dataclass
class Organization:
    """An organisation, at `{domain}` for its users and under its `id` for Web-to-Lead."""

    id: str
    domain: str
    fields: dict[str, Field]
    apps: dict[str, ConnectedApp]
    validation_rules: dict[str, ValidationRule]
    duplicate_rules: dict[str, DuplicateRule]
    countries: dict[str, str]
    """Integration values by ISO code: what a form has to send while country picklists are on."""
    country_picklists: bool = False
    web_to_lead: bool = True
    default_creator: str | None = "leads@fabrikam.com"
    recaptcha_required: bool = False
    taken_today: int = 3
    delay: float = 0.2
    """Seconds in the queue."""
    lead_readable: bool = True
    """Whether the user of the API sees the object Lead at all."""
    hidden: tuple[str, ...] = ()
    """Fields of Lead that this user does not see."""
    may_delete: bool = True
    api_enabled: bool = True
    requests_left: bool = True
    """Whether the organisation has API requests left today."""
    session_ended: bool = False
    """Whether sessions end as soon as they have begun."""
    tokens: set[str] = field(default_factory=set)
    leads: dict[str, dict[str, Any]] = field(default_factory=dict)
    queue: list[Submission] = field(default_factory=list)
    outbox: list[Mail] = field(default_factory=list)
    answer_header: str | None = "true"
    """What Web-to-Lead says in `Is-Processed` of a form that it takes; None: nothing."""

    @property
    def long_id(self) -> str:
        """Give the identifier in 18 characters."""
        return lengthened(self.id)

    def visible(self) -> dict[str, Field]:
        """Give the fields that the user of the API sees."""
        return {name: one for name, one in self.fields.items() if one.exists and name not in self.hidden}


ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def lengthened(short: str) -> str:
    """Give an identifier of 15 characters the three that guard its letter case."""
    groups = (short[at : at + 5] for at in range(0, 15, 5))
    return short + "".join(
        ALPHABET[sum(1 << place for place, letter in enumerate(group) if letter.isupper())]
        for group in groups
    )


def now() -> datetime:
    """Give the time, UTC."""
    return datetime.now(UTC)
