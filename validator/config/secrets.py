"""Credentials: values that may be sent to the service they belong to, and shown to nobody."""

from __future__ import annotations

import json
import re
import threading
from typing import Final
from urllib.parse import quote

from validator.config.composite import inside
from validator.config.disguises import WORD, bare, disguises, is_word

REDACTED: Final = "‹redacted›"
REPEATED: Final = f"{REDACTED}: the text repeats a credential in disguise"

_LOOKED_AT: Final = 8000
"""Characters of a foreign text that are kept: four times what any report shows of it."""

_HOST: Final = re.compile(r"[^:/?#]*://(?:[^/?#]*@)?([^/?#]*)")


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
        self._values: set[str] = set()
        self._known: set[str] = set()
        self._forms: list[str] = []
        self._disguises: dict[str, list[str]] = {}
        self._lock = threading.Lock()
        for value in values:
            self.add(value)

    def add(self, value: str) -> None:
        """Hide `value` and what is secret in it from now on, as a service or a URL may repeat it."""
        if value:
            self._add(value)
            self.add_inside(value)

    def add_inside(self, value: str) -> None:
        """Hide what is secret in a value that is none as a whole: the signature in an address."""
        for part in inside(value):
            self._add(part)

    def _add(self, value: str) -> None:
        if not value.strip() or value in self._values:
            return
        forms = _spellings(value)
        shapes = disguises(value)
        with self._lock:
            self._values.add(value)
            self._forms += forms - self._known
            self._known |= forms
            for shape in shapes:
                self._disguises.setdefault(shape[:WORD], []).append(shape)

    def hide(self, text: str) -> str:
        """Replace every known credential in `text`."""
        return self._replaced(text, (0, 0))

    def hide_url(self, url: str) -> str:
        """Replace every known credential in an address that we call, but for words inside its host."""
        host = _HOST.match(url)
        return self._replaced(url, host.span(1) if host else (0, 0))

    def hide_foreign(self, text: str) -> str:
        """Replace every known credential in what a service says; all of it, where one is there in disguise.

        Blanks count once, and only the beginning is kept: a report shows no more.
        """
        kept = " ".join(self.hide(text).split())[:_LOOKED_AT]
        return REPEATED if self._disguises and self._disguised(bare(kept)) else kept

    def _replaced(self, text: str, spared: tuple[int, int]) -> str:
        """Replace the known forms, but for those inside the `spared` part.

        A search for each comes first: one pattern of all the credentials of a fleet takes seconds to compile.
        """
        present = [form for form in self._forms if form in text]  # a list may grow while it is read
        if not present:
            return text
        start, end = spared
        return re.sub(
            "|".join(map(_pattern, sorted(present, key=len, reverse=True))),
            lambda found: found[0] if start <= found.start() and found.end() <= end else REDACTED,
            text,
        )

    def _disguised(self, text: str) -> bool:
        """Whether a bare text holds a disguise. Each place is looked up once, however many are known."""
        return any(
            text.startswith(shape, at)
            for at in range(len(text) - WORD + 1)
            for shape in self._disguises.get(text[at : at + WORD], ())
        )


def _pattern(form: str) -> str:
    """Write a pattern for one form: a short one, or a word, is hidden only where it stands alone.

    Hiding every `a` because the password is `a` would tell more than it hides. An underscore is no letter;
    a word that a dot joins to another is a part of a name.
    """
    escaped = re.escape(form)
    if is_word(form):
        return rf"(?<![^\W_])(?<![^\W_]\.){escaped}(?![^\W_])(?!\.[^\W_])"
    return escaped if len(form) >= WORD else rf"(?<![^\W_]){escaped}(?![^\W_])"


def _spellings(value: str) -> set[str]:
    """Give a value as URLs, JSON and Python write it; letters and digits are the same in all of them."""
    if value.isascii() and value.isalnum():
        return {value}
    quoted = quote(value.encode("utf-8", "surrogatepass"), safe="")  # as in a query
    forms = {value, value.strip(), quoted, quoted.replace("%20", "+"), quoted.replace("%2F", "/")}
    return forms | {json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1], repr(value)[1:-1]}
