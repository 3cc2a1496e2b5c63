"""The services' codes in a text that is already plain, each spelled as the catalogue spells it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MANY: Final = 20
"""Codes that are told of one text: a log of a night repeats itself."""

_FAILED: Final = 2**31
"""The least HRESULT that means a failure; from here on the signed spelling is negative."""
_WORD: Final = 2**32

_CODE: Final = (
    r"aadsts[ :_-]?(?P<entra>\d{5,8})(?!\d)"
    r"|error_?codes?[\"']? ?[:=] ?(?P<listed>\[[\d, ]{1,80}\]|\d{5,8}(?!\d))"
    r"|/error\?code=(?P<page>\d{5,8})(?!\d)"
    r"|(?<!\w)(?:0x|&h)(?P<hex>[0-9a-f]{8})(?:[lu](?!\w)|(?![\w-]))"
    r"|(?:error|code|hresult|exception)(?:%3a|[ \"'=:(#]){1,4}(?P<plain>80[0-9a-f]{6})(?!\w)"
    r"|(?<![\w.-])(?P<decimal>-214[67]\d{6}|214[78]\d{6})(?!\w)"
    r"|(?<!\w)marketo[ :_-]{1,2}(?:rest |api |error |code ){0,4}(?P<marketo>\d{3,4})(?!\d)"
    r"|errorcode[\"']? ?[:=] ?[\"']?(?P<salesforce>[a-z]{3,30}(?:_[a-z]{2,30}){1,6})(?!\w)"
)
_MARKETO_ANSWER: Final = r"\"requestid\" ?: ?\"[0-9a-f]{1,8}#[0-9a-f]{6,16}\""
_MARKETO_CODE: Final = r"\"code\" ?: ?\"?(\d{3,4})(?!\d)"
_NUMBER: Final = r"(?<![a-z])(?:error|code|no|nr|number)[ \"'=:.(#]{1,4}(\d{5,8})(?![\w-])"


def canonical(code: str) -> str:
    """Spell a code the catalogue's way: it comes as `700016`, `AADSTS700016`, hex or decimal."""
    word = code.strip()
    if re.fullmatch(r"-214[67]\d{6}|214[78]\d{6}", word) and int(word) % _WORD >= _FAILED:
        return f"0x{int(word) % _WORD:08x}"
    if re.fullmatch(r"(0x|&h)?8[0-9a-f]{7}", word, re.IGNORECASE):
        return "0x" + word[-8:].lower()
    if marketo := re.fullmatch(r"marketo[ :_-]?(\d{3,4})", word, re.IGNORECASE):
        return f"Marketo {marketo[1]}"
    digits = re.fullmatch(r"(?:AADSTS[ :_-]?)?(\d{5,8})", word, re.IGNORECASE)
    return f"AADSTS{digits[1]}" if digits else word


def codes(text: str) -> tuple[str, ...]:
    """Find the codes that can be told by their form, also those that the catalogue does not know."""
    return tuple(dict.fromkeys(_codes(text)))[:MANY]


def known(text: str, codes: Iterable[str]) -> tuple[str, ...]:
    """Find those of the catalogue's codes that only it can tell.

    They are names, `AuthenticationFailed` or `INVALID_FIELD`, and Entra's numbers that are called a code.
    """
    spelt = {code.lower().removeprefix("aadsts"): code for code in codes}
    names = (word for word in re.findall(r"[a-z0-9_]{6,}", text) if word.replace("_", "").isalpha())
    found = (spelt[word] for word in (*names, *re.findall(_NUMBER, text)) if word in spelt)
    return tuple(dict.fromkeys(found))[:MANY]


def _codes(text: str) -> Iterator[str]:
    if re.fullmatch(r"\d{5,8}|8[0-9a-f]{7}|214[78]\d{6}", text):
        yield canonical(text)
    for match in re.finditer(_CODE, text):
        if match["marketo"]:
            yield f"Marketo {match['marketo']}"
        elif match["salesforce"]:
            yield match["salesforce"].upper()
        else:
            for word in re.findall(r"-?[0-9a-f]{5,10}", match[match.lastgroup or 0]):
                yield canonical(word)
    if re.search(_MARKETO_ANSWER, text):
        yield from (f"Marketo {code}" for code in re.findall(_MARKETO_CODE, text))
