"""Credentials inside other values: the key in a connection string, what opens an address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from validator.config.disguises import is_word
from validator.config.vocabulary import is_secret

if TYPE_CHECKING:
    from collections.abc import Iterator

_PART: Final = re.compile(r"(?:^|[;?&\"'{\s])([A-Za-z][\w-]{0,40})=([^;&\"'#\s]+)")
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}://(?:([^/?#@\s]*)@)?[^/?#\s]*([^?#\s]*)(\S*)")
_KEYS: Final = frozenset({"sig", "code"})
"""What Logic Apps and Azure Functions call the part that opens an address."""

_TOLD: Final = re.compile(r"/triggers/[\w-]{1,80}/run|\d{4}-\d\d-\d\d(?:-preview)?|[\d.]{1,8}")
"""Values in the address of a trigger that are the same for everybody: `sp`, `api-version`, `sv`."""

_SHORTEST: Final = 6
"""Characters from which a part can be a secret; hiding every shorter word would garble what is said."""


def inside(value: str) -> Iterator[str]:
    """Give what is secret in a value, in the form in which it stands there and decoded."""
    for part in _parts(value):
        if len(part) >= _SHORTEST:
            yield part
            yield unquote(part)


def _parts(value: str) -> Iterator[str]:
    for name, part in _PART.findall(value):
        if name.lower() in _KEYS or is_secret(name):
            yield part
    if address := _ADDRESS.match(value.strip()):
        yield from _of_address(*address.groups(""))


def _of_address(user: str, path: str, query: str) -> Iterator[str]:
    """Whoever gives an address its key chooses the place: a part of the path, or any parameter."""
    yield user
    yield path + query
    yield path
    yield from (part for part in path.split("/") if not is_word(part))
    values = (pair.partition("=")[2] for pair in query.lstrip("?").split("&"))
    yield from (part for part in values if not _TOLD.fullmatch(unquote(part)))
