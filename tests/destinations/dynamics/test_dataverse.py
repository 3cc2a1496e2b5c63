"""What an instance says, in all the ways in which it may be said."""

from __future__ import annotations

import pytest
from werkzeug import Response

from validator.http import Refused
from validator.model import Verdict

PROBE = r"GET /api/data/v9\.2/\?$"
WHO_AM_I = "GET .*WhoAmI"
PUBLIC = "https://login.microsoftonline.com"


def owner(text):
    return {"body": "Unauthorized", "status": 401, "WWW_Authenticate": text}


HEADERS = [
    "Bearer authorization_uri={uri}, resource_id=https://fabrikam.crm4.dynamics.com/",
    "bearer AUTHORIZATION_URI={uri},resource_id=https://fabrikam.crm4.dynamics.com/",
    "Bearer authorization_uri={uri}",
    'Bearer authorization_uri="{uri}", resource_id="https://fabrikam.crm4.dynamics.com/"',
    "Bearer authorization_uri = {uri} , resource_id=x",
    "Negotiate, NTLM, Bearer realm=x, authorization_uri={uri}",
]


@pytest.mark.parametrize("text", HEADERS)
@pytest.mark.parametrize("tenant", [str.lower, str.upper])
def test_the_owner_is_read_however_it_is_written(text, tenant, stage):
    uri = f"{PUBLIC}/{tenant(stage.tenant)}/oauth2/authorize"
    stage.odd(PROBE, **owner(text.format(uri=uri)))
    assert stage.result().verdict is Verdict.READY


@pytest.mark.parametrize("nobody", ["common", "organizations", "fabrikam.com"])
def test_an_owner_who_is_not_named_is_compared_with_nobody(nobody, stage):
    stage.odd(PROBE, **owner(f"Bearer authorization_uri={PUBLIC}/{nobody}/oauth2/authorize"))
    assert stage.result().verdict is Verdict.READY


def test_the_instance_may_belong_to_another_tenant(stage, ids):
    other = "b7d1c2a4-93e6-4f58-8c0b-6e2f19d4a357"
    stage.odd(PROBE, **owner(f"Bearer authorization_uri={PUBLIC}/{other}/oauth2/authorize"))
    result = stage.result()
    assert ids(result) == ["instance-in-another-tenant"]
    assert other in result.findings[0].observed
    assert stage.tenant in result.findings[0].observed


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("0x80040220", ("0x80040220",)),
        ("0X80040220", ("0x80040220",)),
        ("0x0", ()),
        ("0x00000000", ()),
        ("", ()),
        (None, ()),
        (-2147220960, ()),
        ("80040220", ()),
        ("0x80040220; DROP", ()),
        (["0x80040220"], ()),
        ("0x800402201", ()),
    ],
)
def test_the_code_of_a_refusal(code, seen, stage):
    stage.odd(WHO_AM_I, {"error": {"code": code, "message": "Something is not right"}}, 403)
    (found,) = stage.result().findings
    assert found.codes == seen
    assert found.observed == "HTTP 403: Something is not right"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"error": {"message": "No."}}, "No."),
        ({"error": {"message": ""}}, '{"error": {"message": ""}}'),
        (
            {"error": {"code": "0x80040fff", "message": None}},
            '{"error": {"code": "0x80040fff", "message": null}}',
        ),
    ],
)
def test_the_words_of_a_refusal(body, words, stage, ids):
    stage.odd(WHO_AM_I, body, 403)
    result = stage.result()
    assert ids(result) == ["instance-refused"]
    assert result.findings[0].observed == f"HTTP 403: {words}"
    assert result.verdict is Verdict.NOT_READY


STRANGERS = {
    "<html>Blocked by policy FBK-17</html>": "<html>Blocked by policy FBK-17</html>",
    "You are not a member of the organization": "You are not a member of the organization",
    '{"error": {"code"': '{"error": {"code"',
    '{"error": "no object"}': '{"error": "no object"}',
    '{"error": {"message": null}}': '{"error": {"message": null}}',
    '{"error": {"message": {"lang": "en"}}}': '{"error": {"message": {"lang": "en"}}}',
    '["a list"]': '["a list"]',
    "": "FORBIDDEN",
}
"""What no instance says: a gateway, a portal or a proxy does, and what is shown of it."""


@pytest.mark.parametrize("body", STRANGERS)
@pytest.mark.parametrize(
    ("status", "entry"),
    [
        (302, "answer-not-understood"),
        (401, "answer-not-understood"),
        (403, "answer-not-understood"),
        (404, "answer-not-understood"),
        (429, "service-throttled"),
        (500, "service-unavailable"),
        (503, "service-unavailable"),
    ],
)
def test_the_words_of_somebody_else_prove_nothing(body, status, entry, stage, ids):
    stage.odd(WHO_AM_I, body, status)
    result = stage.result()
    assert ids(result) == [entry]
    assert result.verdict is Verdict.UNPROVEN
    if status == 403:
        assert result.findings[0].observed == f"HTTP 403: {STRANGERS[body]}"


NO_USER = [{}, {"UserId": None}, {"UserId": 7}, {"UserId": "x)/../solutions?"}, {"UserId": "8f0d3c5e"}]


@pytest.mark.parametrize(
    "body", ["<html>Sign in</html>", "", '{"UserId"', ["a list"], "null", "[" * 100_000, *NO_USER]
)
def test_an_answer_that_says_not_who_we_are_is_not_understood(body, stage, ids):
    stage.odd(WHO_AM_I, body)
    result = stage.result()
    assert ids(result) == ["answer-not-understood"]
    assert result.verdict is Verdict.UNPROVEN
    assert stage.count("systemusers") == 0


@pytest.mark.parametrize("charset", ["idna", "rot13", "utf-16", "no-such-charset", "\xfc"])
@pytest.mark.parametrize(
    "question", [WHO_AM_I, "GET .*systemusers", "GET .*EntityDefinitions", "GET .*leads"]
)
def test_a_charset_that_is_none_changes_nothing(charset, question, stage):
    answers = stage.as_it_was()

    def oddly(request):
        answer = answers(request)
        answer.headers["Content-Type"] = f"application/json; charset={charset}"
        return answer

    stage.odd(question, oddly)
    assert stage.result().verdict is Verdict.READY


@pytest.mark.parametrize("status", [200, 403])
@pytest.mark.parametrize("question", ["GET .*systemusers", "GET .*EntityDefinitions", "GET .*solutions"])
def test_an_answer_that_is_nested_too_deeply_is_not_understood(question, status, stage, ids):
    stage.odd(question, '{"value":' * 100_000, status, Content_Type="application/json; charset=rot13")
    result = stage.result()
    assert "crashed" not in [outcome.status for outcome in result.checks]
    assert ids(result) == (["answer-not-understood"] if status == 200 else [])
    assert result.verdict is (Verdict.UNPROVEN if status == 200 else Verdict.READY)


@pytest.mark.parametrize("name", ["x-ms-service-request-id", "REQ_ID"])
def test_support_gets_its_identifiers(name, stage):
    stage.odd(WHO_AM_I, lambda _: Response("no", 403, {name: "id-7"}))
    trace = stage.result().findings[0].trace
    assert (trace.request_id, trace.correlation_id) == ("id-7", None)
    assert trace.timestamp.endswith("GMT")


def test_throttling_says_when_to_come_back(stage, ids):
    stage.odd(WHO_AM_I, {"error": {"code": "0x80072322", "message": "Slow down"}}, 429, Retry_After="300")
    result = stage.result()
    assert ids(result) == ["service-throttled"]
    assert "try again after 300 s" in result.findings[0].observed
    assert stage.count("WhoAmI") == 1  # that is beyond the deadline


def test_a_hostile_body_that_repeats_the_token_does_not_get_it_shown(stage):
    tokens = []

    def repeats(request):
        tokens.append(request.headers["Authorization"].removeprefix("Bearer "))
        return Response(f"##[error] {tokens[-1]} \x1b[2J", 403, {"x-ms-service-request-id": tokens[-1]})

    stage.odd("POST .*leads", repeats)
    result = stage.result()
    assert "‹redacted›" in result.findings[0].observed
    assert tokens[0] not in repr(result)
    assert "##" not in result.findings[0].observed
    assert "\x1b" not in result.findings[0].observed
    assert tokens[0] not in "\n".join(stage.lines)


def test_the_token_goes_to_the_instance_and_nowhere_else(stage):
    seen = []

    def look(request):
        seen.append((request.host, "Authorization" in request.headers))

    stage.odd(".", look)
    stage.result()
    assert (stage.instance, True) in seen
    assert {host for host, token in seen if token} == {stage.instance}
    assert seen[0][1] is False


def test_a_refusal_says_what_the_service_said():
    refused = Refused(403, "no")
    assert (refused.codes, refused.trace, refused.retry_after) == ((), None, None)
