"""An address taken apart."""

import json
import re
from dataclasses import FrozenInstanceError

import pytest

from validator.destinations.https_endpoint.settings.address import LONGEST, REFUSED, read

PATTERN = re.compile(r"^https://[a-zA-Z0-9/?$+-~!@#%^&*()_='.:[\]@,;]+$")
"""Partner Center's own, of its schema `customer-leads/2022-03-01-preview2`."""


@pytest.mark.parametrize(
    ("text", "host", "port", "target"),
    [
        ("https://leads.fabrikam.com", "leads.fabrikam.com", 443, "/"),
        ("https://leads.fabrikam.com?key=1", "leads.fabrikam.com", 443, "/?key=1"),
        ("https://LEADS.Fabrikam.com.:8443/Market?A=b", "leads.fabrikam.com", 8443, "/Market?A=b"),
        ("https://leads.fabrikam.com:/x", "leads.fabrikam.com", 443, "/x"),
        ("https://leads_eu.fabrikam.com/", "leads_eu.fabrikam.com", 443, "/"),
        ("https://xn--bcher-kva.example/", "xn--bcher-kva.example", 443, "/"),
        ("https://[::1]:8443/x", "[::1]", 8443, "/x"),
        ("https://127.1/x", "127.1", 443, "/x"),
        ("https://localhost/x", "localhost", 443, "/x"),
        ("https://fabrikam.com/a@b:c", "fabrikam.com", 443, "/a@b:c"),
        ("https://fabrikam.com/?to=https://a.example/@x", "fabrikam.com", 443, "/?to=https://a.example/@x"),
        ("https://fabrikam.com/[a]|^`b\\c", "fabrikam.com", 443, "/[a]|^`b\\c"),
    ],
)
def test_the_parts(text, host, port, target):
    found = read(text)
    assert (found.host, found.port, found.target) == (host, port, target)
    assert (found.user_info, found.fragment) == (False, False)
    assert found.path == target.partition("?")[0]


@pytest.mark.parametrize(
    ("text", "user_info", "fragment"),
    [
        ("https://me@fabrikam.com/x", True, False),
        ("https://@fabrikam.com/x", True, False),
        ("https://fabrikam.com:443@leads.fabrikam.net/x", True, False),
        ("https://fabrikam.com/x#", False, True),
        ("https://fabrikam.com#/x?y", False, True),
        ("https://fabrikam.com/x#a@b", False, True),
    ],
)
def test_what_no_request_line_carries(text, user_info, fragment):
    found = read(text)
    assert (found.user_info, found.fragment) == (user_info, fragment)
    assert "#" not in found.target
    assert "@" not in found.host


def test_the_host_is_what_stands_behind_the_last_at_sign():
    assert read("https://a.example@b.example@fabrikam.com/").host == "fabrikam.com"


def test_parameters_are_decoded_once():
    found = read(
        "https://fabrikam.com/?sp=%2Ftriggers%2Fmanual%2Frun&x=%252F&a+b=c+d&flag&sp=2&e=f=g&%73ig=k"
    )
    assert found.parameters == {
        "sp": "/triggers/manual/run",
        "x": "%2F",
        "a+b": "c+d",
        "flag": "",
        "e": "f=g",
        "sig": "k",
    }


def test_without_a_query_there_is_no_parameter():
    assert not any(read("https://fabrikam.com/x=y").parameters.values())


@pytest.mark.parametrize(
    "text",
    [
        *("", "x", "fabrikam.com", "http://fabrikam.com", "HTTPS://fabrikam.com", "https:/fabrikam.com"),
        *("https://", "https:///x", "https://?x", "https://#x", "https://me@", "https://:443/", "https://.."),
        *("https://fabrikam.com:0/", "https://fabrikam.com:65536/", "https://fabrikam.com:x/"),
        *("https://fabrikam.com:123456/", "https://fabrikam.com:443:443/", "https://fabrikam.com:\u0664/"),
        *("https://-fabrikam.com", "https://fabrikam-.com", "https://fabrikam..com", "https://fabri!kam.com"),
        *("https://fabrikam.com\\x", "https://1.2.3.256/", "https://fabrikam.123/", "https://a.com,b.com/"),
        *("https://[::1/", "https://[fabrikam]/", "https://[]/", "https://::1/", "https://[1:2]/"),
        *("https://" + "a" * 64 + ".com", "https://" + "a." * 127 + "com"),
        *(
            "https://fabrikam.com/a b",
            "https://fabrikam.com/\n",
            'https://fabrikam.com/"',
            "https://b\u00fc.com",
        ),
        *("https://fabrikam.com/\0", "https://fabrikam.com/\ud800", "https://fabrikam.com/\x7f"),
        "https://fabrikam.com/" + "x" * LONGEST,
    ],
)
def test_what_is_no_address(text):
    assert read(text) is None


def test_the_characters_are_those_of_partner_center():
    refused = {chr(code) for code in range(0x500) if not PATTERN.match(f"https://a{chr(code)}b")}
    assert {chr(code) for code in range(0x500) if REFUSED.search(chr(code))} == refused
    assert '"' in refused
    assert "{" not in refused


def test_nothing_behind_the_host_is_shown():
    found = read("https://hunter1:hunter2@fabrikam.com/hunter3?sig=hunter4#hunter5")
    assert "hunter" not in f"{found} {found!r} {json.dumps(str(found))}"
    assert "fabrikam.com" in repr(found)


def test_an_address_stays_what_it_is():
    with pytest.raises(FrozenInstanceError):
        read("https://fabrikam.com").host = "a.example"
