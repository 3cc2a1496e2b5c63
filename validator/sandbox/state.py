"""What exists in the sandbox: tenants, accounts, environments, leads, and the network before them.

Emulators read this and nothing else decides what they answer. A world is a change of these values, by
dotted path (`tenants.fabrikam.applications.leads.enabled`): attributes of dataclasses, keys of dictionaries.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from validator.sandbox.certificates import Certificate

if TYPE_CHECKING:
    from validator.sandbox.endpoint.flow import Flow
    from validator.sandbox.endpoint.function import Function
    from validator.sandbox.endpoint.receiver import Receiver
    from validator.sandbox.marketo.subscription import Subscription
    from validator.sandbox.salesforce.organization import Organization
    from validator.sandbox.storage.account import StorageAccount


class Fault(StrEnum):
    """How a host mistreats a connection whose TLS was fine."""

    NONE = ""
    STALL = "stall"
    """The request is read, and nothing is ever answered."""
    DRIP_HEADERS = "drip-headers"
    DRIP_BODY = "drip-body"
    CUT = "cut"
    """Something on the way drops the second half of the answer's body."""
    CLOSE_BEFORE = "close-before"
    """The connection ends before the service saw the request."""
    CLOSE_AFTER = "close-after"
    """The service did what was asked, and the connection ends without the answer."""


@dataclass
class Host:
    """One place on the network, under all its names. `connect` is what the proxy answers for it."""

    names: tuple[str, ...]
    serves: str
    """A service by its name in `Places`, or what stands there instead: `website`, `gateway`, `outage`."""
    connect: int = 200
    certificate: Certificate = Certificate.GOOD
    fault: Fault = Fault.NONE
    fault_at: str = ""
    """Beginning of `METHOD path` of the requests that meet the fault; empty: all."""


class Policy(StrEnum):
    """What the tenant's Conditional Access asks of whoever signs in."""

    GRANT = "grant"
    BLOCK = "block"
    COMPLIANT_DEVICE = "compliant-device"
    MULTI_FACTOR = "multi-factor"


@dataclass
class ClientSecret:
    """A client secret of an application; `id` is shown in the portal beside it, and opens nothing."""

    id: str
    value: str
    expires: datetime


@dataclass
class Application:
    """An application (client) registered in a tenant, or installed there."""

    id: str
    name: str
    secrets: dict[str, ClientSecret] = field(default_factory=dict)
    exists: bool = True
    enabled: bool = True
    consented: bool = True
    public: bool = False
    """Whether it may sign users in without a secret ("Allow public client flows")."""
    requests_lately: int = 0
    """Identical requests of the last minutes; Entra calls too many of them a loop."""


@dataclass
class Person:
    """A user of a tenant. No `password`: the directory holds none for this user."""

    id: str
    upn: str
    password: str | None
    exists: bool = True
    enabled: bool = True
    password_expired: bool = False
    multi_factor_enrolled: bool = True
    wrong_attempts: int = 0


@dataclass
class Tenant:
    """An Entra directory. `retry_after`: seconds until it takes requests again."""

    id: str
    name: str
    domains: tuple[str, ...]
    applications: dict[str, Application] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    exists: bool = True
    federated: bool = False
    policy: Policy = Policy.GRANT
    dynamics_enabled: bool = True
    """Whether the tenant's service principal of Dataverse is enabled; not after a subscription lapsed."""
    assignment_required: bool = False
    """Whether that principal is for those alone who are assigned to it; nobody is."""
    retry_after: int | None = None


@dataclass
class Token:
    """An access token of an application, for `subject` (itself, or a user), good at `audience`."""

    audience: str
    tenant: str
    application: str
    subject: str
    expires: datetime


class Mode(StrEnum):
    """Whom an environment lets in."""

    NORMAL = "normal"
    ADMINISTRATION = "administration"
    DISABLED = "disabled"


@dataclass
class Role:
    """A security role: privilege name to depth (Basic, Local, Deep, Global; empty: not held)."""

    id: str
    name: str
    privileges: dict[str, str]


@dataclass
class Team:
    """A team of an environment: its members hold its roles too."""

    id: str
    name: str
    members: tuple[str, ...]
    roles: tuple[str, ...] = ()


@dataclass
class Account:
    """A user of an environment (`systemuser`): an application user, or a person of the tenant."""

    id: str
    name: str
    subject: str
    """Id of the application, or of the person, in Entra."""
    roles: tuple[str, ...]
    access_mode: int
    """0 read-write, 1 administrative (settings only), 4 non-interactive (application users)."""
    member: bool = True
    enabled: bool = True
    needs_licence: bool = False
    licensed: bool = True


@dataclass
class Column:
    """A column of the lead table: `most` characters of text, or a choice of `options`."""

    most: int | None = None
    options: tuple[int, ...] = ()
    exists: bool = True
    writable: bool = True
    secured: bool = False
    permitted: tuple[str, ...] = ()
    """Accounts whose column security profile lets them fill the column when it is secured."""


@dataclass
class Solution:
    """A solution installed in an environment."""

    friendly_name: str
    version: str
    installed: bool = True


@dataclass
class Environment:
    """A Dataverse environment, which Dynamics 365 calls an instance."""

    host: str
    tenant: str
    """Key of the tenant that owns it."""
    organization: str
    business_unit: str
    accounts: dict[str, Account]
    roles: dict[str, Role]
    teams: dict[str, Team]
    columns: dict[str, Column]
    solutions: dict[str, Solution]
    leads: dict[str, dict[str, Any]] = field(default_factory=dict)
    registered: bool = True
    """Whether its URL is a name of the owner tenant's service principal of Dataverse."""
    mode: Mode = Mode.NORMAL
    refused_applications: tuple[str, ...] = ()
    closed_to_our_network: bool = False
    """Whether its IP firewall keeps out the addresses that requests come from."""
    retry_after: int | None = None
    clock: int = 0
    """Seconds by which its clock is ahead."""
    lead_table: bool = True
    lead_owner: str | None = None
    """Account or team that an assignment rule gives new leads to; None: whoever creates them."""
    plug_in: str | None = None
    """What a synchronous plug-in on the creation of leads throws; `{authorization}`: the caller's header."""
    workflow_deletes: bool = False
    duplicate_rule: tuple[str, ...] = ()
    """Columns in which two leads are equal to be duplicates; empty: no published rule."""
    duplicates_always: bool = False
    """A plug-in of the organisation turns detection on; otherwise the request has to ask for it."""


@dataclass
class State:
    """Everything there is."""

    network: dict[str, Host]
    tenants: dict[str, Tenant]
    environments: dict[str, Environment]
    storage: dict[str, StorageAccount]
    flows: dict[str, Flow]
    functions: dict[str, Function]
    receivers: dict[str, Receiver]
    salesforce: dict[str, Organization]
    marketo: dict[str, Subscription]
    tokens: dict[str, Token] = field(default_factory=dict)

    def tenant(self, name: str) -> Tenant | None:
        """Find a tenant by its id or by one of its domains."""
        wanted = name.lower()
        for tenant in self.tenants.values():
            if tenant.exists and wanted in {tenant.id, *tenant.domains}:
                return tenant
        return None

    def change(self, path: str, value: object) -> None:
        """Set what stands at a dotted path. KeyError or AttributeError: nothing stands there."""
        *way, last = path.split(".")
        at: object = self
        for step in way:
            at = _inside(at, step)
        _inside(at, last)  # a world changes what exists; it invents nothing
        own = copy.deepcopy(value)  # worlds are shared between sandboxes; what they set is not
        if isinstance(at, dict):
            at[last] = own
        else:
            setattr(at, last, own)


def _inside(thing: object, step: str) -> object:
    return thing[step] if isinstance(thing, dict) else getattr(thing, step)


def now() -> datetime:
    """Give the time, UTC, in whole seconds: what the services print."""
    return datetime.now(UTC).replace(microsecond=0)
