"""The documented shape of a lead, and the fields of one that arrived, whatever their spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from validator import lead

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DETAILS: Final = "UserDetails"
"""The one key that holds an object: the customer."""

NAMES: Final[tuple[str, ...]] = tuple(
    name
    for key, value in lead.https_endpoint("", "").items()
    for name in ([f"{key}.{inner}" for inner in value] if isinstance(value, dict) else [key])
)
"""The documented fields, `UserDetails.FirstName` to `Description`, in the documents' order."""

_SPELT: Final[Mapping[str, str]] = {name.lower(): name for name in (*NAMES, DETAILS)}


class Field(NamedTuple):
    """One value of a lead: its key as written, the documented name (None: there is none), and the value."""

    written: str
    name: str | None
    value: Any

    @property
    def text(self) -> str:
        """Give the text; empty for a value that is none."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def camel(self) -> bool:
        """Whether the key is in camelCase, or partly: the documents' own pages of 2020 mix the two."""
        pairs = zip(self.written.split("."), (self.name or "").split("."), strict=False)
        return self.written != self.name and all(
            written in {name, name[:1].lower() + name[1:]} for written, name in pairs
        )


def fields(values: Mapping[str, Any]) -> Iterator[Field]:
    """Give the values of a lead in the order in which they arrived, those of the customer one by one."""
    for key, value in values.items():
        if key.lower() == DETAILS.lower() and isinstance(value, dict):
            for inner, each in value.items():
                written = f"{key}.{inner}"
                yield Field(written, _SPELT.get(written.lower()), each)
        else:
            yield Field(key, None if "." in key else _SPELT.get(key.lower()), value)


def kind(value: object) -> str:
    """Name the type of a JSON value, with its article."""
    kinds = {str: "a text", dict: "an object", list: "a list", bool: "true or false", type(None): "null"}
    return kinds.get(type(value), "a number")
