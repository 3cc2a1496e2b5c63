"""Leads: what may be created, what happens to it then, and who may see or remove it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid4

from validator.sandbox.dataverse import accounts, odata, payload
from validator.sandbox.dataverse.refusals import Refused, no_segment, not_found, reply
from validator.sandbox.state import Account, Environment, now

if TYPE_CHECKING:
    from werkzeug import Request, Response

SETTINGS_ONLY: Final = 1
"""The access mode "Administrative": such users reach no business records, whatever their roles say."""


class Leads:
    """The lead table of one environment, as one account meets it."""

    def __init__(self, environment: Environment, account: Account, authority: str) -> None:
        if not environment.lead_table:
            raise no_segment("leads")
        self._environment, self._account = environment, account
        self._address = f"https://{authority}/api/data/v9.2"
        self._key = accounts.key_of(environment, account)
        self._columns = {name: column for name, column in environment.columns.items() if column.exists}

    def create(self, request: Request) -> Response:
        """Create a lead: privileges, column security, payload, plug-ins, duplicates, in this order."""
        returned = "return=representation" in request.headers.get("Prefer", "")
        depth = accounts.demand(self._environment, self._account, "prvCreateLead")
        if returned:
            accounts.demand(self._environment, self._account, "prvReadLead")
        self._check_owner(depth)
        sent = payload.read(request.get_data(), self._columns)
        payload.check_permitted(sent, self._columns, self._account, self._key)
        payload.check_values(sent, self._columns)
        self._run_plug_in(request)
        lead = self._record(sent)
        self._check_duplicates(request, lead)
        if not self._environment.workflow_deletes:
            self._environment.leads[lead["leadid"]] = lead
        if returned:
            return reply(self._shown(lead, request), 201, {"Preference-Applied": "return=representation"})
        where = f"{self._address}/leads({lead['leadid']})"
        return reply(None, 204, {"OData-EntityId": where, "Location": where})

    def read(self, request: Request, record: UUID) -> Response:
        """Give one lead."""
        self._may("prvReadLead")
        lead = self._environment.leads.get(str(record))
        if lead is None:
            raise not_found("lead", str(record))
        return reply(self._shown(lead, request))

    def find(self, request: Request) -> Response:
        """Give the leads that a query asks for."""
        self._may("prvReadLead")
        rows = [self._visible(lead) for lead in list(self._environment.leads.values())]
        found = odata.query("lead", rows, request.args, tuple(self._columns))
        return reply({"@odata.context": f"{self._address}/$metadata#leads", "value": found})

    def delete(self, _: Request, record: UUID) -> Response:
        """Remove one lead."""
        self._may("prvDeleteLead")
        if self._environment.leads.pop(str(record), None) is None:
            raise not_found("lead", str(record))
        return reply(None, 204)

    def _may(self, privilege: str) -> None:
        accounts.demand(self._environment, self._account, privilege)
        if self._account.access_mode == SETTINGS_ONLY:
            raise Refused(403, "0x80048405", "Access is denied.")

    def _check_owner(self, depth: str) -> None:
        if self._account.access_mode == SETTINGS_ONLY:
            raise Refused(403, "0x80048405", "Access is denied.")
        if self._environment.lead_owner is None:
            return
        owner = self._environment.accounts[self._environment.lead_owner]
        if not accounts.roles_of(self._environment, owner):
            raise Refused(403, "0x80040231", "Target user or team does not hold required privileges.")
        if depth == "Basic":
            raise Refused(
                403,
                "0x80048306",
                "SecLib::AccessCheckEx failed. Returned hr = -2147187962, ObjectID: "
                f"00000000-0000-0000-0000-000000000000, OwnerId: {owner.id}, OwnerIdType: 8 and "
                f"CallingUser: {self._account.id}. ObjectTypeCode: 4, objectBusinessUnitId: "
                f"{self._environment.business_unit}, AccessRights: CreateAccess",
            )

    def _run_plug_in(self, request: Request) -> None:
        thrown = self._environment.plug_in
        if thrown is not None:
            message = thrown.replace("{authorization}", request.headers.get("Authorization", ""))
            raise Refused(
                400,
                "0x80040265",
                message,
                details={
                    "ErrorDetails.OperationStatus": "1",
                    "HelpLink": "http://go.microsoft.com/fwlink/?LinkID=398563&error=Microsoft.Crm.CrmException"
                    "%3a80040265&client=platform",
                    "TraceText": "[Fabrikam.Plugins: Fabrikam.Plugins.LeadCreate]",
                    "InnerError.Message": message,
                },
            )

    def _record(self, sent: dict[str, Any]) -> dict[str, Any]:
        names = (sent.get("firstname"), sent.get("lastname"))
        return {
            "statecode": 0,
            "statuscode": 1,
            **{name: value for name, value in sent.items() if self._columns[name].writable},
            "leadid": str(uuid4()),
            "fullname": " ".join(name for name in names if name),
            "createdon": f"{now():%Y-%m-%dT%H:%M:%SZ}",
            "ownerid": self._account.id,
        }

    def _check_duplicates(self, request: Request, lead: dict[str, Any]) -> None:
        """Look for duplicates where somebody wants that: the Web API's default is not to."""
        asked = request.headers.get("MSCRM.SuppressDuplicateDetection", "true").lower() == "false"
        rule = self._environment.duplicate_rule
        if not rule or not (asked or self._environment.duplicates_always):
            return
        for other in self._environment.leads.values():
            if all(other.get(name) == lead.get(name) for name in rule):
                raise Refused(
                    500,
                    "0x80040333",
                    "A record was not created or updated because a duplicate of the current record "
                    "already exists.",
                )

    def _visible(self, lead: dict[str, Any]) -> dict[str, Any]:
        """Hide the secured columns, which read as empty."""
        secured = {name: column for name, column in self._columns.items() if column.secured}
        hidden = {name for name, column in secured.items() if self._key not in column.permitted}
        return {name: None if name in hidden else value for name, value in lead.items()}

    def _shown(self, lead: dict[str, Any], request: Request) -> dict[str, Any]:
        row = odata.select("lead", self._visible(lead), request.args, tuple(self._columns))
        context = f"{self._address}/$metadata#leads/$entity"
        return {"@odata.context": context, "@odata.etag": 'W/"536530"', **row, "leadid": lead["leadid"]}
