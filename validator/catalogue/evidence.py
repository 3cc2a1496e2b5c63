"""What in a text speaks for which entry: its codes, its words, and last its HTTP status."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from validator.catalogue.context import Context, Origin, about_another_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.catalogue.entry import Entry, Words

_NEAR: Final = 1000
"""Characters before and after an error's words in which a log may say what it is about."""
_TITLE: Final = 200
"""Characters in which a person says above a log what it is about."""
_MOST: Final = 20
"""Places that the same words are looked at in: a log repeats itself."""


class Scene(NamedTuple):
    """A text that was made plain, and all that is known about it."""

    words: str
    codes: tuple[str, ...]
    status: int | None
    origin: Origin
    another_table: bool


@dataclass(frozen=True)
class Evidence:
    """What speaks for one entry. `words` is the position of its words, None without."""

    entry: Entry
    codes: tuple[str, ...] = ()
    words: int | None = None
    status: int | None = None
    unrelated: bool = False
    """The words or the code are known, but what they are said about is no business of ours."""

    @property
    def code(self) -> str | None:
        """The code that says most: one that no other entry carries, where there is one."""
        return min(self.codes, key=lambda code: code in self.entry.ambiguous, default=None)

    @property
    def proven(self) -> bool:
        """Whether a code says it alone, or code and words together where the code is ambiguous."""
        return self.code is not None and (self.words is not None or self.code not in self.entry.ambiguous)

    @property
    def last_resort(self) -> bool:
        """Whether it counts only where nothing else does."""
        return self.status is not None or self.entry.generic


def scene(words: str, codes: tuple[str, ...], status: int | None, origin: Origin) -> Scene:
    """Take in a plain text once, for all entries."""
    return Scene(words, codes, status, origin, about_another_table(words))


def gathered(entries: Iterable[Entry], scene: Scene) -> list[Evidence]:
    """Collect what speaks for each entry."""
    return [found for entry in entries if (found := _of(entry, scene))]


def _of(entry: Entry, scene: Scene) -> Evidence | None:
    codes = tuple(code for code in scene.codes if code in entry.codes)
    words, known = _said(entry, scene, own_code=any(code not in entry.ambiguous for code in codes))
    if codes or words is not None:
        found = Evidence(entry, codes, words)
        return replace(found, unrelated=_about_something_else(found, scene))
    if known:
        return Evidence(entry, unrelated=True)
    return Evidence(entry, status=scene.status) if scene.status in entry.statuses else None


def _said(entry: Entry, scene: Scene, *, own_code: bool) -> tuple[int | None, bool]:
    """Where the entry's words stand, and whether they stand there at all, the context they need aside.

    Beside a code that no other entry has, and in a live answer, the words need no other context.
    """
    known = False
    settled = own_code or scene.origin.given
    for rule in entry.says:
        for found in _places(entry, rule, scene.words):
            known = True
            if settled or not rule.needs or re.search(rule.needs, _around(found, entry)):
                return found.start(), True
    return None, known


def _places(entry: Entry, rule: Words, words: str) -> Iterable[re.Match[str]]:
    """Give the places where the words stand: the first that has its context counts. One is enough to ask."""
    if rule.anchor not in words:
        return ()
    return islice(re.finditer(rule.pattern, words), 1 if entry.question else _MOST)


def _around(found: re.Match[str], entry: Entry) -> str:
    """Give the text that can be the words' context: a question is one text, a log is many."""
    if entry.question:
        return found.string
    start = max(0, found.start() - _NEAR)
    return f"{found.string[: min(start, _TITLE)]} {found.string[start : found.end() + _NEAR]}"


def _about_something_else(found: Evidence, scene: Scene) -> bool:
    """Whether the text is about another table, or a bare code comes from another of Microsoft's products.

    Dataverse shares its numbers with COM, mail, database and backup components of Windows; storage and Logic
    Apps share the names of theirs with the whole of Azure.
    """
    if scene.another_table and (found.entry.about_lead or (found.words is None and not found.proven)):
        return True
    context = scene.origin.context(found.entry.destinations)
    return context is Context.ELSEWHERE and found.words is None and is_shared(found.code)


def is_shared(code: str | None) -> bool:
    """Whether other services have codes like it: all but Entra's, which are nobody else's."""
    return code is not None and not code.startswith("AADSTS")
