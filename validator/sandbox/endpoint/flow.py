"""A workflow that starts with the trigger *When an HTTP request is received*, and that trigger's settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

TRIGGER: Final = "manual"
"""What the designer calls the trigger."""


class Kind(StrEnum):
    """Whose workflow it is, which shows in its address."""

    POWER_AUTOMATE = "power-automate"
    LOGIC_APP = "logic-app"
    """On the Consumption plan."""
    LOGIC_APP_STANDARD = "logic-app-standard"
    """An app of App Service: whatever guards those may stand before it."""


class Status(StrEnum):
    """What became of a workflow, in the service's own words."""

    ENABLED = "Enabled"
    DISABLED = "Disabled"
    DELETED = "Deleted"


class Who(StrEnum):
    """Who can trigger the flow."""

    ANYONE = "anyone"
    """Anyone with the address: its signature opens the trigger."""
    TENANT = "tenant"
    """Users of the tenant, signed in."""
    TOKEN_HOLDERS = "token-holders"  # noqa: S105 - it names people
    """Whoever brings a token that App Service's authentication knows."""


@dataclass
class Flow:
    """A workflow. `id` is how its address calls it, `name` how its refusals do."""

    kind: Kind
    id: str
    name: str
    signature: str
    schema: dict[str, Any]
    """JSON Schema of what the trigger takes."""
    schema_validation: bool = True
    status: Status = Status.ENABLED
    who: Who = Who.ANYONE
    sas_allowed: bool = True
    """Whether the access control policy lets signatures in."""
    callers: str = ""
    """The address ranges whose callers alone are let in; empty: anybody's."""
    gateway_adds: str = ""
    """Scheme of an Authorization header that a gateway in front puts into each request."""
    method: str = "POST"
    response: int | None = None
    """Status that its Response action gives; None: it has no such action."""
    response_late: bool = False
    """Whether a run reaches that action after the two minutes that a caller is kept waiting."""
    old_address_works: bool = False
    """Whether a flow of Power Automate still answers at logic.azure.com: none does since December 2025."""
    taken: list[Any] = field(default_factory=list)
    """Bodies that started a run."""
