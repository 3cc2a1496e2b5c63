"""Judges the settings of a Dynamics 365 destination from their text alone: no file, no network, no clock."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from validator.destinations.dynamics.settings import account, identifiers, instance_url
from validator.destinations.remark import Remark, told, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from validator.config.configuration import Configuration
    from validator.model import Finding

EXPIRY: Final = "/leadcheck/secretExpires"

NEAR: Final = 30
"""Days before its end from which a secret is worth a warning: long enough for a holiday."""

BLOCK: Final = "/dynamicsLeadConfiguration"

AZURE_AD: Final = "azureAD"
OFFICE365: Final = "office365"

FIELDS: Final[Mapping[str, Mapping[str, Callable[[str], Remark | None]]]] = {
    AZURE_AD: {
        "directoryId": identifiers.tenant,
        "applicationId": identifiers.application,
        "applicationKey": account.client_secret,
    },
    OFFICE365: {
        "username": account.user_name,
        "password": lambda _: None,  # anything may be a password
    },
}
"""What each kind of sign-in needs, and who judges it."""

STRAY: Final = {AZURE_AD: "stray-office365-fields", OFFICE365: "stray-application-fields"}

SAMPLES: Final = frozenset(
    {
        "12345678-8af1-4asf-1234-12234d01db47",
        "12345678-8af1-4a5f-1234-12234d01db47",  # the same, its s read as a 5
        "23456052-aaaa-bbbb-8662-1234df56788f",
        "1234ABCDEDFRZ/G/FdY0aUABCEDcqhbLn/ST122345nBc=",
        "contoso@contoso.onmicrosoft.com",
        "P@ssw0rd",
    }
)
"""What Microsoft's instructions for Dynamics 365 show in the fields, in every year. None is anybody's."""


def judge(
    configuration: Configuration, allowed: frozenset[str] = frozenset(), today: date | None = None
) -> list[Finding]:
    """Say what is wrong with the settings; what the reading already reported is not judged again.

    `allowed` holds the `HOST` and `HOST:PORT` of `--allow-host`, which count as instances.
    """
    remarks = [
        (f"{BLOCK}/{field}", remark) for field, remark in _remarks(partial(_value, configuration), allowed)
    ]
    remarks += [(EXPIRY, remark) for remark in _expiring(configuration, today or datetime.now(UTC).date())]
    return told(configuration, remarks)


def _expiring(configuration: Configuration, today: date) -> Iterator[Remark]:
    """Compare the last day of the client secret, as the publisher noted it, with today's date."""
    noted = configuration.text(EXPIRY)
    if not noted or configuration.text(f"{BLOCK}/authentication") != AZURE_AD:
        return
    try:
        left = (date.fromisoformat(noted) - today).days
    except ValueError:  # the schema has said so
        return
    if left <= NEAR:
        days = f"{abs(left)} day{'' if abs(left) == 1 else 's'}"
        when = f"in {days}" if left > 0 else f"{days} ago" if left else "today"
        yield Remark("client-secret-expiring", f"secretExpires is {noted}, {when}")


def _remarks(value: Callable[[str], str | None], allowed: frozenset[str]) -> Iterator[tuple[str, Remark]]:
    kind = value("authentication") or ""
    url = value("instanceUrl")
    if url is not None:
        yield from (("instanceUrl", remark) for remark in instance_url.remarks(url, allowed))
    for name in [kind] if kind in FIELDS else FIELDS:
        yield from _fields(name, value)
    if kind == OFFICE365:
        yield "authentication", Remark("office365-deprecated", f"authentication is {OFFICE365}")
    if kind in FIELDS:
        yield from _stray(kind, value)


def _fields(kind: str, value: Callable[[str], str | None]) -> Iterator[tuple[str, Remark]]:
    """Judge each field of one kind of sign-in, and the two identifiers of an application together."""
    sound: dict[str, str] = {}
    for field, judged in FIELDS[kind].items():
        text = value(field)
        if text is None:
            continue
        remark = _sample(field, text) or judged(text)
        if remark:
            yield field, remark
        else:
            sound[field] = text
    if identifiers.equal(sound.get("directoryId", ""), sound.get("applicationId", "")):
        yield "applicationId", Remark("ids-equal", "directoryId and applicationId hold the same GUID")


def _sample(field: str, text: str) -> Remark | None:
    """Recognise a value copied from the documentation."""
    if text.strip() in SAMPLES or text.strip().lower() in SAMPLES:
        return Remark("documentation-sample", f"{field} holds the value that Microsoft's instructions show")
    return None


def _stray(kind: str, value: Callable[[str], str | None]) -> Iterator[tuple[str, Remark]]:
    """Report fields of the other kind of sign-in that are filled in: nobody reads them."""
    others = [field for name in FIELDS if name != kind for field in FIELDS[name]]
    filled = [field for field in others if (value(field) or "").strip()]
    if filled:
        observed = f"authentication is {kind}, and there is a value for {' and '.join(filled)}"
        yield filled[0], Remark(STRAY[kind], observed)


def _value(configuration: Configuration, field: str) -> str | None:
    return written(configuration, f"{BLOCK}/{field}")
