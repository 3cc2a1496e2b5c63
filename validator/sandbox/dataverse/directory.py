"""What an account may learn: who it is, its privileges, roles and teams, metadata, solutions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from validator.sandbox.dataverse import accounts, odata
from validator.sandbox.dataverse.refusals import Refused, no_segment, not_found, privilege_id, reply

if TYPE_CHECKING:
    from uuid import UUID

    from werkzeug import Request, Response

    from validator.sandbox.state import Account, Environment

_EXPANSION: Final = re.compile(r"teamroles_association(?:\(\$select=([\w,]+)\))?")


class Directory:
    """Everything that is no lead, as one account meets it."""

    def __init__(self, environment: Environment, account: Account, authority: str) -> None:
        self._environment, self._account = environment, account
        self._address = f"https://{authority}/api/data/v9.2"

    def service(self, _: Request) -> Response:
        """List the tables."""
        names = ["roles", "solutions", "systemusers", "teams"]
        names += ["leads"] if self._environment.lead_table else []
        tables = [{"name": name, "kind": "EntitySet", "url": name} for name in names]
        return reply({"@odata.context": f"{self._address}/$metadata", "value": tables})

    def who_am_i(self, _: Request) -> Response:
        """Name the caller; this needs no privilege."""
        return self._complex(
            "WhoAmIResponse",
            {
                "BusinessUnitId": self._environment.business_unit,
                "UserId": self._account.id,
                "OrganizationId": self._environment.organization,
            },
        )

    def privileges(self, _: Request, user: UUID) -> Response:
        """List all that a user may do."""
        held = accounts.privileges_of(self._environment, self._user(user))
        return self._complex("RetrieveUserPrivilegesResponse", {"RolePrivileges": self._privileges(held)})

    def privilege(self, _: Request, user: UUID, name: str) -> Response:
        """Say at which depth a user holds one privilege; an empty list: not at all."""
        held = accounts.privileges_of(self._environment, self._user(user))
        one = {known: depth for known, depth in held.items() if known.lower() == name.lower()}
        return self._complex(
            "RetrieveUserPrivilegeByPrivilegeNameResponse", {"RolePrivileges": self._privileges(one)}
        )

    def roles(self, request: Request, user: UUID) -> Response:
        """List the roles that a user holds itself."""
        found = self._user(user)
        self._demand("prvReadRole")
        rows = [_row(self._environment, name) for name in found.roles]
        return self._table("roles", odata.query("role", rows, request.args, ("roleid", "name")))

    def teams(self, request: Request, user: UUID) -> Response:
        """List the teams of a user, and their roles when asked to expand them."""
        key = accounts.key_of(self._environment, self._user(user))
        self._demand("prvReadTeam")
        rows = []
        for team in self._environment.teams.values():
            if key in team.members:
                row = {"teamid": team.id, "name": team.name}
                rows.append(odata.select("team", row, request.args, ("teamid", "name")))
                if "$expand" in request.args:
                    self._demand("prvReadRole")
                    columns = _expanded(request.args["$expand"])
                    held = [_row(self._environment, name) for name in team.roles]
                    rows[-1]["teamroles_association"] = [
                        {name: row[name] for name in columns} for row in held
                    ]
        return self._table("teams", rows)

    def column(self, request: Request, table: str, name: str) -> Response:
        """Describe a column of the lead table, the only one with metadata here."""
        self._demand("prvReadAttribute")
        if table != "lead" or not self._environment.lead_table:
            raise Refused(
                404,
                "0x80041102",
                f"The entity with a name = '{table}' with namemapping = 'Logical' "
                "was not found in the MetadataCache.",
            )
        column = self._environment.columns.get(name)
        if column is None or not column.exists:
            raise Refused(404, "0x80060888", f"Could not find an attribute with the name '{name}'.")
        described = {
            "LogicalName": name,
            "SchemaName": name,
            "AttributeType": "Picklist" if column.options else "String",
            "RequiredLevel": {"Value": "None", "CanBeChanged": True},
            "IsSecured": column.secured,
            "CanBeSecuredForCreate": column.writable,
            "CanBeSecuredForRead": True,
            "CanBeSecuredForUpdate": column.writable,
            "IsValidForCreate": column.writable,
        }
        row = odata.select("AttributeMetadata", described, request.args, tuple(described))
        kind = f"#Microsoft.Dynamics.CRM.{described['AttributeType']}AttributeMetadata"
        context = f"{self._address}/$metadata#EntityDefinitions('lead')/Attributes/$entity"
        return reply({"@odata.context": context, "@odata.type": kind, **row})

    def solutions(self, request: Request) -> Response:
        """List the solutions that are installed."""
        self._demand("prvReadSolution")
        rows = [
            {"uniquename": name, "friendlyname": solution.friendly_name, "version": solution.version}
            for name, solution in self._environment.solutions.items()
            if solution.installed
        ]
        columns = ("uniquename", "friendlyname", "version")
        return self._table("solutions", odata.query("solution", rows, request.args, columns))

    def _demand(self, privilege: str) -> None:
        accounts.demand(self._environment, self._account, privilege)

    def _user(self, user: UUID) -> Account:
        self._demand("prvReadUser")
        for account in self._environment.accounts.values():
            if account.id == str(user) and account.member:
                return account
        raise not_found("systemuser", str(user))

    def _privileges(self, held: dict[str, str]) -> list[dict[str, str]]:
        return [
            {
                "Depth": depth,
                "PrivilegeId": privilege_id(name),
                "BusinessUnitId": self._environment.business_unit,
                "PrivilegeName": name,
            }
            for name, depth in held.items()
        ]

    def _complex(self, kind: str, body: dict[str, Any]) -> Response:
        return reply({"@odata.context": f"{self._address}/$metadata#Microsoft.Dynamics.CRM.{kind}", **body})

    def _table(self, name: str, rows: list[dict[str, Any]]) -> Response:
        return reply({"@odata.context": f"{self._address}/$metadata#{name}", "value": rows})


def _row(environment: Environment, role: str) -> dict[str, str]:
    return {"roleid": environment.roles[role].id, "name": environment.roles[role].name}


def _expanded(expression: str) -> list[str]:
    match = _EXPANSION.fullmatch(expression)
    if match is None:
        raise no_segment(expression.partition("(")[0])
    return match[1].split(",") if match[1] else ["roleid", "name"]
