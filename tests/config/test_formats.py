from __future__ import annotations

import pytest

from validator.config.formats import mentioned, recognise


@pytest.mark.parametrize(
    "values",
    [
        {"leadDestination": "none"},
        {"leadDestination": None},
        {"LeadDestination": "dynamics"},
        {"lead_destination": "dynamics"},
        {"$schema": "https://schema.mp.microsoft.com/schema/customer-leads/2022-03-01-preview3"},
        {"dynamicsLeadConfiguration": {}},
        {"tableleadconfiguration": {}},
        {"destinationType": "dynamics365ForCustomerEngagement"},
    ],
)
def test_a_bare_resource_is_recognised(values):
    [(row, pointer)] = recognise(values)
    assert (row.name, pointer) == ("customer-leads", "")


@pytest.mark.parametrize(
    "values",
    [
        None,
        "leadDestination",
        ["leadDestination"],
        {},
        {"name": "leadDestination"},
        {"$schema": 1},
        {"$schema": "https://schema.mp.microsoft.com/schema/listing/2022-03-01-preview3"},
        {"destinationType": "s3-bucket-of-somebody"},
        {"destinationType": ["dynamics"]},
    ],
)
def test_anything_else_is_not(values):
    assert list(recognise(values)) == []


def test_a_file_without_any_of_the_words_need_not_be_read():
    assert mentioned(b'{"LEADDESTINATION": 1}')
    assert mentioned(b"$schema: https://x/customer-leads/y")
    assert not mentioned(b'{"name": "a package", "destination": "lead"}')
