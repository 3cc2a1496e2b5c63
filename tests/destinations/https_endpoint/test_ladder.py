"""The ladder of an HTTPS endpoint: what its answers mean, and what it is sent."""

from __future__ import annotations

import json

import jsonschema
import pytest
from werkzeug import Response

from validator import lead
from validator.destinations.https_endpoint.attempt import Attempt
from validator.destinations.https_endpoint.settings.kinds import Kind
from validator.http import Reason, Unreachable
from validator.model import Delivery, Verdict
from validator.sandbox.endpoint import healthy

FIELD = "httpsEndpointUrl"

URLS = {
    Kind.POWER_AUTOMATE: healthy.FLOW_URL,
    Kind.LOGIC_APP: healthy.LOGIC_APP_URL,
    Kind.FUNCTION: healthy.FUNCTION_URL,
    Kind.OTHER: healthy.RECEIVER_URL,
}

POST = "POST "

DOCUMENTED = {
    "type": "object",
    "properties": {
        **{key: {"type": "string"} for key in ("ActionCode", "OfferTitle", "LeadSource", "Description")},
        "UserDetails": {
            "type": "object",
            "properties": {
                key: {"type": "string"}
                for key in ("Company", "Country", "Email", "FirstName", "LastName", "Phone", "Title")
            },
        },
    },
}
"""The schema of Microsoft's instructions since 2021."""

SPARSE = {"endpoint-url-long", "endpoint-flow-url-retired", "secret-in-file"}
"""What is said of sound addresses: that they are long, hold a key, and that old flows had such ones."""


@pytest.fixture
def climb(stage):
    def result(kind=Kind.POWER_AUTOMATE, url=None, **options):
        return stage.result("https-endpoint", options, **{FIELD: url or URLS[kind]})

    return result


@pytest.fixture
def ids():
    def listed(result):
        return [found.id for found in result.findings if found.id not in SPARSE]

    return listed


@pytest.fixture
def bodies(stage):
    """Gather what is posted."""
    seen = []
    stage.odd(POST, lambda request: seen.append(request.get_data(as_text=True)))
    return seen


@pytest.mark.parametrize("kind", URLS)
def test_a_sound_endpoint_of_each_kind_takes_the_lead(kind, stage, climb, ids, bodies):
    result = climb(kind)
    assert (ids(result), result.verdict, result.test_lead.outcome) == (
        [],
        Verdict.ACCEPTED,
        Delivery.ACCEPTED,
    )
    assert stage.count(POST) == 1
    [body] = bodies
    token = result.test_lead.token
    assert body == json.dumps(lead.https_endpoint(token, "Fabrikam CRM add-in"))
    jsonschema.validate(json.loads(body), DOCUMENTED)


def test_the_request_is_plain_json_and_brings_no_credential(stage, climb):
    seen = []
    stage.odd(POST, lambda request: seen.append(dict(request.headers)))
    climb()
    assert seen[0]["Content-Type"] == "application/json"
    assert not {"Authorization", "Cookie"} & set(seen[0])


def test_202_is_no_proof_and_an_endpoint_cannot_be_asked(climb, check):
    result = climb()
    assert "HTTP 202" in result.unproven[0]
    arrival = check(result, "arrival")
    assert (arrival.status, "cannot be asked" in arrival.note) == ("skipped", True)


def test_another_success_is_no_proof_either(climb):
    assert "only that it was taken" in climb(Kind.OTHER).unproven[0]


def test_zapier_takes_everything(stage, climb):
    stage.move_in(stage.state.network["receiver"], "hooks.zapier.com")
    stage.odd(POST, {"status": "success"}, 200)
    result = climb(url="https://hooks.zapier.com/hooks/catch/123456/abc1def/")
    assert result.verdict is Verdict.ACCEPTED
    assert any("Zap is on" in claim for claim in result.unproven)
    assert not any("abc1def" in line for line in stage.lines)


@pytest.mark.parametrize(
    ("kind", "status", "entry"),
    [
        (Kind.POWER_AUTOMATE, 401, "endpoint-signature-rejected"),
        (Kind.POWER_AUTOMATE, 403, "endpoint-signature-rejected"),
        (Kind.POWER_AUTOMATE, 404, "endpoint-workflow-not-found"),
        (Kind.LOGIC_APP, 401, "endpoint-signature-rejected"),
        (Kind.LOGIC_APP, 404, "endpoint-flow-url-gone"),
        (Kind.LOGIC_APP, 410, "endpoint-flow-url-gone"),
        (Kind.FUNCTION, 401, "endpoint-function-key-rejected"),
        (Kind.FUNCTION, 403, "endpoint-lead-refused"),
        (Kind.FUNCTION, 404, "endpoint-function-not-found"),
        (Kind.OTHER, 401, "endpoint-login-required"),
        (Kind.OTHER, 403, "endpoint-lead-refused"),
        (Kind.OTHER, 404, "endpoint-path-not-found"),
        *((kind, 400, "endpoint-lead-refused") for kind in URLS),
        *((kind, 422, "endpoint-lead-refused") for kind in URLS),
        *((kind, 405, "endpoint-method-refused") for kind in URLS),
        *((kind, 415, "endpoint-media-type-refused") for kind in URLS),
        *((kind, 429, "service-throttled") for kind in URLS),
        *((kind, 500, "endpoint-receiver-failed") for kind in URLS),
        *((kind, 502, "endpoint-receiver-failed") for kind in URLS),
        *((kind, 503, "service-unavailable") for kind in URLS),
        *((kind, 504, "endpoint-response-too-late") for kind in URLS),
        *((kind, 307, "endpoint-redirects") for kind in URLS),
    ],
)
def test_a_refusal_is_named_by_status_and_kind(kind, status, entry, stage, climb, ids):
    stage.odd(POST, "<html>no</html>", status)
    result = climb(kind)
    assert ids(result) == [entry]
    assert all(found.location.line == 5 for found in result.findings if found.id.startswith("endpoint-"))
    assert result.test_lead.outcome is (Delivery.UNKNOWN if status >= 500 else Delivery.REFUSED)
    assert result.verdict is (Verdict.UNPROVEN if status in {429, 503} else Verdict.NOT_READY)
    assert stage.count(POST) == 1


@pytest.mark.parametrize("kind", URLS)
@pytest.mark.parametrize("code", ["SomethingNew", "x" * 500, "a b", 7, None, {}])
def test_a_code_that_nobody_knows_leaves_it_to_the_status(code, kind, stage, climb, ids):
    stage.odd(POST, {"error": {"code": code, "message": "Something new."}}, 415)
    result = climb(kind)
    assert ids(result) == ["endpoint-media-type-refused"]
    assert "Something new." in result.findings[0].observed


@pytest.mark.parametrize(
    "body", ["AADSTS7000215: Invalid client secret", "certificate has expired", "0x80040220"]
)
def test_words_about_something_else_name_nothing(body, stage, climb, ids):
    stage.odd(POST, {"error": {"message": body}}, 400)
    assert ids(climb()) == ["endpoint-lead-refused"]


@pytest.mark.parametrize(
    ("where", "entry", "seen"),
    [
        (
            "https://login.microsoftonline.com/x?redirect=1",
            "endpoint-login-required",
            "login.microsoftonline.com",
        ),
        ("https://leads.fabrikam.net/?sig=s3cret-signature", "endpoint-redirects", "leads.fabrikam.net"),
        ("/login?code=s3cret-signature", "endpoint-redirects", "no other host"),
    ],
)
def test_a_redirect_is_named_with_its_host_alone(where, entry, seen, stage, climb, ids):
    stage.odd(POST, "", 302, Location=where)
    result = climb(Kind.OTHER)
    assert ids(result) == [entry]
    assert result.findings[0].observed == f"HTTP 302, a redirect to {seen}"


def test_a_redirect_to_what_is_no_address(stage, climb):
    def nowhere(_, start):
        start("302 Found", [("Location", "https://[")])
        return [b""]

    stage.odd(POST, lambda _: nowhere)
    assert climb(Kind.OTHER).findings[0].observed == "HTTP 302, a redirect to no other host"


def test_an_app_that_wants_a_token(stage, climb, ids):
    stage.odd(POST, "", 401, WWW_Authenticate='Bearer realm="fabrikam"')
    assert ids(climb(Kind.FUNCTION)) == ["endpoint-login-required"]


def test_a_trace_for_support(stage, climb):
    stage.odd(POST, "", 400, x_ms_request_id="westeurope:1f", x_ms_correlation_id="2e")
    trace = climb().findings[0].trace
    assert (trace.request_id, trace.correlation_id, bool(trace.timestamp)) == ("westeurope:1f", "2e", True)


def test_cleaning_up_is_not_possible_and_said(climb, ids):
    result = climb(cleanup=True)
    assert (ids(result), result.verdict) == (["test-lead-not-deleted"], Verdict.ACCEPTED)


def test_no_lead_where_none_was_wanted(stage, climb, ids):
    result = climb(test_lead=False)
    assert (ids(result), result.verdict, result.test_lead, stage.count(POST)) == (
        [],
        Verdict.PERMITTED,
        None,
        0,
    )


def shapes(*accepted):
    """Take the shapes named: documented, sparse, camel; refuse the others with 400."""

    def act(request):
        body = request.get_json()
        details = body.get("UserDetails", {})
        shape = "camel" if "userDetails" in body else "documented" if "Phone" in details else "sparse"
        return Response("", 200 if shape in accepted else 400)

    return act


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        (("documented", "sparse", "camel"), []),
        (("documented", "camel"), ["endpoint-sparse-lead-refused"]),
        (("documented", "sparse"), ["endpoint-camel-case-refused"]),
        (("documented",), ["endpoint-sparse-lead-refused", "endpoint-camel-case-refused"]),
        (("camel",), ["endpoint-camel-case-only"]),
        (("sparse", "camel"), ["endpoint-camel-case-only"]),
        (("sparse",), ["endpoint-lead-refused"]),
        ((), ["endpoint-lead-refused"]),
    ],
)
def test_other_shapes_are_tried_where_that_was_asked_for(accepted, expected, stage, climb, ids):
    stage.odd(POST, shapes(*accepted))
    result = climb(probe_shapes=True)
    assert sorted(ids(result)) == sorted(expected)
    taken = "documented" in accepted
    assert result.verdict is (Verdict.ACCEPTED if taken else Verdict.NOT_READY)
    assert result.test_lead.outcome is (Delivery.ACCEPTED if taken else Delivery.REFUSED)
    assert (stage.count(POST), len(result.test_lead.probes)) == (3, 2)
    told = dict(zip(("sparse", "camel"), result.test_lead.probes, strict=True))
    assert all(("taken (HTTP 200)" in text) == (name in accepted) for name, text in told.items())


def test_each_lead_has_a_token_of_its_own(climb, bodies):
    result = climb(probe_shapes=True)
    tokens = [lead.tokens(body)[0] for body in bodies]
    assert len(set(tokens)) == 3
    assert tokens[0] == result.test_lead.token
    assert all(any(token in probe for probe in result.test_lead.probes) for token in tokens[1:])


@pytest.mark.parametrize("status", [401, 404, 429, 503])
def test_after_a_refusal_that_no_shape_escapes_none_is_tried(status, stage, climb):
    stage.odd(POST, "", status)
    result = climb(probe_shapes=True)
    assert (stage.count(POST), result.test_lead.probes) == (1, ())


def test_a_probe_that_is_only_put_off_is_no_warning(stage, climb, ids):
    stage.odd(POST, "", 200, times=1)
    stage.odd(POST, "", 429)
    result = climb(probe_shapes=True)
    assert ids(result) == []
    assert all("refused (HTTP 429)" in probe for probe in result.test_lead.probes)
    assert len([claim for claim in result.unproven if "HTTP 429" in claim]) == 2


def test_a_probe_without_an_answer_is_no_warning(stage, climb, ids):
    stage.odd(POST, "", 200, times=1)
    stage.odd(POST, lambda _: _hang_up())
    result = climb(probe_shapes=True)
    assert ids(result) == []
    assert all(probe.endswith("no answer") for probe in result.test_lead.probes)
    assert len([claim for claim in result.unproven if "no answer" in claim]) == 2


def _hang_up():
    raise ConnectionResetError


def test_a_lead_that_never_left_is_told_as_not_sent(climb, ids, monkeypatch):
    def refused(*_):
        raise Unreachable(Reason.CONNECT, "leads.fabrikam.com", "the connection was refused")

    monkeypatch.setattr(Attempt, "post", refused)
    result = climb(Kind.OTHER)
    assert ids(result) == ["network-unavailable"]
    assert (result.test_lead.outcome, result.verdict) == (Delivery.NOT_SENT, Verdict.UNPROVEN)


@pytest.mark.parametrize("code", ["sandboxLeadsKeyOpensNothing", healthy.FUNCTION_URL.rpartition("=")[2]])
def test_a_code_that_repeats_the_key_is_not_told(code, stage, climb):
    url = healthy.FUNCTION_URL.rpartition("=")[0] + f"={code}"
    stage.odd(POST, {"error": {"code": code, "message": "x"}}, 400)
    assert code not in str(climb(url=url).findings)


@pytest.mark.parametrize(
    ("kind", "status", "entry"),
    [
        (Kind.FUNCTION, 401, "endpoint-lead-refused"),
        (Kind.FUNCTION, 404, "endpoint-path-not-found"),
        (Kind.LOGIC_APP, 401, "endpoint-lead-refused"),
        (Kind.LOGIC_APP, 403, "endpoint-lead-refused"),
        (Kind.LOGIC_APP, 404, "endpoint-path-not-found"),
        (Kind.OTHER, 400, "endpoint-lead-refused"),
    ],
)
@pytest.mark.parametrize("code", ["FlowSuspended", "InternalError", "ServerBusy", "AuthenticationFailed"])
def test_a_receiver_that_speaks_for_itself_is_not_spoken_for(code, kind, status, entry, stage, climb, ids):
    stage.odd(POST, {"error": {"code": code, "message": "Your company is not on the list."}}, status)
    assert ids(climb(kind)) == [entry]


def test_a_function_speaks_for_itself_without_a_code(stage, climb, ids):
    stage.odd(POST, {"message": "bad HMAC"}, 401)
    assert ids(climb(Kind.FUNCTION)) == ["endpoint-lead-refused"]


def test_a_stopped_app_says_so(stage, climb, ids):
    stage.odd(POST, "<html>Error 403 - This web app is stopped.</html>", 403)
    assert ids(climb(Kind.FUNCTION)) == ["endpoint-function-stopped"]


@pytest.mark.parametrize("cloud", ["us", "cn"])
def test_logic_apps_of_other_clouds_were_never_retired(cloud, stage, climb, ids):
    stage.move_in(stage.state.network["logic_app"], f"prod-42.westeurope.logic.azure.{cloud}")
    stage.odd(POST, "", 404)
    url = healthy.LOGIC_APP_URL.replace("azure.com", f"azure.{cloud}")
    assert ids(climb(url=url)) == ["endpoint-workflow-not-found"]


def test_an_old_address_without_a_name_was_a_flow_s(stage, climb):
    stage.state.change("network.logic_app.connect", 502)
    found = [each.id for each in climb(Kind.LOGIC_APP).findings if each.id != "endpoint-url-long"]
    assert found == ["endpoint-flow-url-gone"]


@pytest.mark.parametrize(
    ("status", "entry"), [(407, "proxy-failed"), (408, "service-unavailable"), (511, "network-unavailable")]
)
def test_what_only_puts_off_or_speaks_for_the_network_is_no_refusal(status, entry, stage, climb, ids):
    stage.odd(POST, "", status)
    result = climb(Kind.OTHER)
    assert (ids(result), result.verdict) == ([entry], Verdict.UNPROVEN)


def test_a_web_page_is_no_proof_that_anybody_took_the_lead(stage, climb):
    stage.odd(POST, "<html><form>Sign in</form></html>", 200)
    result = climb(Kind.OTHER)
    assert result.verdict is Verdict.ACCEPTED
    assert any("web page" in claim for claim in result.unproven)


@pytest.mark.parametrize(
    "url", ["https://169.254.169.254/latest", "https://localhost:9443/", "https://0x7f.1/x"]
)
def test_a_file_cannot_open_the_way_home(url, stage, climb):
    result = climb(url=url, ignore=frozenset({"endpoint-host-private", "endpoint-host-ip-address"}))
    assert result.verdict is not Verdict.ACCEPTED
    assert (stage.requests, result.test_lead) == ([], None)


@pytest.mark.parametrize(
    "url", ["http://leads.fabrikam.com/x", "ftp://leads.fabrikam.com/", "https://a..b.com/x"]
)
def test_ignoring_a_fault_of_the_address_is_no_bug_of_ours(url, stage, climb):
    ids = frozenset({"endpoint-url-not-https", "endpoint-url-malformed"})
    result = climb(url=url, ignore=ids)
    assert not [check for check in result.checks if check.status == "crashed"]
    assert stage.count(POST) == 0
    assert result.verdict is not Verdict.ACCEPTED
