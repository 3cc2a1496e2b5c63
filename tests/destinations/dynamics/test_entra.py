"""What Entra says, in all the ways in which it may be said."""

from __future__ import annotations

import json
import re
from contextlib import closing

import pytest
from werkzeug import Response

from validator.config import Secrets
from validator.destinations.dynamics.entra import Tenant, _Transport
from validator.http import Clock, Unreachable
from validator.model import Verdict
from validator.sandbox.healthy import TENANT_ID

AUTHORITY = f"https://login.microsoftonline.com/{TENANT_ID}"
ISSUER = f"{AUTHORITY}/v2.0"
ENDPOINT = f"{AUTHORITY}/oauth2/v2.0/token"

DISCOVERY = r"GET .*openid-configuration"
TOKEN = "POST .*oauth2/v2.0/token"
REALM = "GET .*/userrealm/"


@pytest.mark.parametrize(
    ("body", "status", "entry"),
    [
        ({}, 200, "answer-not-understood"),
        ({"issuer": ""}, 200, "answer-not-understood"),
        ({"issuer": None}, 200, "answer-not-understood"),
        ({"issuer": "https://sts.windows.net/{tenantid}/"}, 200, "answer-not-understood"),
        ({"issuer": "http://login.microsoftonline.com/8f0d"}, 200, "answer-not-understood"),
        (["a list"], 200, "answer-not-understood"),
        ("<html>Sign in to the hotel's network</html>", 200, "answer-not-understood"),
        ("", 200, "answer-not-understood"),
        ("moved", 302, "answer-not-understood"),
        ("<html>down</html>", 503, "service-unavailable"),
        ({"error": "temporarily_unavailable"}, 500, "service-unavailable"),
        ("slow down", 429, "service-throttled"),
        ("<html>no</html>", 404, "answer-not-understood"),
        ("<html>AADSTS90002: Tenant not found.</html>", 400, "answer-not-understood"),
        ("[" * 100_000, 200, "answer-not-understood"),
        ('{"issuer":' * 100_000, 400, "answer-not-understood"),
        ({"issuer": ISSUER}, 200, "answer-not-understood"),
        ({"issuer": ISSUER, "token_endpoint": None}, 200, "answer-not-understood"),
        ({"issuer": ISSUER, "token_endpoint": [ENDPOINT]}, 200, "answer-not-understood"),
        ({"issuer": [ISSUER], "token_endpoint": ENDPOINT}, 200, "answer-not-understood"),
        ({"error": "invalid_tenant", "error_codes": [90002], "error_description": "AADSTS90002: Tenant "
          "'8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214' not found."}, 400, "tenant-not-found"),
    ],
)  # fmt: skip
def test_the_tenant_cannot_be_looked_up(body, status, entry, stage, ids, check):
    stage.odd(DISCOVERY, body, status)
    result = stage.result()
    assert ids(result) == [entry]
    assert check(result, "instance").status == "passed"
    assert check(result, "tenant").note == result.findings[0].title
    assert stage.count("POST") == 0


def test_the_issuer_is_read_whatever_its_case(stage):
    stage.odd(DISCOVERY, {"issuer": ISSUER.upper().replace("V2", "v2"), "token_endpoint": ENDPOINT})
    assert stage.result().verdict is Verdict.READY


ELSEWHERE = [
    "https://evil.my.salesforce.com/token",
    "https://evil.crm.dynamics.com/token",
    "https://evil.example/token",
    "https://login.microsoftonline.com.evil.example/token",
    "https://login.microsoftonline.com:444/token",
    "https://login.microsoftonline.com:/token",
    "https://user@login.microsoftonline.com/token",
    "https://login.microsoftonline.com@evil.my.salesforce.com/token",
    "https://login.microsoftonline.com\\@evil.my.salesforce.com/token",
    "https://login.microsoftonline.com\\.evil.my.salesforce.com/token",
    "https://login.microsoftonline.com./token",
    "https://login.microsoftonline.com/to ken",
    "https://login.microsoftonline.com/\ntoken",
    "https://login.microsoftonline.com",
    "http://login.microsoftonline.com/token",
    "http://evil.my.salesforce.com/token",
    "//login.microsoftonline.com/token",
    "/token",
    "token",
]
"""Where a discovery document may want the secret to go."""


@pytest.mark.parametrize("example", ["dynamics", "dynamics-office365"])
@pytest.mark.parametrize("endpoint", ELSEWHERE)
def test_a_secret_goes_where_entra_is_and_nowhere_else(endpoint, example, stage, ids):
    for name in ("evil.my.salesforce.com", "evil.crm.dynamics.com", "evil.example"):
        stage.move_in(stage.state.network["entra"], name)
    stage.odd(DISCOVERY, {"issuer": ISSUER, "token_endpoint": endpoint})
    result = stage.result(example)
    assert ids(result) == ["host-not-allowed"]
    assert result.verdict is Verdict.NOT_READY
    assert (stage.count("evil"), stage.count("POST"), stage.count("token")) == (0, 0, 0)


def test_a_secret_may_go_to_another_host_of_entra_s(stage):
    stage.move_in(stage.state.network["entra"], "login.microsoft.com")
    other = ENDPOINT.replace("login.microsoftonline.com", "login.microsoft.com:443")
    stage.odd(DISCOVERY, {"issuer": ISSUER, "token_endpoint": other})
    assert stage.result().verdict is Verdict.READY
    assert stage.count("^login.microsoft.com POST") == 1


def test_a_charset_that_is_none_changes_nothing(stage):
    answers = stage.as_it_was()

    def oddly(request):
        answer = answers(request)
        answer.headers["Content-Type"] = "application/json; charset=rot13"
        return answer

    stage.odd(f"{DISCOVERY}|{TOKEN}|{REALM}", oddly)
    assert stage.result().verdict is Verdict.READY
    assert stage.result("dynamics-office365").verdict is Verdict.READY


def test_the_tenant_is_looked_up_once(stage):
    stage.result()
    assert stage.count(DISCOVERY) == 1


@pytest.mark.parametrize("tenant", ["fabrikam.com", "8F0D3C5E-2A41-4B67-9D3E-51C0A7E9B214"])
def test_a_tenant_has_several_names(tenant, stage):
    assert stage.result(directoryId=tenant).verdict is Verdict.READY


@pytest.mark.parametrize(
    ("body", "status", "entry"),
    [
        ({}, 200, "answer-not-understood"),
        ({"access_token": None}, 200, "answer-not-understood"),
        ({"access_token": 7}, 200, "answer-not-understood"),
        ({"token_type": "Bearer", "expires_in": 3599}, 200, "answer-not-understood"),
        ("<html>Sign in</html>", 200, "answer-not-understood"),
        (["token"], 200, "answer-not-understood"),
        ("[" * 100_000, 200, "answer-not-understood"),
        ('{"error":' * 100_000, 400, "answer-not-understood"),
        ({"access_token": ""}, 200, "answer-not-understood"),
        ({"access_token": "two words"}, 200, "answer-not-understood"),
        ({"access_token": "a\r\nX-Header: b"}, 200, "answer-not-understood"),
        ({"access_token": "t\u00f6ken"}, 200, "answer-not-understood"),
        ({"access_token": "token\ud800"}, 200, "answer-not-understood"),
        ("<html>Bad request</html>", 400, "answer-not-understood"),
        ("<html>AADSTS7000215: Invalid client secret provided.</html>", 401, "answer-not-understood"),
        ("", 401, "answer-not-understood"),
        ("", 302, "answer-not-understood"),
        ("slow down", 429, "service-throttled"),
        ({}, 400, "answer-not-understood"),
        ({"error": "invalid_request"}, 400, "sign-in-refused"),
        ({"error": "x", "error_codes": 7000215}, 401, "sign-in-refused"),
        ({"error": "x", "error_codes": ["7000215", True, None, 1.5, [7000215]]}, 401, "sign-in-refused"),
        ({"error": "x", "error_codes": {"7000215": 1}}, 401, "sign-in-refused"),
        ({"error": "x", "error_codes": [True, 7000215]}, 401, "client-secret-invalid"),
        ({"error": "x", "error_description": "AADSTS7000215: Invalid client secret provided."}, 401,
         "client-secret-invalid"),
        ({"error": {"code": "x"}, "error_description": ["AADSTS7000215"]}, 401, "answer-not-understood"),
        ({"error": "temporarily_unavailable", "error_codes": [90033]}, 503, "service-unavailable"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("example", ["dynamics", "dynamics-office365"])
def test_no_token_is_given(body, status, entry, example, stage, ids, check):
    stage.odd(TOKEN, body, status)
    result = stage.result(example)
    assert ids(result) == [entry]
    assert check(result, "member").status == "skipped"
    assert "AADSTSTrue" not in repr(result)
    assert "AADSTS1." not in repr(result)


HOSTILE = [
    {"expires_in": "soon"},
    {"expires_in": None},
    {"expires_in": -1},
    {"expires_in": 1e400},
    {"expires_in": [3599]},
    {"expires_on": "never", "ext_expires_in": {}, "refresh_in": "x"},
    {"id_token": "x"},
    {"id_token": "a.b.c"},
    {"id_token": 7},
    {"id_token": {"aud": 1}},
    {"client_info": "%"},
    {"client_info": 7},
    {"refresh_token": 7, "foci": []},
    {"scope": 7},
    {"token_type": 7},
    {"error": None},
    {"nested": [[[]]] * 9},
]
"""What nobody asked Entra for, beside a good token."""


@pytest.mark.parametrize("field", HOSTILE, ids=str)
@pytest.mark.parametrize("example", ["dynamics", "dynamics-office365"])
def test_a_token_is_taken_whatever_stands_beside_it(field, example, stage):
    def besides(request):
        return Response(
            json.dumps({"access_token": answers(request).json["access_token"]} | field),
            content_type="application/json",
        )

    answers = stage.as_it_was()
    stage.odd(TOKEN, besides)
    assert stage.result(example).verdict is Verdict.READY


def test_no_more_than_ten_codes_are_kept(stage):
    stage.odd(TOKEN, {"error": "x", "error_codes": [7000215, 7000215, *range(90000, 99000)]}, 401)
    (found,) = stage.result().findings
    assert found.codes[0] == "AADSTS7000215"
    assert 2 <= len(found.codes) == len(set(found.codes)) <= 10


@pytest.mark.parametrize(("example", "times"), [("dynamics", 3), ("dynamics-office365", 1)])
def test_a_secret_may_be_tried_again_a_password_may_not(example, times, stage, ids):
    stage.odd(TOKEN, "<html>down</html>", 503)
    assert ids(stage.result(example)) == ["service-unavailable"]
    assert stage.count(TOKEN) == times


def test_a_hiccup_of_the_token_endpoint_is_survived(stage):
    stage.odd(TOKEN, "<html>down</html>", 503, times=1)
    assert stage.result().verdict is Verdict.READY


def test_support_gets_its_identifiers(stage):
    told = {"trace_id": "t-1", "correlation_id": "c-1", "timestamp": "2026-11-20 10:00:00Z"}
    stage.odd(TOKEN, {"error": "x", "error_codes": [7000215], **told}, 401)
    trace = stage.result().findings[0].trace
    assert (trace.request_id, trace.correlation_id, trace.timestamp) == tuple(told.values())


@pytest.mark.parametrize("value", [7, None, ["t"], {"a": 1}])
def test_identifiers_of_another_type_are_none(value, stage):
    told = dict.fromkeys(("trace_id", "correlation_id", "timestamp"), value)
    stage.odd(TOKEN, {"error": "x", "error_codes": [7000215], **told}, 401)
    trace = stage.result().findings[0].trace
    assert (trace.request_id, trace.correlation_id, trace.timestamp) == (None, None, None)


def test_a_body_that_repeats_the_credentials_does_not_get_them_shown(stage):
    def repeats(request):
        sent = request.form["client_secret"]
        said = {"error": "x", "error_description": f"no: {sent}", "trace_id": sent}
        return Response(json.dumps(said), 401)

    stage.odd(TOKEN, repeats)
    result = stage.result()
    assert "no: ‹redacted›" in result.findings[0].observed
    assert stage.secret not in f"{result!r}{stage.lines}"


@pytest.mark.parametrize("host", ["evil.example", "evil.my.salesforce.com", "evil.crm.dynamics.com"])
def test_whatever_msal_wants_to_send_goes_to_entra_alone(host, stage):
    stage.move_in(stage.state.network["entra"], host)
    tenant = Tenant(stage.tenant, "login.microsoftonline.com", AUTHORITY, ENDPOINT)
    with closing(stage.network()) as network:
        transport = _Transport(network.session(Clock(5), Secrets()), tenant, repeat=False)
        with pytest.raises(Unreachable, match="nothing was sent"):
            transport.post(f"https://{host}/", data={"password": "x"})
        assert transport.get(f"{AUTHORITY}/v2.0/.well-known/openid-configuration").status_code == 200
        transport.close()
    assert stage.requests == []


def test_a_realm_is_asked_for_by_name(stage):
    stage.result("dynamics-office365")
    assert stage.count(r"GET /common/userrealm/leads@fabrikam\.onmicrosoft\.com\?api-version=1\.0$") == 1


def test_where_no_realm_is_offered_the_password_is_tried(stage):
    stage.odd(REALM, "", 404)
    assert stage.result("dynamics-office365").verdict is Verdict.READY


@pytest.mark.parametrize(
    ("body", "status", "entry"),
    [
        ("<html>Sign in</html>", 200, "answer-not-understood"),
        (["a list"], 200, "answer-not-understood"),
        ("down", 503, "service-unavailable"),
        ("no", 400, "answer-not-understood"),
        ("[" * 100_000, 200, "answer-not-understood"),
        ({"error": "invalid_request"}, 400, "sign-in-refused"),
    ],
)
def test_a_realm_that_cannot_be_read_costs_no_attempt(body, status, entry, stage, ids):
    stage.odd(REALM, body, status)
    assert ids(stage.result("dynamics-office365")) == [entry]
    assert stage.count(TOKEN) == 0


def test_a_name_is_only_a_name_in_the_address(stage, ids):
    name = "le/../a?d#s&x@fabrikam.onmicrosoft.com"
    assert ids(stage.result("dynamics-office365", username=name)) == ["user-unknown"]
    assert stage.count(rf"GET /common/userrealm/{re.escape(name)}\?api-version=1\.0$") == 1
