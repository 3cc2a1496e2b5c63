"""What is to be said about a lead, rule by rule. Foreign text stands behind a word of ours, and is cut."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from validator import lead
from validator.foreign import shown
from validator.receiver.shape import DETAILS, NAMES, Field, kind
from validator.terms import Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

FEW: Final = 12
"""Keys listed in one remark; the documents know eleven fields."""

SHORT: Final = 60
"""Characters of a foreign key or value inside a sentence."""

LETTERS: Final = 2
"""Fewer make neither the code of a country nor its name."""


class Remark(NamedTuple):
    """One thing to be said about a lead. An error is why a strict reader would refuse it."""

    severity: Severity
    sentence: str


def remarks(fields: Collection[Field], twice: Iterable[str]) -> Iterator[Remark]:
    """Judge the fields of a lead; `twice` are JSON pointers of keys that its text holds more than once."""
    yield from _types(fields)
    yield from _spelling(fields)
    yield from _doubles(fields, twice)
    yield from _unknown(fields)
    yield from _missing(fields)
    for field in fields:
        if field.name in VALUES and field.text.strip() and not lead.TOKEN.fullmatch(field.text):
            yield from VALUES[field.name](field.text)


def _types(fields: Iterable[Field]) -> Iterator[Remark]:
    for field in fields:
        wanted = "an object" if field.name == DETAILS else "a text"
        if field.name and kind(field.value) != wanted:
            said = f"{field.name} is {kind(field.value)}; the documents say {wanted}."
            empty = field.value is None and field.name != DETAILS  # as some real leads have it
            yield Remark(Severity.WARNING if empty else Severity.ERROR, said)


def _spelling(fields: Collection[Field]) -> Iterator[Remark]:
    other = [field for field in fields if field.name and field.written != field.name]
    if camel := [field.written for field in other if field.camel]:
        said = (
            "spelt in camelCase, as was reported of real leads in 2020; the documents write UserDetails, "
            "FirstName, LeadSource. A receiver has to take both."
        )
        yield Remark(Severity.WARNING, f"{_listed(camel)}: {said}")
    if strange := [field.written for field in other if not field.camel]:
        said = "a letter case that was neither documented nor reported. Many readers find nothing there."
        yield Remark(Severity.WARNING, f"{_listed(strange)}: {said}")


def _doubles(fields: Iterable[Field], twice: Iterable[str]) -> Iterator[Remark]:
    count = Counter(field.name for field in fields if field.name)
    names = [*(name for name, times in count.items() if times > 1), *map(_dotted, twice)]
    if names:
        said = "there more than once. Readers differ in which value they take."
        yield Remark(Severity.WARNING, f"{_listed(names)}: {said}")


def _unknown(fields: Iterable[Field]) -> Iterator[Remark]:
    if names := [field.written for field in fields if not field.name]:
        said = "not in the documents. A receiver has to pass over what it does not know."
        yield Remark(Severity.WARNING, f"{_listed(names)}: {said}")


def _missing(fields: Iterable[Field]) -> Iterator[Remark]:
    there = {field.name or "" for field in fields if field.text.strip() or not isinstance(field.value, str)}
    names = [name for name in NAMES if not there & {name, name.partition(".")[0]}]
    if names:
        yield Remark(Severity.NOTE, f"Missing or empty: {', '.join(names)}. Real leads lack fields, too.")


def _source(text: str) -> Iterator[Remark]:
    if text.replace(" ", "").lower() not in lead.SPELLINGS:
        known = ", ".join(lead.SOURCES)
        yield Remark(Severity.NOTE, f"LeadSource is {_quoted(text)}, none of the known sources: {known}.")


def _action(text: str) -> Iterator[Remark]:
    if text.lower() not in map(str.lower, lead.ACTIONS):
        known = ", ".join(lead.ACTIONS)
        yield Remark(Severity.NOTE, f"ActionCode is {_quoted(text)}, none of the known actions: {known}.")


def _email(text: str) -> Iterator[Remark]:
    if "@" not in text:
        yield Remark(Severity.WARNING, f"UserDetails.Email has no @: {_quoted(text)}.")


def _country(text: str) -> Iterator[Remark]:
    if sum(map(str.isalpha, text)) < LETTERS or any(map(str.isdigit, text)):
        said = f"UserDetails.Country is {_quoted(text)}, neither a code of two letters nor a name."
        yield Remark(Severity.NOTE, said)


VALUES: Final = {
    "LeadSource": _source,
    "ActionCode": _action,
    "UserDetails.Email": _email,
    "UserDetails.Country": _country,
}
"""The fields whose values follow a rule. A test lead may carry its token in any of them."""


def _listed(names: Iterable[str]) -> str:
    """List keys that others wrote, each once."""
    each = list(dict.fromkeys(names))
    listed = ", ".join(_quoted(name) for name in islice(each, FEW))
    return f"{'Keys' if len(each) > 1 else 'Key'} {listed}" + (
        f" and {len(each) - FEW} more" if len(each) > FEW else ""
    )


def _dotted(pointer: str) -> str:
    return pointer.removeprefix("/").replace("/", ".").replace("~1", "/").replace("~0", "~")


def _quoted(text: str) -> str:
    return f"‹{shown(text, SHORT)}›"
