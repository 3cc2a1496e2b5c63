from __future__ import annotations

import base64
import json
import re
from datetime import UTC, datetime
from uuid import UUID

import pytest

SIGN_IN = "https://login.microsoftonline.com"
TENANT = "8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214"
CONTOSO = "b7d1c2a4-93e6-4f58-8c0b-6e2f19d4a357"
APPLICATION = "3c9e1d77-60b8-4f2a-8a45-0b7d2e6f9c13"
SECRET_ID = "e2b4f6a8-1c3d-4e5f-9a7b-8c6d0e1f2a3b"
NOBODY = "11111111-2222-3333-4444-555555555555"


def discover(client, tenant):
    return client.get(f"{SIGN_IN}/{tenant}/v2.0/.well-known/openid-configuration")


def refused(answer):
    """Check that a refusal is whole, and give its code."""
    body = answer.json()
    (code,) = body["error_codes"]
    assert body["error_description"].startswith(f"AADSTS{code}: ")
    trace, correlation, timestamp = body["trace_id"], body["correlation_id"], body["timestamp"]
    assert body["error_description"].endswith(
        f" Trace ID: {trace} Correlation ID: {correlation} Timestamp: {timestamp}"
    )
    assert answer.headers["x-ms-request-id"] == body["trace_id"]
    assert answer.headers["x-ms-clitelem"] == f"1,{code},0,,"
    assert answer.headers["Cache-Control"] == "no-store, no-cache"
    assert body.get("error_uri", f"https://login.microsoftonline.com/error?code={code}").endswith(str(code))
    return answer.status_code, code


@pytest.mark.parametrize("name", [TENANT, TENANT.upper(), "fabrikam.com", "Fabrikam.onmicrosoft.com"])
def test_discovery_turns_a_domain_into_the_tenant(client, name):
    answer = discover(client, name)
    assert answer.json()["issuer"] == f"{SIGN_IN}/{TENANT}/v2.0"
    assert answer.json()["token_endpoint"] == f"{SIGN_IN}/{TENANT}/oauth2/v2.0/token"
    assert answer.headers["Cache-Control"] == "max-age=86400, private"
    assert UUID(answer.headers["x-ms-request-id"])


def test_discovery_for_any_tenant_leaves_the_issuer_open(client):
    answer = discover(client, "organizations").json()
    assert answer["issuer"] == f"{SIGN_IN}/{{tenantid}}/v2.0"
    assert answer["token_endpoint"] == f"{SIGN_IN}/organizations/oauth2/v2.0/token"


@pytest.mark.parametrize("name", [NOBODY, "adventure-works.com", "no tenant!"])
def test_discovery_knows_no_other_tenant_malformed_or_not(client, name):
    answer = discover(client, name)
    assert refused(answer) == (400, 90002)
    assert answer.json()["error"] == "invalid_tenant"
    assert f"Tenant '{name}' not found." in answer.json()["error_description"]


@pytest.mark.parametrize(
    ("tenant", "changes", "status", "code"),
    [
        (NOBODY, {}, 400, 90002),
        ("adventure-works.com", {}, 400, 90002),
        ("undefined", {}, 400, 900023),
        ("00000000-0000-0000-0000-000000000000", {}, 400, 900021),
        ("common", {}, 400, 50059),
        (CONTOSO, {}, 400, 700016),
        (TENANT, {"grant_type": None}, 400, 900144),
        (TENANT, {"grant_type": "device_code"}, 400, 70003),
        (TENANT, {"client_id": None}, 400, 900144),
        (TENANT, {"client_id": NOBODY}, 400, 700016),
        (TENANT, {"client_secret": None}, 401, 7000216),
        (TENANT, {"client_secret": "sandbox~8Q~AnotherOne"}, 401, 7000215),
        (TENANT, {"client_secret": SECRET_ID}, 401, 7000215),
        (TENANT, {"scope": None}, 400, 900144),
        (TENANT, {"scope": "user.read"}, 400, 1002012),
        (TENANT, {"scope": "https://fabrikam.crm4.dynamics.com/user_impersonation"}, 400, 1002012),
        (TENANT, {"scope": "https://contoso.crm.dynamics.com/.default"}, 400, 500011),
        (TENANT, {"scope": "https://fabrikam.api.crm4.dynamics.com/.default"}, 400, 500011),
    ],
)
def test_a_token_request_of_an_application_is_refused_by_rule(client, tenant, changes, status, code):
    assert refused(client.ask_token(tenant=tenant, **changes)) == (status, code)


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"username": None}, 400, 900144),
        ({"password": None}, 400, 900144),
        ({"username": "nobody@fabrikam.com"}, 400, 50034),
        ({"password": "guess"}, 400, 50126),
        ({"client_id": APPLICATION}, 401, 7000218),
        ({"client_id": APPLICATION, "client_secret": "guess"}, 401, 7000215),
        ({"scope": "openid"}, 400, 1002012),
    ],
)
def test_a_token_request_of_a_user_is_refused_by_rule(client, changes, status, code):
    assert refused(client.ask_token("person", **changes)) == (status, code)


def test_a_refusal_names_what_was_sent_and_when(client):
    asked = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
    client.headers["client-request-id"] = asked
    body = client.ask_token(client_id=NOBODY).json()
    assert f"'{NOBODY}' was not found in the directory 'Fabrikam'" in body["error_description"]
    assert body["correlation_id"] == asked
    told = datetime.strptime(body["timestamp"], "%Y-%m-%d %H:%M:%SZ").replace(tzinfo=UTC)
    assert abs((datetime.now(UTC) - told).total_seconds()) < 5


def test_every_refusal_has_identifiers_of_its_own(client):
    client.headers["client-request-id"] = "no identifier"
    one, two = (client.ask_token(client_secret="guess").json() for _ in range(2))
    assert {one["trace_id"], one["correlation_id"]}.isdisjoint({two["trace_id"], two["correlation_id"]})


def test_an_application_gets_a_token_that_looks_like_one(client):
    answer = client.ask_token().json()
    assert {key: answer[key] for key in ("token_type", "expires_in", "ext_expires_in")} == {
        "token_type": "Bearer",
        "expires_in": 3599,
        "ext_expires_in": 3599,
    }
    claims = answer["access_token"].split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    assert (claims["aud"], claims["tid"]) == ("https://fabrikam.crm4.dynamics.com", TENANT)
    assert claims["appid"] == APPLICATION


def test_a_client_may_name_itself_by_basic_authentication(client):
    secret = client.sandbox.credentials["LEAD_APPLICATION_KEY"]
    form = {"grant_type": "client_credentials", "scope": "https://fabrikam.crm4.dynamics.com/.default"}
    answer = client.post(f"{SIGN_IN}/{TENANT}/oauth2/v2.0/token", data=form, auth=(APPLICATION, secret))
    assert answer.json()["token_type"] == "Bearer"


def test_a_confidential_client_signs_a_user_in_with_its_secret(client):
    secret = client.sandbox.credentials["LEAD_APPLICATION_KEY"]
    answer = client.ask_token(
        "person",
        client_id=APPLICATION,
        client_secret=secret,
        scope=("https://fabrikam.crm4.dynamics.com/user_impersonation"),
    )
    assert answer.json().keys() == {"token_type", "expires_in", "ext_expires_in", "access_token", "scope"}


def test_ten_wrong_passwords_lock_the_user_out(client):
    codes = [refused(client.ask_token("person", password="guess"))[1] for _ in range(11)]
    assert codes == [50126] * 10 + [50053]
    assert refused(client.ask_token("person")) == (400, 50053)


def test_a_right_password_forgives_the_wrong_ones(client):
    for guess in ("one", "two", None):
        client.ask_token("person", **({"password": guess} if guess else {}))
    assert client.state.tenants["fabrikam"].people["leads"].wrong_attempts == 0


WORLDS = [
    ("tenant-not-found", "application", 400, 90002),
    ("instance-in-another-tenant", "application", 400, 500011),
    ("instance-not-in-tenant", "application", 400, 500011),
    ("resource-disabled", "application", 400, 500014),
    ("application-not-found", "application", 400, 700016),
    ("application-disabled", "application", 400, 7000112),
    ("client-secret-invalid", "application", 401, 7000215),
    ("client-secret-expired", "application", 401, 7000222),
    ("conditional-access-blocked", "application", 400, 53003),
    ("conditional-access-blocked", "person", 400, 53003),
    ("consent-missing", "application", 400, 65001),
    ("sign-in-refused", "application", 400, 501051),
    ("sign-in-refused", "person", 400, 50105),
    ("request-loop", "application", 400, 50196),
    ("service-throttled-at-sign-in", "application", 429, 90055),
    ("user-unknown", "person", 400, 50034),
    ("password-wrong", "person", 400, 50126),
    ("password-expired", "person", 400, 50055),
    ("password-not-in-directory", "person", 400, 50056),
    ("user-locked-out", "person", 400, 50053),
    ("user-disabled-in-entra", "person", 400, 50057),
    ("mfa-required", "person", 400, 50076),
    ("mfa-enrolment-required", "person", 400, 50079),
    ("device-not-compliant", "person", 400, 53000),
    ("federated-user", "person", 400, 50056),
    ("public-client-refused", "person", 400, 65001),
    ("public-client-refused-not-installed", "person", 400, 700016),
]


@pytest.mark.parametrize(("world", "who", "status", "code"), WORLDS)
def test_entra_refuses_in_its_world(start, world, who, status, code):
    assert refused(start(world).ask_token(who)) == (status, code)


@pytest.mark.parametrize("world", ["device-not-compliant", "mfa-required"])
def test_devices_and_second_factors_are_asked_of_users_only(start, world):
    assert start(world).ask_token().status_code == 200


def test_a_throttled_sign_in_says_when_to_come_back(start):
    assert start("service-throttled-at-sign-in").ask_token().headers["Retry-After"] == "300"


@pytest.mark.parametrize(
    ("world", "user", "kind"),
    [
        ("healthy", "leads@fabrikam.com", "Managed"),
        ("healthy", "leads@adventure-works.com", "Unknown"),
        ("federated-user", "leads@fabrikam.onmicrosoft.com", "Federated"),
    ],
)
def test_the_realm_of_a_user_tells_where_the_password_goes(start, world, user, kind):
    answer = start(world).get(f"{SIGN_IN}/common/userrealm/{user}?api-version=1.0").json()
    assert answer["account_type"] == kind
    assert ("federation_active_auth_url" in answer) == (kind == "Federated")


@pytest.mark.parametrize("path", ["/", f"/{TENANT}/oauth2/v2.0/authorize"])
def test_what_is_not_emulated_is_not_there(client, path):
    assert client.get(SIGN_IN + path).status_code == 404


def test_a_token_request_is_a_post(client):
    assert client.get(f"{SIGN_IN}/{TENANT}/oauth2/v2.0/token").status_code == 405


def test_no_refusal_repeats_a_credential(client):
    answers = [
        client.ask_token(client_secret="planted~8Q~x"),
        client.ask_token("person", password="planted~8Q~x"),
    ]
    assert not [answer for answer in answers if re.search("planted", answer.text)]
