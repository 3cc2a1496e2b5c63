"""What is no address at all, and how an address is taken apart."""

import pytest

from validator.destinations.dynamics.settings.address import Address, read

MALFORMED = "instance-url-malformed"


@pytest.mark.parametrize("text", ["", " ", "\t\n", "\u00a0"])
def test_nothing_is_empty(text):
    assert read(text).entry == "instance-url-empty"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ('"https://fabrikam.crm4.dynamics.com"', "quotation marks"),
        ("'https://fabrikam.crm4.dynamics.com", "quotation marks"),
        ("https://fabrikam.crm4.dynamics.com\u201d", "quotation marks"),
        ("<https://fabrikam.crm4.dynamics.com>", "brackets"),
        (" https://fabrikam.crm4.dynamics.com", "white space stands before or after"),
        ("https://fabrikam.crm4.dynamics.com\n", "white space stands before or after"),
        ("https://fabri kam.crm4.dynamics.com", "white space stands inside"),
        ("https:// fabrikam.crm4.dynamics.com", "white space stands inside"),
        ("https://fabrikam.crm4.dynamics.com/my page", "white space stands inside"),
        ("https://a.crm4.dynamics.com https://b.crm4.dynamics.com", "several addresses"),
        ("https://a.crm4.dynamics.com;https://b.crm4.dynamics.com", "several addresses"),
        ("https://a.crm4.dynamics.com, https://b.crm4.dynamics.com", "several addresses"),
        ("https://fabrikam\u200b.crm4.dynamics.com", "nobody sees"),
        ("\ufeffhttps://fabrikam.crm4.dynamics.com", "nobody sees"),
        ("https:\\\\fabrikam.crm4.dynamics.com", "backslashes"),
        ("https://fabrikam:hunter2@fabrikam.crm4.dynamics.com", "a user name"),
        ("https://fabrikam.crm4.dynamics.com@elsewhere.example", "a user name"),
        ("leads@fabrikam.com", "an e-mail address"),
        ("https//fabrikam.crm4.dynamics.com", "starts with https// and not with https://"),
        ("https:/fabrikam.crm4.dynamics.com", "starts with https:/ and"),
        ("HTTPS:fabrikam.crm4.dynamics.com", "starts with https: and"),
        ("https;//fabrikam.crm4.dynamics.com", "starts with https;// and"),
        ("https:///fabrikam.crm4.dynamics.com", "starts with https:/// and"),
        ("https://", "no host"),
        ("https:///", "starts with https:///"),
        ("https://?x=1", "no host"),
        ("https://fabrikam.crm4.dynamics.com:https", "no port number"),
        ("https://fabrikam.crm4.dynamics.com:", "no port number"),
        ("https://fabrikam.crm4.dynamics.com:0", "0 is no port number"),
        ("https://fabrikam.crm4.dynamics.com:65536", "65536 is no port number"),
        ("https://fab_rikam.crm4.dynamics.com", "no host name"),
        ("https://-fabrikam.crm4.dynamics.com", "no host name"),
        ("https://fabrikam!.crm4.dynamics.com", "no host name"),
        ("https://fabrikam.crm4,dynamics.com", "no host name"),
        ("https://" + "a" * 64 + ".crm4.dynamics.com", "no host name"),
        ("https://" + "\u00fc" * 64 + ".crm4.dynamics.com", "no host name"),
        ("https://" + "a." * 130 + "com", "no host name"),
        ("https://...", "no host name"),
        ("https://fabrikam.crm4.dynamics.com/" + "x" * 2048, "far longer"),
        ("x" * 1_000_000, "far longer"),
    ],
)
def test_what_is_no_address(text, seen):
    remark = read(text)
    assert remark.entry == MALFORMED
    assert seen in remark.observed


@pytest.mark.parametrize(
    "text",
    [
        "https://<org>.crm4.dynamics.com",
        "https://<your organisation>.crm4.dynamics.com",
        "<your-instance-url>",
        "https://{org}.crm4.dynamics.com",
        "https://{{ org }}.crm4.dynamics.com",
        "https://[org].crm4.dynamics.com",
        "https://%ORG%.crm4.dynamics.com",
        "https://$(org).crm4.dynamics.com",
        "{org}.crm4.dynamics.com",
    ],
)
def test_a_placeholder_is_not_filled_in(text):
    assert read(text).entry == "variable-not-filled-in"


@pytest.mark.parametrize(
    "text",
    [
        "https://fabrikam.crm4.dynamics.com/apps/{8f0d}",
        "https://fabrikam.crm4.dynamics.com/?id={8f0d}&next=https://b.example a",
        "https://fabrikam.crm4.dynamics.com/%20a%20",
        "https://fabrikam.crm4.dynamics.com/?user=me@fabrikam.com",
    ],
)
def test_behind_the_host_nearly_anything_may_stand(text):
    assert read(text).host == "fabrikam.crm4.dynamics.com"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "HTTPS://Fabrikam.CRM4.dynamics.com:443/Main.aspx?A=b",
            Address("https://", "fabrikam.crm4.dynamics.com", 443, "/Main.aspx?A=b"),
        ),
        ("fabrikam.crm4.dynamics.com", Address("", "fabrikam.crm4.dynamics.com", None, "")),
        ("//fabrikam.crm4.dynamics.com", Address("//", "fabrikam.crm4.dynamics.com", None, "")),
        ("http://[::1]:5555/Fabrikam", Address("http://", "[::1]", 5555, "/Fabrikam")),
        ("https://b\u00fccher.example", Address("https://", "xn--bcher-kva.example", None, "")),
        ("https://\uff46abrikam.example", Address("https://", "fabrikam.example", None, "")),
        ("localhost:8443", Address("", "localhost", 8443, "")),
    ],
)
def test_the_parts(text, address):
    assert read(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "https://fabrikam.crm4.dynamics.com.",
        "https://fabrikam..crm4.dynamics.com",
        "https://.fabrikam.crm4.dynamics.com",
        "https://f\u0430brikam.crm4.dynamics.com",
        "https://fabrikam.\u0441rm4.dynamics.com",
        "https://fabrikam.crm4.dynam\u0131cs.com",
    ],
)
def test_a_host_is_put_right_and_it_is_said(text):
    address = read(text)
    assert address.host == "fabrikam.crm4.dynamics.com"
    assert address.slip


def test_a_dash_for_a_hyphen():
    assert read("https://fabrikam\u2013eu.crm4.dynamics.com").host == "fabrikam-eu.crm4.dynamics.com"


@pytest.mark.parametrize("text", ["://," * 512, "<" * 2048, "https://" * 250, "a." * 1000, "[" * 2048])
def test_hostile_text_takes_no_time(text):
    read(text)


def test_no_remark_repeats_what_could_be_a_password():
    assert "hunter2" not in read("https://fabrikam:hunter2@fabrikam.crm4.dynamics.com").observed
    assert "hunter2" not in read("hunter2~hunter2").observed
