"""Stage *sign-in*: the tenant is the right one, and the account gets a token there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.destinations.dynamics.entra import (
    Tenant,
    User,
    application_token,
    realm,
    user_token,
)
from validator.destinations.dynamics.reach import discovered
from validator.destinations.dynamics.settings.identifiers import GUID
from validator.http import Failure, Refused, settled
from validator.http.hosts import SIGN_IN
from validator.rehearsal import naming

if TYPE_CHECKING:
    from validator.destinations.dynamics.attempt import Attempt
    from validator.model import Finding

SAMPLE_CLIENT: Final = "51f81489-12ee-4a9e-aaae-a2591f45987d"
"""Public client of Microsoft's own Dataverse samples; Partner Center's own is not published."""

PASSWORD: Final = "/dynamicsLeadConfiguration/password"  # noqa: S105 - a pointer

NO_TENANT: Final = frozenset({"tenant-not-found", "tenant-malformed"})

OUR_CLIENT: Final = frozenset({"AADSTS65001", "AADSTS700016", "AADSTS7000112", "AADSTS7000218"})
"""What Entra says of the public client, not of the publisher's user."""


def own_tenant(attempt: Attempt) -> list[Finding]:
    """Compare the configured tenant with the one that owns the instance."""
    owner = attempt.owner.tenant
    if attempt.application and attempt.setting("applicationId").lower() == owner:
        return [attempt.finding("ids-swapped", observed=f"the instance belongs to the tenant {owner}")]
    try:
        tenant = _tenant(attempt)
    except Refused as refused:  # a user has no Directory ID that could be repaired
        if attempt.application or naming.entry_for(refused, "dynamics", "") not in NO_TENANT:
            raise
        return [attempt.refused("user-domain-unknown", refused)]
    if tenant.id != owner and GUID.fullmatch(owner):  # `common` in its place names nobody
        seen = f"the instance belongs to the tenant {owner}, the configured tenant is {tenant.id}"
        return [attempt.finding("instance-in-another-tenant", observed=seen)]
    return []


def _tenant(attempt: Attempt) -> Tenant:
    """Give the configured tenant; ask again where the instance names another cloud than its address."""
    host = attempt.owner.login_host
    if isinstance(attempt.tenant, Refused) and host in SIGN_IN and host != attempt.instance.authority:
        attempt.tenant = settled(lambda: discovered(attempt, host))
    if isinstance(attempt.tenant, Failure):
        raise attempt.tenant
    return attempt.tenant


def sign_in(attempt: Attempt) -> list[Finding]:
    """Get a token for the instance, as an application or as a user."""
    tenant = _tenant(attempt)
    return _application(attempt, tenant) if attempt.application else _user(attempt, tenant)


def _application(attempt: Attempt, tenant: Tenant) -> list[Finding]:
    """Get the token of the application; one serves all configurations that sign in with the same secret."""
    secret = attempt.climb.configuration.text("/dynamicsLeadConfiguration/applicationKey")
    account = tenant, attempt.setting("applicationId"), secret, attempt.scope
    attempt.dataverse.sign_in(
        attempt.climb.shared(account, lambda: application_token(attempt.session, *account))
    )
    return []


def _user(attempt: Attempt, tenant: Tenant) -> list[Finding]:
    username = attempt.setting("username")
    asked = tenant.login_host, username
    known = attempt.climb.shared(("realm", *asked), lambda: realm(attempt.session, *asked))
    if known.get("account_type") == "Federated":
        where = known.get("federation_active_auth_url") or "a sign-in service of their own"
        return [attempt.finding("federated-user", observed=f"Entra sends the user to {where}")]
    grant = attempt.climb.run.questions.once(
        ("password", tenant.id, username.lower()),
        lambda: (attempt, settled(lambda: _password(attempt, tenant))),
    )
    return _granted(attempt, *grant)


def _password(attempt: Attempt, tenant: Tenant) -> str:
    text = attempt.climb.configuration.text
    client = text("/leadcheck/dynamics/publicClientId") or SAMPLE_CLIENT
    user = User(attempt.setting("username"), text(PASSWORD), client)
    return user_token(attempt.session, tenant, user, attempt.scope)


def _granted(attempt: Attempt, first: Attempt, answer: str | Failure) -> list[Finding]:
    same_password = first.climb.configuration.text(PASSWORD) == attempt.climb.configuration.text(PASSWORD)
    same_scope = first.scope == attempt.scope
    if not same_password or not (same_scope or isinstance(answer, Failure)):
        seen = f"tried for {first.climb.configuration.source.file}"
        return [attempt.finding("password-already-tried", observed=seen)]
    if isinstance(answer, Refused) and OUR_CLIENT.intersection(answer.codes):
        return [attempt.refused("public-client-refused", answer)]
    if isinstance(answer, Failure):
        raise answer
    attempt.dataverse.sign_in(answer)
    return []
