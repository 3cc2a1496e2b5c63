"""Judges the organisation identifier. Of the value itself nothing is quoted: a secret may stand there."""

from __future__ import annotations

import re
from typing import Final

from validator.destinations.remark import Remark
from validator.destinations.salesforce.settings import pasted, record_id, wrapping
from validator.destinations.salesforce.settings.record_id import FORM, LONG, ORGANISATION, SHORT
from validator.model import Severity

EMPTY: Final = "salesforce-id-empty"
EIGHTEEN: Final = "salesforce-id-18-characters"
CHECKSUM: Final = "salesforce-id-checksum"
LETTER_CASE: Final = "salesforce-id-letter-case"
OTHER_RECORD: Final = "salesforce-id-of-another-record"
PASTED: Final = "salesforce-id-pasted-form"
MALFORMED: Final = "salesforce-id-malformed"
SPACED: Final = "salesforce-id-spaced"

SAMPLE: Final = "00Do0000000ZHog"
"""What Microsoft's instructions show."""

SAMPLES: Final = frozenset(
    case
    for text in (SAMPLE, SAMPLE + record_id.checksum(SAMPLE))
    for case in (text, text.lower(), text.upper())
)

SUSPECT: Final = 6
"""Letters behind the prefix, all of them capitals, from which chance is an unlikely reason: one in 64."""

FLIPPED: Final = 2
"""Letters whose case the checksum has to change before capitals are called a loss and not a slip in it."""

LOOKS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE | re.ASCII | re.DOTALL), observed)
    for pattern, observed in (
        (
            r"\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?",
            "the value is a GUID, as Dynamics 365 and Entra have them",
        ),
        (r"[^@\s/]+@[^@\s/]+", "the value is an e-mail address"),
        (
            r"(?:https?://)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:salesforce|force)\.com(?:[/:?#].*)?",
            "the value is an address of Salesforce, such as that of My Domain",
        ),
        (r"[a-z][a-z0-9+.-]{0,20}://.*", "the value is an address"),
        (r"[o0]{2}d[0-9a-z]{12}(?:[0-9a-z]{3})?", "the letter O stands where 00D has the digit zero"),
    )
)
"""What is pasted instead, or nearly right."""


def remark(text: str) -> Remark | None:
    """Say what is wrong, as one fault: whatever else is, one repair mends it, or another value is needed.

    What Partner Center's own pattern for the field refuses gets a remark that is an error.
    """
    bare, joined = wrapping.bare(text), wrapping.joined(text)
    if not joined:
        words = "no letter or digit stands in the value" if text.strip() else "the value is empty"
        return Remark(EMPTY, words)
    if FORM.fullmatch(joined) and (joined == bare or _begins(joined)):
        return _with(SPACED, wrapping.described(text), joined)
    found = pasted.read(text)
    if not found:
        return _other(bare)
    if found.value is None:
        return Remark(PASTED, found.words)
    whole = _with(PASTED, found.words, found.value)
    return whole if found.certain or not whole else whole._replace(repaired=None)


def _with(entry: str, words: str | None, value: str) -> Remark | None:
    """Join what is wrong around an identifier with what is wrong in it.

    Where nobody can put the identifier right, that names the fault: it has to be copied anew.
    """
    inner = _identifier(value)
    if words is None:
        return inner
    if inner is None:
        return Remark(entry, words, repaired=value)
    observed = f"{words}; {inner.observed}"
    if inner.severity:  # a doubt about the letters is no fault of theirs
        return Remark(entry, observed, repaired=value)
    kept = entry == PASTED and inner.repaired is not None
    return Remark(entry if kept else inner.entry, observed, repaired=inner.repaired)


def _identifier(value: str) -> Remark | None:
    """Judge what stands where an identifier should, or is one."""
    if not value:
        return Remark(EMPTY, "no value is given")
    if value in SAMPLES:
        return Remark("documentation-sample", "the value is the one in Microsoft's instructions")
    if not FORM.fullmatch(value):
        return _other(value)
    return _long(value) if len(value) == LONG else _short(value)


def _short(value: str) -> Remark | None:
    if kind := record_id.kind(value):
        return Remark(OTHER_RECORD, f"the value is the identifier of {kind}")
    if not _begins(value):
        return _other(value)
    if not value.startswith(ORGANISATION):
        return Remark(LETTER_CASE, "the value starts with 00d, where an organisation's has 00D")
    letters = re.sub("[0-9]", "", value.removeprefix(ORGANISATION))
    if len(letters) >= SUSPECT and letters.isupper():
        return Remark(LETTER_CASE, "every letter is a capital, which is rare", Severity.WARNING)
    return None


def _long(value: str) -> Remark:
    fits = record_id.proven(value)
    short = value[:SHORT] if fits else _recased(value)
    kind = record_id.kind(short or value)
    if short and short.startswith(ORGANISATION):
        if fits:
            return Remark(EIGHTEEN, "the value has 18 characters, and its checksum fits", repaired=short)
        words = "the letter case was lost; the checksum in the last three characters tells it"
        return Remark(LETTER_CASE, words, repaired=short)
    if kind or fits:
        return Remark(OTHER_RECORD, f"the value is the identifier of {kind or 'some other record'}")
    if _begins(value):
        return Remark(CHECKSUM, "the last three of the 18 characters do not fit the others")
    return _other(value)


def _recased(value: str) -> str | None:
    """Give the 15 characters of a value that lost its letter case, as far as the checksum proves it."""
    body, short = value[:SHORT], record_id.restored(value)
    if short is None or body not in {body.lower(), body.upper()}:
        return None
    flipped = sum(one != other for one, other in zip(body, short, strict=True))
    return short if body == body.lower() or flipped >= FLIPPED else None


def _begins(value: str) -> bool:
    return value[: len(ORGANISATION)].upper() == ORGANISATION


def _other(value: str) -> Remark:
    """Say what keeps a text from being an identifier, and what it looks like instead."""
    for pattern, observed in LOOKS:
        if pattern.fullmatch(value):
            return Remark(MALFORMED, observed)
    if not re.fullmatch("[0-9A-Za-z]+", value):
        return Remark(MALFORMED, "the value holds characters other than the letters a to z and digits")
    if len(value) not in {SHORT, LONG}:
        return Remark(MALFORMED, f"the value has {len(value)} characters; an identifier has {SHORT}")
    return Remark(MALFORMED, f"the value does not start with {ORGANISATION}, as an organisation's does")
