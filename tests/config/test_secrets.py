from __future__ import annotations

import html
import json
import pickle
from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote, quote_plus

import pytest

from validator.config import REDACTED, Secret, Secrets
from validator.config.secrets import REPEATED


def test_a_secret_is_shown_to_nobody():
    secret = Secret("s3cr3t value")
    for printed in (str(secret), repr(secret), f"{secret}", f"{[secret]}", "%s" % secret):  # noqa: UP031
        assert "s3cr3t" not in printed
    assert b"s3cr3t" not in pickle.dumps(secret)
    assert secret.reveal() == "s3cr3t value"


def test_secrets_compare_by_value():
    assert Secret("a") == Secret("a")
    assert len({Secret("a"), Secret("a"), Secret("b")}) == 2
    assert Secret("a") != "a"


def test_a_secret_without_value_is_not_known():
    assert not Secret(None).known
    assert not Secret("").known
    assert Secret(None).reveal() == ""
    assert Secret("a").known


@pytest.mark.parametrize(
    "form",
    ['a+b/c d"e', "a%2Bb%2Fc%20d%22e", "a%2Bb%2Fc+d%22e", "a%2Bb/c%20d%22e", 'a+b/c d\\"e'],
    ids=["plain", "url", "form", "path", "json"],
)
def test_every_form_of_a_secret_is_hidden(form):
    assert Secrets('a+b/c d"e').hide(f"key={form}&x") == f"key={REDACTED}&x"


def test_the_longest_of_overlapping_secrets_is_hidden_whole():
    assert Secrets("password1", "password1-and-more").hide("it is password1-and-more") == f"it is {REDACTED}"


def test_a_short_secret_is_hidden_as_a_word_only():
    secrets = Secrets("abc")
    assert secrets.hide("abc abcd (abc)") == f"{REDACTED} abcd ({REDACTED})"
    assert Secrets("", "  ").hide("nothing  here") == "nothing  here"


@pytest.mark.parametrize("text", ["_Kurz7!x_", "key_Kurz7!x", "Kurz7!x_key"])
def test_an_underscore_is_no_part_of_a_word(text):
    assert "Kurz7!x" not in Secrets("Kurz7!x").hide(text)


def test_a_word_is_left_in_names_that_hold_it():
    secrets = Secrets("dynamics")
    for name in ("dynamicsLeadConfiguration", "fabrikam.crm4.dynamics.com", "dynamics.com", "x.dynamics"):
        assert secrets.hide(name) == secrets.hide_foreign(name) == name
    assert secrets.hide("password=dynamics.") == f"password={REDACTED}."


@pytest.mark.parametrize(
    "value", ["\ud800x", "\udcff\udcfe-and-more", "\x00", "%", "\\", "&#9;", "é密😀" * 3]
)
def test_any_text_can_be_a_secret(value):
    secrets = Secrets(value)
    assert secrets.hide(f"({value})") == secrets.hide_url(f"({value})") == f"({REDACTED})"
    assert value not in secrets.hide_foreign(f"({value})")


class TestUrl:
    @pytest.mark.parametrize(
        ("url", "expected"),
        [
            ("https://dynamics1.crm.dynamics1.com/api", None),
            ("https://dynamics1.com/dynamics1/x", f"https://dynamics1.com/{REDACTED}/x"),
            ("https://dynamics1.com?k=dynamics1#dynamics1", f"https://dynamics1.com?k={REDACTED}#{REDACTED}"),
            ("https://u:dynamics1@dynamics1.com:443/", f"https://u:{REDACTED}@dynamics1.com:443/"),
            ("/leads/dynamics1", f"/leads/{REDACTED}"),
            ("https://[dynamics1", None),
            ("", None),
        ],
    )
    def test_a_credential_is_hidden_but_in_the_host(self, url, expected):
        assert Secrets("dynamics1").hide_url(url) == (url if expected is None else expected)

    def test_an_address_that_is_a_credential_is_hidden_whole(self):
        assert Secrets("https://x.com/?code=1").hide_url("https://x.com/?code=1") == REDACTED


SECRET = 'pl4nted~8Q/\\"q" & é<密>'
"""What each encoding has to change."""


def torn(mark):
    return mark.join(SECRET)


def escaped(value):
    return "".join(f"%{byte:02x}" for byte in value.encode())


DISGUISES = {
    "lines": torn("\n"),
    "tabs": torn("\t "),
    "escaped lines": torn("\\n"),
    "zero width": torn("\u200b"),
    "soft hyphens": torn("\u00ad"),
    "fillers": torn("\u034f\ufe0f"),
    "escapes of zero width": torn("\\u200b"),
    "html": html.escape(SECRET),
    "html in decimals": "".join(f"&#{ord(character)};" for character in SECRET),
    "html in hexadecimals": "".join(f"&#x{ord(character):x};" for character in SECRET),
    "html in url": quote(html.escape(SECRET)),
    "lower-case url": quote(SECRET, safe="").lower(),
    "lower-case form": quote_plus(SECRET).lower(),
    "whole url": escaped(SECRET),
    "url twice": quote(quote(SECRET, safe=""), safe=""),
    "url thrice": quote(quote(quote(SECRET, safe=""))),
    "json twice": json.dumps(json.dumps(SECRET)),
    "json slash": json.dumps(SECRET).replace("/", "\\/"),
    "json ampersand": json.dumps(SECRET).replace("&", "\\u0026").replace("<", "\\u003C"),
    "python bytes": repr(SECRET.encode()),
    "upper case": SECRET.upper(),
    "lower case": SECRET.casefold(),
    "full width": "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in SECRET),
    "reversed": SECRET[::-1],
    "hex": SECRET.encode().hex(),
    "hex in upper case": SECRET.encode().hex(" ").upper(),
    "base64": b64encode(SECRET.encode()).decode(),
    "base64 in lines": "\n".join(b64encode(SECRET.encode()).decode()),
    **{
        f"base64 behind {len(name)}": b64encode(f"{name}:{SECRET}:and more".encode()).decode()
        for name in ("a", "ab", "abc", "abcd")
    },
    "base64 for urls": urlsafe_b64encode(f"id:{SECRET}".encode()).decode(),
}


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_service_that_repeats_a_secret_in_disguise_is_not_quoted(disguise):
    assert Secrets(SECRET, "another secret").hide_foreign(f"no: '{DISGUISES[disguise]}'!") == REPEATED


@pytest.mark.parametrize(("value", "expected"), [("Kurz7!", REPEATED), ("Kur7!", "id=S3VyNyE=")])
def test_base64_is_known_where_it_is_long_enough_to_be_no_chance(value, expected):
    encoded = b64encode(value.encode()).decode()
    assert Secrets(value).hide_foreign(f"id={encoded}") == expected


def test_of_any_other_answer_only_the_secret_is_taken():
    secrets = Secrets(SECRET, "short", "dynamics")
    said = "AADSTS7000215: Invalid client secret provided; ‹trace› 8f0d3c5e &amp; %20 \\n in dynamics.com"
    assert secrets.hide_foreign(f"{said} {SECRET}") == f"{said} {REDACTED}"
    assert secrets.hide_foreign("a s h o r t  way\n") == "a s h o r t way"


def test_a_secret_may_be_torn_over_all_that_is_shown():
    told = Secrets("s3cret-of-the-run").hide_foreign(
        " " * 7_990 + "\u200b".join("s3cret-of-the-run") + " " * 99
    )
    assert told == REPEATED


@pytest.mark.parametrize(
    "piece",
    ["&#9", "&#" + "9" * 5000 + ";", "%25", "\\u", "\\", "ﷺ", "\u0300", "eyJ0eXAi", "&", "\ud800", " x"],
)
def test_a_hostile_answer_is_quick(piece, within_a_second):
    secrets = Secrets(*(f"eyJ0eXAi{number}{'x' * 3000}" for number in range(200)))
    with within_a_second():
        assert len(secrets.hide_foreign(piece * (1_000_000 // len(piece)))) <= 8000


def test_a_fleet_of_secrets_stays_quick(within_a_second):
    secrets = Secrets()
    with within_a_second():
        for number in range(1000):
            secrets.add(f"secret-number-{number}")
            assert secrets.hide(f"x secret-number-{number} y") == f"x {REDACTED} y"
            assert secrets.hide_foreign(f"x secret-number-{number} y") == f"x {REDACTED} y"
