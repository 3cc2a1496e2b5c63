"""Configurations as a user writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator.config import load

ROOT = Path(__file__).parents[2]

AZURE_AD = """\
leadDestination: dynamics
dynamicsLeadConfiguration:
  instanceUrl: https://fabrikam.crm4.dynamics.com
  authentication: azureAD
  directoryId: 8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214
  applicationId: 3c9e1d77-60b8-4f2a-8a45-0b7d2e6f9c13
  applicationKey: ${LEAD_APPLICATION_KEY}
"""

OFFICE365 = """\
leadDestination: dynamics
dynamicsLeadConfiguration:
  instanceUrl: https://fabrikam.crm4.dynamics.com
  authentication: office365
  username: leads@fabrikam.onmicrosoft.com
  password: ${LEAD_PASSWORD}
"""

ENVIRON = {"LEAD_APPLICATION_KEY": "k3y-of-the-application", "LEAD_PASSWORD": "p4ss-of-the-user"}


@pytest.fixture
def azure_ad():
    return AZURE_AD


@pytest.fixture
def office365():
    return OFFICE365


@pytest.fixture
def environ():
    return dict(ENVIRON)


@pytest.fixture
def read():
    """Read a text that holds one configuration."""

    def one(text, **options):
        [configuration] = load("leads.yaml", text, **{"environ": ENVIRON, **options})
        return configuration

    return one


@pytest.fixture
def faults(read):
    """Read a text, and tell its findings as (id, pointer, line, column)."""

    def told(text, **options):
        return [
            (found.id, found.location.pointer, found.location.line, found.location.column)
            for found in read(text, **options).findings
        ]

    return told


@pytest.fixture
def root():
    return ROOT
