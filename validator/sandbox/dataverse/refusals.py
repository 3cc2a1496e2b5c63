"""How Dataverse words a refusal: status, code and sentence, in OData's envelope."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final
from uuid import NAMESPACE_DNS, uuid4, uuid5

from werkzeug import Response

if TYPE_CHECKING:
    from validator.sandbox.state import Account

OBJECT_TYPES: Final = {
    "Lead": (4, "lead", "Lead"),
    "User": (8, "systemuser", "User"),
    "Team": (9, "team", "Team"),
    "Role": (1036, "role", "Security Role"),
    "Solution": (7100, "solution", "Solution"),
    "Entity": (9800, "entity", "Entity"),
    "Attribute": (9808, "attribute", "Attribute"),
}
"""What a privilege is about, by the last word of its name: type code, logical and display name."""


class Refused(Exception):
    """Dataverse says no. `details` are shown to those who ask for annotations."""

    def __init__(
        self, status: int, code: str, message: str, *, details: dict[str, str] | None = None
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.message = status, code, message
        self.details = details or {}
        self.headers: dict[str, str] = {}

    def response(self, *, annotated: bool) -> Response:
        """Word it as the service does."""
        error = {"code": self.code, "message": self.message}
        if annotated:
            error |= {f"@Microsoft.PowerApps.CDS.{name}": text for name, text in self.details.items()}
        answer = reply({"error": error}, self.status)
        for name, value in self.headers.items():
            answer.headers[name] = value
        return answer


def reply(body: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Answer with the headers that every answer of the Web API carries; no body at all for None."""
    request_id = str(uuid4())
    answer = Response(
        b"" if body is None else json.dumps(body, ensure_ascii=False),
        status,
        headers={
            "Cache-Control": "no-cache",
            "Expires": "-1",
            "Allow": "OPTIONS,GET,HEAD,POST",
            "OData-Version": "4.0",
            "x-ms-service-request-id": request_id,
            "REQ_ID": request_id,
            "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
            "x-ms-ratelimit-time-remaining-xrm-requests": "1,200.00",
            "x-ms-ratelimit-burst-remaining-xrm-requests": "5999",
            **(headers or {}),
        },
        content_type="application/json; odata.metadata=minimal",
    )
    if body is None:
        del answer.headers["Content-Type"]
    return answer


def unauthorized(tenant: str, host: str) -> Response:
    """Ask for a token, and say whose: this header is how a client learns which tenant owns an instance."""
    realm = f"https://login.microsoftonline.com/{tenant}/oauth2/authorize"
    return Response(
        "HTTP Error 401 - Unauthorized: Access is denied",
        401,
        headers={"WWW-Authenticate": f"Bearer authorization_uri={realm}, resource_id=https://{host}/"},
        content_type="text/html",
    )


def privilege_id(name: str) -> str:
    """Give a privilege its id, the same in every sandbox."""
    return str(uuid5(NAMESPACE_DNS, name))


def no_roles(account: Account, privilege: str) -> Refused:
    """Refuse an account that holds no role at all."""
    return Refused(
        403,
        "0x80042f09",
        f"RetrievePrivilegeForUser: The user with id {account.id} has not been assigned any roles. "
        f"They need a role with the {privilege} privilege.",
    )


def missing_privilege(account: Account, privilege: str, roles: int, privileges: int) -> Refused:
    """Refuse an account whose roles, together, lack a privilege."""
    code, entity, display = next(
        names for object_, names in OBJECT_TYPES.items() if privilege.endswith(object_)
    )
    return Refused(
        403,
        "0x80040220",
        f"Principal user (Id={account.id}, type=8, roleCount={roles}, privilegeCount={privileges}, "
        f"accessMode={account.access_mode}), is missing {privilege} privilege (Id={privilege_id(privilege)}) "
        f"on OTC={code} for entity '{entity}' (LocalizedName='{display}'). context.Caller={account.id}",
    )


def not_found(entity: str, record: str) -> Refused:
    """Say that there is no such record."""
    return Refused(404, "0x80040217", f"Entity '{entity}' With Id = {record} Does Not Exist")


def no_segment(segment: str) -> Refused:
    """Say that there is no such table, or nothing else by that name."""
    return Refused(404, "0x80060888", f"Resource not found for the segment '{segment}'.")


def bad_payload(inner: str) -> Refused:
    """Refuse what was sent as a lead."""
    return Refused(
        400,
        "0x80048d19",
        "Error identified in Payload provided by the user for Entity :'leads', For more information on this "
        "error please follow this help link https://go.microsoft.com/fwlink/?linkid=2195293  ---->  "
        f"InnerException : {inner}",
    )
