"""Who is asking, whether this environment lets them in, and what their roles allow."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from validator.sandbox.dataverse.refusals import Refused, missing_privilege, no_roles
from validator.sandbox.state import Account, Environment, Mode, Role, State, Token, now

if TYPE_CHECKING:
    from werkzeug import Request


def token_of(request: Request, environment: Environment, state: State) -> Token | None:
    """Give the token that came with a request, if it is one for this environment and still lives."""
    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    token = state.tokens.get(text) if kind.lower() == "bearer" else None
    if token is None or token.audience.rstrip("/") != f"https://{environment.host}":
        return None
    if token.tenant != state.tenants[environment.tenant].id:
        return None
    return token if now() + timedelta(seconds=environment.clock) < token.expires else None


def enter(environment: Environment, token: Token) -> Account:
    """Let the token's subject in, by the rules of the environment, in the order in which they are asked."""
    if token.application in environment.refused_applications:
        raise Refused(
            403,
            "0x80095ffc",
            f"Access to Dataverse API is restricted for this application Id : '{token.application}'. "
            "Please contact your administrator for more information.",
        )
    if environment.closed_to_our_network:  # no answer of an IP firewall was ever captured: words are ours
        raise Refused(403, "0x0", "The IP firewall of this environment does not allow your address.")
    account = _member(environment, token)
    _check_mode(environment)
    _check_account(environment, account)
    if environment.retry_after is not None:
        raise _throttled(environment.retry_after)
    return account


def _member(environment: Environment, token: Token) -> Account:
    for account in environment.accounts.values():
        if account.member and account.subject == token.subject:
            return account
    raise Refused(403, "0x80072560", "The user is not a member of the organization.")


def _check_mode(environment: Environment) -> None:
    if environment.mode is Mode.DISABLED:
        raise Refused(
            403,
            "0x8004a104",
            "The Dynamics 365 organization you are attempting to access is currently disabled.  "
            "Please contact your system administrator",
        )
    if environment.mode is Mode.ADMINISTRATION:  # nobody here is an administrator
        raise Refused(
            403,
            "0x8004a113",
            "User does not have required privileges (or role membership) to access the org "
            "when it is in Admin Only mode.",
        )


def _check_account(environment: Environment, account: Account) -> None:
    if not account.enabled:
        raise Refused(
            400,
            "0x80040225",
            f"The user with SystemUserId={account.id} in "
            f"OrganizationContext={environment.organization} is disabled",
        )
    if account.needs_licence and not account.licensed:
        raise Refused(403, "0x8004d24b", "The user has not been assigned any License")


def _throttled(seconds: int) -> Refused:
    message = "Number of requests exceeded the limit of 6000 over time window of 300 seconds."
    refused = Refused(429, "0x80072322", message)
    refused.headers = {"Retry-After": str(seconds), "x-ms-ratelimit-burst-remaining-xrm-requests": "0"}
    return refused


def roles_of(environment: Environment, account: Account) -> list[Role]:
    """Gather the roles that an account holds itself, and through its teams."""
    names = list(account.roles)
    for team in environment.teams.values():
        if key_of(environment, account) in team.members:
            names += team.roles
    return [environment.roles[name] for name in dict.fromkeys(names)]


def privileges_of(environment: Environment, account: Account) -> dict[str, str]:
    """Add up what an account may do: privilege name to its greatest depth."""
    depths = ("", "Basic", "Local", "Deep", "Global")
    held: dict[str, str] = {}
    for role in roles_of(environment, account):
        for name, depth in role.privileges.items():
            held[name] = max(held.get(name, ""), depth, key=depths.index)
    return {name: depth for name, depth in held.items() if depth}


def demand(environment: Environment, account: Account, privilege: str) -> str:
    """Give the depth at which an account holds a privilege; refuse it without."""
    roles = roles_of(environment, account)
    if not roles:
        raise no_roles(account, privilege)
    held = privileges_of(environment, account)
    if privilege not in held:
        raise missing_privilege(account, privilege, len(roles), len(held))
    return held[privilege]


def key_of(environment: Environment, account: Account) -> str:
    """Give the name of an account in the state."""
    return next(key for key, known in environment.accounts.items() if known is account)
