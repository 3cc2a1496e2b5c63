"""An account's tables and its blob host: who is let in, and in which words the others are refused."""

from __future__ import annotations

import contextlib
import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

import pytest
import requests

WRONG_KEY = (
    "Server failed to authenticate the request. Make sure the value of Authorization header "
    "is formed correctly including the signature."
)
NO_AUTHORIZATION = (
    "Server failed to authenticate the request. "
    "Please refer to the information in the www-authenticate header."
)
MALFORMED = (
    "The authentication information was not provided in the correct format. "
    "Verify the value of Authorization header."
)
TOO_LITTLE = "The account being accessed does not have sufficient permissions to execute this operation."


def said(answer):
    """Give status, code and sentence of a refusal, whose frame has to be the service's."""
    error = answer.json()["odata.error"]
    assert set(error) == {"code", "message"}
    assert error["message"]["lang"] == "en-US"
    sentence, request_id, time = error["message"]["value"].split("\n")
    assert request_id == f"RequestId:{answer.headers['x-ms-request-id']}"
    assert re.fullmatch(r"Time:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z", time)
    return answer.status_code, error["code"], sentence


def ago(**span):
    return format_datetime(datetime.now(UTC) - timedelta(**span), usegmt=True)


@pytest.mark.parametrize("scheme", ["SharedKeyLite", "SharedKey"])
@pytest.mark.parametrize("key", ["key1", "key2"])
def test_a_request_signed_with_either_key_is_let_in(storage, scheme, key):
    answer = storage().ask("Tables", scheme=scheme, key=key)
    assert answer.status_code == 200
    assert answer.json() == {"value": [{"TableName": "MarketplaceLeads"}]}
    assert answer.headers["Content-Type"] == "application/json;odata=nometadata;streaming=true;charset=utf-8"
    assert answer.headers["Server"] == "Windows-Azure-Table/1.0 Microsoft-HTTPAPI/2.0"
    assert answer.headers["x-ms-version"] == "2019-02-02"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("scheme", ["SharedKeyLite", "SharedKey"])
def test_the_signature_covers_the_path_as_it_is_encoded(storage, scheme):
    path = "MarketplaceLeads(PartitionKey='a%20b',RowKey='%C3%BC%2527')"
    assert said(storage().ask(path, scheme=scheme))[:2] == (404, "ResourceNotFound")


@pytest.mark.parametrize("scheme", ["SharedKeyLite", "SharedKey"])
def test_the_signature_covers_comp_and_nothing_else_of_the_query(tables, scheme):
    assert tables.ask("Tables?$top=1", scheme=scheme).status_code == 200
    assert said(tables.ask("?restype=service&comp=properties", scheme=scheme))[:2] == (
        501,
        "NotImplemented",
    )


def test_shared_key_covers_the_method_and_the_content(tables):
    row = {"PartitionKey": "p", "RowKey": "r"}
    assert tables.ask("MarketplaceLeads", "POST", json=row, scheme="SharedKey").status_code == 201
    for signed in ({"method": "GET"}, {"content": "text/plain"}):
        refused = tables.ask("MarketplaceLeads", "POST", json=row, scheme="SharedKey", signed=signed)
        assert said(refused) == (403, "AuthenticationFailed", WRONG_KEY)


def test_the_header_date_dates_a_request_that_has_no_other(tables):
    date = ago(minutes=1)
    assert tables.ask("Tables", date=date, headers={"x-ms-date": None, "Date": date}).status_code == 200
    undated = tables.ask("Tables", headers={"x-ms-date": None})
    assert said(undated)[:2] == (403, "AuthenticationFailed")


@pytest.mark.parametrize(
    "authorization",
    [
        "SharedKeyLite fabrikamleads:{of_another_key}",
        "SharedKeyLite fabrikamleads:AAAA",
        "SharedKeyLite contoso:{right}",
        "SharedKey fabrikamleads:{right}",
    ],
)
def test_a_wrong_signature_is_refused(tables, authorization):
    date = ago(seconds=0)
    text = f"{date}\n/fabrikamleads/Tables"
    given = authorization.format(of_another_key=tables.sign(text, "AAAA"), right=tables.sign(text))
    refused = tables.ask("Tables", headers={"x-ms-date": date, "Authorization": given})
    assert said(refused) == (403, "AuthenticationFailed", WRONG_KEY)
    assert refused.headers["x-ms-error-code"] == "AuthenticationFailed"
    assert refused.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("world", ["account-key-wrong"])
def test_rotated_keys_open_nothing(storage, world):
    tables = storage(world)
    old = tables.client.sandbox.credentials["LEAD_STORAGE_CONNECTION"].split("AccountKey=")[1].split(";")[0]
    assert said(tables.ask("Tables", key=old)) == (403, "AuthenticationFailed", WRONG_KEY)
    assert tables.ask("Tables").status_code == 200  # the new key


@pytest.mark.parametrize(("minutes", "status"), [(-16, 403), (-14, 200), (0, 200), (14, 200), (16, 403)])
def test_a_signature_lives_for_fifteen_minutes_either_way(tables, minutes, status):
    answer = tables.ask("Tables", date=ago(minutes=minutes))
    assert answer.status_code == status
    if status == 403:
        assert said(answer) == (403, "AuthenticationFailed", WRONG_KEY)


@pytest.mark.parametrize("date", ["yesterday", "Thu, 26 Nov 2026 02:00:00"])
def test_a_time_that_is_none_is_refused(tables, date):
    assert said(tables.ask("Tables", date=date))[:2] == (403, "AuthenticationFailed")


def test_the_accounts_clock_counts_and_shows(storage):
    tables = storage("storage-clock-skewed")
    refused = tables.ask("Tables")
    assert said(refused) == (403, "AuthenticationFailed", WRONG_KEY)
    told = parsedate_to_datetime(refused.headers["Date"])
    ahead = (told - datetime.now(UTC)).total_seconds()
    assert 7195 < ahead <= 7200
    assert tables.ask("Tables", date=refused.headers["Date"]).status_code == 200
    assert refused.raw.headers.getlist("Date") == [refused.headers["Date"]]


def test_who_brings_no_authorization_is_asked_for_one(tables):
    refused = tables.ask("Tables", headers={"Authorization": None})
    assert said(refused) == (
        401,
        "NoAuthenticationInformation",
        NO_AUTHORIZATION,
    )
    assert refused.headers["WWW-Authenticate"].startswith(
        "Bearer authorization_uri=https://login.microsoftonline.com/8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214/"
    )


@pytest.mark.parametrize("authorization", ["Bearer eyJ0eXAi", "SharedKeyLite fabrikamleads", "SharedKeyLite"])
def test_an_authorization_in_another_form_is_refused(tables, authorization):
    refused = tables.ask("Tables", headers={"Authorization": authorization})
    assert said(refused) == (
        400,
        "InvalidAuthenticationInfo",
        MALFORMED,
    )


@pytest.mark.parametrize(
    ("world", "told"),
    [
        (
            "storage-firewall",
            (403, "AuthorizationFailure", "This request is not authorized to perform this operation."),
        ),
        (
            "storage-key-access-disabled",
            (
                403,
                "KeyBasedAuthenticationNotPermitted",
                "Key based authentication is not permitted on this storage account.",
            ),
        ),
        ("storage-account-disabled", (403, "AccountIsDisabled", "The specified account is disabled.")),
        ("storage-account-restricted", (403, "InsufficientAccountPermissions", TOO_LITTLE)),
        (
            "storage-account-restricted-for-reading",
            (403, "InsufficientAccountPermissions", "Read operations are currently disabled."),
        ),
        (
            "service-throttled-at-storage",
            (
                503,
                "ServerBusy",
                "The server is currently unable to receive requests. Please retry your request.",
            ),
        ),
        (
            "storage-refused",
            (
                400,
                "InvalidHeaderValue",
                "The value for one of the HTTP headers is not in the correct format.",
            ),
        ),
    ],
)
def test_the_state_of_the_account_refuses_whoever_asks(storage, world, told):
    refused = storage(world).ask("Tables")
    assert said(refused) == told
    assert refused.headers["x-ms-error-code"] == told[1]
    assert refused.headers.get("Retry-After") == ("300" if told[1] == "ServerBusy" else None)
    assert refused.headers["Server"] == "Windows-Azure-Table/1.0 Microsoft-HTTPAPI/2.0"


def test_an_account_that_may_not_write_can_still_be_read(storage):
    tables = storage("storage-account-restricted-for-writing")
    assert tables.ask("MarketplaceLeads()").status_code == 200
    refused = tables.ask("MarketplaceLeads", "POST", json={"PartitionKey": "p", "RowKey": "r"})
    assert said(refused) == (403, "InsufficientAccountPermissions", "Write operations are not allowed.")
    assert len(tables.rows) == 2


def test_an_account_that_may_not_be_read_can_still_be_written(storage):
    tables = storage("storage-account-restricted-for-reading")
    written = tables.ask("MarketplaceLeads", "POST", json={"PartitionKey": "p", "RowKey": "r"})
    assert written.status_code == 201
    assert len(tables.rows) == 3


def test_rows_that_may_not_be_deleted_stay(storage):
    tables = storage("test-lead-not-deleted-at-storage")
    tables.insert("p", "r")
    path = "MarketplaceLeads(PartitionKey='p',RowKey='r')"
    refused = tables.ask(path, "DELETE", headers={"If-Match": "*"})
    assert said(refused) == (
        403,
        "AuthorizationPermissionMismatch",
        "This request is not authorized to perform this operation using this permission.",
    )
    assert tables.ask(path).status_code == 200


@pytest.mark.parametrize("version", ["2099-01-01", "latest"])
def test_a_version_that_nobody_speaks_is_refused(tables, version):
    refused = tables.ask("Tables", headers={"x-ms-version": version})
    assert said(refused)[:2] == (400, "InvalidHeaderValue")


def test_a_request_without_a_version_is_answered_in_the_newest(tables):
    answer = tables.ask("Tables", headers={"x-ms-version": None})
    assert answer.headers["x-ms-version"] == tables.account.newest_version


def test_a_refusal_is_xml_for_those_who_do_not_ask_for_json(storage):
    refused = storage("storage-firewall").ask("Tables", headers={"Accept": "*/*"})
    assert refused.headers["Content-Type"] == "application/xml"
    assert re.fullmatch(
        r'<\?xml version="1\.0" encoding="utf-8"\?>'
        r'<m:error xmlns:m="http://schemas\.microsoft\.com/ado/2007/08/dataservices/metadata">'
        r"<m:code>AuthorizationFailure</m:code>"
        r'<m:message xml:lang="en-US">This request is not authorized to perform this operation\.\n'
        r"RequestId:[-0-9a-f]{36}\nTime:[-0-9T:.]+Z</m:message></m:error>",
        refused.text,
    )


def test_xml_cannot_be_broken_by_what_was_asked(tables):
    row = {"PartitionKey": "</m:message>/", "RowKey": "r"}
    refused = tables.ask(
        "MarketplaceLeads?$format=application/json", "POST", json=row, headers={"Accept": "*/*"}
    )
    assert "of value '&lt;/m:message&gt;/' is out of range" in refused.text


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [("", 400, "InvalidQueryParameterValue"), ("leads/1.json", 404, "ResourceNotFound")],
)
@pytest.mark.parametrize("world", ["healthy", "storage-account-without-tables"])
def test_the_blob_host_answers_anybody_with_nothing(storage, world, path, status, code):
    answer = storage(world).client.get(f"https://fabrikamleads.blob.core.windows.net/{path}")
    assert (answer.status_code, answer.headers["x-ms-error-code"]) == (status, code)
    assert answer.headers["Server"] == "Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0"
    assert answer.headers["Content-Type"] == "application/xml"
    assert f"<Code>{code}</Code>" in answer.text
    assert f"RequestId:{answer.headers['x-ms-request-id']}\n" in answer.text


def test_a_listing_of_containers_is_nothing_for_strangers(tables):
    answer = tables.client.get("https://fabrikamleads.blob.core.windows.net/?comp=list")
    assert (answer.status_code, answer.headers["x-ms-error-code"]) == (404, "ResourceNotFound")


@pytest.mark.parametrize(
    ("world", "table", "blob"),
    [
        ("storage-account-not-found", "502 Bad Gateway", "502 Bad Gateway"),
        ("storage-account-without-tables", "502 Bad Gateway", None),
        ("storage-connection-refused", "503 Service Unavailable", None),
        ("storage-no-answer", "504 Gateway Timeout", None),
    ],
)
def test_the_hosts_of_an_account_can_be_out_of_reach(storage, world, table, blob):
    tables = storage(world)
    with pytest.raises(requests.exceptions.ProxyError, match=f"Tunnel connection failed: {table}"):
        tables.ask("Tables")
    met = pytest.raises(requests.exceptions.ProxyError, match=blob) if blob else contextlib.nullcontext()
    with met:
        assert tables.client.get("https://fabrikamleads.blob.core.windows.net/").status_code == 400


@pytest.mark.parametrize(
    ("world", "reason"),
    [
        ("certificate-expired-at-storage", "certificate has expired"),
        ("storage-closed-connection", "EOF occurred in violation of protocol|UNEXPECTED_EOF"),
        ("tls-failed-at-storage", "wrong version number|WRONG_VERSION_NUMBER"),
    ],
)
def test_the_table_service_can_fail_at_tls(storage, world, reason):
    with pytest.raises(requests.exceptions.SSLError, match=reason):
        storage(world).ask("Tables")


@pytest.mark.parametrize(
    ("world", "status", "words"),
    [
        ("answer-not-understood-website-at-storage", 200, "Welcome to Fabrikam"),
        ("service-unavailable-at-storage", 503, "The service is unavailable."),
    ],
)
def test_something_else_stands_at_the_address_of_the_tables(storage, world, status, words):
    answer = storage(world).ask("Tables")
    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (status, "text/html")
    assert words in answer.text
    assert "x-ms-version" not in answer.headers


def test_the_table_service_can_stall_on_one_request_alone(storage):
    tables = storage("service-stalled-at-storage")
    assert tables.ask("MarketplaceLeads()").status_code == 200
    with pytest.raises(requests.exceptions.ReadTimeout):
        tables.ask("Tables", timeout=0.3)


def test_half_a_list_of_tables_can_arrive(storage):
    answer = storage("answer-not-understood-at-storage").ask("Tables")
    assert answer.status_code == 200
    with pytest.raises(requests.exceptions.JSONDecodeError):
        answer.json()


@pytest.mark.parametrize(
    ("world", "kept"), [("test-lead-answer-lost-at-storage", 3), ("test-lead-outcome-unknown-at-storage", 2)]
)
def test_the_answer_to_a_row_can_be_lost(storage, world, kept):
    tables = storage(world)
    with pytest.raises(requests.exceptions.ConnectionError):
        tables.insert("p", "r")
    assert len(tables.rows) == kept
    assert tables.ask("Tables").status_code == 200
