"""What a destination calls a missing answer, where the rest of the network answers."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.http import Reason, Unreachable

CERTIFICATE: Final = {
    9: "certificate-not-yet-valid",
    10: "certificate-expired",
    18: "certificate-self-signed",
    19: "certificate-unknown-issuer",
    20: "certificate-unknown-issuer",
    21: "certificate-unknown-issuer",
    62: "certificate-wrong-host",
}
"""OpenSSL's verification codes (X509_V_ERR_…)."""

VERSIONS: Final = frozenset(
    {"TLSV1_ALERT_PROTOCOL_VERSION", "UNSUPPORTED_PROTOCOL", "NO_PROTOCOLS_AVAILABLE"}
)
"""OpenSSL's words for a server that speaks no version of TLS from 1.2 on."""


@dataclass(frozen=True)
class Blame:
    """Catalogue entries: by the step that failed, and for TLS with `prefix` before the general entry's id.

    `field` is the JSON pointer of the address.
    """

    field: str = ""
    reasons: Mapping[Reason, str] = dataclasses.field(default_factory=dict)
    prefix: str = ""
    version: str = "tls-failed"

    def tls(self, failure: Unreachable) -> str:
        """Name what is wrong with TLS."""
        if failure.tls_reason in VERSIONS:
            return self.version
        return self.prefix + CERTIFICATE.get(failure.verify_code or 0, "tls-failed")
