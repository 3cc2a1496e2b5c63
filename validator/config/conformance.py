"""A quick yes for what conforms to the schema; anything else is for jsonschema to judge.

Importing jsonschema takes 60 ms, two thirds of the time `validate --offline` has for a file. This knows the
few keywords that our schema is written in, says yes only where each of them holds, and reports nothing:
the schema file stays the only truth, and a test compares the two verdicts. A schema becomes functions once,
because a folder may hold a thousand files: reading the keywords again for each takes four times as long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

Schema = Mapping[str, Any]
Test = Callable[[Any], bool]
Rule = Callable[[Any, Schema, Schema], Test]
"""Makes the test of a keyword from what it wants, the schema that it stands in, and the root."""

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
        "then",  # counts where its `if` is met
    }
)


def test_of(schema: Schema, root: Schema) -> Test:
    """Give the test whether a value certainly conforms to `schema`, whose references point into `root`."""
    rules = [
        (_RULES.get(keyword), wanted) for keyword, wanted in schema.items() if keyword not in _ANNOTATIONS
    ]
    tests = [_never if rule is None else rule(wanted, schema, root) for rule, wanted in rules]
    return tests[0] if len(tests) == 1 else _all(tests)


def _never(_: object) -> bool:
    """Leave what stands under a keyword that is not known here to jsonschema."""
    return False


def _all(tests: Sequence[Test]) -> Test:
    def all_hold(value: Any) -> bool:  # noqa: ANN401 - a file may hold anything
        for test in tests:  # noqa: SIM110 - a generator would take three times as long
            if not test(value):
                return False
        return True

    return all_hold


def _properties(wanted: Mapping[str, Schema], _: Schema, root: Schema) -> Test:
    tests = {key: test_of(schema, root) for key, schema in wanted.items()}

    def each_holds(value: Any) -> bool:  # noqa: ANN401 - the same
        if isinstance(value, dict):
            for key, inner in value.items():
                if key in tests and not tests[key](inner):
                    return False
        return True

    return each_holds


def _additional(wanted: object, schema: Schema, _: Schema) -> Test:
    known = schema["properties"].keys()
    return lambda value: wanted is False and (not isinstance(value, dict) or value.keys() <= known)


def _required(wanted: Sequence[str], *_: Schema) -> Test:
    keys = frozenset(wanted)
    return lambda value: not isinstance(value, dict) or value.keys() >= keys


def _reference(wanted: str, _: Schema, root: Schema) -> Test:
    return test_of(root["$defs"][wanted.removeprefix("#/$defs/")], root)


def _condition(wanted: Schema, schema: Schema, root: Schema) -> Test:
    met, then = test_of(wanted, root), test_of(schema["then"], root)
    return lambda value: not met(value) or then(value)


def _items(wanted: Schema, _: Schema, root: Schema) -> Test:
    test = test_of(wanted, root)
    return lambda value: isinstance(value, list) and all(map(test, value))


def _type(wanted: str, *_: Schema) -> Test:
    kind = _TYPES.get(wanted, ())
    return lambda value: isinstance(value, kind)


def _pattern(wanted: str, *_: Schema) -> Test:
    search = re.compile(wanted).search
    return lambda value: not isinstance(value, str) or search(value) is not None


def _format(wanted: str, *_: Schema) -> Test:
    return _FORMATS.get(wanted, _never)


def _is_date(value: Any) -> bool:  # noqa: ANN401 - the same
    try:
        return bool(_DATE.fullmatch(value)) and bool(date.fromisoformat(value))
    except (TypeError, ValueError):
        return False


def _any_of(wanted: Sequence[Schema], _: Schema, root: Schema) -> Test:
    tests = [test_of(one, root) for one in wanted]
    return lambda value: any(test(value) for test in tests)


_FORMATS: Final[Mapping[str, Test]] = {
    "email": lambda value: isinstance(value, str) and "@" in value,
    "date": _is_date,
}

_RULES: Final[Mapping[str, Rule]] = {
    "$ref": _reference,
    "type": _type,
    "const": lambda wanted, *_: lambda value: isinstance(value, str) and value == wanted,
    "enum": lambda wanted, *_: lambda value: isinstance(value, str) and value in wanted,
    "required": _required,
    "properties": _properties,
    "additionalProperties": _additional,
    "items": _items,
    "minItems": lambda wanted, *_: lambda value: isinstance(value, list) and len(value) >= wanted,
    "minLength": lambda wanted, *_: lambda value: isinstance(value, str) and len(value) >= wanted,
    "maxLength": lambda wanted, *_: lambda value: isinstance(value, str) and len(value) <= wanted,
    "pattern": _pattern,
    "format": _format,
    "anyOf": _any_of,
    "allOf": lambda wanted, _, root: _all([test_of(one, root) for one in wanted]),
    "if": _condition,
}
"""The answer no may be wrong, the answer yes may not. An `if` is written with `required`, `properties` and
`const` alone, for which no is exact, too."""
