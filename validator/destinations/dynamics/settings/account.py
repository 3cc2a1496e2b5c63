"""Judges what the marketplace signs in with: a client secret, or a user's name."""

from __future__ import annotations

import re
from typing import Final

from validator.destinations.dynamics.settings.identifiers import DOMAIN, GUID
from validator.destinations.remark import Remark

QUOTES: Final = re.compile(r"\s*(?:\".*\"|'.*'|`.*`|“.*”|‘.*’)\s*", re.DOTALL)  # noqa: RUF001 - they are looked for


def client_secret(text: str) -> Remark | None:
    """Judge the client secret: the value the portal shows once, as it was shown."""
    if GUID.fullmatch(text.strip(" \t\r\n\"'`")):
        return Remark("client-secret-id-entered", "the value has the form of a GUID, as a secret's ID has")
    if QUOTES.fullmatch(text):
        inner = text.strip()[1:-1]
        return Remark(
            "client-secret-quoted", "quotation marks stand around the value", repaired=inner or None
        )
    if text.rstrip() != text:
        end = "a line break" if text.rstrip(" \t") != text.rstrip() else "white space"
        return Remark("client-secret-spaced", f"{end} stands after the value", repaired=text.strip())
    if text.lstrip() != text:
        return Remark("client-secret-spaced", "white space stands before the value", repaired=text.strip())
    return None


def user_name(text: str) -> Remark | None:
    """Judge the name of an Office 365 user: `user@domain`, as at every sign-in page."""
    name, at, domain = text.rpartition("@")
    if "\\" in text:
        fault = "the value has the form DOMAIN\\user"
    elif not at:
        fault = "there is no @ in the value"
    elif re.search(r"\s", text):
        fault = "there is white space in the value"
    elif not name or "@" in name or not DOMAIN.fullmatch(domain):
        fault = "the value does not have the form user@domain"
    else:
        return None
    return Remark("user-name-not-upn", fault)
