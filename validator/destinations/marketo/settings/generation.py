"""Tells the two connectors apart: the one that ended in November 2022, and that of February 2023.

The old one posted to a form's server, which `serverId` names. The new one signs in to Marketo's REST API with
a client ID and a client secret, and has no field for a server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.destinations.remark import Remark
from validator.model import Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

CLIENT_ID: Final = "clientId"
CLIENT_SECRET: Final = "clientSecret"  # noqa: S105 - the name of the key
CREDENTIALS: Final = frozenset({CLIENT_ID, CLIENT_SECRET})
SERVER_ID: Final = "serverId"


def lacking(given: Collection[str]) -> Iterator[tuple[str, Remark]]:
    """Say which credential is missing, by the keys that are given."""
    missing = sorted(CREDENTIALS.difference(given))
    if len(missing) == 1:
        yield missing[0], Remark("missing-key", f"“{missing[0]}” is missing in “marketoLeadConfiguration”")
    elif missing and SERVER_ID in given:
        words = f"there is a {SERVER_ID}, and neither {CLIENT_ID} nor {CLIENT_SECRET}"
        yield SERVER_ID, Remark("marketo-connector-retired", words)
    elif missing:
        words = f"“{CLIENT_ID}” and “{CLIENT_SECRET}” are missing in “marketoLeadConfiguration”"
        # A warning: Microsoft documents both for the portal, not yet how the resource spells them.
        yield CLIENT_ID, Remark("missing-key", words, Severity.WARNING)
