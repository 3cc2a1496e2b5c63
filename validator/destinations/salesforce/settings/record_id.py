"""The identifiers of Salesforce's records: 15 characters whose letter case counts, or 18 that prove it.

The three more characters hold the letter case of the 15, five of them in each. They tell nothing of the
letters themselves, so that a mistyped letter is not seen.
"""

from __future__ import annotations

import re
from typing import Final

SHORT: Final = 15
LONG: Final = 18

GROUP: Final = 5
"""Characters whose letter case one character of the checksum holds."""

ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
"""Of the checksum: its place in here has a bit for each capital letter of the group, the first one lowest."""

FORM: Final = re.compile(r"[0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?")

ORGANISATION: Final = "00D"
"""How the identifier of every organisation begins."""

KINDS: Final = {
    "001": "an account",
    "003": "a contact",
    "005": "a user",
    "00G": "a group or a queue",
    "00N": "a custom field",
    "00Q": "a lead",
    "00e": "a profile",
    "012": "a record type",
    "01I": "a custom object",
    "0BC": "a custom address field",
    "701": "a campaign",
}
"""What other identifiers that lie near a Web-to-Lead form, or a lead, begin with."""

CUSTOM: Final = "a0"
"""How those of the records of custom objects begin; the third character tells the object."""


def checksum(short: str) -> str:
    """Give the three characters that make 18 of 15."""
    return "".join(_character(short[at : at + GROUP]) for at in range(0, SHORT, GROUP))


def _character(group: str) -> str:
    return ALPHABET[sum(1 << place for place, letter in enumerate(group) if letter.isupper())]


def proven(text: str) -> bool:
    """Whether the checksum of 18 characters fits. In lower case it is as good: it holds no letter case."""
    return checksum(text[:SHORT]) == text[SHORT:].upper()


def restored(text: str) -> str | None:
    """Give the 15 characters of 18 in the letter case that the checksum tells; None where it contradicts."""
    body, tail = text[:SHORT].lower(), text[SHORT:].upper()
    if any(letter not in ALPHABET for letter in tail):
        return None
    capitals = [ALPHABET.index(letter) >> place & 1 for letter in tail for place in range(GROUP)]
    short = "".join(
        letter.upper() if capital else letter for letter, capital in zip(body, capitals, strict=True)
    )
    return short if checksum(short) == tail else None


def of_organisation(text: str) -> bool:
    """Tell whether a text has the form of an organisation's identifier, in 15 characters or 18."""
    return text.startswith(ORGANISATION) and FORM.fullmatch(text) is not None


def kind(text: str) -> str | None:
    """Name the kind of record that an identifier belongs to, where it is none of an organisation."""
    if text.startswith(CUSTOM):
        return "a record of a custom object"
    return KINDS.get(text[: len(ORGANISATION)])
