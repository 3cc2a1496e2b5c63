"""Microsoft's own library for tables works unchanged: all it knows of the sandbox are a proxy and a CA."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from uuid import UUID

import pytest
from azure.core import MatchConditions
from azure.core.exceptions import (
    ClientAuthenticationError,
    HttpResponseError,
    ResourceExistsError,
    ResourceModifiedError,
    ResourceNotFoundError,
    ServiceRequestError,
)
from azure.data.tables import EdmType, EntityProperty, TableServiceClient

ROW = {"PartitionKey": "2026-11-26", "RowKey": "MSFT_TEST_1", "CustomerInfo": "{}", "Paid": True}


@pytest.fixture
def service(start):
    """Give the library's client of the account, made of the connection string that the sandbox hands out."""
    with contextlib.ExitStack() as stack:

        def connected(*worlds):
            sandbox = start(*worlds).sandbox
            client = TableServiceClient.from_connection_string(
                sandbox.credentials["LEAD_STORAGE_CONNECTION"],
                proxies={"https": sandbox.proxy},
                connection_verify=sandbox.ca_file,
                retry_total=0,
            )
            return stack.enter_context(client)

        yield connected


@pytest.fixture
def leads(service):
    return service().get_table_client("MarketplaceLeads")


def test_tables_are_made_listed_and_removed(service):
    account = service()
    table = account.create_table("Leads")
    assert sorted(known.name for known in account.list_tables()) == ["Leads", "MarketplaceLeads"]
    assert [known.name for known in account.query_tables("TableName eq 'Leads'")] == ["Leads"]
    with pytest.raises(ResourceExistsError) as refused:
        account.create_table("leads")
    assert refused.value.error_code == "TableAlreadyExists"
    assert account.create_table_if_not_exists("LEADS").table_name == "LEADS"
    table.delete_table()
    account.delete_table("Leads")  # the library takes a table that is not there for removed
    assert [known.name for known in account.list_tables()] == ["MarketplaceLeads"]


def test_a_row_is_written_read_found_and_removed(leads):
    written = leads.create_entity(ROW)
    row = leads.get_entity("2026-11-26", "MSFT_TEST_1")
    assert row == ROW
    assert row.metadata["etag"] == written["etag"]
    found = leads.query_entities("RowKey ge @start", parameters={"start": "MSFT_TEST_"}, select=["RowKey"])
    assert [dict(row) for row in found] == [
        {"RowKey": "MSFT_TEST_639000000000000000"},
        {"RowKey": "MSFT_TEST_1"},
    ]
    assert len(list(leads.list_entities(results_per_page=100))) == 3
    leads.delete_entity(row, etag=row.metadata["etag"], match_condition=MatchConditions.IfNotModified)
    with pytest.raises(ResourceNotFoundError):
        leads.get_entity("2026-11-26", "MSFT_TEST_1")


def test_a_row_that_has_changed_is_not_removed(leads):
    leads.create_entity(ROW)
    with pytest.raises(ResourceModifiedError):
        leads.delete_entity(ROW, etag="W/\"datetime'2020'\"", match_condition=MatchConditions.IfNotModified)


def test_every_type_comes_back_as_it_was(leads):
    sent = {
        **ROW,
        "Big": EntityProperty(2**40, EdmType.INT64),
        "Half": 0.5,
        "Small": 7,
        "Born": datetime(2026, 1, 2, tzinfo=UTC),
        "Id": UUID("5ad06a1c-7be2-4d19-9f83-c4e0b2617d58"),
        "Raw": b"\xca\xfe",
    }
    leads.create_entity(sent)
    got = leads.get_entity(ROW["PartitionKey"], ROW["RowKey"])
    assert got["Big"].value == 2**40
    assert {name: got[name] for name in sent if name != "Big"} == {
        name: value for name, value in sent.items() if name != "Big"
    }


def test_a_row_cannot_be_written_twice_or_into_a_table_that_is_missing(service):
    account = service()
    leads = account.get_table_client("MarketplaceLeads")
    leads.create_entity(ROW)
    with pytest.raises(ResourceExistsError):
        leads.create_entity(ROW)
    with pytest.raises(ResourceNotFoundError):
        account.get_table_client("Leads").create_entity(ROW)


def test_a_wrong_key_arrives_as_the_service_says_it(service):
    with pytest.raises(ClientAuthenticationError) as refused:
        list(service("account-key-wrong").list_tables())
    assert refused.value.error_code == "AuthenticationFailed"
    assert "Server failed to authenticate the request. Make sure" in refused.value.message


@pytest.mark.parametrize(
    ("world", "code"),
    [
        ("storage-firewall", "AuthorizationFailure"),
        ("storage-key-access-disabled", "KeyBasedAuthenticationNotPermitted"),
        ("storage-account-disabled", "AccountIsDisabled"),
    ],
)
def test_an_account_that_is_closed_says_why(service, world, code):
    with pytest.raises(HttpResponseError) as refused:
        list(service(world).list_tables())
    assert (refused.value.status_code, refused.value.error_code) == (403, code)


def test_an_account_that_is_not_there_cannot_be_reached(service):
    with pytest.raises(ServiceRequestError, match="502 Bad Gateway"):
        list(service("storage-account-not-found").list_tables())
