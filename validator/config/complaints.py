"""What jsonschema found, told as faults in words that repeat no value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

from validator.config.fault import Fault, Path
from validator.config.naming import name
from validator.config.suggestions import folded, nearest, respelt
from validator.config.vocabulary import BLOCKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jsonschema import ValidationError

_EXPECTED: Final = {"string": "text", "object": "a block of keys", "array": "a list"}
_FOUND: Final = {
    dict: "a block of keys",
    list: "a list",
    str: "text",
    bool: "true or false",
    type(None): "nothing",
}

MOST: Final = 100
"""Faults of one configuration: enough for anybody, too few for a hostile file to be slow with."""


@dataclass(frozen=True, slots=True)
class Breach:
    """One rule of the schema that a value breaks: the rule's name, and what it wants."""

    path: Path
    rule: str
    wanted: Any
    schema: Mapping[str, Any]
    value: Any = field(repr=False)


def told(errors: Iterable[ValidationError]) -> list[Fault]:
    """Tell one fault once: a missing key, and an unknown one that was meant to be it, are the same fault."""
    breaches = [_breach(error) for error in errors]
    missing = {(*one.path, key): None for one in breaches if one.rule == "required" for key in _absent(one)}
    faults = []
    for one in breaches:
        if one.rule == "additionalProperties":
            unknown = [key for key in one.value if key not in one.schema["properties"]]
            faults += [_unknown(one, key, missing) for key in unknown[:MOST]]
        elif one.rule != "required":
            faults.append(_value(one))
    absent = [Fault("missing-key", path, f"“{path[-1]}” is missing{_inside(path)}") for path in missing]
    return [*absent, *faults][:MOST]


def _breach(error: ValidationError) -> Breach:
    path, rule = tuple(error.absolute_path), str(error.validator)
    return Breach(path, rule, error.validator_value, cast("dict[str, Any]", error.schema), error.instance)


def _absent(one: Breach) -> list[str]:
    return [key for key in one.wanted if key not in one.value]


def _inside(path: Path) -> str:
    names = [key for key in path[:-1] if isinstance(key, str)]
    return f" in “{names[-1]}”" if names else ""


def _unknown(one: Breach, key: str, missing: dict[Path, None]) -> Fault:
    path = (*one.path, key)
    meant = nearest(key, [known for known in one.schema["properties"] if known not in one.value])
    written = name(key)
    deeper = isinstance(one.value[key], dict) and _level(one, key)
    if meant and not deeper and (*one.path, meant) in missing:
        del missing[*one.path, meant]
        observed = f"“{meant}” is missing; “{written}” stands in its place{_right_value(one, key, meant)}"
        return Fault("missing-key", path, observed, at_key=True)
    hint = f"; did you mean “{meant}”?" if meant else ""
    hint = _level(one, key) or hint
    return Fault("unknown-key", path, f"“{written}” is not a key{_inside(path)}{hint}", at_key=True)


def _right_value(one: Breach, key: str, meant: str) -> str:
    """Say what the value has to be as well, where it is one of a list and misspelt."""
    allowed, value = one.schema["properties"][meant].get("enum", ()), one.value[key]
    right = nearest(value, allowed) if isinstance(value, str) else None
    return f", and its value has to be “{right}”" if right and value != right else ""


def _level(one: Breach, key: str) -> str:
    """Say where a key belongs that stands a level too high, or what stands a level too deep in it."""
    inner = one.value[key]
    if isinstance(inner, dict):
        known = [name for name in one.schema["properties"] if name not in one.value]
        meant = [(each, known_as) for each in inner if (known_as := nearest(each, known))]
        return f"; what is in it belongs one level up: {_listed(meant)}" if meant else ""
    rules = one.schema.get("$defs", {})
    homes = (block for name, block in BLOCKS.items() if block in one.value and _has(rules.get(name, {}), key))
    block = next(homes, None)
    return f"; it belongs into “{block}”" if block else ""


def _has(rule: Mapping[str, Any], key: str) -> bool:
    return any(folded(key) == folded(known) for known in rule.get("properties", ()))


def _listed(pairs: Iterable[tuple[str, str]]) -> str:
    return ", ".join(
        f"“{meant}”" if written == meant else f"“{name(written)}” as “{meant}”" for written, meant in pairs
    )


def _value(one: Breach) -> Fault:
    key = one.path[-1]
    place = f"“{key}”" if isinstance(key, str) else f"item {key + 1}{_inside(one.path)}"
    if one.rule == "type":
        observed = f"{place} has to be {_expected(one)}; it is {_found(one.value)}"
        return Fault("wrong-type", one.path, observed)
    if one.rule == "enum":
        meant = nearest(one.value, one.wanted) if isinstance(one.value, str) else None
        hint = f"; did you mean “{meant}”?" if meant else ""
        observed = f"{place} has to be one of {', '.join(one.wanted)}{hint}"
        return Fault("value-not-allowed", one.path, observed, meant=meant, repair=respelt(one.value, meant))
    return Fault("value-not-allowed", one.path, f"{place} {_refusal(one)}")


def _expected(one: Breach) -> str:
    if one.schema.get("items", {}).get("format") == "email":
        return "a list of addresses"
    return _EXPECTED[one.wanted]


def _found(value: object) -> str:
    return _FOUND.get(type(value)) or "a number; put it in quotes"


def _refusal(one: Breach) -> str:
    match one.rule:
        case "minLength" | "minItems":
            return "is empty"
        case "maxLength":
            return f"has more than {one.wanted} characters"
    return f"is not {one.schema['patternErrorMessage']}"
