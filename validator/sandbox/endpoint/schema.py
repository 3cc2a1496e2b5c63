"""What a trigger's JSON Schema has against a body, in the words of Newtonsoft.Json that the service uses.

Of JSON Schema, only what a schema generated from a sample holds: `type`, `properties`, `required`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TYPES: Final = {
    dict: "Object",
    list: "Array",
    str: "String",
    bool: "Boolean",
    int: "Integer",
    float: "Number",
    type(None): "Null",
}


def details(schema: Mapping[str, Any], body: object) -> str:
    """Tell all that is wrong with a body; nothing for a sound one."""
    return ",".join(_errors(schema, body))


def _errors(schema: Mapping[str, Any], value: object) -> Iterator[str]:
    wanted, found = _names(schema.get("type", ())), TYPES[type(value)]
    if wanted and found not in wanted:
        yield f"Invalid type. Expected {', '.join(wanted)} but got {found}."
    if isinstance(value, dict):
        absent = [name for name in schema.get("required", ()) if name not in value]
        if absent:
            yield f"Required properties are missing from object: {', '.join(absent)}."
        for name, inner in schema.get("properties", {}).items():
            if name in value:
                yield from _errors(inner, value[name])


def _names(types: str | tuple[str, ...] | list[str]) -> list[str]:
    """Name the types that a schema allows: one, or some of which each will do; none: all."""
    return [name.capitalize() for name in ([types] if isinstance(types, str) else types)]
