"""`--fix`: what the judges of the settings are certain of is written into the file, which is read again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from validator.config.repair import Mend, mended
from validator.destinations import destination

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from validator.config import Configuration
    from validator.model import Finding
    from validator.rehearsal import Options

    Load = Callable[[bytes], list[Configuration]]


def fixed(data: bytes, load: Load, options: Options) -> tuple[bytes, list[Configuration]]:
    """Repair the text of a file; give the new text and its configurations, with what was repaired in each."""
    before = load(data)
    repairs = [_repairs(configuration, options) for configuration in before]
    after, done = mended(data, [mend for each in repairs for _, mend in each])
    if not done:
        return data, before
    mended_in = [tuple(found for found, mend in each if mend in done) for each in repairs]
    return after, [
        replace(configuration, fixed=findings)
        for configuration, findings in zip(load(after), mended_in, strict=True)
    ]


def _repairs(configuration: Configuration, options: Options) -> Sequence[tuple[Finding, Mend]]:
    """Give what can be repaired and counts: what somebody chose to ignore stays as it is."""
    judge = destination(configuration.destination).judge
    reasons = {ignored.id: ignored.reason for ignored in configuration.ignored}
    return [
        (found, Mend((found.location.line, found.location.column), found.repair.old, found.repair.new))
        for found in judge(configuration, options.allow_hosts)
        if found.repair and found.location and not options.suppression(found, reasons)
    ]
