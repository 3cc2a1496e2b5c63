"""Text that others wrote (services, files, their keys and names) is hostile until it passed through here."""

from __future__ import annotations

from typing import Final

MOST: Final = 2000
"""Characters kept of any foreign text: enough for every error body known, too little to flood a log."""


def shown(text: object, most: int = MOST) -> str:
    """Make foreign text fit for any report.

    One line; control, bidirectional and zero-width characters are written as escapes; `##` is broken up,
    because GitHub and Azure Pipelines run `##[…]` and `##vso[…]` anywhere in a line.
    """
    words = " ".join(str(text)[: most * 4].split())
    safe = words if words.isprintable() else "".join(map(_escaped, words))
    while "##" in safe:
        safe = safe.replace("##", "# #")
    return safe if len(safe) <= most else safe[: most - 1] + "…"


def _escaped(character: str) -> str:
    return character if character.isprintable() else character.encode("unicode_escape").decode()
