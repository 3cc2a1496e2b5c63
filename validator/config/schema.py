"""The shape of a configuration: keys, types and closed lists, by the schema file and jsonschema.

Messages are made from the path and the rule alone: jsonschema's own repeat the value, which may be a secret.
"""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from itertools import islice
from pathlib import Path as File
from typing import TYPE_CHECKING, Any, Final

from validator.config.conformance import test_of
from validator.config.vocabulary import BLOCKS, CREDENTIALS, EXTRA

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonschema.protocols import Validator

    from validator.config.conformance import Test
    from validator.config.fault import Fault, Path

JUDGED: Final[Mapping[Path, tuple[str, ...]]] = {
    ("dynamicsLeadConfiguration", "instanceUrl"): ("pattern",),
    ("dynamicsLeadConfiguration", "directoryId"): ("pattern",),
    ("dynamicsLeadConfiguration", "applicationId"): ("pattern",),
    ("salesforceLeadConfiguration", "objectIdentifier"): ("pattern",),
    ("marketoLeadConfiguration", "munchkinId"): ("pattern",),
    ("marketoLeadConfiguration", "formId"): ("pattern",),
    ("marketoLeadConfiguration", "serverId"): ("pattern",),
    **{credential.path: ("pattern", "minLength") for credential in CREDENTIALS},
}
"""Rules that help in an editor, but are left out here: the destination's own judge says it better."""


def folder() -> File:
    """Give the folder of the schema files: inside the installed package, or beside it in a working copy."""
    packed = File(__file__).parents[1] / "schemas"
    return packed if packed.is_dir() else File(__file__).parents[2] / "schemas"


def faults(destination: str | None, values: Mapping[str, Any]) -> list[Fault]:
    """Judge the shape of a configuration for one destination; for None, of what all have in common."""
    if _quick(destination)(values):
        return []
    from validator.config.complaints import MOST, told  # noqa: PLC0415 - with jsonschema, where it is needed

    return told(islice(_validator(destination).iter_errors(values), MOST))


@cache
def document() -> dict[str, Any]:
    """Give the schema as it is published."""
    return json.loads((folder() / "lead-destination.schema.json").read_text("utf-8"))  # type: ignore[no-any-return]


@cache
def branch(destination: str | None) -> dict[str, Any]:
    """Give the schema of one destination, so that nothing is said about the blocks of the others."""
    whole = document()
    schema = {
        key: deepcopy(whole[key])
        for key in ("type", "required", "properties", "additionalProperties", "$defs")
    }
    schema["properties"] |= {block: {} for block in BLOCKS.values()}
    for case in whole["allOf"]:
        if case["if"]["properties"]["leadDestination"]["const"] == destination:
            schema["required"] += case["then"]["required"]
            schema["properties"] |= case["then"]["properties"]
    names = {block: name for name, block in BLOCKS.items()} | {EXTRA: EXTRA}
    for (block, *keys), rules in JUDGED.items():
        judged = schema["$defs"][names[str(block)]]
        for key in keys:
            judged = judged["properties"][key]
        for rule in rules:
            judged.pop(rule, None)
    return schema


@cache
def _quick(destination: str | None) -> Test:
    schema = branch(destination)
    return test_of(schema, schema)


@cache
def _validator(destination: str | None) -> Validator:
    """Give the validator of one destination, made once: making it costs more than using it."""
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - 60 ms, only for a file that is not in order

    return Draft202012Validator(branch(destination), format_checker=Draft202012Validator.FORMAT_CHECKER)
