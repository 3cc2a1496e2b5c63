"""What may be written into a lead: known columns, permitted ones, values that fit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from validator.sandbox.dataverse.refusals import Refused, bad_payload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.sandbox.state import Account, Column


def read(body: bytes, columns: Mapping[str, Column]) -> dict[str, Any]:
    """Take the columns out of a request's body; annotations (`@`) say nothing here."""
    try:
        sent = json.loads(body)
    except ValueError:
        raise bad_payload("System.ArgumentException: Stream was not readable.") from None
    if not isinstance(sent, dict):
        raise bad_payload("Microsoft.OData.ODataException: An unexpected node was found when reading.")
    values = {name: value for name, value in sent.items() if "@" not in name}
    for name in values:
        if name not in columns:
            raise bad_payload(
                f"Microsoft.Crm.CrmException: Invalid property '{name}' was found in entity "
                "'Microsoft.Dynamics.CRM.lead'. ---> Microsoft.OData.ODataException: The property "
                f"'{name}' does not exist on type 'Microsoft.Dynamics.CRM.lead'. Make sure to only use "
                "property names that are defined by the type."
            )
    return values


def check_permitted(
    values: Mapping[str, Any], columns: Mapping[str, Column], account: Account, key: str
) -> None:
    """Refuse values for secured columns that no column security profile opens to the account."""
    secured = {name for name, column in columns.items() if column.secured}
    for name in sorted(secured & values.keys()):
        if key not in columns[name].permitted:
            raise Refused(
                403,
                "0x8004f502",
                f"Caller user with ID {account.id} does not have Create permissions for the {name} "
                f"attribute in the lead entity. Count secured attributes in entity {len(secured)}. "
                "user has 0 secured attribute privileges.",
            )


def check_values(values: Mapping[str, Any], columns: Mapping[str, Column]) -> None:
    """Refuse values of the wrong type or size, and choices that do not exist."""
    for name, value in values.items():
        column = columns[name]
        if value is not None and column.writable:
            check = _check_choice if column.options else _check_text
            check(name, value, column)


def _check_choice(name: str, value: object, column: Column) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _wrong_type(value, "Edm.Int32")
    if value not in column.options:
        accepted = ",".join(str(option) for option in column.options)
        raise Refused(
            400,
            "0x8004431a",
            f"A validation error occurred. The value {value} of '{name}' on record of type 'lead' is outside "
            f"the valid range. Accepted Values: {accepted}",
        )


def _check_text(name: str, value: object, column: Column) -> None:
    if not isinstance(value, str):
        raise _wrong_type(value, "Edm.String")
    units = len(value.encode("utf-16-le", "surrogatepass")) // 2  # as .NET counts
    if column.most is not None and units > column.most:
        raise Refused(
            400,
            "0x80044331",
            f"A validation error occurred.  The length of the '{name}' attribute of the 'lead' entity "
            f"exceeded the maximum allowed length of '{column.most}'.",
        )


def _wrong_type(value: object, kind: str) -> Refused:
    return bad_payload(
        f"Microsoft.OData.ODataException: Cannot convert the literal '{value}' to the expected type '{kind}'."
    )
