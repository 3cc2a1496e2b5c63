"""Worlds in which a host shows a certificate that nobody should accept, or speaks no TLS at all."""

from __future__ import annotations

from typing import Final

from validator.sandbox.certificates import Certificate
from validator.sandbox.worlds.world import World

FAULTS: Final = (
    ("certificate-expired", "the certificate of {} has expired", Certificate.EXPIRED),
    ("certificate-not-yet-valid", "the certificate of {} is not valid yet", Certificate.NOT_YET_VALID),
    ("certificate-self-signed", "{} shows a certificate signed by itself", Certificate.SELF_SIGNED),
    ("certificate-wrong-host", "{} shows another host's certificate", Certificate.WRONG_HOST),
    (
        "certificate-unknown-issuer",
        "{} shows a certificate of an unknown issuer",
        Certificate.UNKNOWN_ISSUER,
    ),
    ("tls-failed", "{} does not speak TLS", Certificate.NONE),
)
"""Entry, summary, and what the host shows."""


def worlds(host: str, called: str, example: str, prefix: str = "") -> tuple[World, ...]:
    """Give a world for each fault at a host; `prefix` begins the entries of its destination."""
    return tuple(
        World(prefix + entry, summary.format(called), {f"network.{host}.certificate": shown}, example=example)
        for entry, summary, shown in FAULTS
    )
