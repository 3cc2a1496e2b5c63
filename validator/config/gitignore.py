"""The rules of `.gitignore` files, as far as finding configurations needs them.

Read are the files of the folders that are searched, those above them up to the root of the work tree, and
`.git/info/exclude`. Not read: a user's global excludes, and whether a file is tracked in spite of a rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import translate
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_MOST: Final = 64 * 1024
"""Bytes read of one file. Real ones have a few KiB."""

_ANY: Final = "**"
_ESCAPE: Final = re.compile(r"\\(.)|\[\^")


@dataclass(frozen=True, slots=True)
class Rule:
    """One line. `depth`: how many folders below the root its file lies."""

    segments: tuple[str, ...]
    depth: int
    negated: bool
    folders_only: bool

    def matches(self, parts: tuple[str, ...], *, folder: bool) -> bool:
        """Whether the rule is about a path, given as its parts from the root."""
        if self.folders_only and not folder:
            return False
        reached = {0}  # how many segments can have matched so far: no backtracking, whatever the pattern
        for part in parts[self.depth :]:
            reached = set(self._steps(self._passed(reached), part))
        return len(self.segments) in reached

    def _passed(self, reached: Iterable[int]) -> set[int]:
        """Add the positions behind a `**`, which may stand for no folder at all."""
        passed = set()
        for position in reached:
            passed.add(position)
            while position < len(self.segments) and self.segments[position] == _ANY:
                position += 1  # noqa: PLW2901 - walks on from where it is
                passed.add(position)
        return passed

    def _steps(self, passed: Iterable[int], part: str) -> Iterator[int]:
        for position in passed:
            if position < len(self.segments):
                if self.segments[position] == _ANY:
                    yield position
                elif _fits(part, self.segments[position]):
                    yield position + 1


def ignored(rules: Iterable[Rule], parts: tuple[str, ...], *, folder: bool) -> bool:
    """Whether the last rule that is about a path excludes it."""
    verdict = False
    for rule in rules:
        if verdict is rule.negated and rule.matches(parts, folder=folder):
            verdict = not rule.negated
    return verdict


def rules_of(file: Path, depth: int) -> list[Rule]:
    """Read the rules of a file; none where it cannot be read."""
    try:
        with file.open("rb") as opened:
            text = opened.read(_MOST).decode("utf-8", "surrogateescape")
    except OSError:
        return []
    return [rule for line in text.splitlines() if (rule := _rule(line, depth))]


def _rule(line: str, depth: int) -> Rule | None:
    pattern = re.sub(r"(?<!\\)\s+$", "", line)
    if not pattern or pattern.startswith("#"):
        return None
    negated = pattern.startswith("!")
    pattern = pattern[negated:]
    folders_only = pattern.endswith("/")
    pattern = pattern.rstrip("/")
    segments = tuple(pattern.lstrip("/").split("/"))
    if "/" not in pattern:
        segments = (_ANY, "*" if pattern == _ANY else pattern)
    elif segments[-1] == _ANY:
        segments = (*segments, "*")  # at the end it stands for what is inside, not for the folder itself
    return Rule(segments, depth, negated, folders_only) if segments[-1] else None


def _fits(part: str, pattern: str) -> bool:
    if not any(mark in pattern[1:] for mark in "*?[\\") and pattern[:1] not in ("?", "[", "\\"):
        return part.endswith(pattern[1:]) if pattern[:1] == "*" else part == pattern
    return bool(_compiled(pattern).match(part))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Write a pattern in the dialect of `fnmatch`, which has no escapes but compiles without backtracking."""
    return re.compile(translate(_ESCAPE.sub(lambda found: _unescaped(found[1]), pattern)))


def _unescaped(escaped: str | None) -> str:
    if escaped is None:
        return "[!"
    return f"[{escaped}]" if escaped in "*?[" else escaped
