"""What is secret inside a connection string and an address, and what may be told."""

from __future__ import annotations

import pytest

from validator.config import REDACTED, Secrets
from validator.config.composite import inside

KEY = "c2FuZGJveC1rZXktdGhhdC1vcGVucy1ub3RoaW5nLXNhbmRib3gta2V5LXRoYXQtb3BlbnMtbm90aGluZw=="
STRING = (
    f"DefaultEndpointsProtocol=https;AccountName=fabrikamleads;AccountKey={KEY};"
    "EndpointSuffix=core.windows.net"
)
SIG = "r4nD0m-signature_0f-the-trigger-43characters"
FLOW = f"https://x.14.environment.api.powerplatform.com:443/workflows/1f/triggers/manual/paths/invoke?sv=1.0&sig={SIG}"


@pytest.mark.parametrize(
    ("value", "secret", "told"),
    [
        (STRING, KEY, "fabrikamleads"),
        (f"  {STRING}", KEY, "core.windows.net"),
        (f'{{"connectionString":"{STRING}"}}', KEY, "fabrikamleads"),
        (
            "TableEndpoint=https://x;SharedAccessSignature=sv=2022-11-02&sig=a%2Bb%3Dc4d5e6",
            "a+b=c4d5e6",
            "2022-11-02",
        ),
        (FLOW, SIG, "environment.api.powerplatform.com"),
        (
            "https://fabrikam.azurewebsites.net/api/leads?code=k3y-0f-the-function",
            "k3y-0f-the-function",
            "azurewebsites",
        ),
        ("https://hooks.zapier.com/hooks/catch/123456/abc9def/", "/hooks/catch/123456/abc9def/", "zapier"),
        ("https://robot:t0p-s3cret@leads.example/", "robot:t0p-s3cret", "leads.example"),
        ("https://n8n.example/webhook/7f3a9c1e-5b2d", "7f3a9c1e-5b2d", "webhook"),
        ("https://h.example/hooks/in/T0kenInThePath?x=1", "/hooks/in/T0kenInThePath", "h.example"),
        ("https://h.example/in?auth=0penSesame&sp=0ther-Key", "0penSesame", "h.example"),
        ("https://h.example/in?auth=0penSesame&sp=0ther-Key", "0ther-Key", "h.example"),
    ],
)
def test_what_opens_something_is_found(value, secret, told):
    assert secret in set(inside(value))
    secrets = Secrets(value)
    assert secret not in secrets.hide(f"they said {secret} to {told}")
    assert told in secrets.hide(f"they said {secret} to {told}")


@pytest.mark.parametrize(
    "value", ["", "https://leads.example", "https://leads.example/", "a plain password", "key"]
)
def test_where_there_is_nothing_inside(value):
    assert set(inside(value)) <= {""}


def test_what_every_trigger_s_address_says_is_told():
    shown = Secrets(FLOW).hide("triggers/manual/run, 2016-10-01 and workflows are the same for everybody")
    assert REDACTED not in shown


@pytest.mark.parametrize("cut", [slice(0, 20), slice(-20, None), slice(3, None), slice(0, -3)])
def test_a_key_that_was_cut_is_known_all_the_same(cut):
    secret = "FuncKeyAbcdef1234567890XyzQwErTy"
    assert secret[cut] not in Secrets(secret).hide_foreign(f"bad key {secret[cut]}...")


def test_the_beginning_of_what_is_no_secret_is_told():
    secrets = Secrets(STRING, "leads@fabrikam.onmicrosoft.com")
    for text in (
        "DefaultEndpointsProtocol=https;AccountName is expected",
        "the tenant fabrikam.onmicrosoft.com",
    ):
        assert secrets.hide_foreign(text) == text


def test_an_address_is_hidden_but_for_its_host():
    secrets = Secrets()
    secrets.add_inside(FLOW)
    shown = secrets.hide(f"POST {FLOW} failed")
    assert shown == f"POST https://x.14.environment.api.powerplatform.com:443{REDACTED} failed"
