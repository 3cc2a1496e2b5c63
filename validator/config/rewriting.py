"""A repaired file goes back to its place: whole or not at all, and never over somebody else's change."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from pathlib import Path


class Changed(Exception):
    """The file is not what was read of it."""


def rewrite(path: Path, before: bytes, after: bytes) -> None:
    """Put `after` in place of `before`. Raise Changed, or OSError; then the file is as it was."""
    target = Path(os.path.realpath(path))  # a link stays a link
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    number, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    new = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(after)
        shutil.copymode(target, new)
        with contextlib.suppress(OSError):  # only root may give a file away
            shutil.chown(new, target.stat().st_uid, target.stat().st_gid)
        _check(target, before)
        new.replace(target)
    finally:
        new.unlink(missing_ok=True)


def _check(target: Path, before: bytes) -> None:
    if target.read_bytes() != before:
        raise Changed
