"""Judges the values of the block together: what each field holds, and what stands in another's place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from validator.destinations.marketo.settings import (
    client,
    embed_code,
    form_id,
    misplaced,
    munchkin_id,
    server_id,
)
from validator.destinations.marketo.settings.wrapping import around, quoted, unwrapped
from validator.destinations.remark import Remark
from validator.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FIELDS: Final = ("munchkinId", "formId", "serverId", "clientId", "clientSecret")

LONGEST: Final = 4096
"""Characters. An embed code has a tenth of them, and hostile text needs a bound."""

TOO_LONG: Final = {
    "munchkinId": munchkin_id.MALFORMED,
    "formId": form_id.MALFORMED,
    "serverId": server_id.PASTED,
    "clientId": client.UNUSUAL,
}

PLACEHOLDER: Final = re.compile(r"\{[\w .-]{1,60}\}|\[[\w .-]{1,60}\]")
"""Besides what the reading knows: `{Munchkin ID}`, as documents about Marketo write it."""

REPLACED: Final = frozenset({"documentation-sample", "variable-not-filled-in", "marketo-embed-code"})
"""Where one of these is told, blanks round the value are no matter: all of it has to go."""


def remarks(values: Mapping[str, str], *, leftover: bool) -> list[tuple[str, Remark]]:
    """Say what is wrong with the values, by field.

    `leftover`: today's credentials are there, so that nobody reads the server ID any more. What Microsoft's
    published patterns refuse in the other two IDs gets a remark that is an error.
    """
    bare = {field: unwrapped(text) for field, text in values.items() if len(text) <= LONGEST}
    found = [(field, remark) for field in values for remark in _field(field, values[field], bare)]
    return [(field, _mild(remark) if leftover and field == "serverId" else remark) for field, remark in found]


def _mild(remark: Remark) -> Remark:
    return remark._replace(severity=remark.severity or Severity.WARNING)


def _field(field: str, text: str, bare: Mapping[str, str]) -> Iterator[Remark]:
    """Judge one field; what stands around its value is told besides, and one repair takes care of both."""
    if field not in bare:
        if field in TOO_LONG:
            yield Remark(TOO_LONG[field], "the value is far longer than any that belongs there")
        return
    inner, outer = _inner(field, bare), around(text)
    if outer and (inner is None or inner.entry not in REPLACED):
        yield _spaced(field, text, outer, inner)
    if inner:
        yield inner


def _spaced(field: str, text: str, outer: Remark, inner: Remark | None) -> Remark:
    """Complete the remark about blanks and quotation marks. Quotation marks may belong to a secret."""
    repaired = inner.repaired if inner else unwrapped(text)
    if field == "clientSecret" and quoted(text):
        repaired = None
    mild = Severity.WARNING if field in {"clientId", "clientSecret"} else None
    return outer._replace(severity=mild, repaired=repaired or None)


def _inner(field: str, bare: Mapping[str, str]) -> Remark | None:
    text = bare[field]
    if field == "clientSecret":
        return None
    if field == "clientId" and (swapped := client.swapped(text, bare.get("clientSecret", ""))):
        return swapped
    if embed_code.is_one(text):
        return embed_code.remark(field, text)
    if PLACEHOLDER.search(text):
        return Remark("variable-not-filled-in", f"a placeholder stands in {field}")
    return misplaced.remark(field, bare) or _own(field, bare)


def _own(field: str, bare: Mapping[str, str]) -> Remark | None:
    """Judge a value that stands in its own field."""
    text, sampled = bare[field], bare.get("munchkinId") == munchkin_id.SAMPLE
    if field == "munchkinId":
        return munchkin_id.remark(text)
    if field == "formId":
        return form_id.remark(text, sampled=sampled)
    if field == "serverId":
        return server_id.remark(text, sampled=sampled)
    return client.remark(text)
