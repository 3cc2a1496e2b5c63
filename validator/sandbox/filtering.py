"""The grammar of OData's $filter: comparisons joined by `and`, `or`, `not` and parentheses.

What can be compared, and in which words a mistake is refused, is each service's own.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import re

Condition = Callable[[Mapping[str, Any]], bool]


class Filter(ABC):
    """A reader of one condition, whose words `word` tells apart."""

    word: re.Pattern[str]
    """One word, in its first group; blanks may stand before it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._words = self._split(text.rstrip())

    @abstractmethod
    def comparison(self, name: str) -> Condition:
        """Read a comparison that begins with a name."""

    @abstractmethod
    def refusal(self, at: int) -> Exception:
        """Give what is raised over a mistake at that position."""

    def parse(self) -> Condition:
        """Read all of it."""
        condition = self._either()
        if self._words:
            raise self.refusal(len(self.text))
        return condition

    def next_is(self, word: str) -> bool:
        """Take the next word if it is this one."""
        if self._words and self._words[-1] == word:
            self._words.pop()
            return True
        return False

    def expect(self, word: str) -> None:
        """Take the next word, which has to be this one."""
        if not self.next_is(word):
            raise self.refusal(len(self.text))

    def take(self) -> str:
        """Take the next word, whatever it is."""
        if not self._words:
            raise self.refusal(len(self.text))
        return self._words.pop()

    def _split(self, text: str) -> list[str]:
        words, at = [], 0
        while at < len(text):
            match = self.word.match(text, at)
            if match is None:
                raise self.refusal(at)
            words.append(match[1])
            at = match.end()
        return words[::-1]

    def _either(self) -> Condition:
        left = self._both()
        while self.next_is("or"):
            left = _or(left, self._both())
        return left

    def _both(self) -> Condition:
        left = self._one()
        while self.next_is("and"):
            left = _and(left, self._one())
        return left

    def _one(self) -> Condition:
        if self.next_is("not"):
            inner = self._one()
            return lambda row: not inner(row)
        if self.next_is("("):
            inner = self._either()
            self.expect(")")
            return inner
        return self.comparison(self.take())


def _or(left: Condition, right: Condition) -> Condition:
    return lambda row: left(row) or right(row)


def _and(left: Condition, right: Condition) -> Condition:
    return lambda row: left(row) and right(row)
