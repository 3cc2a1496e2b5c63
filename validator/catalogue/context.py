"""Where a text comes from: the same code means another thing in another place."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final


class Context(Enum):
    """How much a text says about its origin."""

    GIVEN = auto()
    """The caller knows: a live answer, or a bare code that somebody asks us about."""
    PUBLISHING = auto()
    """The publish step's own words."""
    DYNAMICS = auto()
    """Dynamics 365 or the marketplace is spoken of."""
    NONE = auto()
    ELSEWHERE = auto()
    """Another service is spoken of, and Dynamics 365 is not."""


_PUBLISHING: Final = ("save the lead to dynamics", "microsoft marketplace lead writer", "leadsourcecode")
_DYNAMICS: Final = (
    *("dynamics", "dataverse", "lastcrm", "crmservice", "seclib::", "power platform", "partner center"),
    *("marketplace", "appsource", "prvcreatelead", "for entity 'lead'", "segment 'leads'", "customer leads"),
    "00000007-0000-0000-c000-000000000000",
)
_ELSEWHERE: Final = (
    *("graph.microsoft.com", "graph.windows.net", "00000003-0000-0000-c000-000000000000", "microsoft graph"),
    *(
        "management.azure.com",
        "vault.azure.net",
        "key vault",
        "sharepoint",
        "exchange online",
        "outlook.office",
    ),
    *(
        "kubernetes",
        "terraform",
        "azure devops",
        "dev.azure.com",
        "database.windows.net",
        "power bi",
        "powerbi",
    ),
    *("storage.azure.com", "azure storage", "cognitiveservices", "okta", "github actions", "teams.microsoft"),
    *("cdo.message", "smtp", "ole db", "directshow", "volume shadow", "windows update", "com+"),
    *("resource principal named", "service principal for resource"),
)


def context_of(words: str) -> Context:
    """Judge plain text by the services it names."""
    for context, signs in (
        (Context.PUBLISHING, _PUBLISHING),
        (Context.DYNAMICS, _DYNAMICS),
        (Context.ELSEWHERE, _ELSEWHERE),
    ):
        if any(sign in words for sign in signs):
            return context
    return Context.NONE


_LEAD_TABLE: Final = frozenset({"lead", "leads", "4"})
"""The lead table's names in Dataverse's messages; 4 is its object type code."""

_TABLE: Final = (
    r"(?:entity|table)(?: ?:)? ?'([a-z0-9_]{1,64})'"
    r"|entity name: ?([a-z0-9_]{1,64})"
    r"|in the ([a-z0-9_]{1,64}) entity"
    r"|(?<!\w)otc ?[=:] ?(\d{1,5})"
    r"|objecttypecode ?[=:] ?(\d{1,5})"
    r"|segment '([a-z0-9_]{1,64})'"
)
_PRIVILEGE: Final = (
    r"(?<!\w)prv(?:create|read|write|delete|append|appendto|assign|share)(?!to)([a-z0-9_]{1,64})(?!\w)"
)


def about_another_table(words: str) -> bool:
    """Say whether the text names tables (or privileges on them), and the lead table is not among them."""
    found = re.findall(_TABLE, words) or [(name,) for name in re.findall(_PRIVILEGE, words)]
    named = {name for names in found for name in names if name}
    return bool(named) and not named & _LEAD_TABLE
