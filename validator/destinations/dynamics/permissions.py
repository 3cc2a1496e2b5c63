"""Stage *permissions*: the account is a user of the instance and may create leads there.

The documented role can only write leads. What such an account may not read is left open, and no fault.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from validator.http import Refused, settled
from validator.rehearsal import Skip, naming, together

if TYPE_CHECKING:
    from collections.abc import Callable

    from validator.destinations.dynamics.attempt import Attempt
    from validator.model import Finding

T = TypeVar("T")

LEAD_WRITER: Final = "Microsoft Marketplace Lead Writer"
"""The security role that the marketplace solution brings."""

SUPPORTING: Final = {
    "prvCreateUserEntityUISettings": "Create on User Entity UI Settings",
    "prvReadUserEntityUISettings": "Read on User Entity UI Settings",
    "prvWriteUserEntityUISettings": "Write on User Entity UI Settings",
    "prvReadAsyncOperation": "Read on System Job",
    "prvWriteAsyncOperation": "Write on System Job",
    "prvAppendToAsyncOperation": "Append To on System Job",
}
"""What the document asks to add to the role (*Security settings*), by the privilege's name."""

SOLUTION: Final = (
    "uniquename eq 'MicrosoftMarketplacesLeadIntegrationSolution' or contains(friendlyname,'Marketplace')"
)
"""The unique name is inferred from the solution's file name, hence the second half."""

UNREADABLE: Final = frozenset(
    {"access-denied", "instance-refused", "record-access-denied", "attribute-read-denied"}
)
"""How an instance words that this account may not read this, which is not a fault."""

UNREAD: Final = (
    "Whether the account may create leads: it may not read its own privileges. Look in the Power Platform "
    f"admin center for the role {LEAD_WRITER}, or let the test lead tell."
)

FORBIDDEN: Final = 403
NOT_FOUND: Final = 404
UNAUTHORIZED: Final = 401


def member(attempt: Attempt) -> list[Finding]:
    """Ask the instance who we are: needs no privilege, only membership."""
    try:
        attempt.user = _asked(attempt, _user)
    except Refused as refused:
        if refused.status != UNAUTHORIZED or not refused.own:
            raise
        return [attempt.refused("token-not-accepted", refused)]
    return []


def _user(attempt: Attempt) -> str:
    return attempt.dataverse.user()


def may_create_leads(attempt: Attempt) -> list[Finding]:
    """Ask for the one privilege that a lead needs, and for the roles that should give it."""
    allowed, roles = together(
        lambda: _read(attempt, _holds_create),
        lambda: _read(attempt, _roles),
    )
    if allowed is None:
        if not attempt.climb.run.options.test_lead:
            attempt.climb.unproven.append(UNREAD)
        raise Skip("could not be read: the account may not read its own privileges")
    return [attempt.finding(entry, observed=_held(roles)) for entry in _judge(allowed, roles)]


def _judge(allowed: bool, roles: set[str] | None) -> list[str]:  # noqa: FBT001 - the one thing asked
    missing = roles is not None and LEAD_WRITER not in roles
    if allowed:
        return ["lead-writer-role-replaced"] if missing else []
    if roles is not None and not roles:
        return ["no-security-role"]
    return ["lead-writer-role-missing" if missing else "create-lead-privilege-missing"]


def _held(roles: set[str] | None) -> str:
    return (
        f"roles held: {', '.join(sorted(roles)) or 'none'}"
        if roles is not None
        else "its roles could not be read"
    )


def _holds_create(attempt: Attempt) -> bool:
    question = "Microsoft.Dynamics.CRM.RetrieveUserPrivilegeByPrivilegeName(PrivilegeName='prvCreateLead')"
    return bool(attempt.dataverse.rows(f"systemusers({attempt.user})/{question}", "RolePrivileges"))


def _roles(attempt: Attempt) -> set[str]:
    user = f"systemusers({attempt.user})"
    own, teams = together(
        lambda: attempt.dataverse.rows(f"{user}/systemuserroles_association", select="name,roleid"),
        lambda: attempt.dataverse.rows(
            f"{user}/teammembership_association",
            select="teamid,name",
            expand="teamroles_association($select=name)",
        ),
    )
    held = [own, *(team["teamroles_association"] for team in teams if "teamroles_association" in team)]
    named = (
        role.get("name")
        for roles in held
        if isinstance(roles, list)
        for role in roles
        if isinstance(role, dict)
    )
    return {name for name in named if isinstance(name, str)}


def supporting_privileges(attempt: Attempt) -> list[Finding]:
    """Ask for the privileges that the document adds to the role: without them it fails in places."""
    held = _readable(attempt, _privileges)
    if not held:
        raise Skip("could not be read: the instance does not name the privileges")
    missing = [words for name, words in SUPPORTING.items() if name not in held]
    return (
        [attempt.finding("supporting-privileges-missing", observed="missing: " + ", ".join(missing))]
        if missing
        else []
    )


def _privileges(attempt: Attempt) -> set[str]:
    question = f"systemusers({attempt.user})/Microsoft.Dynamics.CRM.RetrieveUserPrivileges"
    said = attempt.dataverse.rows(question, "RolePrivileges")
    return {name for row in said if isinstance(name := row.get("PrivilegeName"), str)}


def lead_source_open(attempt: Attempt) -> list[Finding]:
    """Ask whether column security guards `leadsourcecode`; the answer also shows that leads have a table."""
    try:
        said = _readable(attempt, _lead_source)
    except Refused as refused:
        if refused.status != NOT_FOUND or not refused.own:
            raise
        return [attempt.refused("lead-table-missing", refused)]
    return [attempt.finding("column-security-on-leadsourcecode")] if said.get("IsSecured") is True else []


def _lead_source(attempt: Attempt) -> dict[str, Any]:
    column = "EntityDefinitions(LogicalName='lead')/Attributes(LogicalName='leadsourcecode')"
    return attempt.dataverse.get(column, select="LogicalName,IsSecured,CanBeSecuredForCreate")


def solution_installed(attempt: Attempt) -> list[Finding]:
    """Look for Microsoft's marketplace solution, which brings the role."""
    found = _readable(attempt, _solutions)
    return [] if found else [attempt.finding("marketplace-solution-missing")]


def _solutions(attempt: Attempt) -> list[dict[str, Any]]:
    return attempt.dataverse.rows("solutions", select="uniquename,friendlyname,version", filter=SOLUTION)


def _readable(attempt: Attempt, question: Callable[[Attempt], T]) -> T:
    """Ask; raise Skip where the account may not read the answer, as one without any role may not."""
    try:
        answer = _read(attempt, question)
    except Refused as refused:
        if naming.entry_for(refused, attempt.climb.destination.name, "") != "no-security-role":
            raise
        answer = None
    if answer is None:
        raise Skip("could not be read with this account")
    return answer


def _read(attempt: Attempt, question: Callable[[Attempt], T]) -> T | None:
    """Ask; give None where the account may not read the answer, which is not a fault."""
    answer = settled(lambda: _asked(attempt, question))
    if isinstance(answer, Refused):
        entry = naming.entry_for(answer, attempt.climb.destination.name, "instance-refused")
        if answer.status == FORBIDDEN and (entry in UNREADABLE or not answer.own):
            return None
        raise answer
    if isinstance(answer, Exception):
        raise answer
    return answer


def _asked(attempt: Attempt, question: Callable[[Attempt], T]) -> T:
    """Ask what is the same for every configuration with this account."""
    return attempt.climb.shared((attempt.dataverse.account, question), lambda: question(attempt))
