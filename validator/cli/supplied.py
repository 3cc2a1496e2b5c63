"""`--secret FIELD=…`: what the file masks or leaves out. The command line says where it is, never what."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from validator.cli.exits import wrong

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST: Final = 1 << 16
"""Bytes read of a secret: no service takes one of a hundredth of that."""

FORM: Final = "--secret takes FIELD=env:NAME, FIELD=file:PATH, or FIELD=- for standard input"


def supplied(secrets: Sequence[str], paths: Sequence[str]) -> dict[str, str]:
    """Read each secret from where the option says; its last line break does not count."""
    found: dict[str, str] = {}
    for secret in secrets:
        field, equals, source = secret.partition("=")
        if not field or not equals:
            wrong(FORM)
        try:
            found[field] = _read(source, paths).decode("utf-8-sig").rstrip("\r\n")
        except UnicodeDecodeError:
            wrong(f"the secret for {field} is not UTF-8")
        if not found[field]:
            wrong(f"the secret for {field} is empty")
    return found


def _read(source: str, paths: Sequence[str]) -> bytes:
    kind, _, where = source.partition(":")
    if source == "-":
        if "-" in paths:
            wrong("standard input can hold the configuration or a secret, not both")
        return sys.stdin.buffer.read(LONGEST)
    if kind == "env" and where:
        return os.environ.get(where, "").encode("utf-8", "surrogateescape")
    if kind == "file" and where:
        try:
            with Path(where).open("rb") as file:
                return file.read(LONGEST)
        except (OSError, ValueError):  # ValueError: a NUL in the name
            wrong(f"the secret's file {where} cannot be read")
    return wrong(FORM)
