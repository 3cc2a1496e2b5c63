"""Who may sign in to a tenant, and for what: the rules of the two grants."""

from __future__ import annotations

import re
from typing import Final

from validator.sandbox.entra.refusals import Refused
from validator.sandbox.state import Application, Environment, Person, Policy, State, Tenant, now

LOCK_OUT: Final = 10
"""Wrong passwords after which Entra's smart lockout takes none for a minute."""

LOOP: Final = 15
"""Identical requests within minutes that Entra takes for a client in a loop."""

_GUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_DOMAIN: Final = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.IGNORECASE)
ANY_TENANT: Final = {"common", "organizations", "consumers"}
"""Names that stand for no tenant in particular: the user name tells which."""

Form = dict[str, str]


def tenant_for(state: State, name: str, form: Form) -> Tenant:
    """Find the tenant that a token request is addressed to."""
    if name.lower() in ANY_TENANT:
        name = form.get("username", "").rpartition("@")[2]
        if not name:
            raise Refused(50059)
    if _GUID.fullmatch(name) and not name.strip("0-"):
        raise Refused(900021, tenant=name)
    if not _GUID.fullmatch(name) and not _DOMAIN.fullmatch(name):
        raise Refused(900023, tenant=name)
    tenant = state.tenant(name)
    if tenant is None:
        raise Refused(90002, tenant=name)
    return tenant


def application_for(tenant: Tenant, form: Form) -> Application:
    """Find the application that asks, if it may ask at all."""
    client = required(form, "client_id")
    for application in tenant.applications.values():
        if application.exists and application.id == client.lower():
            break
    else:
        raise Refused(700016, client=client, tenant_name=tenant.name)
    if not application.enabled:
        raise Refused(7000112, client=client, name=application.name)
    if application.requests_lately >= LOOP:
        raise Refused(50196)
    return application


def check_secret(application: Application, secret: str | None) -> None:
    """Accept a secret by its value alone; its id is not a secret."""
    if not secret:
        raise Refused(7000216)
    for known in application.secrets.values():
        if known.value == secret:
            if known.expires <= now():
                raise Refused(7000222, client=application.id)
            return
    raise Refused(7000215, client=application.id)


def check_person(tenant: Tenant, form: Form) -> Person:
    """Accept a user name and its password. Each wrong password brings the lock-out nearer."""
    name, password = required(form, "username"), required(form, "password")
    for person in tenant.people.values():
        if person.exists and person.upn == name.lower():
            break
    else:
        raise Refused(50034, user=name, tenant_id=tenant.id)
    if person.wrong_attempts >= LOCK_OUT:
        raise Refused(50053)
    if person.password is None:
        raise Refused(50056)
    if person.password != password:
        person.wrong_attempts += 1
        raise Refused(50126)
    if not person.enabled:
        raise Refused(50057)
    if person.password_expired:
        raise Refused(50055)
    person.wrong_attempts = 0
    return person


def check_client(application: Application, form: Form) -> None:
    """Let a public client sign users in, and a confidential one with its secret."""
    if not application.public:
        if "client_secret" not in form:
            raise Refused(7000218)
        check_secret(application, form["client_secret"])


def check_policy(tenant: Tenant, person: Person | None) -> None:
    """Apply Conditional Access. Devices and second factors are asked of people only."""
    if tenant.policy is Policy.BLOCK:
        raise (
            Refused(53003)
            if person is None
            else Refused(53003, error="interaction_required", suberror="message_only")
        )
    if person is None:
        return
    if tenant.policy is Policy.COMPLIANT_DEVICE:
        raise Refused(53000)
    if tenant.policy is Policy.MULTI_FACTOR:
        raise Refused(50076 if person.multi_factor_enrolled else 50079)


def check_use(tenant: Tenant, application: Application, person: Person | None, resource: str) -> None:
    """Ask whether the application may use the resource at all: consent, then assignment."""
    facts = {"client": application.id, "name": application.name, "resource": resource}
    if not application.consented:
        raise Refused(65001, **facts)
    if tenant.assignment_required:
        raise Refused(50105, user=person.upn, **facts) if person else Refused(501051, **facts)


def environment_for(state: State, tenant: Tenant, resource: str) -> Environment:
    """Find the instance that a token is asked for, among those that the tenant knows."""
    for environment in state.environments.values():
        owner = state.tenants[environment.tenant]
        if (
            owner is tenant
            and environment.registered
            and resource.rstrip("/") == f"https://{environment.host}"
        ):
            break
    else:
        raise Refused(500011, resource=resource, tenant_name=tenant.name)
    if not tenant.dynamics_enabled:
        raise Refused(500014, resource=resource)
    return environment


def resource_of(scope: str, *, application_only: bool) -> str:
    """Take the resource out of a scope: what stands before `/.default`, or before the permission's name."""
    for one in scope.split():
        resource, _, permission = one.rpartition("/")
        if permission == ".default" or (resource and not application_only):
            return resource
    raise Refused(1002012, scope=scope)


def required(form: Form, parameter: str) -> str:
    """Give a parameter that the request must have."""
    if not form.get(parameter):
        raise Refused(900144, parameter=parameter)
    return form[parameter]
