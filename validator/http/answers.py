"""What is read of an answer: as UTF-8 whatever it claims to be, and never more than was asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from requests import Response


def words(answer: Response) -> str:
    """Give the text. The charset of the header is not believed: some cost seconds, some raise."""
    return answer.content.decode("utf-8-sig", "replace")


def document(answer: Response) -> dict[str, Any] | None:
    """Give the JSON object, or None where the body is anything else."""
    try:
        said = json.loads(words(answer))
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def text(said: dict[str, Any], key: str) -> str | None:
    """Give a text of a JSON object, or None where there is none."""
    value = said.get(key)
    return value if isinstance(value, str) else None


def retry_after(answer: Response) -> int | None:
    """Read the seconds of `Retry-After`; Microsoft's services never send the date form."""
    value = answer.headers.get("Retry-After", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < len("1000000") else None
