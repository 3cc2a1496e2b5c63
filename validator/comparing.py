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

NAME: Final = re.compile(
    r"[0-9a-f-]{36}|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}|00D[0-9A-Za-z]{12,15}|\d{3}-[a-z]{3}-\d{3}",
    re.ASCII,
)
"""What may be shown of a field: an identifier or a host. Anything else could be a secret gone astray."""


class Field(NamedTuple):
    """A value that an error may name. `kind`: what it identifies."""

    kind: str
    pointer: str
    is_address: bool = False


FIELDS: Final = (
    Field("tenant", "/dynamicsLeadConfiguration/directoryId"),
    Field("application", "/dynamicsLeadConfiguration/applicationId"),
    Field("instance", "/dynamicsLeadConfiguration/instanceUrl", is_address=True),
    Field("organisation", "/salesforceLeadConfiguration/objectIdentifier"),
    Field("My Domain", "/leadcheck/salesforce/api/domain"),
    Field("Munchkin ID", "/marketoLeadConfiguration/munchkinId"),
)

SHORT: Final = 15
"""Characters of an organisation's identifier that count; letter case does, too."""

LOOKS: Final = (
    (re.compile(r".*\.crm.*"), "instance"),
    (re.compile(r".*\.my\.salesforce\.com"), "My Domain"),
    (re.compile(r"00D.*"), "organisation"),
    (re.compile(r"\d{3}-[A-Z]{3}-\d{3}"), "Munchkin ID"),
)
"""What an identifier stands for, by its form."""

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
        written = _spelled(configuration.text(field.pointer).strip())
        value = _host(written) if field.is_address else written
        if NAME.fullmatch(value):
            yield value, field


def _spelled(identifier: str) -> str:
    return identifier[:SHORT] if identifier.startswith("00D") else identifier.lower()


def _host(address: str) -> str:
    try:
        return urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""


def _told(identifier: str, known: dict[str, Field], diagnosis: Diagnosis) -> str:
    plain = _spelled(identifier.replace(".api.crm", ".crm"))
    if plain in known:
        return f"{identifier} is the configured {known[plain].kind}."
    meant = _meant(identifier, diagnosis)
    configured = next((value for value, field in known.items() if field.kind == meant), None)
    if configured:
        return f"{identifier} is another {meant} than the configured one, {configured}."
    return f"{identifier} is not in the configuration."


def _meant(identifier: str, diagnosis: Diagnosis) -> str | None:
    """Say what an identifier stands for: by its form, and a GUID by what the best match is about."""
    by_form = next((kind for form, kind in LOOKS if form.fullmatch(identifier)), None)
    if by_form:
        return by_form
    field = diagnosis.matches[0].entry.field if diagnosis.matches and len(identifier) == GUID else None
    return next((one.kind for one in FIELDS if one.pointer == field), None)
