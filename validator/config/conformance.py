"""A quick yes for what conforms to the schema; anything else is for jsonschema to judge.

Importing jsonschema takes 60 ms, two thirds of the time `validate --offline` has for a file. This knows the
few keywords that our schema is written in, says yes only where each of them holds, and reports nothing:
the schema file stays the only truth, and a test compares the two verdicts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

Schema = Mapping[str, Any]
Rule = Callable[[Any, Any, Schema, Schema], bool]

_TYPES: Final = {"object": dict, "array": list, "string": str}
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ANNOTATIONS: Final = frozenset(
    {
        "$schema",
        "$defs",
        "title",
        "description",
        "examples",
        "default",
        "deprecated",
        "readOnly",
        "patternErrorMessage",
    }
)


def conforms(value: Any, schema: Schema, root: Schema) -> bool:  # noqa: ANN401 - a file may hold anything
    """Whether `value` certainly conforms to `schema`, whose references point into `root`."""
    for keyword, wanted in schema.items():
        if keyword not in _ANNOTATIONS:
            rule = _RULES.get(keyword)
            if rule is None or not rule(value, wanted, schema, root):
                return False
    return True


def _properties(value: Any, wanted: Mapping[str, Schema], _: Schema, root: Schema) -> bool:  # noqa: ANN401 - the same
    return not isinstance(value, dict) or all(
        conforms(inner, wanted[key], root) for key, inner in value.items() if key in wanted
    )


def _additional(value: Any, wanted: object, schema: Schema, _: Schema) -> bool:  # noqa: ANN401 - the same
    return wanted is False and (not isinstance(value, dict) or value.keys() <= schema["properties"].keys())


def _reference(value: Any, wanted: str, _: Schema, root: Schema) -> bool:  # noqa: ANN401 - the same
    return conforms(value, root["$defs"][wanted.removeprefix("#/$defs/")], root)


def _condition(value: Any, wanted: Schema, schema: Schema, root: Schema) -> bool:  # noqa: ANN401 - the same
    return not conforms(value, wanted, root) or conforms(value, schema["then"], root)


def _format(value: Any, wanted: str, *_: Schema) -> bool:  # noqa: ANN401 - the same
    if wanted == "email":
        return isinstance(value, str) and "@" in value
    try:
        return wanted == "date" and bool(_DATE.fullmatch(value)) and bool(date.fromisoformat(value))
    except (TypeError, ValueError):
        return False


_RULES: Final[Mapping[str, Rule]] = {
    "$ref": _reference,
    "type": lambda value, wanted, *_: wanted in _TYPES and isinstance(value, _TYPES[wanted]),
    "const": lambda value, wanted, *_: isinstance(value, str) and value == wanted,
    "enum": lambda value, wanted, *_: isinstance(value, str) and value in wanted,
    "required": lambda value, wanted, *_: not isinstance(value, dict) or value.keys() >= set(wanted),
    "properties": _properties,
    "additionalProperties": _additional,
    "items": lambda value, wanted, _, root: (
        isinstance(value, list) and all(conforms(v, wanted, root) for v in value)
    ),
    "minItems": lambda value, wanted, *_: isinstance(value, list) and len(value) >= wanted,
    "minLength": lambda value, wanted, *_: isinstance(value, str) and len(value) >= wanted,
    "maxLength": lambda value, wanted, *_: isinstance(value, str) and len(value) <= wanted,
    "pattern": lambda value, wanted, *_: isinstance(value, str) and bool(re.search(wanted, value)),
    "format": _format,
    "anyOf": lambda value, wanted, _, root: any(conforms(value, one, root) for one in wanted),
    "allOf": lambda value, wanted, _, root: all(conforms(value, one, root) for one in wanted),
    "if": _condition,
    "then": lambda *_: True,
}
"""The answer no may be wrong, the answer yes may not. A `then` counts where its `if` is met; an `if` is
written with `required`, `properties` and `const` alone, for which no is exact, too."""
