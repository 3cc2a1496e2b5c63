"""What is read from a text beside its words."""

import pytest

from validator.catalogue import diagnose

GUID = "160c5842-0000-4000-8000-000000000002"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("AADSTS700016", ["AADSTS700016"]),
        ("AADSTS-90002: no", ["AADSTS90002"]),
        ("failed with error 700016 at sign-in", ["AADSTS700016"]),
        ("Error code: 50126", ["AADSTS50126"]),
        ("'error_codes': [70002, 50012]", ["AADSTS70002", "AADSTS50012"]),
        ("https://login.microsoftonline.com/error?code=7000222", ["AADSTS7000222"]),
        ("0x80040220", ["0x80040220"]),
        ("HRESULT 0X80040220L", ["0x80040220"]),
        ("&H80040220", ["0x80040220"]),
        ("ErrorCode: -2147220960", ["0x80040220"]),
        ("\u22122147220960", ["0x80040220"]),
        ("2147746336", ["0x80040220"]),
        ("hresult 2147746336", ["0x80040220"]),
        ("code -2146869252", ["0x80095ffc"]),
        ("exception (80072560)", ["0x80072560"]),
        ("<Code>AuthenticationFailed</Code>", ["AuthenticationFailed"]),
        ("x-ms-error-code: TableNotFound", ["TableNotFound"]),
        ('{"error":{"code":"WorkflowTriggerIsNotEnabled"}}', ["WorkflowTriggerIsNotEnabled"]),
        ('[{"errorCode":"REQUIRED_FIELD_MISSING","message":"m"}]', ["REQUIRED_FIELD_MISSING"]),
        ("API_DISABLED_FOR_ORG", ["API_DISABLED_FOR_ORG"]),
        ("Marketo error 603", ["Marketo 603"]),
        ('{"requestId":"e42b#14272d07d78","success":false,"errors":[{"code":"610"}]}', ["Marketo 610"]),
        ("AADSTS70002: Error. AADSTS50012: Invalid client secret", ["AADSTS70002", "AADSTS50012"]),
        ("AADSTS999999", ["AADSTS999999"]),
        ("error%20AADSTS50126%3A%20no", ["AADSTS50126"]),
        ("AADSTS50126 AADSTS50126", ["AADSTS50126"]),
    ],
)
def test_codes_of_every_kind(text, codes):
    assert [*diagnose(text).codes] == codes


@pytest.mark.parametrize(
    "text",
    [
        *("room 700016", "part 0x80040220-7", "tel. 214-774-6336", "order no 12345678", "1.2147746336"),
        *(
            '{"requestId":"x","code":"610"}',
            "code 610",
            "errorcode: ok",
            "client_secret=abc_def",
            "21474836470",
        ),
    ],
)
def test_numbers_that_are_no_codes(text):
    assert diagnose(text).codes == ()


def test_no_more_codes_are_told_than_anybody_reads():
    assert len(diagnose(" ".join(f"AADSTS{n}" for n in range(50000, 50100))).codes) == 20


@pytest.mark.parametrize(
    ("text", "identifiers"),
    [
        (f"Application with identifier '{GUID.upper()}'", [GUID]),
        ("https://Fabrikam.crm4.dynamics.com/api/data", ["fabrikam.crm4.dynamics.com"]),
        ("host fabrikam.api.crm.dynamics.com.", ["fabrikam.api.crm.dynamics.com"]),
        ("in tenant fabrikam.onmicrosoft.com", ["fabrikam.onmicrosoft.com"]),
        ("fabrikam--uat.sandbox.my.salesforce.com", ["fabrikam--uat.sandbox.my.salesforce.com"]),
        ("organisation 00D5e000000AbCd", ["00D5e000000AbCd"]),
        ("oid=00D5e000000AbCdEAA", ["00D5e000000AbCdEAA"]),
        ("123-abc-456.mktorest.com", ["123-abc-456.mktorest.com"]),
        ("Munchkin 123-abc-456", ["123-ABC-456"]),
        ("acct.table.core.windows.net:443", ["acct.table.core.windows.net"]),
        ("https://leads.fabrikam.com/hook?x=1", ["leads.fabrikam.com"]),
        ("https://prod-27.westeurope.logic.azure.com:443/workflows", ["prod-27.westeurope.logic.azure.com"]),
        ("https://ann:secret@leads.fabrikam.com/hook", []),
        ("https://login.microsoftonline.com/x https://learn.microsoft.com/y", []),
        ("00000007-0000-0000-c000-000000000000", []),
        (f"Correlation ID: {GUID}", []),
    ],
)
def test_whom_it_is_about(text, identifiers):
    assert [*diagnose(text).identifiers] == identifiers


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Timestamp: 2026-05-24 13:34:39Z", "2026-05-24 13:34:39Z"),
        ('"timestamp":"2026-05-24T13:34:39.123Z"', "2026-05-24T13:34:39.123Z"),
        ("RequestId:x\\nTime:2026-03-02T09:14:05.1234567Z", "2026-03-02T09:14:05.1234567Z"),
        ("2026-11-20T10:00:05.000Z [ERROR] AADSTS50126", "2026-11-20T10:00:05.000Z"),
        ("[2026-11-20 10:00:05,123] AADSTS50126", "2026-11-20 10:00:05,123"),
        ("2026-11-20T10:00:05+01:00 failed", "2026-11-20T10:00:05+01:00"),
        ("2026-11-20 10:00:05 start\n2026-11-20 10:00:06 AADSTS50126", None),
        ("runtime: 2026-11-20 10:00:05 2026-11-20 10:00:06", None),
        ("on 2026-11-20", None),
    ],
)
def test_when_it_was(text, time):
    assert diagnose(text).timestamp == time


@pytest.mark.parametrize(
    "label",
    [
        *("Correlation ID: ", "correlation_id=", '"correlation_id":"', "x-ms-correlation-request-id: "),
        *("client-request-id: ", "ActivityId: ", "CorrelationId: "),
    ],
)
def test_the_correlation_id_under_its_names(label):
    assert diagnose(f"failed. {label}{GUID.upper()}").correlation_id == GUID


@pytest.mark.parametrize("label", ["Trace ID: ", '"trace_id":"', "x-ms-request-id: ", "RequestId:"])
def test_the_trace_id_under_its_names(label):
    assert diagnose(f"failed. {label}{GUID}").trace_id == GUID


def test_marketos_request():
    assert diagnose('{"requestId":"e42b#14272d07d78","success":false}').trace_id == "e42b#14272d07d78"
