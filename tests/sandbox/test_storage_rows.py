"""Tables and rows: made, found, read and removed, in the shapes of the service."""

from __future__ import annotations

import json
import re

import pytest

HOST = "https://fabrikamleads.table.core.windows.net"
NO, MINIMAL, FULL = (f"application/json;odata={level}metadata" for level in ("no", "minimal", "full"))
ROW = "MarketplaceLeads(PartitionKey='p',RowKey='r')"
ETAG = r"W/\"datetime'\d{4}-\d\d-\d\dT\d\d%3A\d\d%3A\d\d\.\d{7}Z'\""

INVALID = (400, "InvalidInput", "One of the request inputs is not valid.")
NOT_IMPLEMENTED = (
    501,
    "NotImplemented",
    "The requested operation is not implemented on the specified resource.",
)
NO_TABLE = (404, "TableNotFound", "The table specified does not exist.")
NO_RESOURCE = (404, "ResourceNotFound", "The specified resource does not exist.")
BEING_DELETED = (409, "TableBeingDeleted", "The specified table is being deleted.")


def said(answer):
    """Give status, code and sentence of a refusal; below the door no header repeats the code."""
    assert "x-ms-error-code" not in answer.headers
    error = answer.json()["odata.error"]
    return answer.status_code, error["code"], error["message"]["value"].split("\nRequestId:")[0]


@pytest.fixture
def one(tables):
    """Give tables with one row more, whose keys are `p` and `r`."""
    tables.insert("p", "r", Text="T")
    return tables


def names(answer):
    return [row["TableName"] for row in answer.json()["value"]]


def test_there_is_one_table_and_it_holds_two_leads(tables):
    assert names(tables.ask("Tables")) == ["MarketplaceLeads"]
    test, lead = tables.ask("MarketplaceLeads()").json()["value"]
    columns = ["PartitionKey", "RowKey", "Timestamp", "ActionCode", "CreatedTime", "CustomerInfo"]
    columns += ["Description", "LeadSource", "OfferDisplayName"]
    assert list(test) == list(lead) == columns
    assert json.loads(test["CustomerInfo"])["Email"] == "MSFT_TEST_639000000000000000@test.com"
    assert list(json.loads(lead["CustomerInfo"])) == [
        "FirstName",
        "LastName",
        "Email",
        "Phone",
        "Country",
        "Company",
        "Title",
    ]


def test_a_table_is_made_found_and_removed(tables):
    made = tables.ask("Tables", "POST", json={"TableName": "Leads"})
    assert (made.status_code, made.json()) == (201, {"TableName": "Leads"})
    assert made.headers["Location"] == f"{HOST}/Tables('Leads')"
    assert tables.ask("Tables('leads')").json() == {"TableName": "Leads"}
    assert names(tables.ask("Tables()")) == ["Leads", "MarketplaceLeads"]
    removed = tables.ask("Tables('LEADS')", "DELETE")
    assert (removed.status_code, removed.content) == (204, b"")
    for method in ("GET", "DELETE"):
        assert said(tables.ask("Tables('Leads')", method)) == NO_RESOURCE


def test_a_table_can_be_made_in_silence(tables):
    made = tables.ask("Tables", "POST", json={"TableName": "Leads"}, headers={"Prefer": "return-no-content"})
    assert (made.status_code, made.content) == (204, b"")
    assert made.headers["Preference-Applied"] == "return-no-content"
    assert made.headers["Location"] == f"{HOST}/Tables('Leads')"
    assert "Content-Type" not in made.headers


@pytest.mark.parametrize("name", ["MarketplaceLeads", "marketplaceleads", "MARKETPLACELEADS"])
def test_letter_case_makes_no_other_table(tables, name):
    again = tables.ask("Tables", "POST", json={"TableName": name})
    assert said(again) == (409, "TableAlreadyExists", "The table specified already exists.")
    assert len(tables.ask(f"{name}()").json()["value"]) == 2


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"{", INVALID),
        (b"[]", INVALID),
        (b"{}", INVALID),
        (b'{"TableName": 1}', INVALID),
        (
            b'{"TableName": "my_leads"}',
            (400, "InvalidResourceName", "The specifed resource name contains invalid characters."),
        ),
        (
            b'{"TableName": "tables"}',
            (400, "InvalidResourceName", "The specifed resource name contains invalid characters."),
        ),
        (
            b'{"TableName": "ab"}',
            (
                400,
                "OutOfRangeInput",
                "The specified resource name length is not within the permissible limits.",
            ),
        ),
    ],
)
def test_what_is_no_name_makes_no_table(tables, body, told):
    assert said(tables.ask("Tables", "POST", data=body)) == told


@pytest.mark.parametrize("world", ["leads-table-missing"])
def test_a_table_that_is_missing_can_be_made(storage, world):
    tables = storage(world)
    assert names(tables.ask("Tables")) == []
    for refused in (
        tables.ask("MarketplaceLeads()"),
        tables.ask(ROW),
        tables.ask("MarketplaceLeads", "POST", json={"PartitionKey": "p", "RowKey": "r"}),
    ):
        assert said(refused) == NO_TABLE
    assert tables.ask("Tables", "POST", json={"TableName": "marketplaceLeads"}).status_code == 201
    tables.ask("MarketplaceLeads", "POST", json={"PartitionKey": "p", "RowKey": "r"})
    assert [row["RowKey"] for row in tables.ask("MARKETPLACELEADS").json()["value"]] == ["r"]


@pytest.mark.parametrize("world", ["leads-table-elsewhere"])
def test_another_table_may_stand_there_empty(storage, world):
    tables = storage(world)
    assert names(tables.ask("Tables")) == ["Leads"]
    assert tables.ask("Leads()").json() == {"value": []}


@pytest.mark.parametrize("world", ["leads-table-being-deleted"])
def test_a_table_that_is_being_deleted_is_of_no_use(storage, world):
    tables = storage(world)
    assert names(tables.ask("Tables")) == []
    assert said(tables.ask("Tables", "POST", json={"TableName": "MarketplaceLeads"})) == BEING_DELETED
    assert said(tables.ask("Tables('MarketplaceLeads')", "DELETE")) == BEING_DELETED
    assert said(tables.ask("MarketplaceLeads()")) == BEING_DELETED


def test_a_row_is_written_read_and_removed(tables):
    sent = {"PartitionKey": "p", "RowKey": "r", "Text": "Grüße", "Yes": True, "Number": 7, "None": None}
    written = tables.ask("MarketplaceLeads", "POST", json=sent)
    assert written.status_code == 201
    assert written.headers["Location"] == f"{HOST}/{ROW}"
    assert re.fullmatch(ETAG, written.headers["ETag"])
    assert written.headers["Preference-Applied"] == "return-content"
    row = written.json()
    assert row == {key: value for key, value in sent.items() if value is not None} | {
        "Timestamp": row["Timestamp"]
    }
    read = tables.ask(ROW)
    assert (read.json(), read.headers["ETag"]) == (row, written.headers["ETag"])
    removed = tables.ask(ROW, "DELETE", headers={"If-Match": "*"})
    assert (removed.status_code, removed.content) == (204, b"")
    assert said(tables.ask(ROW)) == NO_RESOURCE
    assert said(tables.ask(ROW, "DELETE", headers={"If-Match": "*"})) == NO_RESOURCE


def test_a_row_can_be_written_in_silence(tables):
    written = tables.insert("p", "r")
    assert written.content == b""
    assert written.headers["Preference-Applied"] == "return-no-content"
    assert written.headers["DataServiceId"] == written.headers["Location"] == f"{HOST}/{ROW}"
    assert re.fullmatch(ETAG, written.headers["ETag"])


def test_a_row_is_written_once(one):
    again = one.ask("marketplaceleads", "POST", json={"PartitionKey": "p", "RowKey": "r"})
    assert said(again) == (409, "EntityAlreadyExists", "The specified entity already exists.")
    one.insert("p", "R")  # in keys letter case counts


def test_keys_may_hold_quotes_blanks_and_nothing(tables):
    tables.insert("O'Hara's", "a b")
    assert tables.ask("MarketplaceLeads(PartitionKey='O''Hara''s',RowKey='a%20b')").status_code == 200
    where = tables.insert("", "ü'").headers["Location"]
    assert where == f"{HOST}/MarketplaceLeads(PartitionKey='',RowKey='%C3%BC''')"
    assert tables.ask(where.removeprefix(f"{HOST}/")).json()["RowKey"] == "ü'"


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (
            {"RowKey": "r"},
            (400, "PropertiesNeedValue", "The values are not specified for all properties in the entity."),
        ),
        (
            {"PartitionKey": "p", "RowKey": None},
            (400, "PropertiesNeedValue", "The values are not specified for all properties in the entity."),
        ),
        ({"PartitionKey": 1, "RowKey": "r"}, INVALID),
        ({"PartitionKey": "p", "RowKey": "r", "Customer": {"Name": "x"}}, INVALID),
        ({"PartitionKey": "p", "RowKey": "r", "X": "x", "X@odata.type": "Edm.Guid"}, INVALID),
        ({"PartitionKey": "p", "RowKey": "r", "X": "x", "X@odata.type": "Edm.Colour"}, INVALID),
        ({"PartitionKey": "p", "RowKey": "r", "X": "x", "X@odata.type": ["Edm.Guid"]}, INVALID),
        ([], INVALID),
        (
            {"PartitionKey": "a/b", "RowKey": "r"},
            (400, "OutOfRangeInput", "The 'PartitionKey' parameter of value 'a/b' is out of range."),
        ),
        (
            {"PartitionKey": "p", "RowKey": "k" * 513},
            (400, "OutOfRangeInput", f"The 'RowKey' parameter of value '{'k' * 513}' is out of range."),
        ),
        (
            {"PartitionKey": "p", "RowKey": "r", "Text": "x" * 32769},
            (400, "PropertyValueTooLarge", "The property value exceeds the maximum allowed size (64KB)."),
        ),
    ],
)
def test_what_is_no_row_is_not_written(tables, sent, told):
    assert said(tables.ask("MarketplaceLeads", "POST", json=sent)) == told
    assert len(tables.rows) == 2


@pytest.mark.parametrize(
    "body", [b"PartitionKey=p", b'{"PartitionKey": "p", "RowKey": "\\ud800"}', b"[" * 100_000]
)
def test_what_is_no_json_is_not_written(tables, body):
    assert said(tables.ask("MarketplaceLeads", "POST", data=body)) == INVALID


def test_a_row_is_removed_in_the_state_that_is_named(one):
    assert said(one.ask(ROW, "DELETE")) == (
        400,
        "MissingRequiredHeader",
        "An HTTP header that's mandatory for this request is not specified.",
    )
    stale = {"If-Match": "W/\"datetime'2020-01-01T00%3A00%3A00.0000000Z'\""}
    assert said(one.ask(ROW, "DELETE", headers=stale)) == (
        412,
        "UpdateConditionNotSatisfied",
        "The update condition specified in the request was not satisfied.",
    )
    tag = one.ask(ROW).headers["ETag"]
    assert one.ask(ROW, "DELETE", headers={"If-Match": tag}).status_code == 204
    assert said(one.ask("Nowhere(PartitionKey='p',RowKey='r')", "DELETE", headers=stale)) == NO_TABLE


@pytest.mark.parametrize("world", ["test-lead-not-found-in-table"])
def test_a_consumer_can_take_rows_away_at_once(storage, world):
    tables = storage(world)
    tables.insert("p", "r")
    assert said(tables.ask(ROW)) == NO_RESOURCE
    assert len(tables.rows) == 2


@pytest.mark.parametrize("accept", [NO, MINIMAL, FULL, "application/json"])
def test_an_answer_names_the_metadata_it_holds(one, accept):
    level = accept.partition("odata=")[2] or "minimalmetadata"
    kind = f"application/json;odata={level};streaming=true;charset=utf-8"
    for path in ("Tables", "Tables('MarketplaceLeads')", "MarketplaceLeads()", ROW):
        assert one.ask(path, headers={"Accept": accept}).headers["Content-Type"] == kind
        assert one.ask(f"{path}?$format={accept}", headers={"Accept": "*/*"}).headers["Content-Type"] == kind


def test_without_metadata_there_are_values_alone(tables):
    tables.insert("p", "r", **{"Id": "5ad06a1c-7be2-4d19-9f83-c4e0b2617d58", "Id@odata.type": "Edm.Guid"})
    assert list(tables.ask(ROW).json()) == ["PartitionKey", "RowKey", "Timestamp", "Id"]


def test_minimal_metadata_tell_tags_and_the_types_that_json_does_not(tables):
    typed = {
        "Long@odata.type": "Edm.Int64",
        "Long": "9007199254740993",
        "Text@odata.type": "Edm.String",
        "Text": "T",
    }
    tag = tables.insert("p", "r", **typed).headers["ETag"]
    row = tables.ask(ROW, headers={"Accept": MINIMAL}).json()
    assert row.pop("odata.metadata") == f"{HOST}/$metadata#MarketplaceLeads/@Element"
    assert row == {
        "odata.etag": tag,
        "PartitionKey": "p",
        "RowKey": "r",
        "Timestamp": row["Timestamp"],
        "Long@odata.type": "Edm.Int64",
        "Long": "9007199254740993",
        "Text": "T",
    }
    found = tables.ask("MarketplaceLeads()?$filter=RowKey eq 'r'", headers={"Accept": MINIMAL}).json()
    assert found == {"odata.metadata": f"{HOST}/$metadata#MarketplaceLeads", "value": [row]}


def test_full_metadata_tell_where_things_are_too(one):
    row = one.ask(ROW, headers={"Accept": FULL}).json()
    assert row == {
        "odata.metadata": f"{HOST}/$metadata#MarketplaceLeads/@Element",
        "odata.type": "fabrikamleads.MarketplaceLeads",
        "odata.id": f"{HOST}/{ROW}",
        "odata.etag": row["odata.etag"],
        "odata.editLink": ROW,
        "PartitionKey": "p",
        "RowKey": "r",
        "Timestamp@odata.type": "Edm.DateTime",
        "Timestamp": row["Timestamp"],
        "Text": "T",
    }
    assert one.ask("Tables", headers={"Accept": FULL}).json() == {
        "odata.metadata": f"{HOST}/$metadata#Tables",
        "value": [
            {
                "odata.type": "fabrikamleads.Tables",
                "odata.id": f"{HOST}/Tables('MarketplaceLeads')",
                "odata.editLink": "Tables('MarketplaceLeads')",
                "TableName": "MarketplaceLeads",
            }
        ],
    }


def test_a_new_table_comes_with_metadata_too(tables):
    made = tables.ask("Tables", "POST", json={"TableName": "Leads"}, headers={"Accept": MINIMAL})
    assert made.json() == {"odata.metadata": f"{HOST}/$metadata#Tables/@Element", "TableName": "Leads"}


@pytest.mark.parametrize("accept", ["*/*", "application/atom+xml"])
def test_atom_is_spoken_no_more(tables, accept):
    row = {"PartitionKey": "p", "RowKey": "r"}
    for answer in (
        tables.ask("Tables", headers={"Accept": accept}),
        tables.ask("MarketplaceLeads", "POST", json=row, headers={"Accept": accept}),
    ):
        assert (answer.status_code, answer.headers["Content-Type"]) == (415, "application/xml")
        assert "<m:code>AtomFormatNotSupported</m:code>" in answer.text
        assert "Atom format is not supported." in answer.text
    assert len(tables.rows) == 2


@pytest.mark.parametrize(
    ("path", "method", "told"),
    [
        ("", "GET", NO_RESOURCE),
        ("a/b", "GET", NO_RESOURCE),
        ("MarketplaceLeads(RowKey='r')", "GET", NO_RESOURCE),
        ("$batch", "POST", NO_TABLE),
        ("MarketplaceLeads?comp=acl", "GET", NOT_IMPLEMENTED),
        (ROW, "PUT", NOT_IMPLEMENTED),
        (ROW, "PATCH", NOT_IMPLEMENTED),
        (
            "Tables",
            "PUT",
            (405, "MethodNotAllowed", "The requested method is not allowed on the specified resource."),
        ),
        (
            ROW,
            "POST",
            (405, "MethodNotAllowed", "The requested method is not allowed on the specified resource."),
        ),
    ],
)
def test_what_is_not_there_is_refused_in_form(tables, path, method, told):
    assert said(tables.ask(path, method)) == told


@pytest.fixture
def find(tables):
    """Ask for the keys of the rows that a query finds; the status and the code of the refusal otherwise."""
    guid = {"Id": "5ad06a1c-7be2-4d19-9f83-c4e0b2617d58", "Id@odata.type": "Edm.Guid"}
    big = {"Big": "9007199254740993", "Big@odata.type": "Edm.Int64"}
    born = {"Born": "2026-01-02T00:00:00Z", "Born@odata.type": "Edm.DateTime"}
    raw = {"Raw": "yv4=", "Raw@odata.type": "Edm.Binary"}
    tables.rows.clear()
    tables.insert("b", "3", Name="Ada's lead", Age=36, Paid=True, **guid, **born)
    tables.insert("a", "2", Name="lead", Age=4, Paid=False, **big, **raw)
    tables.insert("a", "1", Name="Lead", Half=0.5)

    def keys(table="MarketplaceLeads", **options):
        answer = tables.ask(f"{table}()", params={f"${name}": value for name, value in options.items()})
        if not answer.ok:
            return said(answer)
        return "".join(row["RowKey"] for row in answer.json()["value"])

    return keys


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("RowKey eq '3'", "3"),
        ("PartitionKey eq 'a'", "12"),
        ("PartitionKey eq 'a' and RowKey eq '2'", "2"),
        ("PartitionKey ne 'a'", "3"),
        ("PartitionKey ge 'a' and PartitionKey lt 'b'", "12"),
        ("RowKey gt '1'", "23"),
        ("RowKey le '2'", "12"),
        ("Name eq 'lead'", "2"),
        ("Name eq 'Ada''s lead'", "3"),
        ("Age gt 4", "3"),
        ("Age ge 4.0", "23"),
        ("Age eq -4", ""),
        ("Age eq '4'", ""),
        ("Half lt 1", "1"),
        ("Paid eq true", "3"),
        ("Paid eq false", "2"),
        ("Paid eq 1", ""),
        ("Shoes ne 46", ""),
        ("Big eq 9007199254740993L", "2"),
        ("Id eq guid'5AD06A1C-7be2-4d19-9f83-c4e0b2617d58'", "3"),
        ("Born ge datetime'2026-01-02T00:00:00Z'", "3"),
        ("Born lt datetime'2026-01-02T00:00:00'", ""),
        ("Raw eq X'CAFE'", "2"),
        ("Raw eq binary'cafe'", "2"),
        ("Timestamp gt datetime'2026-01-01T00:00:00.1234567Z'", "123"),
        ("RowKey eq '1' or RowKey eq '2' and Age eq 4", "12"),
        ("(RowKey eq '1' or RowKey eq '2') and Age eq 4", "2"),
        ("not (RowKey eq '1' or RowKey eq '2')", "3"),
        ("not RowKey eq '1' and Paid eq true", "3"),
    ],
)
def test_a_filter_finds(find, condition, found):
    assert find(filter=condition) == found


@pytest.mark.parametrize(
    "condition",
    [
        "",
        "RowKey",
        "RowKey eq",
        "RowKey eq 'open",
        "RowKey like '1'",
        "RowKey eq '1' RowKey",
        "(RowKey eq '1'",
        "RowKey eq unquoted",
        "'1' eq RowKey",
        "Age eq 1.2.3",
        "Id eq guid'no'",
        "Born eq datetime'yesterday'",
        "RowKey eq '1' ; drop",
    ],
)
def test_a_filter_that_means_nothing_is_refused(find, condition):
    assert find(filter=condition) == INVALID


def test_a_filter_knows_no_functions(find):
    assert find(filter="startswith(Name,'Lead')") == NOT_IMPLEMENTED


def test_rows_come_in_the_order_of_their_keys_and_no_more_than_wanted(find):
    assert find() == "123"
    assert find(top="2") == "12"
    assert find(top="1000") == "123"
    assert find(top="1", filter="Age gt 0") == "2"


@pytest.mark.parametrize("top", ["1001", "-1", "some"])
def test_a_number_that_cannot_be_is_refused(find, top):
    assert find(top=top) == INVALID


@pytest.mark.parametrize("option", ["orderby", "skip", "expand"])
def test_an_option_that_tables_do_not_know_is_refused(find, option):
    assert find(**{option: "1"}) == NOT_IMPLEMENTED


def test_an_answer_holds_a_thousand_rows_at_most(tables):
    rows = tables.rows
    rows += [{**rows[0], "RowKey": f"{number:04}"} for number in range(1000)]
    assert len(rows) == 1002
    assert len(tables.ask("MarketplaceLeads()").json()["value"]) == 1000


def test_the_properties_that_were_asked_for_come_alone(tables):
    born = {"Born": "2026-01-02T00:00:00Z", "Born@odata.type": "Edm.DateTime"}
    tables.insert("p", "r", Text="T", **born)
    assert tables.ask(f"{ROW}?$select=Text, Shoes").json() == {"Text": "T", "Shoes": None}
    assert set(tables.ask(f"{ROW}?$select=*").json()) == {
        "PartitionKey",
        "RowKey",
        "Timestamp",
        "Text",
        "Born",
    }
    row = tables.ask(f"{ROW}?$select=Born", headers={"Accept": FULL}).json()
    assert {name for name in row if not name.startswith("odata.")} == {"Born", "Born@odata.type"}


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("TableName eq 'Leads'", ["Leads"]),
        ("TableName ge 'M' and TableName lt 'N'", ["MarketplaceLeads"]),
        ("TableName gt 'a'", []),
    ],
)
def test_tables_are_found_by_name(tables, condition, found):
    tables.ask("Tables", "POST", json={"TableName": "Leads"})
    assert names(tables.ask("Tables", params={"$filter": condition})) == found


def test_as_many_tables_come_as_wanted(tables):
    tables.ask("Tables", "POST", json={"TableName": "Leads"})
    assert names(tables.ask("Tables?$top=1")) == ["Leads"]


def test_a_table_is_read_without_its_metadata(tables):
    assert tables.ask("Tables('MarketplaceLeads')").json() == {"TableName": "MarketplaceLeads"}
