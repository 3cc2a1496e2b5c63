"""What a row of the catalogue's YAML files must look like. Used to build the catalogue, never at run time."""

from __future__ import annotations

import re
from collections import Counter
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any, Final

from validator.terms import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Row = dict[str, Any]

REQUIRED: Final = {"id": str, "title": str, "severity": str, "cause": str, "fix": list}
_FLAGS: Final = ("inconclusive", "retired", "wrapper", "generic", "about_lead", "question")
OPTIONAL: Final = {
    "documented": int,
    "says": dict,
    "examples": list,
    "field": str,
    "world": str,
    "sample": dict,
    "subsumes": list,
    "destinations": list,
    **dict.fromkeys(_FLAGS, bool),
}
SAYS: Final = {"codes": list, "ambiguous": list, "statuses": list, "text": list}
WORDS: Final = {"anchor": str, "pattern": str, "needs": str}
SAMPLE: Final = {"example": str, "change": dict, "files": dict}
STEP: Final = {"text": str, "doc": str, "steps": dict}
EXAMPLE: Final = {"text": str, "status": int}

_ID: Final = r"[a-z][a-z0-9]*(-[a-z0-9]+)+|interrupted"
_CODE: Final = r"AADSTS\d{5,8}|0x[0-9a-f]{8}|([A-Z][a-z]+){2,}|[A-Z]+(_[A-Z]+)+|Marketo \d{3,4}"
_NUMBERS: Final = range(1, 9)


def problems(rows: Sequence[Row]) -> list[str]:
    """Say everything that is wrong with the rows, each with the id of its row."""
    found = [f"{row.get('id', '(no id)')}: {problem}" for row in rows for problem in _row(row)]
    return found or list(_between(rows))


def _row(row: Row) -> Iterator[str]:
    yield from _shape(row, REQUIRED | OPTIONAL, REQUIRED)
    if any(not isinstance(row.get(key), kind) for key, kind in REQUIRED.items()):
        return
    if not re.fullmatch(_ID, row["id"]):
        yield "an id is lower case words joined by hyphens"
    if row["severity"] not in [*Severity]:
        yield f"unknown severity {row['severity']}"
    if row.get("documented", 1) not in _NUMBERS:
        yield "documented is a number from 1 to 8"
    if row.get("inconclusive") and row["severity"] != "note":
        yield "what is inconclusive is a note"
    if row.get("world", row["id"]) != row["id"]:
        yield "a world is named after its row"
    yield from _prose(row)
    yield from _parts(row)


def _prose(row: Row) -> Iterator[str]:
    if row["title"].endswith("."):
        yield "a title ends without a period"
    for text in (row["cause"], *(step.get("text", "") for step in row["fix"] if isinstance(step, dict))):
        if not text.endswith("."):
            yield f"no sentence: {text}"


def _parts(row: Row) -> Iterator[str]:
    says = row.get("says", {})
    yield from _shape(says, SAYS, ())
    for words in says.get("text", ()):
        yield from _shape(words, WORDS, ("anchor", "pattern"))
        yield from _pattern(words)
    for code in (*says.get("codes", ()), *says.get("ambiguous", ())):
        if not re.fullmatch(_CODE, code):
            yield f"not the usual spelling of a code: {code}"
    for step in row["fix"]:
        yield from _shape(step, STEP, ("text",))
    for example in row.get("examples", ()):
        if not isinstance(example, str):
            yield from _shape(example, EXAMPLE, ("text", "status"))
    if "sample" in row:
        yield from _shape(row["sample"], SAMPLE, ("example", "change"))
    if says and not row.get("examples"):
        yield "what has words or codes needs an example"


def _shape(found: Any, allowed: Mapping[str, type], required: Any) -> Iterator[str]:  # noqa: ANN401
    if not isinstance(found, dict):
        yield f"not a mapping: {found!r}"
        return
    yield from (f"unknown key {key}" for key in found if key not in allowed)
    yield from (f"{key} is missing" for key in required if key not in found)
    for key, kind in allowed.items():
        if key in found and type(found[key]) is not kind:
            yield f"{key} is no {kind.__name__}"


def _pattern(words: Mapping[str, str]) -> Iterator[str]:
    anchor, pattern = words.get("anchor", ""), words.get("pattern", "")
    if f"{anchor}{pattern}" != f"{anchor}{pattern}".lower():
        yield f"plain text is lower case: {pattern}"
    try:
        re.compile(words.get("needs", ""))
        literals = _literals(pattern)
    except re.error as error:
        yield f"no regular expression: {pattern}: {error}"
        return
    if not any(anchor in literal for literal in literals):
        yield f"the pattern can match without its anchor {anchor!r}: {pattern}"


def _literals(pattern: str) -> list[str]:
    """Give the runs of characters that every match of the pattern holds."""
    runs = [""]
    for kind, value in _parser.parse(pattern):
        runs = [*runs[:-1], runs[-1] + chr(value)] if kind is _constants.LITERAL else [*runs, ""]
    return runs


def _between(rows: Sequence[Row]) -> Iterator[str]:
    ids = Counter(row["id"] for row in rows)
    yield from (f"{identifier}: there are {n} rows of this id" for identifier, n in ids.items() if n > 1)
    codes = Counter(code for row in rows for code in row.get("says", {}).get("codes", ()))
    yield from (f"{code} stands unambiguously in {n} rows" for code, n in codes.items() if n > 1)
    for row in rows:
        for inner in row.get("subsumes", ()):
            if inner not in ids:
                yield f"{row['id']}: subsumes {inner}, which does not exist"
