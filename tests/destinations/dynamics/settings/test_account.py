"""Client secrets and user names."""

import pytest

from validator.destinations.dynamics.settings.account import client_secret, user_name

GUID = "5b1f3c5e-2a41-4b67-9d3e-51c0a7e9b214"


@pytest.mark.parametrize(
    "text",
    [
        "abC8Q~hunter2.hunter2_hunter2-hunter2hunte",
        "legacy/key+of/44+characters/ends/with/equals=",
        "inner white space is odd and not ours",
        "a'quote'inside",
        '"',
        "'half",
        GUID[:-1],
        GUID.replace("-", ""),
        f"{GUID}~",
    ],
)
def test_anything_may_be_a_secret(text):
    assert client_secret(text) is None


@pytest.mark.parametrize(
    ("text", "entry", "seen"),
    [
        (GUID, "client-secret-id-entered", "GUID"),
        (GUID.upper(), "client-secret-id-entered", "GUID"),
        (f" {GUID}\n", "client-secret-id-entered", "GUID"),
        (f'"{GUID}"', "client-secret-id-entered", "GUID"),
        ('"hunter2~x"', "client-secret-quoted", "quotation marks"),
        ("'hunter2~x'", "client-secret-quoted", "quotation marks"),
        (' "hunter2~x" ', "client-secret-quoted", "quotation marks"),
        ("\u201chunter2~x\u201d", "client-secret-quoted", "quotation marks"),
        (" hunter2~x", "client-secret-spaced", "white space stands before"),
        ("hunter2~x ", "client-secret-spaced", "white space stands after"),
        ("hunter2~x\n", "client-secret-spaced", "a line break stands after"),
        ("hunter2~x\r\n", "client-secret-spaced", "a line break stands after"),
        ("hunter2~x\t", "client-secret-spaced", "white space stands after"),
        ("\nhunter2~x\n", "client-secret-spaced", "a line break stands after"),
    ],
)
def test_secrets_as_they_are_pasted(text, entry, seen):
    remark = client_secret(text)
    assert remark.entry == entry
    assert seen in remark.observed
    assert "hunter2" not in remark.observed
    assert GUID not in remark.observed


@pytest.mark.parametrize(
    "text",
    [
        "leads@fabrikam.onmicrosoft.com",
        "Leads.O'Hara+crm@Fabrikam.com",
        "a@b.co",
        "l_e-a.ds@sub.fabrikam.co.uk",
    ],
)
def test_user_names(text):
    assert user_name(text) is None


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("FABRIKAM\\leads", "DOMAIN\\user"),
        ("FABRIKAM\\leads@fabrikam.com", "DOMAIN\\user"),
        ("leads", "no @"),
        ("", "no @"),
        ("Lead Writer", "no @"),
        ("leads @fabrikam.com", "white space"),
        ("leads@fabrikam.com\n", "white space"),
        ("@fabrikam.com", "user@domain"),
        ("leads@", "user@domain"),
        ("leads@fabrikam", "user@domain"),
        ("leads@fabri_kam.com", "user@domain"),
        ("a@b@fabrikam.com", "user@domain"),
    ],
)
def test_names_that_are_no_user_principal_names(text, seen):
    remark = user_name(text)
    assert remark.entry == "user-name-not-upn"
    assert seen in remark.observed
