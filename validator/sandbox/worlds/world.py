"""A world: what is different in a tenant where something is wrong, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

AZURE_AD: Final = "dynamics.yaml"
OFFICE_365: Final = "dynamics-office365.yaml"
SALESFORCE: Final = "salesforce-api.yaml"
MARKETO: Final = "marketo.yaml"
AZURE_TABLE: Final = "azure-table.yaml"
HTTPS_ENDPOINT: Final = "https-endpoint.yaml"


@dataclass(frozen=True)
class World:
    """A world that makes a rehearsal of `example` find `produces` (None: nothing).

    `changes`: dotted path in the state to value; `overrides`: JSON pointer in the configuration to value,
    for faults that can only sit there. Never an answer: services answer by their rules alone.
    Two worlds with the same finding differ in `variant`.
    """

    produces: str | None
    summary: str
    changes: Mapping[str, object] = field(default_factory=dict)
    overrides: Mapping[str, object] = field(default_factory=dict)
    example: str = AZURE_AD
    variant: str = ""

    @property
    def name(self) -> str:
        """The name to call it by: it begins with the finding it produces."""
        return "-".join(part for part in (self.produces or "healthy", self.variant) if part)
