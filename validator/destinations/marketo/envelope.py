"""What an answer of Marketo's API says, which is HTTP 200 whatever became of the request.

What tells is the envelope: `{"requestId", "success", "errors": [{"code", "message"}], "result", "warnings"}`.
Source: Adobe's documentation of the API and its error codes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from validator.http import Refused, answers
from validator.model import Trace

if TYPE_CHECKING:
    from requests import Response

OK: Final = 200

DENIED: Final = "Marketo 603"
EXPIRED: Final = "Marketo 602"

LATER: Final = frozenset(f"Marketo {code}" for code in (502, 604, 606, 608, 615, 713))
"""What Adobe asks clients to send again: passing faults, and the two limits of many calls at a time."""

CODE: Final = re.compile("[0-9]{3,4}")
RECORD: Final = re.compile("[1-9][0-9]{0,17}")

MANY: Final = 5
"""Errors of one answer that are told; one is the rule."""


def opened(answer: Response) -> dict[str, Any]:
    """Give what an answer says. Raise Refused where it says no, or is no envelope."""
    said = answers.document(answer) or {}
    if answer.status_code == OK and said.get("success") is True:
        return said
    no = said.get("success") is False
    message, codes = told(said.get("errors")) if no else ("", ())
    raise Refused(
        answer.status_code,
        message or (answers.words(answer) if no else "the answer is none of Marketo's API"),
        codes=codes,
        trace=Trace(request_id=answers.text(said, "requestId"), timestamp=answer.headers.get("Date")),
        retry_after=answers.retry_after(answer),
        own=no,
    )


def later(answer: Response) -> bool:
    """Whether an answer says "not now"."""
    _, codes = told((answers.document(answer) or {}).get("errors"))
    return not LATER.isdisjoint(codes)


def told(errors: object) -> tuple[str, tuple[str, ...]]:
    """Give the words and the codes of a list of errors, or of the reasons for leaving somebody out."""
    listed = [each for each in errors if isinstance(each, dict)][:MANY] if isinstance(errors, list) else []
    words = dict.fromkeys(answers.text(each, "message") or "" for each in listed)
    codes = dict.fromkeys(str(each.get("code")) for each in listed)
    return "; ".join(filter(None, words)), tuple(f"Marketo {code}" for code in codes if CODE.fullmatch(code))


def rows(said: dict[str, Any]) -> list[dict[str, Any]]:
    """Give what was asked for. Raise Refused where it is no list."""
    result = said.get("result")
    if not isinstance(result, list):
        raise Refused(OK, "the answer holds no result")
    return [row for row in result if isinstance(row, dict)]


def assets(said: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the assets asked for: where there are none, a warning says so, and there is no result at all."""
    return rows(said) if "result" in said or not said.get("warnings") else []


def done(said: dict[str, Any], *what: str) -> dict[str, Any]:
    """Give what became of the one person sent. Raise Refused where that is none of `what`."""
    row = next(iter(rows(said)), {})
    status = answers.text(row, "status")
    if status == "skipped":
        words, codes = told(row.get("reasons"))
        trace = Trace(request_id=answers.text(said, "requestId"))
        raise Refused(OK, f"skipped: {words or 'no reason is given'}", codes=codes, trace=trace, own=True)
    if status not in what:
        raise Refused(OK, "the answer does not say what became of the lead")
    return row


def record(row: dict[str, Any]) -> str | None:
    """Give the number of a person; None for what is none: it may be sent back."""
    number = str(row.get("id"))
    return number if RECORD.fullmatch(number) else None
