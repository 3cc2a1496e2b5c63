"""`leadcheck explain --config`: whether the error is about this configuration."""

from __future__ import annotations

import json

import pytest

CONFIG = "examples/dynamics.yaml"
TENANT, APPLICATION = "8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214", "3c9e1d77-60b8-4f2a-8a45-0b7d2e6f9c13"
OTHER = "160c5842-1111-2222-3333-444455556666"

NO_APPLICATION = "AADSTS700016: Application with identifier '{}' was not found in the directory 'Contoso'."
NO_TENANT = "AADSTS90002: Tenant '{}' not found."


@pytest.fixture
def notes(leadcheck):
    def run(text, config=CONFIG):
        ended = leadcheck("explain", text, "--config", config, "--format", "json")
        assert (ended.code, ended.err) == (0, "")
        return ended.json.get("notes", [])

    return run


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (NO_APPLICATION.format(APPLICATION), f"{APPLICATION} is the configured application."),
        (
            NO_APPLICATION.format(OTHER),
            f"{OTHER} is another application than the configured one, {APPLICATION}.",
        ),
        (NO_TENANT.format(TENANT.upper()), f"{TENANT} is the configured tenant."),
        (NO_TENANT.format(OTHER), f"{OTHER} is another tenant than the configured one, {TENANT}."),
        (NO_APPLICATION.format(TENANT), f"{TENANT} is the configured tenant."),
        (
            "0x80040220 at https://contoso.api.crm4.dynamics.com/api/data",
            (
                "contoso.api.crm4.dynamics.com is another instance than the configured one, "
                "fabrikam.crm4.dynamics.com."
            ),
        ),
        (
            "0x80040220 at https://fabrikam.api.crm4.dynamics.com",
            "fabrikam.api.crm4.dynamics.com is the configured instance.",
        ),
        (f"AADSTS50034 {OTHER}", f"{OTHER} is not in the configuration."),
    ],
)
def test_an_identifier_is_compared(text, note, notes):
    assert notes(text) == [note]


@pytest.mark.parametrize("tenant", ["null", "token", "authorize", "undefined", "https:"])
def test_a_tenant_that_is_a_piece_of_an_address(tenant, notes, leadcheck):
    [note] = notes(NO_TENANT.format(tenant))
    assert f"“{tenant}”" in note
    assert "Directory ID was empty" in note
    assert f"“{tenant}”" in leadcheck("explain", NO_TENANT.format(tenant)).out


def test_a_domain_of_salesforce(notes):
    text = "INVALID_SESSION_ID at https://contoso.my.salesforce.com"
    [note] = notes(text, "examples/salesforce-api.yaml")
    assert note.startswith("contoso.my.salesforce.com is another My Domain than the configured one, fabrikam")


@pytest.mark.parametrize(
    ("example", "identifier", "words"),
    [
        ("salesforce", "00D5e000000HabCEAU", "is the configured organisation."),
        (
            "salesforce",
            "00D5e000000XyzQ",
            "is another organisation than the configured one, 00D5e000000HabC.",
        ),
        (
            "salesforce",
            "00D5e000000HABC",
            "is another organisation than the configured one, 00D5e000000HabC.",
        ),
        ("marketo", "427-FKM-190", "is the configured Munchkin ID."),
        ("marketo", "123-PQR-789", "is another Munchkin ID than the configured one, 427-fkm-190."),
    ],
)
def test_organisations_and_accounts(example, identifier, words, notes):
    text = f"Salesforce and Marketo 603 Access denied for {identifier} INVALID_SESSION_ID"
    assert notes(text, f"examples/{example}.yaml") == [f"{identifier} {words}"]


def test_support_gets_what_it_asks_for(leadcheck):
    text = (
        f"{NO_APPLICATION.format(OTHER)} Trace ID: 6513270e-269e-4d37-b2a7-4de452e6b438 "
        "Correlation ID: d23f0824-128b-4f33-8c5c-7fd0a6a3a450 Timestamp: 2026-03-04 05:06:07Z"
    )
    ended = leadcheck("explain", text, "--config", CONFIG)
    told = " ".join(ended.out.split("support", 1)[1].split())
    for part in (
        *("publisher fabrikam", "offer crm-addin", "lead destination dynamics", "time 2026-03-04 05:06:07Z"),
        *("d23f0824-128b-4f33-8c5c-7fd0a6a3a450", "6513270e-269e-4d37-b2a7-4de452e6b438"),
    ):
        assert part in told
    assert "publisher" not in leadcheck("explain", text).out


def test_what_looks_like_no_identifier_is_not_shown(leadcheck, tmp_path):
    text = (
        "leadDestination: dynamics\ndynamicsLeadConfiguration: {directoryId: p1anted~secret, "
        "instanceUrl: 'https://[p1anted', applicationId: '', authentication: azureAD}\n"
    )
    (tmp_path / "lead.yaml").write_text(text, "utf-8")
    for style in ("text", "json"):
        ended = leadcheck(
            "explain", NO_TENANT.format(OTHER), "--config", tmp_path / "lead.yaml", "--format", style
        )
        assert "p1anted" not in ended.out + ended.err
    assert json.loads(ended.out)["notes"] == [f"{OTHER} is not in the configuration."]


@pytest.mark.parametrize(
    ("text", "words"), [("", "empty"), ("name: x\n", "leadDestination"), (None, "no such file")]
)
def test_a_file_that_is_none(text, words, leadcheck, tmp_path):
    path = tmp_path / "lead.yaml"
    if text is not None:
        path.write_text(text, "utf-8")
    ended = leadcheck("explain", "AADSTS90002", "--config", path)
    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err
