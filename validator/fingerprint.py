"""What tells a finding from all others, in every run and wherever its lines move."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from validator.model import Finding, Source

LENGTH: Final = 32
"""Hexadecimal digits: 128 bits, of which no two findings of any fleet share all."""


def fingerprint(source: Source, product: str | None, finding: Finding) -> str:
    """Name a finding by its entry, its configuration and its field.

    Lines and the services' words are left out: they differ from run to run. So are positions in a list
    where the product has a name.
    """
    import hashlib  # noqa: PLC0415 - 4 ms, for a few formats and for a baseline alone

    at = finding.location.pointer if finding.location else ""
    file = PurePath(source.file).as_posix()
    named = [finding.id, file, product or [source.document, source.pointer], at]
    return hashlib.sha256(json.dumps(named).encode()).hexdigest()[:LENGTH]
