"""The grammar of a storage account's connection string: `Name=value` parts between semicolons.

Azure's own libraries take the parts in any order and letter case, Partner Center's form in one alone. This
reads whatever either takes, and what was meant by whoever quoted or wrapped it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from validator.destinations.azure_table.settings.wrapping import joined, trimmed, unwrapped

PROTOCOL: Final = "DefaultEndpointsProtocol"
ACCOUNT: Final = "AccountName"
KEY: Final = "AccountKey"
SUFFIX: Final = "EndpointSuffix"

ORDER: Final = (PROTOCOL, ACCOUNT, KEY, SUFFIX)
"""The parts that Partner Center takes, in the only order it takes them; it can do without the last."""

PUBLIC: Final = "core.windows.net"
RETIRED: Final = "core.cloudapi.de"
SUFFIXES: Final = (PUBLIC, "core.chinacloudapi.cn", "core.usgovcloudapi.net", RETIRED)
"""The clouds that Partner Center takes. Without a suffix, the first is meant."""

SAMPLE_SUFFIX: Final = "core.screens.net"
"""How Microsoft's instructions of December 2022 print the suffix of the public cloud."""

ENDPOINTS: Final = {
    f"{service}{which}Endpoint": service.lower()
    for service in ("Blob", "Queue", "Table", "File", "Dfs", "Web")
    for which in ("", "Secondary")
}
"""The parts that tell an address outright, and whose address it is."""

NAME: Final = re.compile(r"[a-z0-9]{3,24}")
"""An account's name, by the rules of Azure and of Partner Center alike."""

USABLE: Final = re.compile(r"[A-Za-z0-9+/]{86}==")
"""An account's key: 64 bytes in base64. Partner Center's form takes any length, none at all included."""

LOST: Final = re.compile(rf";?(?<![\s,&])[\s,&]++(?=(?:{'|'.join(ORDER)})\s*=)", re.IGNORECASE)
"""What stands between two parts in place of their semicolon, or behind it."""

_USUAL: Final = {name.lower(): name for name in (*ORDER, *ENDPOINTS)}
_ADDRESS: Final = re.compile(r"https?://([a-z0-9]+)(?:-secondary)?\.([a-z]+)\.([a-z.]+)(?::443)?/?")


@dataclass(frozen=True, slots=True)
class Part:
    """One part. `name` is the usual spelling of a known name, else empty; the rest is as it was written.

    Nothing written is shown: a misplaced key may stand anywhere.
    """

    name: str
    spelled: str = field(repr=False)
    written: str = field(repr=False)

    @property
    def value(self) -> str:
        """The value without blanks, of which no part holds any."""
        return joined(self.written)

    @property
    def torn(self) -> bool:
        """Whether blanks stand inside the value."""
        return self.value != trimmed(self.written)


@dataclass(frozen=True, slots=True)
class ConnectionString:
    """The parts in the order in which they were written, those given twice included, and what they mean."""

    parts: tuple[Part, ...]
    empty: int = 0
    """How many times nothing stands before, between or after semicolons, where something should."""

    def part(self, name: str) -> Part | None:
        """Give the part of that name, the first of several."""
        return next((part for part in self.parts if part.name == name), None)

    @property
    def account(self) -> str:
        """The account's name; empty where none is given."""
        return self._value(ACCOUNT)

    @property
    def key(self) -> str:
        """The account's key in base64; empty where none is given."""
        return self._value(KEY)

    @property
    def suffix(self) -> str:
        """The domain of the account's cloud."""
        return self._value(SUFFIX, PUBLIC).lower()

    @property
    def host(self) -> str:
        """Where the account's tables are, if it has any."""
        return f"{self.account}.table.{self.suffix}"

    @property
    def blob_host(self) -> str:
        """Where its blobs are: an account without tables has these."""
        return f"{self.account}.blob.{self.suffix}"

    @property
    def astray(self) -> list[str]:
        """The names of the parts whose address is not the one that account and suffix lead to."""
        return [
            part.name
            for part in self.parts
            if part.name in ENDPOINTS and not self._leads_home(ENDPOINTS[part.name], part.value)
        ]

    def _leads_home(self, service: str, url: str) -> bool:
        found = _ADDRESS.fullmatch(url.lower())
        return found is not None and found.groups() == (self.account, service, self.suffix)

    def _value(self, name: str, default: str = "") -> str:
        part = self.part(name)
        return part.value if part else default


def read(text: str) -> ConnectionString:
    """Read a connection string as it was meant. What is missing is empty, and what is broken stays broken."""
    return parsed(unwrapped(text)[0])


def parsed(bare: str) -> ConnectionString:
    """Take apart what `unwrapped` left: at semicolons, and each part at its first `=`, for keys hold more."""
    pieces = LOST.sub(";", bare).split(";")
    parts = tuple(_part(piece) for piece in pieces if joined(piece))
    found = ConnectionString(parts, len(pieces) - len(parts))
    at_end = not joined(pieces[-1]) and not found.part(SUFFIX)
    return ConnectionString(parts, found.empty - at_end)


def _part(piece: str) -> Part:
    spelled, _, written = piece.partition("=")
    return Part(_USUAL.get(joined(spelled).lower(), ""), spelled, written)


def canonical(account: str, key: str, suffix: str) -> str:
    """Write a connection string as Partner Center's form and the page Access keys have it."""
    values = ("https", account, key, suffix)
    return ";".join(f"{name}={value}" for name, value in zip(ORDER, values, strict=True))
