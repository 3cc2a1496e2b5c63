"""What a pasted text says beside its words: whom it is about, when it was, and how support finds it."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from validator.catalogue.codes import codes

if TYPE_CHECKING:
    from collections.abc import Iterator

_GUID: Final = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_NAME: Final = r"(?<![\w.-])[a-z0-9-]{1,63}"
_IDENTIFIER: Final = (
    rf"(?<![\w-]){_GUID}(?![\w-])"
    rf"|{_NAME}(?:\.api)?\.crm\d{{0,2}}\.(?:dynamics\.com|dynamics\.cn|microsoftdynamics\.(?:us|de))(?![\w-])"
    rf"|{_NAME}\.crm\.appsplatform\.us|{_NAME}\.onmicrosoft\.(?:com|us|de)"
    rf"|{_NAME}(?:\.sandbox|\.scratch|\.develop)?\.my\.salesforce\.com|{_NAME}\.mktorest\.com"
    rf"|{_NAME}\.table\.core\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)"
    rf"|{_NAME}(?:\.[a-z0-9]{{1,20}})?\.logic\.azure\.com|{_NAME}(?:\.[a-z0-9-]{{1,40}})?\.azurewebsites\.net"
    r"|(?<![\w-])\d{3}-[a-z]{3}-\d{3}(?![\w-])"
)
"""GUIDs, the hosts that leads are sent to, domains of tenants, and Marketo's Munchkin account ids."""
_URL: Final = r"https?://([a-z0-9.-]{4,253})(?![a-z0-9.-])(?![^/\s]{0,200}@)"
"""The host of an address, unless what stands there is a user's name and password."""
_ORGANISATION: Final = r"(?<![A-Za-z0-9])00D[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?(?![A-Za-z0-9])"
"""A Salesforce organisation, in which the letters' case counts."""

_NOBODYS: Final = frozenset(
    {
        "00000007-0000-0000-c000-000000000000",  # Dataverse's own application, the same in every tenant
        *("login.microsoftonline.com", "login.windows.net", "login.microsoftonline.us"),
        *("login.partner.microsoftonline.cn", "login.salesforce.com", "go.microsoft.com", "aka.ms"),
        *("learn.microsoft.com", "docs.microsoft.com", "schemas.microsoft.com", "www.w3.org"),
    }
)
"""What is the same for everybody, and so tells nobody apart."""
_NO_TENANT: Final = (
    r"tenant(?: identifier)? [\"'](null|undefined|none|token|authorize|oauth2|v2\.0|login|https?:?)[\"']"
)
"""What stands for the tenant in the address of a sign-in when the field was empty, or held an address."""

_MANY: Final = 20

_LABEL: Final = r"\"?'? ?[:=] ?\"?'?"
_CORRELATION: Final = (
    rf"(?:correlation[ _-]?(?:request[ _-]?)?id|client-request-id|activity[ _-]?id){_LABEL}({_GUID})"
)
_TRACE: Final = rf"(?:trace[ _-]?id|request[ _-]?id){_LABEL}({_GUID}|[0-9a-f]{{1,8}}#[0-9a-f]{{6,16}})"
_MOMENT: Final = (
    r"\d{4}-\d\d-\d\d[tT ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:[zZ]|UTC|utc|[+-]\d\d:\d\d)(?!\w))?"
)
_TIME: Final = rf"(?<![a-z])time(?:stamp)?{_LABEL}({_MOMENT})"


class Facts(NamedTuple):
    """What a text says beside its words. Codes are spelled `AADSTS700016`, `0x80040220` and `Marketo 603`."""

    codes: tuple[str, ...]
    identifiers: tuple[str, ...]
    timestamp: str | None
    correlation_id: str | None
    trace_id: str | None
    no_tenant: str | None
    """What the text calls the tenant, where that is a piece of an address or nothing."""


def facts(text: str, original: str = "") -> Facts:
    """Find codes, identifiers, time and trace in text that is already plain.

    `original`: the text before it was, whose letters have their case and whose lines their times.
    """
    correlation, trace, time = (_first(pattern, text) for pattern in (_CORRELATION, _TRACE, _TIME))
    identifiers = dict.fromkeys(_identifiers(text, original))
    return Facts(
        codes=codes(text),
        identifiers=tuple(name for name in identifiers if name not in {correlation, trace, *_NOBODYS})[
            :_MANY
        ],
        timestamp=time.upper() if time else _only_moment(original),
        correlation_id=correlation,
        trace_id=trace,
        no_tenant=_first(_NO_TENANT, text),
    )


def _identifiers(text: str, original: str) -> Iterator[str]:
    for match in re.finditer(f"{_IDENTIFIER}|{_URL}", text):
        name = match[1] or match[0]
        yield name.upper() if re.fullmatch(r"\d{3}-[a-z]{3}-\d{3}", name) else name.rstrip(".")
    yield from re.findall(_ORGANISATION, original)


def _only_moment(original: str) -> str | None:
    """Give the time that stands in the text without a label, unless there are several to choose from."""
    found = {match[0] for match in islice(re.finditer(_MOMENT, original), _MANY)}
    return found.pop() if len(found) == 1 else None


def _first(pattern: str, text: str) -> str | None:
    found = re.search(pattern, text)
    return found[1] if found else None
