"""What came to the receiver, and how that is told: to a person, to a program, and to the sender.

Everything foreign passes through `shown`, and stands behind words of ours: no line begins with it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from validator.config import REDACTED
from validator.foreign import shown
from validator.terms import Severity

if TYPE_CHECKING:
    from datetime import datetime

    from validator.receiver.judge import Judgement

FIELDS: Final = 40
"""Fields shown of one lead; the documents know eleven."""

NAME: Final = 80
"""Characters of a key, a method or a media type."""

TARGET: Final = 300
"""Characters of an address."""

PROBLEMS: Final = frozenset({Severity.ERROR, Severity.WARNING})


@dataclass(frozen=True, slots=True)
class Arrival:
    """One request; or a connection without any, because TLS failed: then `status` is None, the texts empty.

    `at` is UTC. `target` is what was asked for, with its query.
    """

    at: datetime
    method: str
    target: str
    content_type: str
    status: int | None
    judgement: Judgement


def as_text(arrival: Arrival) -> str:
    """Tell a person."""
    return "\n".join([_headline(arrival), *_fields(arrival.judgement), *_remarks(arrival.judgement)])


def as_json(arrival: Arrival) -> str:
    """Tell a program, in one line."""
    judgement = arrival.judgement
    fields = {shown(field.written, NAME): _value(field.value) for field in judgement.fields[:FIELDS]}
    told = {
        "time": f"{arrival.at:%Y-%m-%dT%H:%M:%SZ}",
        "method": shown(arrival.method, NAME) or None,
        "path": path(arrival.target) or None,
        "contentType": shown(arrival.content_type, NAME) or None,
        "status": arrival.status,
        "test": bool(judgement.token) if judgement.fields else None,
        "token": judgement.token or None,
        "fields": fields,
        "fieldsLeftOut": len(judgement.fields) - len(fields),
        "findings": [
            {"severity": remark.severity, "message": shown(remark.sentence)} for remark in judgement.remarks
        ],
    }
    return json.dumps(told)


def answer(judgement: Judgement) -> dict[str, Any]:
    """Tell the sender: whether the lead was taken, and what a strict reader would refuse."""
    problems = [each.sentence for each in judgement.remarks if each.severity is Severity.ERROR]
    return {"accepted": not problems, **({"problems": [*map(shown, problems)]} if problems else {})}


def path(target: str) -> str:
    """Give the path of an address; of its query the names alone: the values may be keys."""
    beginning, mark, query = target.partition("?")
    names = [name + equals for name, equals, _ in (each.partition("=") for each in query.split("&"))]
    hidden = "&".join((name if name.endswith("=") else "") + REDACTED for name in names)
    return shown(beginning + (mark and mark + hidden), TARGET)


def _headline(arrival: Arrival) -> str:
    at = f"{arrival.at:%Y-%m-%d %H:%M:%S} UTC"
    if arrival.status is None:
        return f"{at}  a connection without a request"
    kind = shown(arrival.content_type, NAME) or "no content type"
    request = f"{shown(arrival.method, NAME)} {path(arrival.target)}".strip() or "no readable request"
    verdict = "refused" if arrival.judgement.refused else "taken"
    return f"{at}  {request}  {kind}  {verdict} ({arrival.status})"


def _fields(judgement: Judgement) -> list[str]:
    if not judgement.fields:
        return []
    lines = [f"  {_whose(judgement)}"]
    lines += [
        f"  - {shown(field.written, NAME)}: {_value(field.value)}" for field in judgement.fields[:FIELDS]
    ]
    more = len(judgement.fields) - FIELDS
    return [*lines, f"  - and {more} more"] if more > 0 else lines


def _whose(judgement: Judgement) -> str:
    if not judgement.token:
        return "no test lead: MSFT_TEST stands nowhere in it"
    made = f", made {judgement.made:%Y-%m-%d %H:%M:%S} UTC" if judgement.made else ""
    return f"a test lead{made}"


def _value(value: object) -> str:
    """Show a text as it is, anything else as JSON writes it."""
    return shown(value if isinstance(value, str) else json.dumps(value))


def _remarks(judgement: Judgement) -> list[str]:
    return [f"  {remark.severity}: {shown(remark.sentence)}" for remark in judgement.remarks]


@dataclass
class Tally:
    """What came in all. A problem is an error or a warning; a note is none."""

    leads: int = 0
    refused: int = 0
    problems: int = 0

    def add(self, arrival: Arrival) -> None:
        """Count an arrival."""
        self.leads += arrival.status is not None and not arrival.judgement.refused
        self.refused += arrival.status is not None and arrival.judgement.refused
        self.problems += sum(remark.severity in PROBLEMS for remark in arrival.judgement.remarks)

    def as_text(self) -> str:
        """Tell a person."""
        return f"Leads taken: {self.leads}. Requests refused: {self.refused}. Problems: {self.problems}."

    def as_json(self) -> str:
        """Tell a program."""
        return json.dumps({"leads": self.leads, "refused": self.refused, "problems": self.problems})
