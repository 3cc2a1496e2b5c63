"""The rules of `.gitignore` files, as far as finding configurations needs them.

Read are the files of the folders that are searched, those above them up to the root of the work tree, and
`.git/info/exclude`. Not read: a user's global excludes, and whether a file is tracked in spite of a rule.

All rules in force are one automaton whose states are the bits of a number: a character of a path costs a few
operations on it, however many rules there are. Tried one by one, those of a hostile file take minutes.
"""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass, field
from fnmatch import translate
from typing import TYPE_CHECKING, Final

from validator.config.opening import regular

if TYPE_CHECKING:
    from pathlib import Path

_MOST: Final = 64 * 1024
"""Bytes read of one file. Real ones have a few KiB."""

_MOST_PLACES: Final = 32 * 1024
"""Characters of the patterns in force in one folder. Rules beyond them are passed over."""

_MOST_SETS: Final = 64
"""Different `[…]` in force in one folder: each is asked about each new character."""

_ANY: Final = "**"
_TOKEN: Final = re.compile(r"\\(.)|(\*+)|(\?)|(\[[!^]?.[^]]{0,99}\])|(.)", re.DOTALL)


class Rules:
    """The rules in force. Bit n of a state is set while what was read leads to place n of the patterns."""

    def __init__(self) -> None:
        self._size = self._ends = self._folder_ends = self._negated = 0
        self._exact: dict[str, int] = {}
        self._sets: dict[str, int] = {}
        self._anything = self._stars = self._folders = 0
        self._moves: dict[str, int] = {}

    def __copy__(self) -> Rules:
        new = Rules()
        vars(new).update(vars(self), _exact=self._exact.copy(), _sets=self._sets.copy(), _moves={})
        return new

    def add(self, text: str) -> int:
        """Add the rules of a further file, and give the state in which they begin."""
        starts = 0
        for rule, length in ((_rule(line), len(line)) for line in text.splitlines()):
            if rule:
                if self._size + length + len("**/*") > _MOST_PLACES or len(self._sets) > _MOST_SETS:
                    break
                starts |= 1 << self._size
                self._add(rule)
        return starts | (starts & self._folders) << 1

    def _add(self, rule: _Rule) -> None:
        place = 1 << self._size
        for number, segment in enumerate(rule.segments):
            if number:
                place = self._expect("/", place)
            if segment == _ANY:
                self._folders |= place
            else:
                place = self._segment(segment, place)
        self._ends |= place
        self._folder_ends |= place if rule.folders_only else 0
        self._negated |= place if rule.negated else 0
        self._size = place.bit_length()

    def _segment(self, segment: str, place: int) -> int:
        for escaped, star, anything, several, plain in _TOKEN.findall(segment):
            if star:
                self._stars |= place
            elif anything:
                self._anything |= place
                place <<= 1
            elif several:
                self._sets[several] = self._sets.get(several, 0) | place
                place <<= 1
            else:
                place = self._expect(escaped or plain, place)
        return place

    def _expect(self, character: str, place: int) -> int:
        self._exact[character] = self._exact.get(character, 0) | place
        return place << 1

    def read(self, state: int, name: str) -> int:
        """Give the state after the name of a file or folder; without rules there is nothing to follow."""
        if not state:
            return 0
        staying = self._stars | self._folders
        for character in name:
            if (moving := self._moves.get(character)) is None:
                moving = self._moves[character] = self._moving(character)
            state = (state & moving) << 1 | state & staying
        return state

    def _moving(self, character: str) -> int:
        moving = self._exact.get(character, 0) | self._anything
        for several, places in self._sets.items():
            moving |= places if _holds(several, character) else 0
        return moving

    def enter(self, state: int) -> int:
        """Give the state inside a folder. A `**` waits for folders to come, and may stand for none."""
        moved = (state & self._exact.get("/", 0)) << 1
        return moved | (moved & self._folders) << 1 | state & self._folders

    def exclude(self, state: int, *, folder: bool) -> bool:
        """Whether the last rule that is about what was read excludes it."""
        met = state & (self._ends if folder else self._ends & ~self._folder_ends)
        return bool(met) and not self._negated >> (met.bit_length() - 1) & 1


@dataclass(frozen=True)
class Place:
    """A file or folder, as the rules on the way to it see it."""

    rules: Rules = field(default_factory=Rules)
    state: int = 0

    def reading(self, file: Path) -> Place:
        """Have the rules of a file count from here on; none where it cannot be read."""
        try:
            data = regular(file, _MOST)
        except OSError:
            return self
        rules = copy(self.rules)
        return Place(rules, self.state | rules.add(data.decode("utf-8", "surrogateescape")))

    def at(self, name: str) -> Place:
        """Go to what lies here under a name."""
        return Place(self.rules, self.rules.read(self.state, name))

    def inside(self) -> Place:
        """Go into the folder that was reached."""
        return Place(self.rules, self.rules.enter(self.state))

    def excluded(self, *, folder: bool) -> bool:
        """Whether git ignores what was reached."""
        return self.rules.exclude(self.state, folder=folder)


@dataclass(frozen=True)
class _Rule:
    segments: tuple[str, ...]
    negated: bool
    folders_only: bool


def _rule(line: str) -> _Rule | None:
    pattern = line.rstrip()
    pattern += line[len(pattern) :][:1] if pattern.endswith("\\") else ""  # a blank that was escaped counts
    if not pattern or pattern.startswith("#"):
        return None
    negated = pattern.startswith("!")
    pattern = pattern[negated:]
    folders_only = pattern.endswith("/")
    pattern = pattern.rstrip("/")
    segments = pattern.lstrip("/").split("/")
    if "/" not in pattern:
        segments = [_ANY, "*" if pattern == _ANY else pattern]
    elif segments[-1] == _ANY:
        segments.append("*")  # at the end it stands for what is inside, not for the folder itself
    once = [
        part
        for part, before in zip(segments, ["", *segments], strict=False)
        if part != _ANY or before != _ANY
    ]
    return _Rule(tuple(once), negated, folders_only) if once[-1] else None


def _holds(several: str, character: str) -> bool:
    """Whether a `[…]` holds a character; `fnmatch` has the same sets, but neither `[^…]` nor escapes."""
    inner = re.sub(r"\\(.)", r"\1", several[1:])
    return bool(re.match(translate("[" + re.sub(r"^\^", "!", inner)), character))
