"""What the files beside a configuration tell of the organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.config import Configuration
    from validator.destinations.remark import Remark
    from validator.model import Finding


class Seen(NamedTuple):
    """Which kinds of evidence could be read."""

    form: bool = False
    metadata: bool = False


def judge(_: Configuration) -> list[Finding]:
    """Judge the files."""
    return []


def remarks(_: Configuration) -> list[Remark]:
    """Give what the files say."""
    return []


def judged(_: Mapping[str, object]) -> list[Remark]:
    """Judge a description."""
    return []


def seen(_: Configuration) -> Seen:
    """Say what could be read."""
    return Seen()
