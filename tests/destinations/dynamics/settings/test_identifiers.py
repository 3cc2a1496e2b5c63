"""Directory ID and application ID."""

import pytest

from validator.destinations.dynamics.settings.identifiers import application, equal, tenant

GUID = "8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214"


@pytest.mark.parametrize("text", [GUID, GUID.upper(), "ffffffff-ffff-ffff-ffff-ffffffffffff"])
def test_a_guid_is_fine(text):
    assert tenant(text) is None
    assert application(text) is None


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("", "tenant-empty"),
        ("  ", "tenant-empty"),
        ("00000000-0000-0000-0000-000000000000", "tenant-all-zero"),
        ("common", "tenant-not-specific"),
        ("Organizations", "tenant-not-specific"),
        ("consumers ", "tenant-not-specific"),
        ("9188040d-6c67-4c5b-b112-36a304b66dad", "tenant-not-specific"),
        (f"https://login.microsoftonline.com/{GUID}/v2.0", "tenant-is-url"),
        (f"https://login.microsoftonline.com/{GUID}/oauth2/v2.0/token", "tenant-is-url"),
        (f"login.microsoftonline.com/{GUID}", "tenant-is-url"),
        ("https://fabrikam.onmicrosoft.com", "tenant-is-url"),
        ("https://portal.azure.com/#view/Microsoft_AAD_IAM/ActiveDirectoryMenuBlade", "tenant-is-url"),
        ("fabrikam.onmicrosoft.com", "tenant-is-domain"),
        ("Fabrikam.com", "tenant-is-domain"),
        ("xn--bcher-kva.co.uk", "tenant-is-domain"),
        ("fabrikam.crm4.dynamics.com", "tenant-malformed"),
        ("fabrikam", "tenant-malformed"),
        ("10.0.0.5", "tenant-malformed"),
        ("fabrikam.", "tenant-malformed"),
        ("fabrikam..com", "tenant-malformed"),
        ("-fabrikam.com", "tenant-malformed"),
        (" fabrikam.com", "tenant-malformed"),
        ("leads@fabrikam.com", "tenant-malformed"),
        ("fabrikam com", "tenant-malformed"),
        ("a." * 130 + "com", "tenant-malformed"),
    ],
)
def test_directory_ids(text, entry):
    assert tenant(text).entry == entry


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("", "application-id-empty"),
        ("\n", "application-id-empty"),
        ("00000000-0000-0000-0000-000000000000", "application-id-all-zero"),
        (f"api://{GUID}", "application-id-malformed"),
        (f"https://portal.azure.com/#blade/RegisteredApps/appId/{GUID}", "application-id-malformed"),
        ("Fabrikam lead writer", "application-id-malformed"),
        ("fabrikam.com", "application-id-malformed"),
    ],
)
def test_application_ids(text, entry):
    assert application(text).entry == entry


MALFORMED = [
    (f" {GUID}", "white space stands before or after"),
    (f"{GUID}\n", "white space stands before or after"),
    (f'"{GUID}"', "quotation marks"),
    (f"\u201c{GUID}\u201d", "quotation marks"),
    (f"{{{GUID}}}", "brackets"),
    (f"({GUID})", "brackets"),
    (f"urn:uuid:{GUID}", "urn:uuid:"),
    (f"id={GUID}", "more in the value than the GUID"),
    (f"{GUID};{GUID}", "more in the value than the GUID"),
    (GUID[:-1], "31 of the 32 digits"),
    (GUID[:18], "16 of the 32 digits"),
    (f"{GUID[:-1]}{GUID[-2:]}"[:37], "more in the value"),
    (GUID.replace("-", ""), "hyphens"),
    (f"{GUID[:8]}{GUID[9:]}-", "hyphens"),
    (GUID.replace("f", "s", 1), "this value holds s"),
    ("zyxwvuts-2a41-4b67-9d3e-51c0a7e9b214", "this value holds s, t, u, v, w, x, y, z"),
    ("not a guid", "of length 10"),
]


@pytest.mark.parametrize(("text", "seen"), MALFORMED)
def test_the_slip_is_named(text, seen):
    assert tenant(text).entry == "tenant-malformed"
    assert seen in tenant(text).observed
    assert application(text).entry == "application-id-malformed"
    assert seen in application(text).observed


def test_the_guid_inside_a_url_is_named():
    assert GUID in tenant(f"https://login.microsoftonline.com/{GUID.upper()}/v2.0").observed
    assert GUID in application(f"api://{GUID}").observed
    assert "URI" in application(f"api://{GUID}").observed
    assert "which holds" not in tenant("https://fabrikam.com").observed


def test_what_may_be_a_credential_in_the_wrong_field_is_not_repeated():
    secret = "Q8x~hunter2.hunter2_hunter2-hunter2hunte"
    assert "hunter2" not in tenant(secret).observed
    assert "hunter2" not in application(secret).observed
    assert "hunter2" not in tenant(f"https://example.com/?key={secret}").observed


def test_equal_ids_are_equal_guids():
    assert equal(GUID, GUID.upper())
    assert not equal(GUID, "3c9e1d77-60b8-4f2a-8a45-0b7d2e6f9c13")
    assert not equal("fabrikam.com", "fabrikam.com")
    assert not equal("", "")
