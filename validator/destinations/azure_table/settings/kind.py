"""What stands in the field instead of the connection string of a storage account."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from validator.destinations.azure_table.settings.connection_string import USABLE
from validator.destinations.azure_table.settings.unfilled import MASK, PLACEHOLDER
from validator.destinations.azure_table.settings.wrapping import joined
from validator.destinations.remark import Remark

if TYPE_CHECKING:
    from validator.destinations.azure_table.settings.connection_string import ConnectionString

MALFORMED: Final = "connection-string-malformed"

LONGEST: Final = 4096
"""Characters. A string with every part that Azure ever writes has a third of them."""

OTHERS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), entry, observed)
    for pattern, entry, observed in (
        (
            r"\.(?:cosmos(?:db)?|documents)\.azure\.|(?:^|;)AccountEndpoint=",
            "connection-string-cosmos",
            "the value names an account of Azure Cosmos DB",
        ),
        (
            r"(?:^|=)sb://",
            "connection-string-service-bus",
            "the value holds an address that starts with sb://",
        ),
        (
            r"(?:^|;)(?:Use)?DevelopmentStorage\w*=|devstoreaccount1|//(?:127\.0\.0\.1|localhost)\b",
            "connection-string-development",
            "the value names the storage emulator of a developer's machine",
        ),
        (
            r"(?:^|;)SharedAccessSignature=|[?&]sig=",
            "connection-string-sas",
            "the value holds a shared access signature",
        ),
    )
)
"""What belongs to another service, or opens storage by other means."""

LOOKS: Final = tuple(
    (re.compile(pattern, re.DOTALL), observed)
    for pattern, observed in (
        (USABLE.pattern, "the value looks like an account key alone"),
        (r"\w+", "the value is a single word, perhaps the name of an account"),
        (r"\w{1,20}://.*", "the value is an address"),
        (r"\{.*", "the value is a JSON object, and no connection string stands alone in it"),
    )
)
"""What people paste that has no parts at all."""

NO_PARTS: Final = "the value holds none of the parts of a storage account's connection string"


def remark(bare: str, found: ConnectionString) -> Remark | None:
    """Say what the value is, or None where it is meant to be a connection string with all that it needs."""
    if not bare:
        return Remark("secret-empty", "the value is empty")
    if len(bare) > LONGEST:
        return Remark(MALFORMED, "the value is far longer than a connection string")
    text = joined(bare)
    for pattern, entry, observed in OTHERS:
        if pattern.search(text):
            return Remark(entry, observed)
    if not any(part.name for part in found.parts):
        return _nothing_known(bare)
    return _twice(found)


def _nothing_known(bare: str) -> Remark:
    if MASK.fullmatch(bare):
        return Remark("secret-masked", "the value holds nothing but a mask")
    if PLACEHOLDER.fullmatch(bare):
        return Remark("variable-not-filled-in", "the value is a placeholder")
    looks = (observed for pattern, observed in LOOKS if pattern.fullmatch(bare))
    return Remark(MALFORMED, next(looks, NO_PARTS))


def _twice(found: ConnectionString) -> Remark | None:
    """Report parts that are given twice: nobody can say which of them counts."""
    counted = Counter(part.name for part in found.parts if part.name)
    names = [name for name, times in counted.items() if times > 1]
    if not names:
        return None
    return Remark(
        MALFORMED, f"{' and '.join(names)} stand{'s' if len(names) == 1 else ''} in the value twice"
    )
