"""Whether a lead looks as the documents say, judged from the bytes that were posted. Nothing here listens.

The documents ask for little: JSON, in which each of eleven fields is a text if it is there at all. What they
do not ask for is remarked and taken: a receiver that refused such a lead would lose a customer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from validator import lead
from validator.config.document import Malformed
from validator.config.json_reader import read
from validator.receiver.remarks import Remark, remarks
from validator.receiver.shape import Field, fields, kind
from validator.terms import Severity

if TYPE_CHECKING:
    from datetime import datetime

BOM: Final = b"\xef\xbb\xbf"

MOST: Final = 30
"""Remarks kept of one lead: beyond them, it is nonsense."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What arrived, and what is to be said about it, the worst first. `token`: of a test lead; else empty."""

    fields: tuple[Field, ...]
    remarks: tuple[Remark, ...]
    token: str = ""

    @property
    def refused(self) -> bool:
        """Whether a strict reader would not take it."""
        return any(remark.severity is Severity.ERROR for remark in self.remarks)

    @property
    def made(self) -> datetime | None:
        """Give the time, UTC, that the token tells."""
        return lead.moment(self.token)


def judge(body: bytes) -> Judgement:
    """Judge the body of a request. No input raises."""
    try:
        values, twice = _read(body)
    except Malformed as fault:
        return refusal(str(fault))
    if not isinstance(values, dict):
        return refusal(f"The body is {kind(values)}; a lead is a JSON object.")
    found = tuple(fields(values))
    worst_first = sorted(remarks(found, twice), key=lambda remark: remark.severity.rank)
    tokens = lead.tokens(" ".join(field.text for field in found))
    return Judgement(found, tuple(worst_first[:MOST]), tokens[0] if tokens else "")


def refusal(sentence: str) -> Judgement:
    """Give the judgement on a request that held no lead."""
    return Judgement((), (Remark(Severity.ERROR, sentence),))


def _read(body: bytes) -> tuple[Any, tuple[str, ...]]:
    """Give the values, and the keys that stand twice. Malformed says in a sentence why it cannot."""
    if not body.strip():
        raise Malformed("The body is empty.")
    if body.startswith(BOM):
        raise Malformed("The body begins with a byte order mark, which JSON does not allow.")
    try:
        [document] = read(body.decode())
    except UnicodeDecodeError as error:
        raise Malformed(f"The body is not UTF-8: byte {error.start + 1} cannot stand there.") from None
    except Malformed as fault:
        line, column = fault.place or (1, 1)
        raise Malformed(f"The body is no JSON: {fault}, at line {line}, column {column}.") from None
    return document.values, document.duplicates
