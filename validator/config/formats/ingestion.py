"""The resource `leadconfiguration` of Partner Center's ingestion API, version 1.

Source: the API's published description. It marks nothing as required and lists no values for
`authentication`, so that every spelling that can be meant is taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from validator.config.document import pointer
from validator.config.formats.found import Found, Piece
from validator.config.suggestions import folded, nearest
from validator.config.vocabulary import BLOCKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SUFFIX: Final = "leadconfiguration"

KINDS: Final = {
    "dynamicscustomerrelationshipmanagement": "dynamics",
    "azuretable": "table",
    "azureblob": "blob",
    "httpsendpoint": "httpsEndpoint",
    "marketo": "marketo",
    "salesforce": "salesforce",
}
"""Destinations by their `resourceType`, in lower case and without its ending."""

NAMES: Final = {
    "instanceUrl": "uri",
    "authentication": "authentication",
    "username": "userName",
    "password": "password",
    "applicationId": "applicationID",
    "applicationKey": "applicationKey",
    "directoryId": "directoryID",
    "storageAccountConnectionString": "connectionString",
    "containerName": "containerName",
    "httpsEndpointUrl": "httpsEndpointUri",
    "serverId": "serverID",
    "munchkinId": "munchkinAccountID",
    "formId": "formID",
    "objectIdentifier": "objectIdentifier",
    "contactEmail": "contactEmail",
}
"""The names here, by the ones of `customer-leads`."""

MEANT: Final = {folded(theirs): ours for ours, theirs in NAMES.items()}

ABOUT: Final = frozenset({"resourcetype", "id", "etag", "odataetag", "dailydigestemailcontacts"})
"""What is no setting of the destination."""

SIGN_INS: Final = ("azureAD", "office365")


def lead_configuration(values: object) -> Iterator[Found]:
    """Find the resource: alone, in a list, or in the `value` of an answer."""
    listed = values.get("value") if isinstance(values, dict) else values
    at = "/value" if isinstance(values, dict) else ""
    if isinstance(values, dict) and (found := _found("", values)):
        yield found
    for index, each in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(each, dict) and (found := _found(pointer(at, index), each)):
            yield found


def _found(at: str, values: Mapping[str, Any]) -> Found | None:
    kind = values.get("resourceType")
    if not isinstance(kind, str) or not kind.lower().endswith(SUFFIX):
        return None
    destination = KINDS.get(kind.lower().removesuffix(SUFFIX))
    named = Piece(("leadDestination",), "/resourceType", destination or kind)
    if destination is None:
        return Found(at, (named,), {"leadDestination": "resourceType"})
    names = {**NAMES, "leadDestination": "resourceType", BLOCKS[destination]: kind}
    return Found(at, (named, *_settings(destination, values)), names)


def _settings(destination: str, values: Mapping[str, Any]) -> Iterator[Piece]:
    block = BLOCKS[destination]
    for key, value in values.items():
        if folded(key.lstrip("@").replace(".", "")) not in ABOUT:
            name = MEANT.get(folded(key), key)
            yield Piece((block, name), pointer("", key), read(name, value))
    if destination == "dynamics" and not any(folded(key) == "authentication" for key in values):
        yield Piece((block, "authentication"), "", _sign_in(values))


def read(name: str, value: Any) -> Any:  # noqa: ANN401 - a file may hold anything
    """Read a value as `customer-leads` would have it."""
    if name == "contactEmail" and isinstance(value, str):
        return [part.strip() for part in value.replace(",", ";").split(";") if part.strip()]
    if name == "authentication" and isinstance(value, str):
        return nearest(value, SIGN_INS) or value
    return value


def _sign_in(values: Mapping[str, Any]) -> str:
    """Tell the kind of sign-in by the fields that are filled in."""
    filled = {folded(key) for key, value in values.items() if value}
    return "office365" if filled & {"username", "password"} and "applicationid" not in filled else "azureAD"
