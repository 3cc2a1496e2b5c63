"""How the service behind Power Automate and Logic Apps words a refusal, and what every answer carries."""

from __future__ import annotations

import json
from typing import Final
from uuid import uuid4

from werkzeug import Response

INVALID_SCHEME: Final = "DirectApiInvalidAuthorizationScheme"
AUTHORISATION_REQUIRED: Final = "DirectApiAuthorizationRequired"


class Refused(Exception):
    """The trigger says no. `code`: None where the service's own is not published."""

    def __init__(self, status: int, code: str | None, message: str) -> None:
        super().__init__(code or message)
        self.status, self.code, self.message = status, code, message

    def response(self) -> Response:
        """Word it as the service does."""
        error = {"code": self.code} if self.code else {}
        answer = reply(self.status, json.dumps({"error": {**error, "message": self.message}}))
        answer.content_type = "application/json; charset=utf-8"
        return answer


def reply(status: int, body: str = "", run: str = "") -> Response:
    """Answer with the headers that every answer carries, and those that name the `run` that was started."""
    started = {
        "x-ms-workflow-run-id": run,
        "x-ms-client-tracking-id": run,
        "x-ms-trigger-history-name": run,
    }
    answer = Response(
        body,
        status,
        headers={
            "Cache-Control": "no-cache",
            "Pragma": "no-cache",
            "Expires": "-1",
            "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
            "x-ms-request-id": f"westeurope:{uuid4()}",
            "x-ms-correlation-id": str(uuid4()),
            **(started if run else {}),
        },
    )
    del answer.headers["Content-Type"]
    return answer


def missing_api_version() -> Refused:
    """Refuse an address whose query was lost."""
    return Refused(
        400,
        "MissingApiVersionParameter",
        "The api-version query parameter (?api-version=) is required for all requests.",
    )


def not_found(workflow: str) -> Refused:
    """Refuse the address of a workflow that nobody knows."""
    return Refused(404, "WorkflowNotFound", f"The workflow '{workflow}' could not be found.")


def two_authorisations(scheme: str) -> Refused:
    """Refuse a signed request that carries an Authorization header as well."""
    return Refused(
        400,
        "DirectApiRequestHasMoreThanOneAuthorization",
        f"The request has both SAS authentication scheme and '{scheme}' authorization scheme. "
        "Only one scheme should be used.",
    )


def caller_not_allowed(address: str) -> Refused:
    """Refuse whoever comes from another network; with which status is not published."""
    return Refused(
        403,
        "AuthorizationFailed",
        f"The client IP address '{address}' is not in the allowed caller IP address ranges specified in the "
        "workflow access control configuration.",
    )


def sas_disabled() -> Refused:
    """Refuse a signature where the access control policy does."""
    return Refused(
        401,
        INVALID_SCHEME,
        "The request has SAS authentication scheme while it is disabled under your access control policy.",
    )


def sign_in_wanted() -> Refused:
    """Refuse a caller who is no user of the tenant."""
    return Refused(
        401,
        AUTHORISATION_REQUIRED,
        "The OAuth authorization scheme is required. Please add authentication scheme and try again.",
    )


def token_wanted() -> Refused:
    """Refuse a caller without a token that is good here."""
    return Refused(
        401,
        INVALID_SCHEME,
        "The provided authorization token is not valid. The request should have a valid authorization header "
        "with 'Bearer' scheme.",
    )


def signature_missing() -> Refused:
    """Refuse an address that lost its signature, or what the signature is about."""
    return Refused(
        401, AUTHORISATION_REQUIRED, "The request must be authenticated only by Shared Access scheme."
    )


def signature_rejected() -> Refused:
    """Refuse a signature that is not the trigger's. How the service words this is not published."""
    return Refused(401, None, "The signature in the query is not valid for this trigger.")


def not_enabled(workflow: str, trigger: str, status: str) -> Refused:
    """Refuse to start a workflow that is off, or was deleted."""
    return Refused(
        400,
        "WorkflowTriggerIsNotEnabled",
        f"Could not execute workflow '{workflow}' trigger '{trigger}' with state '{status}': "
        "trigger is not enabled.",
    )


def method_not_valid(expected: str, actual: str) -> Refused:
    """Refuse a method that is not the one set on the trigger."""
    return Refused(
        400,
        "TriggerRequestMethodNotValid",
        f"The HTTP method for this request is not valid: expected '{expected}' and actual '{actual}'.",
    )


def schema_mismatch(trigger: str, details: str) -> Refused:
    """Refuse a body that is not what the trigger's schema describes."""
    return Refused(
        400,
        "TriggerInputSchemaMismatch",
        f"The input body for trigger '{trigger}' of type 'Request' did not match its schema definition. "
        f"Error details: '{details}'.",
    )
