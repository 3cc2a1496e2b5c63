"""Where evidence lies: below the configuration's own folder, links resolved, and nowhere else.

A configuration can come with a pull request; it must not make a pipeline read, and report, other files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.config.opening import regular
from validator.destinations.remark import written
from validator.destinations.salesforce.evidence import form as forms
from validator.destinations.salesforce.evidence import metadata as files

if TYPE_CHECKING:
    from pathlib import Path

    from validator.config import Configuration
    from validator.destinations.salesforce.evidence.form import Form
    from validator.destinations.salesforce.evidence.metadata import Metadata


class Unusable(Exception):
    """The path leads to nothing that could be read, with the reason."""


def form(configuration: Configuration, pointer: str) -> Form | None:
    """Read the form at the path that a pointer holds; None where it holds none. Raise Unusable."""
    path = _path(configuration, pointer)
    if path is None:
        return None
    if not path.is_file():
        raise Unusable("it is no file" if path.exists() else "there is no such file")
    read = forms.read(_text(path))
    if read is None:
        raise Unusable("no Web-to-Lead form is in it: no input named oid")
    return read


def metadata(configuration: Configuration, pointer: str) -> Metadata | None:
    """Read the metadata in the folder that a pointer names; None where it names none. Raise Unusable."""
    path = _path(configuration, pointer)
    if path is None:
        return None
    if not path.is_dir():
        raise Unusable("it is no folder" if path.exists() else "there is no such folder")
    return files.gather(path)


def _path(configuration: Configuration, pointer: str) -> Path | None:
    """Give the place of a path that is relative to the configuration's file."""
    named = written(configuration, pointer)
    if not named:
        return None
    if configuration.folder is None:
        raise Unusable("the configuration comes from standard input, and no folder with it")
    try:
        home = configuration.folder.resolve()
        path = (home / named.replace("\\", "/")).resolve()
    except (OSError, RuntimeError, ValueError):  # links in a circle; a NUL in the name
        raise Unusable("that is no path") from None
    if not path.is_relative_to(home):
        raise Unusable("it lies outside of the configuration's folder")
    return path


def _text(path: Path) -> str:
    try:
        data = regular(path, forms.MOST_BYTES + 1)
    except OSError as error:
        raise Unusable(f"it cannot be read: {error.strerror}") from None
    if len(data) > forms.MOST_BYTES:
        raise Unusable("it is larger than 512 KiB, which no page with a form is")
    return data.decode("utf-8-sig", "replace")
