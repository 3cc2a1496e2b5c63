"""Judges the credentials of the API service: what their shapes tell, and nothing of what they are."""

from __future__ import annotations

import re
from typing import Final

from validator.destinations.remark import Remark
from validator.model import Severity

UNUSUAL: Final = "marketo-client-id-unusual"

GUID: Final = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)
"""The shape of every client ID that Marketo was seen to give. That there is no other is not documented."""


def remark(text: str) -> Remark | None:
    """Judge the client ID."""
    if not text:
        return Remark(UNUSUAL, "the value is empty", Severity.ERROR)
    if not GUID.fullmatch(text):
        return Remark(UNUSUAL, f"the value, of length {len(text)}, does not have the form of a GUID")
    return None if text.strip("0-") else Remark(UNUSUAL, "every digit is zero")


def swapped(client_id: str, secret: str) -> Remark | None:
    """Recognise a client ID in the place of the secret."""
    if client_id and client_id == secret:
        return Remark("marketo-fields-swapped", "clientId and clientSecret hold the same value")
    if client_id and GUID.fullmatch(secret) and not GUID.fullmatch(client_id):
        return Remark(
            "marketo-fields-swapped", "clientSecret has the form of a client ID, and clientId has not"
        )
    return None
