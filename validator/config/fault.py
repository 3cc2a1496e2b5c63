"""What reading a configuration finds wrong with it, before it becomes a finding with a place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from validator.config.document import pointer

if TYPE_CHECKING:
    from validator.model import Severity

Path = tuple[str | int, ...]
"""The keys and indexes that lead to a value."""


@dataclass(frozen=True)
class Fault:
    """A catalogue entry, where it applies, and what was seen in words that repeat no value."""

    id: str
    path: Path
    observed: str
    severity: Severity | None = None
    at_key: bool = False
    """The key is wrong, not its value."""
    meant: str | None = None
    """What the value was most likely meant to be: judged in its stead."""
    repair: tuple[str, str | tuple[str, ...]] | None = field(default=None, repr=False)
    """The value and what it should be, where that is certain."""


def to_pointer(path: Path) -> str:
    """Write a path as a JSON pointer."""
    at = ""
    for key in path:
        at = pointer(at, key)
    return at


def get(values: Any, path: Path) -> Any:  # noqa: ANN401 - a file may hold anything
    """Give the value at a path, or None where there is none."""
    try:
        for key in path:
            values = values[key]
    except (TypeError, KeyError, IndexError):
        return None
    return values


def put(values: Any, path: Path, value: object) -> None:  # noqa: ANN401 - the same
    """Set the value at a path whose surroundings exist."""
    get(values, path[:-1])[path[-1]] = value


def leaves(values: Any, path: Path = ()) -> list[tuple[Path, Any]]:  # noqa: ANN401 - the same
    """Give every value that holds no others, with its path, in the order of the file."""
    if not isinstance(values, dict | list):
        return [(path, values)]
    found: list[tuple[Path, Any]] = []
    _gather(values, path, found)
    return found


def _gather(values: Any, path: Path, found: list[tuple[Path, Any]]) -> None:  # noqa: ANN401 - the same
    for key, value in values.items() if isinstance(values, dict) else enumerate(values):
        if isinstance(value, dict | list):
            _gather(value, (*path, key), found)
        else:
            found.append(((*path, key), value))
