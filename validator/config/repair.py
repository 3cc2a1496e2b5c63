"""Other values in place of those that stand in a text; all the rest of it stays as it is, to the byte."""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from dataclasses import dataclass
from json.decoder import scanstring  # type: ignore[attr-defined] # untyped, and stable since Python 2.6
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from validator.config.decoding import decode
from validator.config.document import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.config.document import Place

_PLAIN: Final = re.compile(r"[A-Za-z]\w*[./:;=][\w./:;=+?&%@~-]*[\w/=+]")
"""What YAML reads as text without quotes, however it is surrounded: no bracket or comment, no lone word."""

_COMMENT: Final = re.compile(r"[|>][-+\d]*([ \t]+#[^\r\n]*)")
"""What may stand behind the sign of a block of lines."""

_BLOCK: Final = ("|", ">")


@dataclass(frozen=True)
class Mend:
    """At a place, what stands there and what should."""

    place: Place
    old: str
    new: str | tuple[str, ...]


class _Scalar(NamedTuple):
    """A text value: where it begins and ends, and how it is quoted (`json`, or a style of YAML)."""

    start: int
    end: int
    value: str
    style: str | None


def mended(data: bytes, mends: Iterable[Mend]) -> tuple[bytes, list[Mend]]:
    """Give the new text, and the mends that it holds: those whose old value really stands at their place.

    A value that a variable supplies does not, for one.
    """
    text = decode(data)
    wanted = {mend.place: mend for mend in mends}
    found = [
        (wanted[place], scalar)
        for place, scalar in _scalars(text, wanted)
        if scalar.value == wanted[place].old
    ]
    for mend, scalar in sorted(found, key=lambda pair: pair[1].start, reverse=True):
        text = text[: scalar.start] + _written(mend.new, scalar, text) + text[scalar.end :]
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    return mark + text.encode(), [mend for mend, _ in found]


def ends(data: bytes, places: Iterable[Place]) -> dict[Place, Place]:
    """Say where the texts end that stand at places. What is no text has no end here."""
    text = decode(data)
    lines = Lines(text)
    found = ((place, scalar) for place, scalar in _scalars(text, places) if scalar.end > scalar.start)
    return {place: lines.place(scalar.end) for place, scalar in found}


def spelled(data: bytes, mends: Iterable[Mend]) -> dict[Place, str]:
    """Give each new value as it would be written, for those whose old value really stands at their place."""
    text = decode(data)
    wanted = {mend.place: mend for mend in mends}
    return {
        place: _written(wanted[place].new, scalar, text)
        for place, scalar in _scalars(text, wanted)
        if scalar.value == wanted[place].old
    }


def _scalars(text: str, places: Iterable[Place]) -> Iterator[tuple[Place, _Scalar]]:
    """Find the texts that stand at places, of a text that was read before."""
    if text.lstrip()[0] in "{[" and _is_json(text):
        lines = Lines(text)
        for place in places:
            start = lines.index(place)
            value, end = scanstring(text, start + 1, True) if text[start] == '"' else ("", start)
            yield place, _Scalar(start, end, value, "json")
    else:
        yield from _yaml_scalars(text, frozenset(places))


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _yaml_scalars(text: str, places: frozenset[Place]) -> Iterator[tuple[Place, _Scalar]]:
    import yaml  # noqa: PLC0415 - 15 ms, and only for a file that is repaired

    for event in yaml.parse(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        if isinstance(event, yaml.ScalarEvent) and not event.tag:  # a tag would be lost
            start: Any = event.start_mark
            end: Any = event.end_mark
            place = start.line + 1, start.column + 1
            if place in places:
                yield place, _Scalar(start.index, end.index, event.value, event.style)


def _written(value: str | tuple[str, ...], scalar: _Scalar, text: str) -> str:
    """Write a value as the old one was written, as far as that can hold it; a list as JSON and YAML do."""
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    if scalar.style in _BLOCK:
        kept = text[scalar.start : scalar.end]
        comment = _COMMENT.match(kept)
        return _unquoted(value) + (comment[1] if comment else "") + kept[len(kept.rstrip()) :]
    if scalar.style == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    return _unquoted(value) if scalar.style in {None, ""} else json.dumps(value, ensure_ascii=False)


def _unquoted(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)
