"""Which instance host was meant: slips of the finger, and addresses that people remember wrongly."""

from __future__ import annotations

import re
from typing import Final

from validator.destinations.dynamics.settings.hosts import AUTHORITIES, INSTANCE

CLOSE: Final = 2
"""Slips between `crm4.dynamics.com` and what was typed; three would also catch other people's domains."""

REMEMBERED: Final = (
    (r"\b(?:microsoft-?)?dynamics?-?(?:365|crm)\.", "dynamics."),
    (r"\bmicrosoft-?dynamics?\.com", "dynamics.com"),
    (r"\bdynamics?\.microsoft\.com$", "dynamics.com"),
    (r"\bdynamics?$", "dynamics.com"),
    (r"\.com\.[a-z]{2,3}$", ".com"),
)
"""Domains that never were an instance's, and the one that their writers had in mind."""


def slips(left: str, right: str) -> int:
    """Count the letters left out, added, mistaken or swapped with a neighbour between two words."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, here in enumerate(left, 1):
        last, before, row = before, row, [i]
        for j, there in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (here != there))
            if i > 1 and j > 1 and (left[i - 2], here) == (there, right[j - 2]):
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


def meant(host: str) -> str | None:
    """Give the instance host that `host` comes close to, or None. The host itself is no instance's."""
    host = _remembered(host)
    if INSTANCE.fullmatch(host):
        return host
    organisation, tail = _parts(host)
    number = re.match(r"[a-z-]{2,4}(\d{0,2})", tail)
    suffixes = [f"crm{number[1] if number else ''}.{domain}" for domain in AUTHORITIES]
    nearest = min(suffixes, key=lambda suffix: slips(tail, suffix))
    return f"{organisation}.{nearest}" if slips(tail, nearest) <= CLOSE else None


def nearly_dynamics(host: str) -> bool:
    """Say whether a host without a region still ends in `dynamics.com`, or one slip beside it."""
    last = ".".join(_remembered(host).split(".")[-2:])
    return slips(re.sub(r"^crm\d*", "", last), "dynamics.com") <= 1


def shortened(organisation: str, host: str) -> str | None:
    """Leave one name of several before the region, as in `www.fabrikam.crm4.dynamics.com`."""
    names = [name for name in organisation.split(".") if not re.fullmatch(r"www|api|crm\d*", name)]
    return f"{names[0]}{host.removeprefix(organisation)}" if len(names) == 1 else None


def _remembered(host: str) -> str:
    for pattern, right in REMEMBERED:
        host = re.sub(pattern, right, host)
    return host


def _parts(host: str) -> tuple[str, str]:
    """Split a host into the organisation and what should be its region and domain."""
    joined = re.fullmatch(r"([a-z0-9-]+?)-?(crm\d*\.?dynamics?\..+)", host)
    if joined:  # fabrikamcrm4.dynamics.com, fabrikam-crm4.dynamics.com
        return joined[1], joined[2]
    organisation, _, tail = host.partition(".")
    if tail.startswith("api."):
        return f"{organisation}.api", tail.removeprefix("api.")
    return organisation, tail
