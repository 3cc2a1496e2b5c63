"""The names of Microsoft's `customer-leads` resource, and which of its values are credentials.

Source: Product Ingestion API, schema `customer-leads/2022-03-01-preview2` and `preview3` (Marketo).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

BLOCKS: Final = {
    "blob": "blobLeadConfiguration",
    "dynamics": "dynamicsLeadConfiguration",
    "email": "emailLeadConfiguration",
    "httpsEndpoint": "httpsEndpointLeadConfiguration",
    "marketo": "marketoLeadConfiguration",
    "salesforce": "salesforceLeadConfiguration",
    "table": "tableLeadConfiguration",
}
"""Which block of settings belongs to which destination."""

DESTINATIONS: Final = ("none", *BLOCKS)
EXTRA: Final = "leadcheck"
"""The block for what Partner Center does not hold."""


class Credential(NamedTuple):
    """A field that may be a reference to a variable. `kind`: the `authentication` that it belongs to."""

    path: tuple[str, ...]
    kind: str | None = None


CREDENTIALS: Final = (
    Credential(("dynamicsLeadConfiguration", "applicationKey"), "azureAD"),
    Credential(("dynamicsLeadConfiguration", "username"), "office365"),
    Credential(("dynamicsLeadConfiguration", "password"), "office365"),
    Credential(("tableLeadConfiguration", "storageAccountConnectionString")),
    Credential(("blobLeadConfiguration", "storageAccountConnectionString")),
    Credential(("marketoLeadConfiguration", "clientId")),
    Credential(("marketoLeadConfiguration", "clientSecret")),
    Credential(("httpsEndpointLeadConfiguration", "httpsEndpointUrl")),
    Credential((EXTRA, "salesforce", "api", "clientId")),
    Credential((EXTRA, "salesforce", "api", "clientSecret")),
)

_SECRET: Final = re.compile(r"secret(?!expires)|passw|pwd|key|token|connectionstring", re.IGNORECASE)


_LONGEST: Final = 64
"""Characters of a key that is remembered: those of real files are shorter, and come a thousand times."""


def is_secret(key: object) -> bool:
    """Whether what stands under this key is a secret, be the key known or misspelt."""
    text = str(key)
    return _names_secret(text) if len(text) <= _LONGEST else bool(_SECRET.search(text))


@lru_cache(maxsize=1024)
def _names_secret(key: str) -> bool:
    return bool(_SECRET.search(key))


FREE_TEXT: Final = frozenset({"title", "description", "reason"})
"""Keys whose values are for people: `<…>` or `{{…}}` in them is only text."""
