"""Judges what opens a receiver: the parameters of a trigger's address, and the key of a function's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from validator.destinations.https_endpoint.settings.kinds import TRIGGERS, Kind
from validator.destinations.remark import Remark
from validator.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.destinations.https_endpoint.settings.address import Address

SIGNATURE: Final = "sig"
PERMISSION: Final = "sp"
PARAMETERS: Final = ("api-version", PERMISSION, "sv", SIGNATURE)
"""In the order in which Microsoft writes them."""

LENGTH: Final = 43
"""Characters of a signature: an HMAC of 256 bits in base64url, without the padding."""

ALPHABET: Final = re.compile(r"[A-Za-z0-9_-]*")
PERMITTED: Final = re.compile(r"/triggers/[^/]+/run")
"""What the signature permits, once decoded."""

KEY: Final = "code"
KEY_MISSING: Final = "endpoint-function-key-missing"


def remarks(address: Address, kind: Kind) -> Iterator[Remark]:
    """Say what the query lacks. Names are compared without their case, as Azure does; no value is quoted."""
    held = _held(address)
    if kind in TRIGGERS:
        yield from _signed(held)
    elif kind is Kind.FUNCTION and KEY not in held:
        yield Remark(KEY_MISSING, f"the query lacks {KEY}")


def _signed(held: dict[str, str]) -> Iterator[Remark]:
    absent = [name for name in PARAMETERS if name not in held]
    if SIGNATURE in absent:
        yield Remark("endpoint-signature-missing", f"the query lacks {listed(absent)}")
        return
    yield from _signature(held[SIGNATURE])
    if absent:
        yield Remark("endpoint-parameters-missing", f"the query lacks {listed(absent)}")
    elif not PERMITTED.fullmatch(held[PERMISSION]):
        words = f"{PERMISSION} does not decode to /triggers/…/run, as a trigger's address has it"
        yield Remark("endpoint-parameters-missing", words)


def _signature(text: str) -> Iterator[Remark]:
    sound = ALPHABET.fullmatch(text)
    if len(text) != LENGTH:
        severity = Severity.WARNING if len(text) > LENGTH else None
        words = f"{SIGNATURE} has {len(text)} characters; a signature has {LENGTH}"
        yield Remark("endpoint-signature-cut", words, severity)
    elif not sound:
        words = f"{SIGNATURE} has {LENGTH} characters, but not only letters, digits, - and _"
        yield Remark("endpoint-signature-cut", words, Severity.WARNING)


def complete(address: Address) -> bool:
    """Whether the address ends as a trigger's does: with all that its signature needs."""
    return not any(_signed(_held(address)))


def _held(address: Address) -> dict[str, str]:
    return {name.lower(): value for name, value in address.parameters.items() if value}


def listed(names: list[str]) -> str:
    """Write names as people do."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
