"""The identifiers of a pasted error beside those of a configuration: both may be about different things."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.catalogue import Diagnosis
    from validator.config import Configuration

GUID: Final = 36
"""Characters of a GUID; hosts have a dot, and hardly this length."""

NAME: Final = re.compile(r"[0-9a-f-]{36}|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}", re.ASCII)
"""What may be shown of a field: a GUID or a host. Anything else could be a secret in the wrong place."""


class Field(NamedTuple):
    """A value that an error may name. `kind`: what it identifies."""

    kind: str
    pointer: str
    is_address: bool = False


FIELDS: Final = (
    Field("tenant", "/dynamicsLeadConfiguration/directoryId"),
    Field("application", "/dynamicsLeadConfiguration/applicationId"),
    Field("instance", "/dynamicsLeadConfiguration/instanceUrl", is_address=True),
    Field("My Domain", "/leadcheck/salesforce/api/domain"),
)

OFFER: Final = "/leadcheck/offer"


def compared(diagnosis: Diagnosis, configuration: Configuration) -> list[str]:
    """Say of each identifier in the text whether the configuration has it."""
    known = dict(_configured(configuration))
    return [_told(identifier, known, diagnosis) for identifier in diagnosis.identifiers]


def support(configuration: Configuration) -> list[str]:
    """Give what Microsoft's support asks for, as far as the configuration has it. None of it is a secret."""
    named = {"publisher": "publisherId", "offer": "offerId"}
    values = {name: configuration.text(f"{OFFER}/{key}") for name, key in named.items()}
    told = [f"{name} {value}" for name, value in values.items() if value]
    return [*told, f"lead destination {configuration.destination}"]


def _configured(configuration: Configuration) -> Iterator[tuple[str, Field]]:
    for field in FIELDS:
        written = configuration.text(field.pointer).strip().lower()
        value = _host(written) if field.is_address else written
        if NAME.fullmatch(value):
            yield value, field


def _host(address: str) -> str:
    try:
        return urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""


def _told(identifier: str, known: dict[str, Field], diagnosis: Diagnosis) -> str:
    plain = identifier.replace(".api.crm", ".crm")
    if plain in known:
        return f"{identifier} is the configured {known[plain].kind}."
    meant = _meant(identifier, diagnosis)
    configured = next((value for value, field in known.items() if field.kind == meant), None)
    if configured:
        return f"{identifier} is another {meant} than the configured one, {configured}."
    return f"{identifier} is not in the configuration."


def _meant(identifier: str, diagnosis: Diagnosis) -> str | None:
    """Say what an identifier stands for: a host by its ending, a GUID by what the best match is about."""
    if ".crm" in identifier:
        return "instance"
    if identifier.endswith(".my.salesforce.com"):
        return "My Domain"
    field = diagnosis.matches[0].entry.field if diagnosis.matches and len(identifier) == GUID else None
    return next((one.kind for one in FIELDS if one.pointer == field), None)
