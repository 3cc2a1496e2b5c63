"""Reads the embed code of a form, which holds all that the old connector asked for, and two of today's IDs.

Microsoft's instructions print it with a slip, `loadForm("("//app-ys12.marketo.com", …`, and people who copied
from there have it, too.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from validator.destinations.marketo.settings import form_id, munchkin_id, server_id
from validator.destinations.remark import Remark

_CODE: Final = re.compile(r"MktoForms2|loadForm\s?\(|<form\b|forms2(?:\.min)?\.js", re.IGNORECASE | re.ASCII)

_QUOTE: Final = "\"'\u2018\u2019\u201c\u201d"
_COMMA: Final = rf"[\s{_QUOTE}]{{0,4}},[\s{_QUOTE}]{{0,4}}"
_CALL: Final = re.compile(
    rf"loadForm[\s(){_QUOTE}]{{1,12}}((?:https?:)?//[^\s,()<>{_QUOTE}]{{1,253}})"
    rf"{_COMMA}([^\s,()<>{_QUOTE}]{{9,15}}){_COMMA}([0-9]{{1,8}})\b",
    re.IGNORECASE | re.ASCII,
)
_ELEMENT: Final = re.compile(r"mktoForm_([0-9]{1,8})\b", re.IGNORECASE | re.ASCII)


def is_one(text: str) -> bool:
    """Whether a text is an embed code, or a piece of one."""
    return bool(_CODE.search(text))


def remark(field: str, text: str) -> Remark:
    """Say that the code was pasted, and give the field's own part of it where that is certain."""
    repaired = _parts(unescape(text)).get(field)
    words = f"the value is the embed code of a form, which {'holds' if repaired else 'does not name'} {field}"
    return Remark("marketo-embed-code", words, repaired=repaired)


def _parts(code: str) -> dict[str, str | None]:
    """Give the values in the code by field; None for what it names twice, and differently."""
    calls = {_sound(*call) for call in _CALL.findall(code)}
    servers, accounts, forms = map(set, zip(*calls, strict=True)) if calls else (set(), set(), set())
    forms |= {form_id.meant(number) for number in _ELEMENT.findall(code)}
    found = {"serverId": servers, "munchkinId": accounts, "formId": forms}
    return {field: next(iter(held)) if len(held) == 1 else None for field, held in found.items()}


def _sound(host: str, account: str, form: str) -> tuple[str | None, str | None, str | None]:
    return server_id.meant(host), munchkin_id.meant(account), form_id.meant(form)
