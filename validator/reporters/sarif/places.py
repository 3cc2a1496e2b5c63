"""Files and regions, as SARIF writes them."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from validator.foreign import shown

if TYPE_CHECKING:
    from validator.model import Location


def artifact(file: str) -> dict[str, Any]:
    """Name a file: relative to the root of the sources, unless the user named it otherwise."""
    path = PurePath(shown(file))
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix()), "uriBaseId": "%SRCROOT%"}


def physical(file: str, line: int | None = None, column: int | None = None) -> dict[str, Any]:
    """Give a location of which only the beginning is known."""
    place: dict[str, Any] = {"artifactLocation": artifact(file)}
    if line is not None:
        place["region"] = {"startLine": line} | ({} if column is None else {"startColumn": column})
    return {"physicalLocation": place}


def region(at: Location) -> dict[str, Any]:
    """Give the region of a value. Without an end it reaches to the end of the line, as SARIF has it."""
    begin = {"startLine": at.line, "startColumn": at.column}
    return begin if at.end is None else begin | {"endLine": at.end[0], "endColumn": at.end[1]}
