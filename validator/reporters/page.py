"""Lines for people: wrapped at a width, coloured on request, and safe to print in any terminal or CI log."""

from __future__ import annotations

import textwrap
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from validator.foreign import shown

if TYPE_CHECKING:
    from collections.abc import Callable

    Paint = Callable[[str, str], str]
    Head = tuple[tuple[str, str], ...]

STYLES: Final = {"bold": "1", "red": "1;31", "yellow": "33", "green": "32", "dim": "2"}
"""Attributes of the terminal that are legible on light and on dark backgrounds."""

MARGIN: Final = 15
"""Columns that labels take: the longest is `permissions`, between two blanks and two blanks."""

_GLUE: Final = "\u00a0"
"""A blank that no line is broken at. `shown` lets none through, so every one on a page is ours."""


class Whole(str):
    """Text that is never broken over two lines: a file name, a place in it, an identifier."""

    __slots__ = ()


class Page:
    """Collects lines. Each begins with words of ours, never with a service's or a file's.

    GitHub takes a line that begins with `::`, after any blanks, as a command: no line is broken before one.
    """

    def __init__(self, *, colour: bool, width: int) -> None:
        self._paint = _coloured if colour else _plain
        self._width = width
        self._lines: list[str] = []

    def put(self, *body: str, head: Head, under: str | None = None, style: str = "") -> None:
        """Write `head` (words of ours, each with its style), then `body`.

        Lines after the first begin with `under`; without one they are aligned with the body.
        """
        self._lines += _lines(self._paint, self._width, head, under, style, *body)

    def say(self, sentence: str, style: str = "") -> None:
        """Write a sentence of ours."""
        self.put(sentence, head=(), under="  ", style=style)

    def item(self, label: str, *body: str, label_style: str = "dim", style: str = "") -> None:
        """Write one line of a list whose labels stand in the margin."""
        self.put(*body, head=((f"  {label}".ljust(MARGIN), label_style),), style=style)

    def quote(self, label: str, text: str) -> None:
        """Write somebody else's words, with a bar before each line."""
        head = ((f"  {label}".ljust(MARGIN) + "| ", "dim"),)
        self.put(text, head=head, under=" " * MARGIN + "| ")

    def gap(self) -> None:
        """Leave one blank line, unless there is one or nothing stands above."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def text(self) -> str:
        """Give the page, ended by one newline."""
        return "\n".join(self._lines).rstrip("\n") + "\n"


@lru_cache(maxsize=256, typed=True)
def _lines(paint: Paint, width: int, head: Head, under: str | None, style: str, *body: str) -> list[str]:
    """Give what `Page.put` writes. Remembered, since the reports of a folder repeat most of their lines.

    `typed`, as a text may be `Whole` or not.
    """
    first = "".join(words for words, _ in head)
    rest = " " * len(first) if under is None else under
    words = " ".join(_fit(part) for part in body if part).replace(" ::", f"{_GLUE}::")
    begun, *more = _broken(width, first, rest, words)
    painted = "".join(paint(words, look) for words, look in head)
    lines = [(painted + paint(begun[len(first) :], style)).rstrip()]
    return lines + [rest + paint(line[len(rest) :], style) for line in more]


def _coloured(words: str, style: str) -> str:
    return f"\x1b[{STYLES[style]}m{words}\x1b[0m" if style and words else words


def _plain(words: str, _: str) -> str:
    return words


def _fit(part: str) -> str:
    safe = shown(part)
    return safe.replace(" ", _GLUE) if isinstance(part, Whole) else safe


def _broken(width: int, first: str, rest: str, words: str) -> list[str]:
    lines = [first + words]
    if len(lines[0]) > width:
        lines = textwrap.wrap(
            words,
            width,
            initial_indent=first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return [line.replace(_GLUE, " ") for line in lines]
