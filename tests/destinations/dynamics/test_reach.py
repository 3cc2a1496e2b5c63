"""Is it an instance, and if nothing answers: is it the address, or the network that we stand on."""

from __future__ import annotations

import pytest

from validator.model import Severity, Verdict
from validator.sandbox.certificates import Certificate
from validator.sandbox.state import Fault

PROBE = r"GET /api/data/v9\.2/\?$"

CONNECT = {
    502: "instance-host-not-found",
    503: "instance-connection-refused",
    504: "instance-no-answer",
}


def test_a_healthy_instance(stage, check):
    result = stage.result()
    assert result.verdict is Verdict.READY
    assert check(result, "instance").note is None
    assert sorted(one.status for one in check(result, "instance").exchanges) == [200, 401]


@pytest.mark.parametrize("status", CONNECT)
def test_the_address_is_at_fault_while_entra_answers(status, stage, ids):
    stage.state.network["dataverse"].connect = status
    result = stage.result()
    assert ids(result) == [CONNECT[status]]
    assert result.findings[0].documented.number == 8
    assert result.findings[0].location.pointer == "/dynamicsLeadConfiguration/instanceUrl"
    assert result.verdict is Verdict.NOT_READY


@pytest.mark.parametrize("status", CONNECT)
@pytest.mark.parametrize("control", CONNECT)
def test_the_network_is_at_fault_when_nothing_answers(status, control, stage, ids):
    stage.state.network["dataverse"].connect = status
    stage.state.network["entra"].connect = control
    result = stage.result()
    assert ids(result) == ["network-unavailable"]
    assert result.verdict is Verdict.UNPROVEN


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ({"error": "invalid_tenant", "error_codes": [90002]}, 400),
        ({"error": "temporarily_unavailable"}, 503),
    ],
)
def test_any_answer_of_entra_s_is_one(answer, status, stage, ids):
    stage.state.network["dataverse"].connect = 502
    stage.odd("openid-configuration", answer, status)
    assert ids(stage.result()) == ["instance-host-not-found"]


PAGES = [
    ("down", 503),
    ("<html>Sign in to the hotel's network</html>", 200),
    ("", 302),
    ("<html>", 403),
    ({}, 200),
]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("status", CONNECT)
def test_a_page_in_entra_s_place_is_no_answer_of_entra_s(page, status, stage, ids):
    stage.state.network["dataverse"].connect = status
    stage.odd("openid-configuration", *page)
    result = stage.result()
    assert ids(result) == ["network-unavailable"]
    assert result.verdict is Verdict.UNPROVEN


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("example", ["dynamics", "dynamics-office365"])
def test_a_portal_that_answers_everything_proves_nothing(page, example, stage, ids):
    stage.odd(".", *page)
    result = stage.result(example)
    assert ids(result) == ["service-unavailable" if page[1] == 503 else "answer-not-understood"]
    assert result.verdict is Verdict.UNPROVEN
    assert stage.count("POST") == 0


@pytest.mark.parametrize("connect", CONNECT)
def test_a_portal_in_the_instance_s_place_proves_nothing_while_entra_is_out_of_reach(connect, stage, ids):
    stage.odd(PROBE, "<html>Sign in to the hotel's network</html>")
    stage.state.network["entra"].connect = connect
    assert ids(stage.result()) == ["answer-not-understood"]


def test_both_doors_are_closed(stage, ids):
    for place in stage.state.network.values():
        place.fault = Fault.CLOSE_BEFORE
    assert ids(stage.result()) == ["service-unavailable"]


def test_an_instance_that_hangs_up(stage, ids):
    stage.state.network["dataverse"].fault = Fault.CLOSE_BEFORE
    result = stage.result()
    assert ids(result) == ["instance-closed-connection"]


def test_an_instance_that_stalls_proves_nothing(stage, ids):
    stage.state.network["dataverse"].fault = Fault.STALL
    (result,) = stage.climb(stage.configured(), timeout=1)
    assert ids(result) == ["service-stalled"]
    assert result.verdict is Verdict.UNPROVEN


def test_the_deadline_in_the_middle_of_the_first_question(stage, ids):
    stage.state.network["dataverse"].fault = Fault.STALL
    (result,) = stage.climb(stage.configured(), deadline=0.2)
    assert ids(result) == ["deadline-reached"]


def test_a_proxy_that_wants_a_password_is_nobody_s_fault(stage, ids):
    for place in stage.state.network.values():
        place.connect = 407
    assert ids(stage.result()) == ["proxy-failed"]


def test_one_bad_certificate_is_the_instance_s_two_are_the_network_s(stage, ids):
    stage.state.network["dataverse"].certificate = Certificate.UNKNOWN_ISSUER
    assert ids(stage.result()) == ["certificate-unknown-issuer"]
    stage.state.network["entra"].certificate = Certificate.UNKNOWN_ISSUER
    result = stage.result()
    assert ids(result) == ["tls-inspected"]
    assert result.findings[0].severity is Severity.NOTE
    assert stage.instance in result.findings[0].observed
    assert "login.microsoftonline.com" in result.findings[0].observed


def test_a_bad_certificate_while_entra_does_not_answer_at_all(stage, ids):
    stage.state.network["dataverse"].certificate = Certificate.EXPIRED
    stage.state.network["entra"].connect = 502
    assert ids(stage.result()) == ["certificate-expired"]


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_service_that_is_down_is_no_address_at_fault(status, stage, ids):
    stage.odd(PROBE, "busy", status)
    result = stage.result()
    assert ids(result) == ["service-throttled" if status == 429 else "service-unavailable"]
    assert stage.count("GET /api") == 3
    assert result.verdict is Verdict.UNPROVEN


OTHERS = {
    "a web site": ("<html>Welcome</html>", 200, {}),
    "a redirect": ("", 302, {"Location": "https://login.microsoftonline.com/"}),
    "a lost page": ({"error": {"code": "", "message": "Not found"}}, 404, {}),
    "an API of its own": ({"value": []}, 200, {"WWW_Authenticate": "Bearer authorization_uri=https://a/b"}),
    "another realm": ("", 401, {"WWW_Authenticate": 'Basic realm="crm"'}),
    "no realm": ("", 401, {}),
    "a realm without a tenant": ("", 401, {"WWW_Authenticate": "Bearer authorization_uri=https://login/"}),
    "a realm without a path": ("", 401, {"WWW_Authenticate": "Bearer authorization_uri=https://login"}),
    "a realm that is no address": ("", 401, {"WWW_Authenticate": "Bearer authorization_uri=https://["}),
    "a realm over http": ("", 401, {"WWW_Authenticate": "Bearer authorization_uri=http://login/t/"}),
}


@pytest.mark.parametrize("other", OTHERS)
def test_something_else_lives_there(other, stage, ids):
    body, status, headers = OTHERS[other]
    stage.odd(PROBE, body, status, **headers)
    result = stage.result()
    assert ids(result) == ["not-a-dynamics-instance"]
    assert f"HTTP {status}" in result.findings[0].observed
    assert stage.count("token") == 0


def test_what_lives_there_may_be_hostile(stage):
    stage.odd(PROBE, "", 200, Content_Type="text/html ##[error] \u00ad\u009b31m")
    (found,) = stage.result().findings
    assert found.observed.isprintable()
    assert "##" not in found.observed


SERVICES = ["evil.my.salesforce.com", "evil.mktorest.com", "login.microsoftonline.com"]


@pytest.mark.parametrize("host", SERVICES)
@pytest.mark.parametrize("example", ["dynamics", "dynamics-office365"])
def test_another_service_s_host_gets_no_token_even_if_that_is_ignored(host, example, stage, ids):
    stage.move_in(stage.state.network["dataverse"], host)
    settings = ["instance-url-foreign-host", "instance-url-malformed", "instance-url-portal"]
    ignored = frozenset(
        {*settings, "host-not-allowed", "instance-in-another-tenant", "instance-not-in-tenant"}
    )
    result = stage.result(example, {"ignore": ignored}, instanceUrl=f"https://{host}")
    assert "host-not-allowed" in ids(result)
    assert (stage.count(f"{host} .*/api/"), stage.count("POST"), stage.leads) == (0, 0, [])


@pytest.mark.parametrize("option", ["ignore", "select"])
def test_ignoring_that_nothing_answers_teaches_us_nothing(option, stage, ids, check):
    stage.state.network["dataverse"].serves = "website"
    entry = "not-a-dynamics-instance" if option == "ignore" else "client-secret-invalid"
    result = stage.result(options={option: frozenset({entry})})
    assert ids(result) == ["not-a-dynamics-instance"]
    assert check(result, "tenant").status == "skipped"
    assert result.verdict is Verdict.UNPROVEN


def test_an_address_that_is_none_is_asked_nothing_even_if_that_is_ignored(stage, ids, check):
    result = stage.result(
        options={"ignore": frozenset({"instance-url-malformed"})}, instanceUrl="https://two words"
    )
    assert ids(result) == ["instance-url-malformed", "host-not-allowed"]
    assert check(result, "instance").status == "failed"
    assert stage.requests == []


def test_a_stranger_s_host_is_asked_nothing_even_if_that_is_ignored(stage, ids):
    result = stage.result(
        options={"ignore": frozenset({"instance-url-foreign-host"})}, instanceUrl="https://crm.evil.example"
    )
    assert "host-not-allowed" in ids(result)
    assert stage.count("evil") == 0
