"""Credentials: values that may be sent to the service they belong to, and shown to nobody."""

from __future__ import annotations

import json
import re
import threading
from typing import Final
from urllib.parse import quote, quote_plus

REDACTED: Final = "‹redacted›"

WORD: Final = 8
"""Characters below which a credential is hidden only where it stands as a whole word:
hiding every `a` because the password is `a` would tell more than it hides."""


class Secret:
    """A credential. Every way of printing it gives `‹redacted›`; `reveal` is for the wire alone."""

    __slots__ = ("_value",)

    def __init__(self, value: str | None) -> None:
        self._value = value

    @property
    def known(self) -> bool:
        """Whether there is a value: a variable that is not set leaves a secret without one."""
        return bool(self._value)

    def reveal(self) -> str:
        """Give the value itself; the empty string where none is known."""
        return self._value or ""

    def __repr__(self) -> str:
        return REDACTED

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __reduce__(self) -> tuple[type[Secret], tuple[None]]:
        return Secret, (None,)


class Secrets:
    """The credentials of one run. Whatever leaves the program passes through `hide`; safe between threads."""

    def __init__(self, *values: str) -> None:
        self._known: set[str] = set()
        self._forms: list[str] = []
        self._lock = threading.Lock()
        for value in values:
            self.add(value)

    def add(self, value: str) -> None:
        """Hide `value` from now on, in each form in which a service or a URL may repeat it."""
        if not value.strip():
            return
        forms = {value, value.strip(), quote(value, safe=""), quote_plus(value), quote(value)}
        forms |= {json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1], repr(value)[1:-1]}
        with self._lock:
            self._forms += forms - self._known
            self._known |= forms

    def hide(self, text: str) -> str:
        """Replace every known credential in `text`.

        A search for each comes first: one pattern of all the credentials of a fleet takes seconds to compile.
        """
        present = [form for form in self._forms if form in text]  # a list may grow while it is read
        if not present:
            return text
        return re.sub("|".join(map(_pattern, sorted(present, key=len, reverse=True))), REDACTED, text)


def _pattern(value: str) -> str:
    return re.escape(value) if len(value) >= WORD else rf"(?<!\w){re.escape(value)}(?!\w)"
