"""Recognises a value that belongs in another field, and finds where the field's own value went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from validator.destinations.marketo.settings import form_id, munchkin_id, server_id
from validator.destinations.marketo.settings.client import GUID
from validator.destinations.remark import Remark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

READ: Final[Mapping[str, Callable[[str], str | None]]] = {
    "munchkinId": munchkin_id.meant,
    "formId": form_id.meant,
    "serverId": server_id.meant,
}
"""Who recognises the value of which field. None of these is a credential: one may be moved to its place."""

ACCEPTED: Final = {"munchkinId": munchkin_id.PUBLISHED, "formId": form_id.PUBLISHED}
"""What Partner Center takes in a field: such a value is judged for itself."""

UNDECIDED: Final = frozenset({("clientId", "formId")})
"""Field, and kind of what it holds, where that proves nothing: a client ID may be digits, for all we know."""


class Kind(NamedTuple):
    """The field that a value belongs in, and how it is written there; empty for a credential."""

    field: str
    value: str


def kind(text: str) -> Kind | None:
    """Say which field a value belongs in, where its shape tells."""
    for field, read in READ.items():
        if value := read(text):
            return Kind(field, value)
    return Kind("clientId", "") if GUID.fullmatch(text) else None


def remark(field: str, values: Mapping[str, str]) -> Remark | None:
    """Say that a field holds what belongs in another. `values` holds all fields, without what is around."""
    found = kind(values[field])
    if found and (found.field == field or (field, found.field) in UNDECIDED):
        return None
    where, value = _elsewhere(field, values) or ("", None)
    if found:
        words = f"{field} holds what has the form of {found.field}"
        return Remark("marketo-fields-swapped", words, repaired=value)
    if value and field in ACCEPTED and not ACCEPTED[field].fullmatch(values[field]):
        words = f"the value that belongs in {field} stands in {where}"
        return Remark("marketo-fields-swapped", words, repaired=value)
    return None


def _elsewhere(field: str, values: Mapping[str, str]) -> tuple[str, str] | None:
    """Give the only other field that holds this one's value, and the value, where it may be moved."""
    kinds = {other: kind(values[other]) for other in READ if other != field and other in values}
    found = [(other, each.value) for other, each in kinds.items() if each and each.field == field]
    return found[0] if len(found) == 1 and field in READ else None
