from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

TENANT = "8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214"
CONTOSO = "b7d1c2a4-93e6-4f58-8c0b-6e2f19d4a357"
INSTANCE = "https://fabrikam.crm4.dynamics.com"
API = "https://fabrikam.api.crm4.dynamics.com"
BY_NAME = "/Microsoft.Dynamics.CRM.RetrieveUserPrivilegeByPrivilegeName(PrivilegeName='{}')"
COLUMN = "EntityDefinitions(LogicalName='{}')/Attributes(LogicalName='{}')"
ROLES = "/systemuserroles_association?$select=name,roleid"
TEAMS = "/teammembership_association?$select=teamid,name&$expand=teamroles_association($select=name)"


def refused(answer):
    error = answer.json()["error"]
    assert error["message"]
    assert answer.headers["OData-Version"] == "4.0"
    assert UUID(answer.headers["x-ms-service-request-id"])
    return answer.status_code, error["code"]


@pytest.fixture(params=["application", "person"])
def account(client, request):
    return client.sign_in(request.param)


@pytest.mark.parametrize("host", [INSTANCE, API])
@pytest.mark.parametrize("authorization", [None, "Bearer garbage", "Basic Z2FyYmFnZTo=", "Bearer"])
def test_without_a_good_token_one_learns_who_owns_the_instance(client, host, authorization):
    answer = client.api("", host=host, headers={"Authorization": authorization})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == (
        f"Bearer authorization_uri=https://login.microsoftonline.com/{TENANT}/oauth2/authorize, "
        f"resource_id={INSTANCE}/"
    )


@pytest.mark.parametrize(
    "change",
    [
        {"audience": "https://contoso.crm.dynamics.com"},
        {"tenant": CONTOSO},
        {"expires": timedelta(hours=-1)},
    ],
)
def test_a_token_for_something_else_is_none(client, change):
    client.sign_in()
    (token,) = client.state.tokens.values()
    (what, value), *_ = change.items()
    setattr(token, what, token.expires + value if isinstance(value, timedelta) else value)
    assert client.api("WhoAmI").status_code == 401


@pytest.mark.parametrize("host", [INSTANCE, API])
def test_a_token_is_good_under_both_names(account, host):
    answer = account.api("WhoAmI", host=host)
    assert answer.json().keys() == {"@odata.context", "UserId", "BusinessUnitId", "OrganizationId"}
    assert answer.headers["Content-Type"] == "application/json; odata.metadata=minimal"
    assert answer.json()["@odata.context"].startswith(host)


def test_a_browser_is_sent_to_sign_in(client):
    answer = client.get(INSTANCE)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"https://login.microsoftonline.com/{TENANT}/")


def test_the_service_lists_its_tables(account):
    assert "leads" in [table["url"] for table in account.api("").json()["value"]]


def test_an_account_learns_one_of_its_privileges(account):
    (held,) = account.me(BY_NAME.format("prvCreateLead")).json()["RolePrivileges"]
    assert (held["PrivilegeName"], held["Depth"]) == ("prvCreateLead", "Global")
    assert UUID(held["PrivilegeId"])
    assert account.me(BY_NAME.format("prvAssignLead")).json()["RolePrivileges"] == []


def test_an_account_learns_all_its_privileges(account):
    held = account.me("/Microsoft.Dynamics.CRM.RetrieveUserPrivileges").json()["RolePrivileges"]
    names = [one["PrivilegeName"] for one in held]
    assert len(names) == len(set(names))
    assert {"prvCreateLead", "prvReadLead", "prvDeleteLead"} <= set(names)


def test_an_account_learns_its_roles(account):
    roles = account.me(ROLES).json()["value"]
    assert [role["name"] for role in roles] == ["Microsoft Marketplace Lead Writer", "Lead Reader"]


def test_an_account_learns_its_teams_and_their_roles(account):
    account.state.environments["fabrikam"].teams["fabrikam"].roles = ("salesperson",)
    (team,) = account.me(TEAMS).json()["value"]
    assert team["name"] == "fabrikam"
    assert team["teamroles_association"] == [{"name": "Salesperson"}]
    (whole,) = account.me("/teammembership_association?$expand=teamroles_association").json()["value"]
    assert whole["teamroles_association"][0].keys() == {"roleid", "name"}
    (bare,) = account.me("/teammembership_association").json()["value"]
    assert bare.keys() == {"teamid", "name"}
    assert refused(account.me("/teammembership_association?$expand=owners")) == (404, "0x80060888")


def test_nobody_is_in_a_team_of_others(account):
    account.state.environments["fabrikam"].teams["fabrikam"].members = ("sales",)
    assert account.me(TEAMS).json()["value"] == []


def test_the_roles_of_a_team_count(start):
    client = start("no-security-role").sign_in()
    client.state.environments["fabrikam"].teams["fabrikam"].roles = ("lead_writer",)
    assert client.create().status_code == 204


def test_the_greatest_depth_counts(account):
    roles = account.state.environments["fabrikam"].roles
    roles["lead_reader"].privileges["prvCreateLead"] = "Basic"
    (held,) = account.me(BY_NAME.format("prvCreateLead")).json()["RolePrivileges"]
    assert held["Depth"] == "Global"


def test_the_column_of_the_lead_source_is_described(account):
    select = "?$select=LogicalName,IsSecured,CanBeSecuredForCreate"
    answer = account.api(COLUMN.format("lead", "leadsourcecode") + select).json()
    assert answer["@odata.type"] == "#Microsoft.Dynamics.CRM.PicklistAttributeMetadata"
    assert (answer["LogicalName"], answer["IsSecured"], answer["CanBeSecuredForCreate"]) == (
        "leadsourcecode",
        False,
        True,
    )


@pytest.mark.parametrize(("table", "column"), [("lead", "shoesize"), ("account", "name")])
def test_no_other_column_is(account, table, column):
    assert account.api(COLUMN.format(table, column)).status_code == 404


def test_the_marketplace_solution_is_found(account):
    answer = account.api(
        "solutions?$select=uniquename,friendlyname,version&$filter=uniquename eq "
        "'MicrosoftMarketplacesLeadIntegrationSolution' or contains(friendlyname,'Marketplace')"
    )
    assert [row["version"] for row in answer.json()["value"]] == ["1.0.0.0"]


@pytest.mark.parametrize(
    ("path", "method", "expected"),
    [
        ("accounts", "GET", (404, "0x80060888")),
        ("leads", "DELETE", (405, "0x80060888")),
        (
            "systemusers(00000000-0000-0000-0000-000000000001)/systemuserroles_association",
            "GET",
            (404, "0x80040217"),
        ),
        ("leads(00000000-0000-0000-0000-000000000001)", "GET", (404, "0x80040217")),
        ("leads(00000000-0000-0000-0000-000000000001)", "DELETE", (404, "0x80040217")),
    ],
)
def test_what_is_not_there_is_not_there(account, path, method, expected):
    assert refused(account.api(path, method)) == expected


WORLDS = [
    ("user-not-member", (403, "0x80072560"), "The user is not a member of the organization."),
    ("user-disabled", (400, "0x80040225"), "is disabled"),
    ("application-restricted", (403, "0x80095ffc"), "Access to Dataverse API is restricted"),
    ("instance-refused", (403, "0x0"), "IP firewall"),
    ("administration-mode", (403, "0x8004a113"), "Admin Only mode"),
    ("organization-disabled", (403, "0x8004a104"), "currently disabled.  Please"),
    ("service-throttled", (429, "0x80072322"), "exceeded the limit of 6000 over time window of 300 seconds"),
]


@pytest.mark.parametrize("who", ["application", "person"])
@pytest.mark.parametrize(("world", "expected", "words"), WORLDS)
def test_the_instance_lets_nobody_in(start, who, world, expected, words):
    answer = start(world).sign_in(who).api("WhoAmI")
    assert refused(answer) == expected
    assert words in answer.json()["error"]["message"]


def test_a_user_needs_a_licence_and_an_application_does_not(start):
    client = start("licence-missing")
    assert refused(client.sign_in("person").api("WhoAmI")) == (403, "0x8004d24b")
    assert client.sign_in("application").api("WhoAmI").status_code == 200


def test_a_throttled_instance_says_when_to_come_back(start):
    answer = start("service-throttled").sign_in().api("WhoAmI")
    assert answer.headers["Retry-After"] == "300"
    assert answer.headers["x-ms-ratelimit-burst-remaining-xrm-requests"] == "0"


def test_a_fast_clock_makes_tokens_old(start):
    assert start("token-not-accepted").sign_in().api("WhoAmI").status_code == 401


def test_another_tenant_owns_the_instance(start):
    answer = start("instance-in-another-tenant").api("")
    assert f"login.microsoftonline.com/{CONTOSO}/" in answer.headers["WWW-Authenticate"]


def test_rules_are_asked_in_their_order(start):
    """The policy is seen before membership, membership before the mode, the mode before the account."""
    worlds = [
        "application-restricted",
        "user-not-member",
        "administration-mode",
        "user-disabled",
        "service-throttled",
    ]
    seen = [refused(start(*worlds[n:]).sign_in().api("WhoAmI"))[1] for n in range(len(worlds))]
    assert seen == ["0x80095ffc", "0x80072560", "0x8004a113", "0x80040225", "0x80072322"]


def test_without_any_role_every_privilege_is_missing(start):
    client = start("no-security-role").sign_in()
    assert client.api("WhoAmI").status_code == 200
    for answer in (client.create(), client.me(ROLES), client.api("solutions")):
        assert refused(answer) == (403, "0x80042f09")
    assert (
        client.create()
        .json()["error"]["message"]
        .endswith("They need a role with the prvCreateLead privilege.")
    )


def test_a_missing_role_shows_in_the_roles_and_the_privileges(start):
    client = start("lead-writer-role-missing").sign_in()
    assert [role["name"] for role in client.me(ROLES).json()["value"]] == ["Lead Reader"]
    assert client.me(BY_NAME.format("prvCreateLead")).json()["RolePrivileges"] == []
    answer = client.create()
    assert refused(answer) == (403, "0x80040220")
    assert "is missing prvCreateLead privilege (Id=" in answer.json()["error"]["message"]
    assert "on OTC=4 for entity 'lead' (LocalizedName='Lead')" in answer.json()["error"]["message"]


def test_a_role_can_be_held_and_lack_the_privilege(start):
    client = start("create-lead-privilege-missing").sign_in()
    assert "Microsoft Marketplace Lead Writer" in client.me(ROLES).text
    assert refused(client.create()) == (403, "0x80040220")


def test_another_role_may_allow_the_same(start):
    client = start("lead-writer-role-replaced").sign_in()
    assert [role["name"] for role in client.me(ROLES).json()["value"]] == ["Salesperson"]
    assert client.create().status_code == 204


def test_supporting_privileges_can_be_missing(start):
    client = start("supporting-privileges-missing").sign_in()
    held = client.me("/Microsoft.Dynamics.CRM.RetrieveUserPrivileges").text
    assert "prvCreateLead" in held
    assert "UserEntityUISettings" not in held
    assert "AsyncOperation" not in held


def test_the_role_of_the_documents_only_writes(start):
    client = start("write-only-role").sign_in()
    written = client.create()
    assert written.status_code == 204
    assert client.api("solutions").status_code == 200
    lead = written.headers["OData-EntityId"].rpartition("/")[2]
    no = (403, "0x80040220")
    assert (
        refused(client.api(lead)) == refused(client.api("leads")) == refused(client.api(lead, "DELETE")) == no
    )
    assert refused(client.me(ROLES)) == refused(client.me(TEAMS)) == no
    assert refused(client.me(BY_NAME.format("prvCreateLead"))) == no
    assert refused(client.api(COLUMN.format("lead", "leadsourcecode"))) == no
    assert refused(client.create(headers={"Prefer": "return=representation"})) == no
    assert len(client.state.environments["fabrikam"].leads) == 1


def test_the_marketplace_solution_can_be_missing(start):
    answer = start("marketplace-solution-missing").sign_in().api("solutions?$select=uniquename")
    assert "MicrosoftMarketplacesLeadIntegrationSolution" not in answer.text


def test_without_the_lead_table_nothing_is_said_about_leads(start):
    client = start("lead-table-missing").sign_in()
    assert refused(client.create()) == refused(client.api("leads")) == (404, "0x80060888")
    assert client.create().json()["error"]["message"] == "Resource not found for the segment 'leads'."
    assert client.api(COLUMN.format("lead", "leadsourcecode")).status_code == 404
    assert "leads" not in [table["url"] for table in client.api("").json()["value"]]
