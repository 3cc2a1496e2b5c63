"""The MSFT_TEST lead and the grammar of lead sources."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from validator import lead

DOCUMENTED = "MSFT_TEST_636573304831318844"
AT = datetime(2018, 3, 22, 15, 48, 3, 131884, tzinfo=UTC)


def test_the_documented_token_was_made_on_the_day_of_its_page():
    assert lead.moment(DOCUMENTED) == AT


def test_a_token_counts_ticks_since_the_year_one():
    assert lead.token(AT) == "MSFT_TEST_636573304831318840"
    assert lead.token(datetime(2018, 9, 28, 18, 24, 18, tzinfo=UTC)) == "MSFT_TEST_636737558580000000"


def test_a_token_is_the_same_in_every_time_zone():
    assert lead.token(AT.astimezone(timezone(timedelta(hours=9)))) == lead.token(AT)


def test_a_clock_without_a_time_zone_is_refused():
    with pytest.raises(TypeError):
        lead.token(AT.replace(tzinfo=None))


@pytest.mark.parametrize(
    "now",
    [
        datetime(2018, 1, 1, tzinfo=UTC),
        datetime(2026, 11, 20, 10, 0, 0, 1, tzinfo=UTC),
        datetime(2030, 2, 28, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    ],
)
def test_the_time_comes_back_out_of_a_token(now):
    assert lead.moment(lead.token(now)) == now


@pytest.mark.parametrize(
    "text",
    ["", "MSFT_TEST", "MSFT_TEST_", "MSFT_TEST_12", f"{DOCUMENTED}00", "MSFT_TEST_9999999999999999999"],
)
def test_text_without_a_time(text):
    assert lead.moment(text) is None


def test_tokens_are_found_in_any_text_once_each():
    other = "MSFT_TEST_636737558587117715"
    text = f"first_name = {other}\nemail={DOCUMENTED}@test.com {other}-{other}|Contoso Test"
    assert lead.tokens(text) == [other, DOCUMENTED]
    assert lead.tokens("nothing here") == []


def test_the_lead_of_dynamics():
    assert lead.dynamics(DOCUMENTED, "Fabrikam CRM add-in") == {
        "subject": f"{DOCUMENTED}-{DOCUMENTED}|Fabrikam CRM add-in",
        "firstname": DOCUMENTED,
        "lastname": DOCUMENTED,
        "emailaddress1": f"{DOCUMENTED}@test.com",
        "telephone1": "1234567890",
        "address1_country": "US",
        "companyname": DOCUMENTED,
        "jobtitle": DOCUMENTED,
        "description": DOCUMENTED,
        "leadsourcecode": 8,
    }


@pytest.mark.parametrize("title", ["x" * 1000, "\U0001f600" * 1000, "a" + "\U0001f600" * 1000])
def test_a_long_title_fits_the_column(title):
    subject = lead.dynamics(DOCUMENTED, title)["subject"]
    units = len(subject.encode("utf-16-le")) // 2
    assert 299 <= units <= 300
    assert subject.startswith(f"{DOCUMENTED}-{DOCUMENTED}|")


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("two\nlines\tand more ", "two lines and more"),
        ("bell\x07 and \x1b[31mred", "bell and [31mred"),
        ("turned\u202e round\u200b", "turned round"),
        ("half \ud83d a pair", "half  a pair"),
        ("Bücher & <b>Söhne</b>", "Bücher & <b>Söhne</b>"),
        ("", "leadcheck test"),
        ("\x00", "leadcheck test"),
    ],
)
def test_a_title_is_plain_text(title, written):
    assert lead.dynamics(DOCUMENTED, title)["subject"] == f"{DOCUMENTED}-{DOCUMENTED}|{written}"


OFFER = "checkpoint.check-point-r77-10sg-byol"


@pytest.mark.parametrize(
    ("text", "source", "action"),
    [
        (f"AzureMarketplace-INS|{OFFER}", "AzureMarketplace", "INS"),
        (f"AzurePortal-Create|{OFFER}", "AzurePortal", "Create"),
        (f"SPZA-PLT|{OFFER}", "AppSource", "PLT"),
        (f"AppSource-DNC|{OFFER}", "AppSource", "DNC"),
        (f"AppSource (SPZA)-INS|{OFFER}", "AppSource", "INS"),
        (f"TestDrive-StartTestDrive|{OFFER}", "TestDrive", "StartTestDrive"),
        (f"  AzureMarketplace - INS  |  {OFFER} ", "AzureMarketplace", "INS"),
        (f"azuremarketplace-ins|{OFFER}", "AzureMarketplace", "INS"),
        (f"appsource(spza)-plt | {OFFER}", "AppSource", "PLT"),
        (f"Some-New-Shop-BUY|{OFFER}", "Some-New-Shop", "BUY"),
    ],
)
def test_lead_sources_of_every_year(text, source, action):
    assert lead.parse_lead_source(text) == lead.LeadSource(source, action, OFFER, is_test=False)


@pytest.mark.parametrize("offer", ["Test Offer Name", "an offer | with a bar", "a-b-c"])
def test_the_source_of_a_test_lead(offer):
    written = lead.lead_source(DOCUMENTED, offer)
    assert lead.parse_lead_source(written) == lead.LeadSource(DOCUMENTED, DOCUMENTED, offer, is_test=True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "AzureMarketplace",
        "AzureMarketplace-INS",
        "AzureMarketplace-INS|",
        "AzureMarketplace-INS| ",
        f"AzureMarketplace|{OFFER}",
        f"-INS|{OFFER}",
        f"AzureMarketplace-|{OFFER}",
        f"AzureMarketplace-I N S|{OFFER}",
        f"{DOCUMENTED}-MSFT_TEST_636737558587117715|x",
        "|",
    ],
)
def test_what_is_no_lead_source(text):
    assert lead.parse_lead_source(text) is None


def test_every_source_and_action_has_a_meaning():
    assert set(lead.SPELLINGS.values()) == set(lead.SOURCES)
    assert set(lead.ACTIONS) == {"INS", "PLT", "DNC", "Create", "StartTestDrive"}


TITLE = "Contoso Test"
NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)

SAMPLE = f"""{{
  "UserDetails": {{
    "FirstName": "{DOCUMENTED}",
    "LastName": "{DOCUMENTED}",
    "Email": "{DOCUMENTED}@test.com",
    "Phone": "1234567890",
    "Country": "US",
    "Company": "{DOCUMENTED}",
    "Title": "{DOCUMENTED}"
  }},
  "LeadSource": "AzureMarketplace",
  "ActionCode": "INS",
  "OfferTitle": "Contoso Test",
  "Description": "{DOCUMENTED}"
}}"""
"""The test lead of the lead management FAQ (2020-10-01), with the comma that it lacks."""

CUSTOMER_OF_2018 = """{
  "FirstName": "MSFT_TEST_636737558587117715",
  "LastName": "MSFT_TEST_636737558587117715",
  "Email": "MSFT_TEST_636737558587117715@test.com",
  "Phone": "1234567890",
  "Country": "US",
  "Company": "MSFT_TEST_636737558587117715",
  "Title": "MSFT_TEST_636737558587117715"
}"""
"""The cell CustomerInfo of a test lead that Microsoft wrote to a table on 2018-09-28."""


def test_the_lead_for_an_endpoint_is_the_documents_own_key_order_included():
    assert json.dumps(lead.https_endpoint(DOCUMENTED, TITLE), indent=2) == SAMPLE


@pytest.mark.parametrize(("title", "told"), [("", lead.DEFAULT_TITLE), (" A\n b\x1b ", "A b")])
def test_an_endpoint_s_lead_has_a_title_that_prints(title, told):
    assert lead.https_endpoint(DOCUMENTED, title)["OfferTitle"] == told
    assert lead.azure_table(DOCUMENTED, title, NOW)["OfferDisplayName"] == told


def test_a_sparse_lead_lacks_what_real_leads_lack():
    sparse = lead.sparse(DOCUMENTED, TITLE)
    assert list(sparse["UserDetails"]) == ["FirstName", "LastName", "Email"]
    assert set(lead.https_endpoint(DOCUMENTED, TITLE)) - set(sparse) == {"Description"}


def test_a_lead_in_camel_case_is_the_same_lead():
    camel = lead.camel_case(lead.https_endpoint(DOCUMENTED, TITLE))
    assert json.dumps(camel).lower() == json.dumps(lead.https_endpoint(DOCUMENTED, TITLE)).lower()
    assert list(camel) == ["userDetails", "leadSource", "actionCode", "offerTitle", "description"]
    assert list(camel["userDetails"])[:2] == ["firstName", "lastName"]


def test_the_lead_for_marketo_has_the_documented_fields_under_the_names_of_its_api():
    assert lead.marketo("MSFT_TEST_636737558587117715", TITLE) == {
        "firstName": "MSFT_TEST_636737558587117715",
        "lastName": "MSFT_TEST_636737558587117715",
        "email": "MSFT_TEST_636737558587117715@test.com",
        "phone": "1234567890",
        "title": "MSFT_TEST_636737558587117715",
        "company": "MSFT_TEST_636737558587117715",
        "country": "US",
        "leadSource": f"MSFT_TEST_636737558587117715-MSFT_TEST_636737558587117715|{TITLE}",
    }


@pytest.mark.parametrize("title", ["x" * 1000, "😀" * 500])
def test_a_field_of_marketo_holds_255_characters(title):
    assert len(lead.marketo(DOCUMENTED, title)["leadSource"]) <= 255


def test_a_row_of_the_table_has_the_columns_and_the_cell_that_readers_expect():
    row = lead.azure_table("MSFT_TEST_636737558587117715", TITLE, NOW)
    assert set(row) == {
        *("PartitionKey", "RowKey", "ActionCode", "CreatedTime", "CustomerInfo"),
        *("Description", "LeadSource", "OfferDisplayName"),
    }
    assert json.dumps(json.loads(row["CustomerInfo"]), indent=2) == CUSTOMER_OF_2018
    assert row["LeadSource"] == f"{row['RowKey']}-{row['RowKey']}|{TITLE}"
    assert (row["PartitionKey"], row["CreatedTime"]) == ("2026-11-26", "2026-11-26T09:30:00Z")
    assert all(isinstance(cell, str) for cell in row.values())
