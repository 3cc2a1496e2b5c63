"""The right tenant, the right account, and never one password too many."""

from __future__ import annotations

import json
import socket
from importlib import import_module

import pytest
from werkzeug import Response

from validator.config.secrets import Secret
from validator.model import Verdict
from validator.sandbox.state import Host

TOKEN = "POST .*oauth2/v2.0/token"
OFFICE = "dynamics-office365"
UNKNOWN_TENANT = {
    "error": "invalid_tenant",
    "error_description": "AADSTS90002: Tenant '8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214' not found.",
    "error_codes": [90002],
}
PASSWORD = "/dynamicsLeadConfiguration/password"


def with_password(configuration, password):
    configuration.secrets.add(password)
    return configuration.changed({PASSWORD: password})


def test_an_application_signs_in(stage, check):
    result = stage.result()
    assert result.verdict is Verdict.READY
    assert [one.method for one in check(result, "sign-in").exchanges] == ["POST"]


def test_a_user_signs_in(stage, check):
    result = stage.result(OFFICE)
    assert result.verdict is Verdict.READY
    assert [one.method for one in check(result, "sign-in").exchanges] == ["GET", "POST"]


def test_the_two_ids_were_swapped(stage, ids):
    result = stage.result(directoryId=stage.application, applicationId=stage.tenant)
    assert ids(result) == ["ids-swapped"]
    assert stage.tenant in result.findings[0].observed


def test_a_user_s_tenant_is_the_domain_of_the_name(stage, ids):
    assert ids(stage.result(OFFICE, username="leads@contoso.com")) == ["instance-in-another-tenant"]
    assert ids(stage.result(OFFICE, username="leads@nowhere.example")) == ["user-domain-unknown"]
    assert stage.count(TOKEN) == 0


def attempts(stage):
    return stage.state.tenants["fabrikam"].people["leads"].wrong_attempts


def test_one_password_is_tried_once_for_all_configurations(stage):
    results = stage.climb(*(stage.configured(OFFICE, f"{number}.yaml") for number in range(4)), jobs=4)
    assert [result.verdict for result in results] == [Verdict.READY] * 4
    assert stage.count(TOKEN) == 1
    assert stage.count("GET .*userrealm") == 1


def test_a_wrong_password_is_tried_once_for_all_configurations(stage, ids):
    wrong = [with_password(stage.configured(OFFICE, f"{number}.yaml"), "wrong-one") for number in range(4)]
    results = stage.climb(*wrong)
    assert [ids(result) for result in results] == [["password-wrong"]] * 4
    assert (stage.count(TOKEN), attempts(stage)) == (1, 1)
    assert "wrong-one" not in repr(results)


@pytest.mark.parametrize("first", ["good", "wrong"])
def test_a_second_password_of_the_same_user_is_not_tried(first, stage, ids):
    good = stage.configured(OFFICE, "good.yaml")
    wrong = with_password(stage.configured(OFFICE, "wrong.yaml"), "wrong-one")
    results = stage.climb(*([good, wrong] if first == "good" else [wrong, good]))
    assert ids(results[0]) == ([] if first == "good" else ["password-wrong"])
    assert ids(results[1]) == ["password-already-tried"]
    assert results[1].findings[-1].observed == f"tried for {first}.yaml"
    assert results[1].verdict is Verdict.UNPROVEN
    assert stage.count(TOKEN) == 1


def test_the_user_s_name_has_no_case(stage, ids):
    wrong = [
        with_password(stage.configured(OFFICE, username=name), "wrong-one")
        for name in (stage.user, stage.user.upper())
    ]
    assert [ids(result) for result in stage.climb(*wrong)] == [["password-wrong"]] * 2
    assert attempts(stage) == 1


def test_two_users_are_two_attempts(stage, ids):
    other = stage.configured(OFFICE, username="somebody@fabrikam.onmicrosoft.com")
    results = stage.climb(stage.configured(OFFICE), other)
    assert [ids(result) for result in results] == [[], ["user-unknown"]]
    assert stage.count(TOKEN) == 2


def test_a_token_for_one_instance_is_none_for_another(stage, ids):
    stage.move_in(stage.state.network["dataverse"], "contoso.crm4.dynamics.com")
    other = stage.configured(OFFICE, instanceUrl="https://contoso.crm4.dynamics.com")
    results = stage.climb(stage.configured(OFFICE), other)
    assert [ids(result) for result in results] == [[], ["password-already-tried"]]
    assert stage.count(TOKEN) == 1


def test_the_api_s_address_is_the_same_instance(stage, ids):
    other = stage.configured(OFFICE, instanceUrl="https://fabrikam.api.crm4.dynamics.com")
    results = stage.climb(stage.configured(OFFICE), other)
    assert [ids(result) for result in results] == [[], ["instance-url-api-form"]]
    assert stage.count(TOKEN) == 1


def test_a_bug_during_the_sign_in_does_not_cost_a_second_attempt(stage, ids, monkeypatch):
    def buggy(*arguments):
        return real(*arguments) / 0

    module = import_module("validator.destinations.dynamics.sign_in")
    real = module.user_token
    monkeypatch.setattr(module, "user_token", buggy)
    results = stage.climb(*(stage.configured(OFFICE, f"{number}.yaml") for number in range(2)))
    assert [ids(result) for result in results] == [["check-crashed"]] * 2
    assert stage.count(TOKEN) == 1


def test_the_public_client_can_be_chosen(stage):
    seen = []
    stage.odd(TOKEN, lambda request: seen.append(request.form["client_id"]))
    configuration = stage.configured(OFFICE)
    own = {"leadcheck": {"dynamics": {"publicClientId": stage.application}}}
    stage.climb(configuration.changed({"/leadcheck": own["leadcheck"]}))
    stage.climb(configuration)
    assert seen == [stage.application, "51f81489-12ee-4a9e-aaae-a2591f45987d"]


@pytest.mark.parametrize("code", [65001, 700016, 7000112, 7000218])
def test_what_entra_says_of_our_client_is_not_the_publisher_s_fault(code, stage, ids):
    stage.odd(TOKEN, {"error": "x", "error_description": f"AADSTS{code}: no.", "error_codes": [code]}, 400)
    result = stage.result(OFFICE)
    assert ids(result) == ["public-client-refused"]
    assert result.findings[-1].codes == (f"AADSTS{code}",)
    assert result.verdict is Verdict.UNPROVEN


@pytest.mark.parametrize("option", [{}, {"ignore": frozenset({"federated-user"})}])
def test_a_federated_user_s_password_goes_nowhere(option, stage, ids, check):
    with socket.create_server(("127.0.0.1", 0)) as adfs:
        adfs.setblocking(False)
        url = f"https://127.0.0.1:{adfs.getsockname()[1]}/adfs/services/trust/2005/usernamemixed"
        realm = {"account_type": "Federated", "federation_protocol": "WSTrust"}
        realm |= {"federation_active_auth_url": url, "federation_metadata_url": url}
        stage.odd("GET .*userrealm", realm)
        result = stage.result(OFFICE, options=option | {"allow_hosts": frozenset({url.split("/")[2]})})
        with pytest.raises(BlockingIOError):
            adfs.accept()
    assert ids(result) == ["federated-user"]
    assert result.findings[0].observed == f"Entra sends the user to {url}"
    assert check(result, "member").status == "skipped"
    assert stage.count(TOKEN) == 0


def test_a_federation_server_may_have_no_name(stage):
    stage.odd("GET .*userrealm", {"account_type": "Federated"})
    (found,) = [one for one in stage.result(OFFICE).findings if one.id == "federated-user"]
    assert found.observed.endswith("a sign-in service of their own")


@pytest.mark.parametrize("kind", ["Managed", "Unknown", None, 7])
def test_any_other_user_signs_in_at_entra(kind, stage):
    stage.odd("GET .*userrealm", {"account_type": kind})
    assert stage.result(OFFICE).verdict is Verdict.READY


US = "login.microsoftonline.us"


@pytest.fixture
def sovereign(stage):
    """Let the instance name the US government's sign-in host: the tenant is known there alone."""
    uri = f"Bearer authorization_uri=https://{US}/{stage.tenant}/oauth2/authorize"
    stage.odd(r"GET /api/data/v9\.2/\?$", "", 401, WWW_Authenticate=uri)
    stage.move_in(Host((US,), serves="entra"), US)
    public = stage.state.network["entra"].names[0]

    def unknown_here(request):
        here = request.host == public and "openid-configuration" in request.path
        return Response(json.dumps(UNKNOWN_TENANT), 400, content_type="application/json") if here else None

    stage.odd("GET", unknown_here)
    return stage


@pytest.mark.parametrize("example", ["dynamics", OFFICE])
def test_a_tenant_is_looked_for_in_the_cloud_that_the_instance_names(example, sovereign, check):
    result = sovereign.result(example)
    assert [one.url.split("/")[2] for one in check(result, "tenant").exchanges] == [US]
    asked = [request for request in sovereign.requests if "userrealm" in request]
    assert {request.split()[0] for request in asked} <= {US}
    assert check(result, "tenant").status == "passed"


def test_a_sign_in_host_of_a_stranger_s_is_not_asked(stage, ids):
    uri = f"Bearer authorization_uri=https://login.evil.example/{stage.tenant}/oauth2/authorize"
    stage.odd(r"GET /api/data/v9\.2/\?$", "", 401, WWW_Authenticate=uri)
    stage.odd("openid-configuration", UNKNOWN_TENANT, 400)
    assert ids(stage.result()) == ["tenant-not-found"]
    assert stage.count("evil") == 0
    assert stage.count("openid-configuration") == 1


def test_a_configuration_keeps_its_secrets_to_itself(stage):
    configuration = stage.configured()
    assert isinstance(configuration.get("/dynamicsLeadConfiguration/applicationKey"), Secret)
    (result,) = stage.climb(configuration)
    assert stage.secret not in f"{result!r}{stage.lines}{stage.requests}"
