"""Microsoft's own library signs in unchanged: all it knows of the sandbox are a proxy and a CA."""

from __future__ import annotations

import msal
import pytest

TENANT = "8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214"
APPLICATION = "3c9e1d77-60b8-4f2a-8a45-0b7d2e6f9c13"
PUBLIC_CLIENT = "51f81489-12ee-4a9e-aaae-a2591f45987d"
USER = "leads@fabrikam.onmicrosoft.com"
SCOPES = ["https://fabrikam.crm4.dynamics.com/.default"]


@pytest.fixture
def behind(start, monkeypatch):
    """Start a sandbox, and tell the environment about it."""

    def told(*worlds):
        sandbox = start(*worlds).sandbox
        monkeypatch.setenv("HTTPS_PROXY", sandbox.proxy)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", sandbox.ca_file)
        return sandbox

    return told


def confidential(sandbox, tenant=TENANT):
    return msal.ConfidentialClientApplication(
        APPLICATION,
        client_credential=sandbox.credentials["LEAD_APPLICATION_KEY"],
        authority=f"https://login.microsoftonline.com/{tenant}",
    )


def by_password(sandbox, tenant=TENANT):
    client = msal.PublicClientApplication(
        PUBLIC_CLIENT, authority=f"https://login.microsoftonline.com/{tenant}"
    )
    password = sandbox.credentials["LEAD_PASSWORD"]
    with pytest.warns(DeprecationWarning, match="msal-ropc-migration"):
        return client, client.acquire_token_by_username_password(USER, password, scopes=SCOPES)


@pytest.mark.parametrize("tenant", [TENANT, "fabrikam.com", "fabrikam.onmicrosoft.com"])
def test_an_application_signs_in(behind, tenant):
    answer = confidential(behind(), tenant).acquire_token_for_client(SCOPES)
    assert answer["token_type"] == "Bearer"
    assert answer["expires_in"] == 3599


def test_a_user_signs_in_and_is_remembered(behind):
    client, answer = by_password(behind())
    assert answer["id_token_claims"]["preferred_username"] == USER
    assert [account["username"] for account in client.get_accounts()] == [USER]


def test_a_user_signs_in_without_naming_the_tenant(behind):
    assert "access_token" in by_password(behind(), "organizations")[1]


def test_a_refused_secret_arrives_as_entra_says_it(behind):
    answer = confidential(behind("client-secret-expired")).acquire_token_for_client(SCOPES)
    assert answer["error"] == "invalid_client"
    assert answer["error_codes"] == [7000222]
    assert answer["error_description"].startswith("AADSTS7000222: The provided client secret keys for app")


def test_a_refused_password_arrives_as_entra_says_it(behind):
    _, answer = by_password(behind("password-wrong"))
    assert (answer["error"], answer["error_codes"]) == ("invalid_grant", [50126])


def test_an_unknown_tenant_fails_at_discovery(behind):
    with pytest.raises(ValueError, match="Unable to get authority configuration") as failed:
        confidential(behind("tenant-not-found"))
    assert "AADSTS90002" in str(failed.value.__context__)


def test_a_federated_user_is_sent_to_the_federation_server(behind):
    import requests  # noqa: PLC0415 - only for the exception

    sandbox = behind("federated-user")
    client = msal.PublicClientApplication(
        PUBLIC_CLIENT, authority="https://login.microsoftonline.com/organizations"
    )
    refused = pytest.raises(requests.exceptions.ProxyError)  # the federation server is not there
    with pytest.warns(DeprecationWarning, match="msal-ropc-migration"), refused:
        client.acquire_token_by_username_password(USER, sandbox.credentials["LEAD_PASSWORD"], scopes=SCOPES)


def test_the_library_may_ask_about_the_authority(client):
    answer = client.get(
        "https://login.microsoftonline.com/common/discovery/instance",
        params={
            "api-version": "1.1",
            "authorization_endpoint": "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
        },
    ).json()
    assert answer["tenant_discovery_endpoint"].endswith("/common/v2.0/.well-known/openid-configuration")
    assert "login.microsoftonline.com" in answer["metadata"][0]["aliases"]
