"""What a connection string means: to which account it leads, and what opens it."""

import pytest

from validator.destinations.azure_table.settings.connection_string import canonical, read

KEY = "YSBrZXkgb2YgNjQgYnl0ZXMgdGhhdCB3YXMgbWFkZSB1cCBmb3IgdGVzdHMgYW5kIG9wZW5zIG5vdGhpbmcuLg=="
ACCOUNT = f"DefaultEndpointsProtocol=https;AccountName=fabrikamleads;AccountKey={KEY}"
PORTAL = f"{ACCOUNT};EndpointSuffix=core.windows.net"


def test_the_string_of_the_portal():
    found = read(PORTAL)
    assert (found.account, found.key, found.suffix) == ("fabrikamleads", KEY, "core.windows.net")
    assert found.host == "fabrikamleads.table.core.windows.net"
    assert found.blob_host == "fabrikamleads.blob.core.windows.net"


@pytest.mark.parametrize("suffix", ["core.chinacloudapi.cn", "core.usgovcloudapi.net", "core.cloudapi.de"])
def test_another_cloud(suffix):
    assert read(PORTAL.replace("core.windows.net", suffix)).host == f"fabrikamleads.table.{suffix}"


def test_without_a_suffix_the_public_cloud_is_meant():
    assert read(ACCOUNT).host == "fabrikamleads.table.core.windows.net"


@pytest.mark.parametrize(
    "text",
    [
        f' "{PORTAL}"\n',
        f'{{"connectionString":"{PORTAL}"}}',
        f'{{ "connectionString" : "{PORTAL}", }}',
        f"{{'connectionString': '{PORTAL}'}}",
        f'"{{"connectionString":" {PORTAL} "}}"',
        PORTAL.replace("==", "\\u003d=").join(['{"connectionString":"', '"}']),
        PORTAL.replace(";", ";\n  "),
        PORTAL.replace("=fabrikamleads", " = fabrikamleads "),
        f"\ufeff{PORTAL}\u200b",
        PORTAL.lower().replace(KEY.lower(), KEY),
        ";".join(reversed(PORTAL.split(";"))),
        f";;{PORTAL};",
    ],
)
def test_what_was_meant_is_read(text):
    found = read(text)
    assert (found.account, found.key, found.host) == (
        "fabrikamleads",
        KEY,
        "fabrikamleads.table.core.windows.net",
    )


def test_of_a_part_given_twice_the_first_is_read():
    assert read(f"{PORTAL};AccountName=contosoleads").account == "fabrikamleads"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "AccountName",
        KEY,
        "{}",
        "{:}",
        '{"a":"}',
        '{"connectionString":{"a":"b"}}',
        '{"a b":"AccountName=x"}',
        '{"a":"AccountName=x","b":"y"}',
        "=;=",
    ],
)
def test_what_is_missing_is_empty(text):
    found = read(text)
    assert (found.account, found.key, found.host) == ("", "", ".table.core.windows.net")


def test_a_broken_escape_in_json_is_left_as_it_is():
    assert read('{"connectionString":"AccountName=\\x"}').account == "\\x"


def test_printing_one_shows_no_value():
    shown = repr(read(f"{PORTAL};{KEY}"))
    assert KEY[:12] not in shown
    assert "fabrikamleads" not in shown
    assert "AccountKey" in shown


def test_the_usual_form():
    assert canonical("fabrikamleads", KEY, "core.windows.net") == PORTAL
