"""Worlds in which nobody can sign in: faults of the tenant, the application, the user."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from validator.sandbox import healthy
from validator.sandbox.entra.signing_in import LOCK_OUT, LOOP
from validator.sandbox.state import Policy
from validator.sandbox.worlds.world import OFFICE_365, World

_TENANT: Final = "tenants.fabrikam"
_APPLICATION: Final = f"{_TENANT}.applications.leads"
_PUBLIC: Final = f"{_TENANT}.applications.public"
_PERSON: Final = f"{_TENANT}.people.leads"
_INSTANCE: Final = "environments.fabrikam"

_DIRECTORY: Final = "/dynamicsLeadConfiguration/directoryId"
_CLIENT: Final = "/dynamicsLeadConfiguration/applicationId"
_USER: Final = "/dynamicsLeadConfiguration/username"
_KEY: Final = "/dynamicsLeadConfiguration/applicationKey"


def _person(produces: str, summary: str, changes: dict[str, object]) -> World:
    return World(produces, summary, changes, example=OFFICE_365)


WORLDS: Final = (
    World("tenant-not-found", "the tenant no longer exists", {f"{_TENANT}.exists": False}),
    World("tenant-malformed", "the directory id is no id", overrides={_DIRECTORY: "not-a-tenant-at-all!"}),
    World(
        "ids-swapped",
        "the application id stands in the place of the directory id, and the other way round",
        overrides={_DIRECTORY: healthy.APPLICATION_ID, _CLIENT: healthy.TENANT_ID},
    ),
    World("instance-in-another-tenant", "Contoso owns the instance", {f"{_INSTANCE}.tenant": "contoso"}),
    World(
        "instance-not-in-tenant",
        "the tenant does not know the instance's URL as a resource",
        {f"{_INSTANCE}.registered": False},
    ),
    World(
        "resource-disabled",
        "the tenant's service principal of Dataverse is disabled",
        {f"{_TENANT}.dynamics_enabled": False},
    ),
    World("application-not-found", "the application was deleted", {f"{_APPLICATION}.exists": False}),
    World("application-disabled", "the application is disabled", {f"{_APPLICATION}.enabled": False}),
    World(
        "client-secret-invalid",
        "the application has another client secret by now",
        {f"{_APPLICATION}.secrets.current.value": "sandbox~8Q~RotatedLastNight"},
    ),
    World(
        "client-secret-expired",
        "the client secret has expired",
        {f"{_APPLICATION}.secrets.current.expires": datetime(2025, 3, 31, tzinfo=UTC)},
    ),
    World(
        "client-secret-id-entered",
        "the secret's id was entered as its value",
        overrides={_KEY: healthy.SECRET_ID},
    ),
    World(
        "conditional-access-blocked",
        "Conditional Access lets nobody in, applications included",
        {f"{_TENANT}.policy": Policy.BLOCK},
    ),
    World("consent-missing", "nobody consented to the application", {f"{_APPLICATION}.consented": False}),
    World(
        "sign-in-refused",
        "the tenant lets those alone use Dataverse who are assigned to it",
        {f"{_TENANT}.assignment_required": True},
    ),
    World(
        "request-loop",
        "Entra ID takes the application for a client in a loop",
        {f"{_APPLICATION}.requests_lately": LOOP, f"{_PUBLIC}.requests_lately": LOOP},
    ),
    World(
        "service-throttled",
        "Entra ID takes no more requests for five minutes (429)",
        {f"{_TENANT}.retry_after": 300},
        variant="at-sign-in",
    ),
    World(
        "user-domain-unknown",
        "the domain of the user name is nobody's",
        overrides={_USER: "leads@fabrikan.onmicrosoft.com"},
        example=OFFICE_365,
    ),
    _person("user-unknown", "the user was deleted", {f"{_PERSON}.exists": False}),
    _person(
        "password-wrong",
        "the user's password was changed",
        {f"{_PERSON}.password": "sandbox-Rotated-Password"},
    ),
    _person("password-expired", "the user's password has expired", {f"{_PERSON}.password_expired": True}),
    _person(
        "password-not-in-directory", "Entra ID holds no password of the user", {f"{_PERSON}.password": None}
    ),
    _person(
        "user-locked-out", "too many wrong passwords were tried", {f"{_PERSON}.wrong_attempts": LOCK_OUT}
    ),
    _person("user-disabled-in-entra", "the user may not sign in any more", {f"{_PERSON}.enabled": False}),
    _person(
        "mfa-required",
        "the tenant asks for a second factor, which the user has",
        {f"{_TENANT}.policy": Policy.MULTI_FACTOR, f"{_PERSON}.multi_factor_enrolled": True},
    ),
    _person(
        "mfa-enrolment-required",
        "the tenant asks for a second factor, and the user never set one up",
        {f"{_TENANT}.policy": Policy.MULTI_FACTOR, f"{_PERSON}.multi_factor_enrolled": False},
    ),
    _person(
        "device-not-compliant",
        "the tenant lets users in from managed devices only",
        {f"{_TENANT}.policy": Policy.COMPLIANT_DEVICE},
    ),
    _person(
        "federated-user",
        "the user signs in at the company's own federation server",
        {f"{_TENANT}.federated": True, f"{_PERSON}.password": None},
    ),
    _person(
        "public-client-refused",
        "nobody consented to the client that signs users in",
        {f"{_PUBLIC}.consented": False},
    ),
    World(
        "public-client-refused",
        "the client that signs users in does not exist in the tenant",
        {f"{_PUBLIC}.exists": False},
        example=OFFICE_365,
        variant="not-installed",
    ),
)
