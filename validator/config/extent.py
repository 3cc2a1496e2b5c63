"""Where the values at fault end, and how a repair would be written: for formats that mark or mend the text.

Reading the text once more costs as much as reading it, so nobody pays for it unasked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from validator.config.repair import Mend, ends, spelled
from validator.config.secrets import Secret

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.config.configuration import Configuration
    from validator.config.document import Place
    from validator.model import Finding


def exact(configuration: Configuration, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Give the findings with the ends of their values, and with the repairs that may be shown."""
    places = [place for found in findings if (place := _place(found))]
    known = ends(configuration.data, places) if places else {}
    mends = [mend for found in findings if (mend := _mend(configuration, found))]
    texts = spelled(configuration.data, mends) if mends else {}
    return tuple(_exact(found, known, texts) for found in findings)


def _place(found: Finding) -> Place | None:
    return (found.location.line, found.location.column) if found.location else None


def _mend(configuration: Configuration, found: Finding) -> Mend | None:
    """Give what may be shown of a repair: nothing that is a credential, or that holds one."""
    place, repair = _place(found), found.repair
    if place is None or repair is None or isinstance(configuration.get(repair.pointer), Secret):
        return None
    told = "\n".join((repair.old, *([repair.new] if isinstance(repair.new, str) else repair.new)))
    return None if configuration.secrets.hide(told) != told else Mend(place, repair.old, repair.new)


def _exact(found: Finding, known: Mapping[Place, Place], texts: Mapping[Place, str]) -> Finding:
    place = _place(found)
    if found.location is None or place is None or place not in known:
        return found
    repair = found.repair and replace(found.repair, written=texts.get(place))
    return replace(found, location=found.location._replace(end=known[place]), repair=repair)
