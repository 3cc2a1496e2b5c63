"""Judges the form ID, the number of a form in its Marketo account."""

from __future__ import annotations

import re
from typing import Final

from validator.destinations.marketo.settings import address
from validator.destinations.remark import Remark
from validator.model import Severity

MALFORMED: Final = "marketo-form-id-malformed"

PUBLISHED: Final = re.compile("[0-9]{1,8}")
"""The pattern of Microsoft's schema `customer-leads/2022-03-01-preview2`."""

SAMPLE: Final = "1179"
"""What Microsoft's instructions show. Some account may really have so many forms."""

_NUMBER: Final = re.compile("[1-9][0-9]{0,7}")
_PASTED: Final = re.compile(
    r"(?:\#?mktoForm[_ -]?|\#|form[ _-]?(?:id)?[ ]?[:=\#]?[ ]?)([1-9][0-9]{0,7})",
    re.IGNORECASE | re.ASCII,
)
"""The id of the form's element in a page, and the words before a number in lists and notes."""


def meant(text: str) -> str | None:
    """Give the number that a text is, or that stands behind the words which belong to it."""
    if _NUMBER.fullmatch(text):
        return text
    found = _PASTED.fullmatch(text)
    return found[1] if found else None


def remark(text: str, *, sampled: bool) -> Remark | None:
    """Judge the form ID. `sampled`: whether the Munchkin ID beside it is the documentation's."""
    if text == SAMPLE:
        held = "formId holds what Microsoft's instructions show"
        return Remark("documentation-sample", held, None if sampled else Severity.WARNING)
    if _NUMBER.fullmatch(text):
        return None
    if repaired := meant(text):
        return Remark("marketo-form-id-pasted", "text stands before the number", repaired=repaired)
    return Remark(MALFORMED, _odd(text), Severity.WARNING if _zeros(text) else None)


def _zeros(text: str) -> bool:
    """Whether a number is written with zeros before it, which Partner Center takes."""
    return bool(PUBLISHED.fullmatch(text) and text.strip("0"))


def _odd(text: str) -> str:
    """Say what keeps a text from being a form's number."""
    if not text:
        return "the value is empty"
    if _zeros(text):
        return "zeros stand before the number"
    if PUBLISHED.fullmatch(text):
        return "the number is zero"
    if re.fullmatch("[0-9]+", text):
        return f"the number has {len(text)} digits; Partner Center takes up to 8"
    if address.host(text):
        return "the value is an address"
    return f"the value, of length {len(text)}, holds something else than digits"
