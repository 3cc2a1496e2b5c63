"""A file that was read: its bytes, what they hold, and how to read it again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from validator.config.configuration import Configuration
    from validator.config.discovery import Input


@dataclass(frozen=True)
class File:
    """One input, as it was when it was read."""

    input: Input
    data: bytes = field(repr=False)
    load: Callable[[bytes], list[Configuration]]
    configurations: list[Configuration]
