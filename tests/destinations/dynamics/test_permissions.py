"""What the account may do, as far as it may know that itself."""

from __future__ import annotations

import pytest

from validator.model import Severity, Verdict
from validator.sandbox.state import Fault

WHO_AM_I = "GET .*WhoAmI"
MAY_CREATE = "GET .*RetrieveUserPrivilegeByPrivilegeName"
PRIVILEGES = r"GET .*RetrieveUserPrivileges\?"
ROLES = "GET .*systemuserroles_association"
TEAMS = "GET .*teammembership_association"
COLUMN = "GET .*EntityDefinitions"
SOLUTIONS = "GET .*solutions"

WRITER = "Microsoft Marketplace Lead Writer"
HELD = {"RolePrivileges": [{"PrivilegeName": "prvCreateLead", "Depth": "Global"}]}
NOT_HELD = {"RolePrivileges": []}


def refusal(code="0x80048405", message="Access is denied."):
    return {"error": {"code": code, "message": message}}


UNREADABLE = {
    "access is denied": refusal(),
    "no words": "<html>403</html>",
    "record": refusal("0x80048306", "SecLib::AccessCheckEx failed. Returned hr = -2147187962"),
    "column": refusal("0x8004f504", "Caller user does not have Read permissions for the attribute."),
}
OTHER_REFUSALS = {
    "application-restricted": (refusal("0x80095ffc", "Access to Dataverse API is restricted"), 403),
    "service-throttled": (refusal("0x80072322", "Number of requests exceeded the limit"), 429),
    "service-unavailable": ("down", 503),
    "answer-not-understood": ("<html>Sign in</html>", 200),
}


def roles(*names):
    return {"value": [{"name": name, "roleid": name} for name in names]}


def teams(*names):
    return {"value": [{"name": "a team", "teamroles_association": [{"name": name} for name in names]}]}


def test_all_permissions_in_order(stage, check):
    result = stage.result(options={"test_lead": False})
    assert result.verdict is Verdict.PERMITTED
    names = ["member", "lead-role", "supporting-privileges", "lead-source", "solution"]
    assert [check(result, name).status for name in names] == ["passed"] * 5
    assert stage.leads == []


@pytest.mark.parametrize("option", [{}, {"ignore": frozenset({"token-not-accepted"})}])
@pytest.mark.parametrize("header", ["Bearer error=invalid_token", "Bearer authorization_uri=https://a/b", ""])
def test_a_token_that_is_not_accepted(option, header, stage, ids, check):
    body = "HTTP Error 401 - Unauthorized: Access is denied" if header else refusal("", "Unauthorized")
    stage.odd(WHO_AM_I, body, 401, WWW_Authenticate=header)
    result = stage.result(options=option)
    assert ids(result) == ["token-not-accepted"]
    assert check(result, "lead-role").status == "skipped"


@pytest.mark.parametrize("header", ["", 'Basic realm="proxy"', "Negotiate"])
def test_a_page_that_wants_somebody_to_sign_in_is_not_about_the_token(header, stage, ids):
    stage.odd(WHO_AM_I, "<html>401 Unauthorized</html>", 401, WWW_Authenticate=header)
    result = stage.result()
    assert ids(result) == ["answer-not-understood"]
    assert result.verdict is Verdict.UNPROVEN


def test_any_other_refusal_at_the_door_is_named(stage, ids):
    stage.odd(WHO_AM_I, refusal("0x80072560", "The user is not a member of the organization."), 403)
    assert ids(stage.result()) == ["user-not-member"]


ROLE_TABLE = [
    # may create, own roles, teams' roles, the finding
    (HELD, [WRITER], [], []),
    (HELD, [], [WRITER], []),
    (HELD, ["Other"], ["Third", WRITER], []),
    (HELD, ["Salesperson"], [], ["lead-writer-role-replaced"]),
    (HELD, [], ["Salesperson"], ["lead-writer-role-replaced"]),
    (NOT_HELD, [], [], ["no-security-role"]),
    (NOT_HELD, ["Basic User"], [], ["lead-writer-role-missing"]),
    (NOT_HELD, [], ["Basic User"], ["lead-writer-role-missing"]),
    (NOT_HELD, [WRITER], [], ["create-lead-privilege-missing"]),
    (NOT_HELD, [], [WRITER], ["create-lead-privilege-missing"]),
]


@pytest.mark.parametrize(("privileges", "own", "inherited", "expected"), ROLE_TABLE)
def test_what_the_roles_say(privileges, own, inherited, expected, stage, ids):
    stage.odd(MAY_CREATE, privileges)
    stage.odd(ROLES, roles(*own))
    stage.odd(TEAMS, teams(*inherited))
    result = stage.result(options={"test_lead": False})
    assert ids(result) == expected
    for name in (*own, *inherited) if expected else ():
        assert name in result.findings[0].observed


def test_a_team_without_roles(stage):
    stage.odd(ROLES, roles(WRITER))
    stage.odd(TEAMS, {"value": [{"name": "a team"}, {"name": "b", "teamroles_association": None}]})
    assert stage.result().verdict is Verdict.READY


def test_roles_of_a_real_team_count(stage):
    account = stage.environment.accounts["application"]
    stage.environment.teams["fabrikam"].roles, account.roles = account.roles, ()
    assert stage.result().verdict is Verdict.READY


@pytest.mark.parametrize("words", UNREADABLE)
def test_no_privilege_and_roles_that_cannot_be_read(words, stage, ids):
    stage.odd(MAY_CREATE, NOT_HELD)
    stage.odd(ROLES, UNREADABLE[words], 403)
    result = stage.result(options={"test_lead": False})
    assert ids(result) == ["create-lead-privilege-missing"]
    assert result.findings[0].observed == "its roles could not be read"


@pytest.mark.parametrize("words", UNREADABLE)
@pytest.mark.parametrize("unreadable", [MAY_CREATE, ROLES, TEAMS, f"{MAY_CREATE}|{ROLES}"])
def test_the_privilege_tells_whatever_the_roles_are_called(words, unreadable, stage, ids, check):
    stage.odd(unreadable, UNREADABLE[words], 403)
    result = stage.result(options={"test_lead": False})
    assert ids(result) == []
    blind = MAY_CREATE in unreadable
    assert check(result, "lead-role").status == ("skipped" if blind else "passed")
    assert bool([line for line in result.unproven if WRITER in line]) == blind


@pytest.mark.parametrize("own", [roles("Basic User"), roles()])
def test_another_role_alone_proves_nothing(own, stage, ids, check):
    stage.odd(MAY_CREATE, refusal(), 403)
    stage.odd(ROLES, own)
    stage.odd(TEAMS, teams())
    result = stage.result(options={"test_lead": False})
    assert (ids(result), check(result, "lead-role").status) == ([], "skipped")
    assert check(result, "lead-role").note.startswith("could not be read")
    assert WRITER in result.unproven[0]


def test_what_could_not_be_read_the_test_lead_tells(stage, check):
    stage.odd(f"{MAY_CREATE}|{ROLES}|{TEAMS}", refusal(), 403)
    result = stage.result()
    assert check(result, "lead-role").status == "skipped"
    assert result.verdict is Verdict.READY


@pytest.mark.parametrize("entry", OTHER_REFUSALS)
@pytest.mark.parametrize("question", [MAY_CREATE, ROLES, TEAMS, PRIVILEGES, COLUMN, SOLUTIONS])
def test_a_refusal_that_is_about_something_else_is_no_mere_silence(entry, question, stage, ids):
    stage.odd(question, *OTHER_REFUSALS[entry])
    result = stage.result()
    assert ids(result) == [entry]
    assert result.test_lead is None
    assert stage.leads == []


@pytest.mark.parametrize("question", [MAY_CREATE, PRIVILEGES, COLUMN, SOLUTIONS])
def test_an_answer_that_does_not_come_is_no_mere_silence(question, stage, ids):
    host = stage.state.network["dataverse"]
    host.fault, host.fault_at = Fault.STALL, question.replace("GET .*", "GET /api/data/v9.2/")
    if question in {MAY_CREATE, PRIVILEGES}:
        host.fault_at = "GET /api/data/v9.2/systemusers("
    (result,) = stage.climb(stage.configured(), timeout=1)
    assert ids(result) == ["service-stalled"]


@pytest.mark.parametrize("question", [PRIVILEGES, COLUMN, SOLUTIONS])
@pytest.mark.parametrize("words", UNREADABLE)
def test_what_may_not_be_read_is_left_open(question, words, stage, ids):
    stage.odd(question, UNREADABLE[words], 403)
    result = stage.result()
    assert ids(result) == []
    skipped = [outcome for outcome in result.checks if outcome.status == "skipped"]
    assert [outcome.note for outcome in skipped] == ["could not be read with this account"]
    assert result.verdict is Verdict.READY


def test_supporting_privileges_that_are_missing_are_listed(stage, ids):
    names = ["prvCreateUserEntityUISettings", "prvReadUserEntityUISettings", "prvReadAsyncOperation"]
    stage.odd(PRIVILEGES, {"RolePrivileges": [{"PrivilegeName": name} for name in names]})
    result = stage.result()
    assert ids(result) == ["supporting-privileges-missing"]
    (found,) = result.findings
    assert found.observed == (
        "missing: Write on User Entity UI Settings, Write on System Job, Append To on System Job"
    )
    assert found.severity is Severity.WARNING
    assert result.verdict is Verdict.READY


@pytest.mark.parametrize(
    "answer",
    [
        {"RolePrivileges": [{"PrivilegeId": "1", "Depth": "Global"}]},
        {"RolePrivileges": [{"PrivilegeName": None}, "prvReadLead"]},
        {"RolePrivileges": []},
    ],
)
def test_privileges_without_names_tell_nothing(answer, stage, ids, check):
    stage.odd(PRIVILEGES, answer)
    result = stage.result()
    assert ids(result) == []
    assert check(result, "supporting-privileges").status == "skipped"
    assert check(result, "supporting-privileges").note.startswith("could not be read")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"IsSecured": True}, ["column-security-on-leadsourcecode"]),
        ({"IsSecured": False}, []),
        ({"IsSecured": "true"}, []),
        ({}, []),
    ],
)
def test_column_security_is_warned_about(answer, expected, stage, ids):
    stage.odd(COLUMN, answer)
    assert ids(stage.result()) == expected


def test_a_column_that_is_secured_and_refused_is_one_fault(stage, ids):
    stage.environment.columns["leadsourcecode"].secured = True
    result = stage.result()
    assert ids(result) == ["leadsourcecode-denied"]
    assert result.findings[0].documented.number == 2


@pytest.mark.parametrize("code", ["0x80041102", ""])
def test_an_instance_without_leads(code, stage, ids):
    stage.odd(COLUMN, refusal(code, "The entity with a name = 'lead' was not found"), 404)
    assert ids(stage.result()) == ["lead-table-missing"]


@pytest.mark.parametrize("question", [COLUMN, PRIVILEGES, SOLUTIONS, ROLES])
@pytest.mark.parametrize("body", ["", "<html>404 Not Found: the entity 'lead' was not found</html>"])
def test_a_page_that_finds_nothing_is_no_missing_table(question, body, stage, ids):
    stage.odd(question, body, 404)
    result = stage.result()
    assert ids(result) == ["answer-not-understood"]
    assert result.verdict is Verdict.UNPROVEN


LISTS = {MAY_CREATE: "RolePrivileges", PRIVILEGES: "RolePrivileges", ROLES: "value", SOLUTIONS: "value"}


@pytest.mark.parametrize("question", LISTS)
@pytest.mark.parametrize("value", [None, "all of them", {"PrivilegeName": "prvCreateLead"}, 7, ...])
def test_an_answer_without_a_list_is_no_empty_one(question, value, stage, ids):
    stage.odd(question, {} if value is ... else {LISTS[question]: value})
    result = stage.result()
    assert ids(result) == ["answer-not-understood"]
    assert (result.test_lead, result.verdict) == (None, Verdict.UNPROVEN)


@pytest.mark.parametrize("answer", [{"value": []}, {"value": ["no row"]}])
def test_a_solution_that_is_not_there(answer, stage, ids):
    stage.odd(SOLUTIONS, answer)
    result = stage.result()
    assert ids(result) == ["marketplace-solution-missing"]
    assert result.verdict is Verdict.READY
