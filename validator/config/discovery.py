"""Which files a user means by the paths on the command line."""

from __future__ import annotations

import os
import sys
from glob import glob, has_magic
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from validator.config.decoding import MAX_BYTES
from validator.config.document import Unreadable
from validator.config.gitignore import Place
from validator.config.opening import regular
from validator.foreign import shown
from validator.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DEFAULT: Final = "lead-destination.yaml"
EMPTY: Final = "(an empty path)"
_SUFFIXES: Final = (".yaml", ".yml", ".json")
_SKIPPED: Final = frozenset({"node_modules", "__pycache__", "venv", "CVS"})
"""Folders of other people's files. Hidden ones (`.git`, `.venv`, `.tox`) are skipped anyway."""


class Input(NamedTuple):
    """One file to read; `path` is None for standard input. `named`: by the user, not found in a folder."""

    name: str
    path: Path | None
    named: bool
    absent: str = "there is no such file"
    """What to say if it does not exist."""

    def read(self) -> bytes:
        """Give the bytes, at most one more than is allowed. Raises `Unreadable` for a named file alone."""
        try:
            if self.path is None:
                return sys.stdin.buffer.read(MAX_BYTES + 1)
            if not self.named:
                return regular(self.path, MAX_BYTES + 1)
            with self.path.open("rb") as file:
                return file.read(MAX_BYTES + 1)
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            if not self.named:
                return b""
            absent = isinstance(error, FileNotFoundError | ValueError)
            reason = self.absent if absent else f"it cannot be read: {getattr(error, 'strerror', None)}"
            raise Unreadable(Problem(shown(self.name), reason)) from None


def find(paths: Sequence[str], cwd: Path) -> Iterator[Input]:
    """Give each file once, in the order of the paths, a folder's sorted. What is missing fails when read."""
    if not paths:
        yield Input(DEFAULT, cwd / DEFAULT, named=True, absent="it is not here; name a file or a folder")
        return
    found: dict[str, Input] = {}
    folders: dict[str, str] = {}
    for path in paths:
        for one in _of(path, cwd):
            key = one.name if "\0" in one.name or one.path is None else _real(one.path, folders)
            if one.named or key not in found:
                found[key] = one
    yield from found.values()


def _real(path: Path, folders: dict[str, str]) -> str:
    """Give the path of the file itself, behind all links; a folder is looked up once for all its files."""
    written = os.fspath(path)
    folder, name = os.path.split(written)
    if name in {"", ".", ".."} or os.path.islink(written):  # noqa: PTH114 - as fast as can be
        return os.path.realpath(written)
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    return os.path.join(folders[folder], name)  # noqa: PTH118 - the same


def _of(path: str, cwd: Path) -> Iterator[Input]:
    if path == "-":
        yield Input("-", None, named=True)
    elif not path:
        yield Input(EMPTY, Path(EMPTY), named=True, absent="is a variable not set?")
    elif os.path.isdir(cwd / path):  # noqa: PTH112 - it takes a NUL in the name, Path does not on every version
        yield from _folder(path, cwd)
    elif has_magic(path) and not os.path.lexists(cwd / path):
        matching = sorted(glob(path, root_dir=cwd, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute ones
        for match in matching:
            yield from _of(match, cwd)
        if not matching:
            yield Input(path, cwd / path, named=True, absent="no file matches this pattern")
    else:
        yield Input(path, cwd / path, named=True)


def _folder(path: str, cwd: Path) -> Iterator[Input]:
    for inner in sorted(_walk(Path(os.path.realpath(cwd / path)))):
        name = os.path.join(path, *inner) if path != "." else os.path.join(*inner)  # noqa: PTH118 - as given
        yield Input(name, cwd / name, named=False)


def _walk(top: Path) -> Iterator[tuple[str, ...]]:
    """Give the parts below `top` of each file that may be a configuration, following no link to a folder."""
    root = next((folder for folder in (top, *top.parents) if (folder / ".git").exists()), top)
    above = top.relative_to(root).parts
    here = Place().reading(root / ".git" / "info" / "exclude")
    for depth, name in enumerate(above):
        here = here.reading(root.joinpath(*above[:depth], ".gitignore")).at(name).inside()
    waiting = [(above, here)]
    while waiting:
        folder, here = waiting.pop()
        here = here.reading(root.joinpath(*folder, ".gitignore"))
        for entry in _entries(root.joinpath(*folder)):
            parts = (*folder, entry.name)
            if entry.is_dir(follow_symlinks=False):
                there = here.at(entry.name)
                if entry.name not in _SKIPPED and not there.excluded(folder=True):
                    waiting.append((parts, there.inside()))
            elif _candidate(entry) and not here.at(entry.name).excluded(folder=False):
                yield parts[len(above) :]


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return [entry for entry in entries if not entry.name.startswith(".")]
    except OSError:
        return []


def _candidate(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.name.lower().endswith(_SUFFIXES) and entry.is_file()
    except OSError:  # a link to itself
        return False
