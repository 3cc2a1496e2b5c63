from __future__ import annotations

import json

import jsonschema
import pytest

from validator.sandbox import WORLDS


@pytest.fixture(scope="module")
def schema(root):
    return json.loads((root / "schemas/catalogue.schema.json").read_text("utf-8"))


def test_json_keeps_to_its_schema(leadcheck, schema):
    ended = leadcheck("catalogue", "--format", "json")
    assert ended.code == 0
    jsonschema.validate(ended.json, schema)


def test_all_eight_documented_errors_are_there(leadcheck):
    entries = leadcheck("catalogue", "--format", "json").json["entries"]
    assert {entry["documented"]["number"] for entry in entries if entry["documented"]} == set(range(1, 9))


def test_every_entry_stands_once_and_can_be_explained(leadcheck):
    entries = leadcheck("catalogue", "--format", "json").json["entries"]
    ids = [entry["id"] for entry in entries]
    assert len(ids) == len(set(ids))
    for name in ids[::10]:
        explained = leadcheck("explain", name, "--format", "json")
        assert (explained.code, explained.json["matches"][0]["id"]) == (0, name)


def test_worlds_are_named_as_the_sandbox_names_them(leadcheck):
    entries = leadcheck("catalogue", "--format", "json").json["entries"]
    assert {entry["world"] for entry in entries if entry["world"]} <= set(WORLDS)


@pytest.mark.parametrize(("arguments", "mark"), [([], "cause"), (["--format", "markdown"], "#")])
def test_other_formats_name_every_entry(arguments, mark, leadcheck):
    ids = [entry["id"] for entry in leadcheck("catalogue", "--format", "json").json["entries"]]
    ended = leadcheck("catalogue", *arguments)
    assert ended.code == 0
    assert [name for name in ids if name not in ended.out] == []
    assert mark in ended.out


def test_text_fits_80_columns_but_for_links(leadcheck):
    lines = leadcheck("catalogue").out.splitlines()
    assert [line for line in lines if len(line) > 80 and "https://" not in line and "| " not in line] == []


def test_wrong_usage(leadcheck):
    assert leadcheck("catalogue", "--format", "pdf").code == 2


def test_a_reader_that_goes_away_is_no_error_of_ours(process):
    running = process("catalogue")
    assert running.stdout.readline()
    running.stdout.close()
    running.wait(timeout=30)
    told = running.stderr.read()
    assert b"Traceback" not in told
    assert b"BrokenPipe" not in told
