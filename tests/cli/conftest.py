"""Configurations on a user's disk."""

from __future__ import annotations

import pytest

AZURE_AD = """\
leadDestination: dynamics
dynamicsLeadConfiguration:
  instanceUrl: https://fabrikam.crm4.dynamics.com
  authentication: azureAD
  directoryId: 8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214
  applicationId: 3c9e1d77-60b8-4f2a-8a45-0b7d2e6f9c13
  applicationKey: ${LEAD_APPLICATION_KEY}
"""

TYPO = AZURE_AD.replace("8f0d3c5e-2a41-", "8f0d3c5e-")
"""The same with a directory id that lost a part: documented error 6, and it shows offline."""

WARNED = AZURE_AD.replace(".com", ".com/main.aspx")
"""The same with the address of a page: a warning, no error."""


@pytest.fixture(autouse=True)
def application_key(monkeypatch):
    monkeypatch.setenv("LEAD_APPLICATION_KEY", "a~8Q~secret")


@pytest.fixture
def folder(tmp_path):
    """Write files: `folder("name", "text", …)` gives their folder."""

    def write(*names_and_texts):
        for name, text in zip(names_and_texts[::2], names_and_texts[1::2], strict=True):
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path

    return write


@pytest.fixture
def azure_ad():
    return AZURE_AD


@pytest.fixture
def typo():
    return TYPO


@pytest.fixture
def warned():
    return WARNED
