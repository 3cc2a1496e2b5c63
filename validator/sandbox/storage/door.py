"""Who is let in: a request has to carry a fresh signature by a key, and the account has to be in order."""

from __future__ import annotations

import hmac
import re
from base64 import b64decode, b64encode
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from validator.sandbox.storage.refusals import Refused, at_the_door

if TYPE_CHECKING:
    from werkzeug import Request

    from validator.sandbox.storage.account import StorageAccount

SKEW: Final = 15 * 60
"""Seconds by which the time of a signature may differ from the account's clock."""

_VERSION: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_SIGNED: Final = re.compile(r"(?P<scheme>SharedKey|SharedKeyLite) (?P<account>[^:]+):(?P<signature>.+)")


def enter(request: Request, account: StorageAccount) -> None:
    """Let a request in, or raise why not. The order of the questions is documented nowhere."""
    version = request.headers.get("x-ms-version", account.newest_version)
    if not _VERSION.fullmatch(version) or version > account.newest_version:
        raise at_the_door(
            400,
            "InvalidHeaderValue",
            "The value for one of the HTTP headers is not in the correct format.",
        )
    if account.disabled:
        raise at_the_door(403, "AccountIsDisabled", "The specified account is disabled.")
    _authenticate(request, account)
    if account.firewalled:
        message = "This request is not authorized to perform this operation."
        raise at_the_door(403, "AuthorizationFailure", message)
    if account.retry_after is not None:
        raise at_the_door(
            503,
            "ServerBusy",
            "The server is currently unable to receive requests. Please retry your request.",
            {"Retry-After": str(account.retry_after)},
        )
    _check_permitted(request.method, account)


def _authenticate(request: Request, account: StorageAccount) -> None:
    given = request.headers.get("Authorization")
    if given is None:
        where = f"https://login.microsoftonline.com/{account.tenant}/oauth2/authorize"
        raise at_the_door(
            401,
            "NoAuthenticationInformation",
            "Server failed to authenticate the request. "
            "Please refer to the information in the www-authenticate header.",
            {"WWW-Authenticate": f"Bearer authorization_uri={where} resource_id=https://storage.azure.com"},
        )
    signed = _SIGNED.fullmatch(given)
    if signed is None:
        raise at_the_door(
            400,
            "InvalidAuthenticationInfo",
            "The authentication information was not provided in the correct format. "
            "Verify the value of Authorization header.",
        )
    if not account.shared_key_allowed:
        message = "Key based authentication is not permitted on this storage account."
        raise at_the_door(403, "KeyBasedAuthenticationNotPermitted", message)
    known = signed["account"] == account.name and _fresh(request, account)
    if not known or signed["signature"] not in _signatures(request, account, signed["scheme"]):
        raise at_the_door(
            403,
            "AuthenticationFailed",
            "Server failed to authenticate the request. Make sure the value of Authorization header "
            "is formed correctly including the signature.",
        )


def _date(request: Request) -> str:
    return request.headers.get("x-ms-date") or request.headers.get("Date", "")


def _fresh(request: Request, account: StorageAccount) -> bool:
    try:
        signed = parsedate_to_datetime(_date(request))
        return abs((signed - account.now()).total_seconds()) <= SKEW
    except (TypeError, ValueError):  # no date, or one without a zone
        return False


def _signatures(request: Request, account: StorageAccount, scheme: str) -> list[str]:
    """Sign the request with each key, as the documents say; the path counts as it was encoded."""
    comp = f"?comp={request.args['comp']}" if "comp" in request.args else ""
    path = request.environ["REQUEST_URI"].partition("?")[0]
    text = f"{_date(request)}\n/{account.name}{path}{comp}"
    if scheme == "SharedKey":
        head = (request.headers.get(name, "") for name in ("Content-MD5", "Content-Type"))
        text = "\n".join((request.method, *head, text))
    keys = (b64decode(key) for key in account.keys.values())
    return [b64encode(hmac.digest(key, text.encode(), "sha256")).decode() for key in keys]


def _check_permitted(method: str, account: StorageAccount) -> None:
    if not account.operable:
        raise _insufficient(
            "The account being accessed does not have sufficient permissions to execute this operation."
        )
    if method == "GET" and not account.may_read:
        raise _insufficient("Read operations are currently disabled.")
    if method != "GET" and not account.may_write:
        raise _insufficient("Write operations are not allowed.")
    if method == "DELETE" and not account.may_delete:  # a key may delete; a narrower credential is told this
        message = "This request is not authorized to perform this operation using this permission."
        raise at_the_door(403, "AuthorizationPermissionMismatch", message)


def _insufficient(message: str) -> Refused:
    return at_the_door(403, "InsufficientAccountPermissions", message)
