"""A block of Marketo's settings as the judge gets it, whatever the reading makes of its values."""

from __future__ import annotations

import pytest

from validator.config.configuration import Configuration
from validator.config.secrets import Secret, Secrets
from validator.model import Location, Source

BLOCK = "/marketoLeadConfiguration"


def place(pointer):
    return Location("lead-destination.yaml", pointer, 1 + len(pointer), 3)


@pytest.fixture
def configured():
    """Make a configuration with these keys in its block; `clientSecret` becomes a `Secret`."""

    def made(findings=(), **block):
        held = dict(block)
        if isinstance(held.get("clientSecret"), str):
            held["clientSecret"] = Secret(held["clientSecret"])
        pointers = ["", "/leadDestination", BLOCK, *(f"{BLOCK}/{key}" for key in held)]
        return Configuration(
            source=Source("lead-destination.yaml", "", 1, "customer-leads"),
            destination="marketo",
            values={"leadDestination": "marketo", "marketoLeadConfiguration": held},
            places={pointer: place(pointer) for pointer in pointers},
            findings=tuple(findings),
            secrets=Secrets(*(value.reveal() for value in held.values() if isinstance(value, Secret))),
        )

    return made
