"""Which files of a metadata folder tell of Lead, laid out as a project's source or as a retrieved package.

Only regular files below the folder are looked at, and no link is followed: the folder may be anybody's who
can open a pull request, and what is read of it ends up in a report.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

DEPTH: Final = 16
"""Folders inside one another; a project has some six."""

MOST: Final = 200_000
"""Entries looked at: the largest organisations retrieve some 50,000 files."""

KINDS: Final = {
    "object": r"objects/Lead\.object(?:-meta\.xml)?",
    "field": r"objects/Lead/fields/[^/]+\.field-meta\.xml",
    "validation": r"objects/Lead/validationRules/[^/]+\.validationRule-meta\.xml",
    "duplicates": r"duplicateRules/Lead\.[^/]+\.duplicateRule(?:-meta\.xml)?",
    "address": r"settings/Address\.settings(?:-meta\.xml)?",
    "values": r"globalValueSets/[^/]+\.globalValueSet(?:-meta\.xml)?",
}
"""Kinds of files, by the end of their path."""

_KIND: Final = re.compile(
    rf"(?:^|/)(?:{'|'.join(f'(?P<{kind}>{path})' for kind, path in KINDS.items())})$", re.ASCII
)


def files(folder: Path) -> Mapping[str, list[Path]]:
    """Give the files that tell of Lead, by kind, each kind sorted. What cannot be listed is passed over."""
    found: defaultdict[str, list[Path]] = defaultdict(list)
    for path in _below(folder):
        matched = _KIND.search(path)
        if matched:
            found[str(matched.lastgroup)].append(folder / path)
    return {kind: sorted(paths) for kind, paths in found.items()}


def _below(folder: Path) -> Iterator[str]:
    """Give the paths of all files below a folder, with slashes, as far as the bounds go."""
    waiting, seen = [("", 0)], 0
    while waiting and seen < MOST:
        at, depth = waiting.pop()
        try:
            entries = list(os.scandir(folder / at))
        except OSError:
            continue
        seen += len(entries)
        for entry in entries:
            path = f"{at}/{entry.name}" if at else entry.name
            if entry.is_file(follow_symlinks=False):
                yield path
            elif entry.is_dir(follow_symlinks=False) and depth < DEPTH and not entry.name.startswith("."):
                waiting.append((path, depth + 1))
