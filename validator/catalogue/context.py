"""Where a text comes from: the same code means another thing in another place."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


class Context(Enum):
    """How much a text says about its origin."""

    GIVEN = auto()
    """The caller knows: a live answer, or a bare code that somebody asks us about."""
    PUBLISHING = auto()
    """The publish step's own words."""
    OURS = auto()
    """The marketplace or the lead destination is spoken of."""
    NAMED = auto()
    """Nothing but the name of a code, which several services may have."""
    NONE = auto()
    ELSEWHERE = auto()
    """Another service is spoken of, and the lead destination is not."""


_PUBLISHING: Final = ("save the lead to dynamics", "microsoft marketplace lead writer", "leadsourcecode")
_MARKETPLACE: Final = ("partner center", "marketplace", "appsource", "customer leads", "msft_test_")
_DESTINATIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "dynamics": (
        *("dynamics", "dataverse", "lastcrm", "crmservice", "seclib::", "power platform", "prvcreatelead"),
        *("for entity 'lead'", "segment 'leads'", "00000007-0000-0000-c000-000000000000"),
    ),
    "table": ("marketplaceleads",),
    "salesforce": ("salesforce", "web-to-lead", "webtolead"),
    "marketo": ("marketo", "mktorest"),
    "httpsEndpoint": ("userdetails", "offertitle"),
}
"""What is said of a lead destination and hardly of anything else."""

_STORAGE: Final = ("storage.azure.com", "azure storage")
_NEIGHBOURS: Final = tuple(f".{service}.core." for service in ("blob", "dfs", "queue", "file"))
"""The services beside the tables of an account, which share their codes and words."""
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
    *("cognitiveservices", "okta", "github actions", "teams.microsoft", *_STORAGE, *_NEIGHBOURS),
    *("cdo.message", "smtp", "ole db", "directshow", "volume shadow", "windows update", "com+"),
    *("resource principal named", "service principal for resource"),
)


_OTHER_BUSINESS: Final = (
    *("solution import", "import of the solution", "importing solution", "importsolution"),
    *("metering", "usage event", "landing page", "fulfillment api", "marketplaceapi.microsoft.com"),
    "20e940b3-4c77-4b0b-9a53-9e16a1b010a7",
)
"""What else goes on at the marketplace and in Dynamics 365, unless a lead is spoken of as well."""


class Origin(NamedTuple):
    """What a text says of where it comes from, judged for each entry by the destinations it is about."""

    given: bool
    bare: bool
    publishing: bool
    marketplace: bool
    spoken_of: frozenset[str]
    elsewhere: frozenset[str]

    def context(self, destinations: Collection[str]) -> Context:
        """Judge the text for an entry about these destinations; none stands for all."""
        if self.given:
            return Context.GIVEN
        if self.publishing:
            return Context.PUBLISHING
        if self.marketplace or (self.spoken_of if not destinations else self.spoken_of & set(destinations)):
            return Context.OURS
        if self.bare:
            return Context.NAMED
        own = _STORAGE if "table" in destinations else ()
        return Context.ELSEWHERE if self.elsewhere.difference(own) else Context.NONE


def origin(words: str, *, given: bool, bare: bool) -> Origin:
    """Look for the services that a plain text names.

    `given`: the caller vouches for it; `bare`: it is the name of a code and nothing else.
    """
    tables = ".table.core." in words
    others = (
        frozenset(sign for sign in _OTHER_BUSINESS if sign in words) if "lead" not in words else frozenset()
    )
    if others:
        return Origin(
            given, bare, publishing=False, marketplace=False, spoken_of=frozenset(), elsewhere=others
        )
    return Origin(
        given,
        bare,
        publishing=any(sign in words for sign in _PUBLISHING),
        marketplace=any(sign in words for sign in _MARKETPLACE),
        spoken_of=frozenset(
            name for name, signs in _DESTINATIONS.items() if any(sign in words for sign in signs)
        ),
        elsewhere=frozenset(
            sign for sign in _ELSEWHERE if sign in words and not (tables and sign in _NEIGHBOURS)
        ),
    )


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
