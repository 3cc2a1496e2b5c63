"""The types of a row's properties: JSON says some itself, an annotation beside the property the others."""

from __future__ import annotations

import re
from base64 import b64decode
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from validator.sandbox.storage.refusals import Refused, invalid_input, out_of_range

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from validator.sandbox.storage.account import Row

TYPE: Final = "@odata.type"
KEYS: Final = ("PartitionKey", "RowKey")

MOST: Final = 32 << 10
"""UTF-16 units of text in one property: 64 KiB."""

MOST_KEY: Final = 512
"""UTF-16 units of a key: 1 KiB."""

_FORBIDDEN: Final = re.compile(r"[/\\#?\x00-\x1f\x7f-\x9f]")
"""What no key may hold."""


def moment(text: str) -> datetime:
    """Read a time; one without a zone is UTC. ValueError: it is none."""
    read = datetime.fromisoformat(text)
    return read.replace(tzinfo=read.tzinfo or UTC)


_READ: Final[Mapping[str, Callable[[str], object]]] = {
    "Edm.Binary": b64decode,
    "Edm.DateTime": moment,
    "Edm.Double": float,
    "Edm.Guid": UUID,
    "Edm.Int64": int,
}
"""The types that need an annotation, since JSON has no words for them."""

_PLAIN: Final = {"Edm.String", "Edm.Boolean", "Edm.Int32"}


def typed(row: Mapping[str, Any], name: str) -> object:
    """Give a property as what it is, to compare it; None where the row has no such property."""
    kind = "Edm.DateTime" if name == "Timestamp" else row.get(name + TYPE)
    return row.get(name) if kind is None else _READ[kind](str(row[name]))


def read(sent: object) -> Row:
    """Take a row out of a request's body: its keys, its properties, and the types that JSON does not say."""
    if not isinstance(sent, dict):
        raise invalid_input()
    properties = {
        name: value
        for name, value in sent.items()
        if "odata." not in name and name != "Timestamp" and value is not None
    }
    if not all(name in properties for name in KEYS):
        message = "The values are not specified for all properties in the entity."
        raise Refused(400, "PropertiesNeedValue", message)
    row: Row = {}
    for name, value in properties.items():
        _check(name, value)
        row |= _annotated(name, value, sent.get(name + TYPE, "Edm.String"))
    return row


def _check(name: str, value: object) -> None:
    if isinstance(value, (dict, list)) or (name in KEYS and not isinstance(value, str)):
        raise invalid_input()
    units = len(value.encode("utf-16-le")) // 2 if isinstance(value, str) else 0
    if name in KEYS and (units > MOST_KEY or _FORBIDDEN.search(str(value))):
        raise out_of_range(name, str(value))
    if units > MOST:
        message = "The property value exceeds the maximum allowed size (64KB)."
        raise Refused(400, "PropertyValueTooLarge", message)


def _annotated(name: str, value: object, kind: object) -> Row:
    if str(kind) in _PLAIN:
        return {name: value}
    try:
        _READ[str(kind)](str(value))
    except (KeyError, ValueError):
        raise invalid_input() from None
    return {name + TYPE: kind, name: value}
