"""Credentials inside other values: the key in a connection string, the signature in an address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from validator.config.vocabulary import is_secret

if TYPE_CHECKING:
    from collections.abc import Iterator

_PART: Final = re.compile(r"(?:^|[;?&\"'{\s])([A-Za-z][\w-]{0,40})=([^;&\"'#\s]+)")
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}://(?:([^/?#@\s]*)@)?[^/?#\s]*(\S*)")
_KEYS: Final = frozenset({"sig", "code"})
"""What Logic Apps and Azure Functions call the part that opens an address."""

_SHORTEST: Final = 8
"""Characters from which the path of an address says anything that could be a secret."""


def inside(value: str) -> Iterator[str]:
    """Give what is secret in a value, in the form in which it stands there and decoded."""
    for name, part in _PART.findall(value):
        if name.lower() in _KEYS or is_secret(name):
            yield part
            yield unquote(part)
    if address := _ADDRESS.match(value.strip()):
        user, target = address[1] or "", address[2]
        yield user
        yield target if len(target) >= _SHORTEST else ""
