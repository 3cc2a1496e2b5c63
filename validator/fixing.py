"""`--fix`: what the judges of the settings are certain of is written into the file, which is read again."""

from __future__ import annotations

from dataclasses import replace
from difflib import unified_diff
from typing import TYPE_CHECKING, Final

from validator.config import Unreadable
from validator.config.repair import Mend, mended
from validator.config.rewriting import Changed, rewrite
from validator.destinations import destination
from validator.foreign import shown
from validator.model import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from validator.config import Configuration, File
    from validator.model import Finding
    from validator.rehearsal import Options

NO_END: Final = "\\ No newline at end of file"
"""As patch and git write it."""


def fixed(
    file: File, options: Options, product: str | None, pass_on: Callable[[bytes], object] | None
) -> list[Configuration]:
    """Repair a file in its place, standard input on its way; give its configurations, and what was repaired.

    Raise Unreadable where the file cannot be written; then it is as it was.
    """
    repairs, after, done = _mended(file, options, product)
    if file.input.path is None and pass_on:
        pass_on(after)
    if not done or not (file.input.path is None or _written(file, after)):
        return file.configurations
    mended_in = [tuple(found for found, mend in each if mend in done) for each in repairs]
    return [
        replace(configuration, fixed=findings)
        for configuration, findings in zip(file.load(after), mended_in, strict=True)
    ]


def patch(file: File, options: Options, product: str | None) -> str:
    """Give what would be repaired as a unified diff, without secrets; the empty string for nothing."""
    _, after, done = _mended(file, options, product)
    if not done:
        return ""
    before, mended_text = (data.decode().splitlines(keepends=True) for data in (file.data, after))
    name = shown(file.input.name)
    lines = unified_diff(before, mended_text, f"a/{name}", f"b/{name}")
    text = "".join(line if line.endswith("\n") else f"{line}\n{NO_END}\n" for line in lines)
    return file.configurations[0].secrets.hide(text)


def _mended(
    file: File, options: Options, product: str | None
) -> tuple[list[Sequence[tuple[Finding, Mend]]], bytes, list[Mend]]:
    """Give the repairs of each configuration, the new text, and the mends that it holds."""
    repairs = [
        _repairs(one, options) if product in {None, one.product} else [] for one in file.configurations
    ]
    return repairs, *mended(file.data, [mend for each in repairs for _, mend in each])


def _repairs(configuration: Configuration, options: Options) -> Sequence[tuple[Finding, Mend]]:
    """Give what can be repaired and counts: what somebody chose to ignore stays as it is."""
    judged = destination(configuration.destination).judge(configuration, options.allow_hosts)
    return [
        (found, Mend((found.location.line, found.location.column), found.repair.old, found.repair.new))
        for found in (*configuration.findings, *judged)
        if found.repair and found.location and not options.suppression(found, configuration)
    ]


def _written(file: File, after: bytes) -> bool:
    """Write the file. A link that was only met in a folder may lead out of it: what it leads to stays."""
    path = file.input.path
    if path is None or (not file.input.named and path.is_symlink()):
        return False
    try:
        rewrite(path, file.data, after)
    except Changed:
        raise Unreadable(Problem(shown(file.input.name), "it changed while it was being repaired")) from None
    except OSError as error:
        reason = f"the repaired file cannot be written: {error.strerror}"
        raise Unreadable(Problem(shown(file.input.name), reason)) from None
    return True
