"""Lines for people: wrapped at a width, coloured on request, and safe to print in any terminal or CI log."""

from __future__ import annotations

import textwrap
from functools import lru_cache
from typing import Final

from validator.foreign import shown

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
        self._colour = colour
        self._width = width
        self._lines: list[str] = []

    def put(
        self, *body: str, head: tuple[tuple[str, str], ...], under: str | None = None, style: str = ""
    ) -> None:
        """Write `head` (words of ours, each with its style), then `body`.

        Lines after the first begin with `under`; without one they are aligned with the body.
        """
        first = "".join(words for words, _ in head)
        rest = " " * len(first) if under is None else under
        words = " ".join(_fit(part) for part in body if part).replace(" ::", f"{_GLUE}::")
        lines = _broken(self._width, first, rest, words)
        painted = "".join(self._paint(words, look) for words, look in head)
        self._lines.append((painted + self._paint(lines[0][len(first) :], style)).rstrip())
        self._lines += [rest + self._paint(line[len(rest) :], style) for line in lines[1:]]

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

    def _paint(self, words: str, style: str) -> str:
        return f"\x1b[{STYLES[style]}m{words}\x1b[0m" if self._colour and style and words else words


@lru_cache(maxsize=256, typed=True)
def _fit(part: str) -> str:
    """Make a text fit for a page. Remembered like its lines; `typed`, as a text may be `Whole` or not."""
    safe = shown(part)
    return safe.replace(" ", _GLUE) if isinstance(part, Whole) else safe


@lru_cache(maxsize=256)
def _broken(width: int, first: str, rest: str, words: str) -> tuple[str, ...]:
    """Give the lines of `words`. Remembered, since the reports of a folder repeat most of theirs."""
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
    return tuple(line.replace(_GLUE, " ") for line in lines)
