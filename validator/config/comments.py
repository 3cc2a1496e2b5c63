"""Findings that a comment accepts: `# leadcheck: ignore[id] reason`, on the line itself or the line above."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from validator.config.configuration import Ignored
from validator.config.decoding import decode
from validator.foreign import shown
from validator.model import Location

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.config.secrets import Secrets

_WORD: Final = b"leadcheck"

_COMMENT: Final = re.compile(
    r"(?:^|(?<=[ \t]))#[ \t]*leadcheck:[ \t]*ignore\[([^\]]{0,500})\][ \t:-]*(.*)", re.ASCII
)


def accepted(file: str, data: bytes | str, secrets: Secrets) -> list[Ignored]:
    """Give what the comments of a file accept, in their order. JSON has none."""
    marked = _WORD in data if isinstance(data, bytes) else _WORD.decode() in data
    return list(_found(file, decode(data), secrets)) if marked else []


def _found(file: str, text: str, secrets: Secrets) -> Iterator[Ignored]:
    lines = re.split(r"\r\n|\n|\r", text)
    for number, line in enumerate(lines, start=1):
        found = _COMMENT.search(line)
        if found:
            alone = not line[: found.start()].strip()
            covered = _next(lines, number) if alone else number
            reason = shown(secrets.hide(found[2].strip())) or None
            for each in found[1].split(","):
                yield Ignored(each.strip(), reason, Location(file, "", number, found.start() + 1), covered)


def _next(lines: list[str], number: int) -> int:
    """Give the first line after this one that holds more than a comment."""
    following = enumerate(lines[number:], start=number + 1)
    return next((at for at, line in following if line.strip() and not line.lstrip().startswith("#")), number)
