import json
from pathlib import Path

import jsonschema
import pytest

from validator.catalogue import entries
from validator.reporters import entries as reporter

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "catalogue.schema.json").read_text("utf-8"))


@pytest.fixture
def told():
    return json.loads(reporter.as_json(entries()))


def test_json_matches_its_schema(told):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(told)


@pytest.mark.parametrize("part", [SCHEMA, *SCHEMA["$defs"].values()], ids=["catalogue", *SCHEMA["$defs"]])
def test_the_schema_is_closed_and_asks_for_every_key(part):
    assert part["additionalProperties"] is False
    assert {*part["required"]} == {*part["properties"]}


def test_json_holds_every_entry_in_order(told):
    assert [entry["id"] for entry in told["entries"]] == [*entries()]
    secret = next(entry for entry in told["entries"] if entry["id"] == "client-secret-invalid")
    assert (secret["world"], secret["documented"]["number"]) == ("client-secret-invalid", 7)
    assert "AADSTS7000215" in secret["codes"]


def test_text_holds_every_entry_in_order():
    text = reporter.as_text(entries())
    heads = [
        line.split()[1].rstrip(":")
        for line in text.splitlines()
        if line.startswith(("error", "warn", "note"))
    ]
    assert heads == [*entries()]
    assert "\x1b[" not in text
    assert "\x1b[33mwarning\x1b[0m unknown-key" in reporter.as_text(entries(), colour=True)


def test_text_fits_into_eighty_columns_save_for_links():
    long = [line for line in reporter.as_text(entries()).splitlines() if len(line) > 80]
    assert all(line.strip().startswith("https://") for line in long)


def test_markdown_has_a_heading_for_every_entry():
    page = reporter.as_markdown(entries())
    assert [line[3:] for line in page.splitlines() if line.startswith("## ")] == [*entries()]
    assert (
        "documented error 3, `AADSTS90002`, field `/dynamicsLeadConfiguration/directoryId`, has a world."
        in page
    )
    assert "1. Copy the Directory ID of the tenant again" in page
