from __future__ import annotations

import json

import pytest
import yaml

from validator.config import REDACTED, Unreadable, formats, load
from validator.model import Location, Problem, Source

EXPECTED = "; the key leadDestination is expected"


@pytest.mark.parametrize("name", ["dynamics.yaml", "dynamics-office365.yaml"])
def test_the_examples_are_in_order(root, read, name, environ):
    text = (root / "examples" / name).read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../schemas/lead-destination.schema.json\n")
    configuration = read(text)
    assert (configuration.destination, configuration.findings) == ("dynamics", ())
    assert set(environ.values()) & {
        configuration.text("/dynamicsLeadConfiguration/applicationKey"),
        configuration.text("/dynamicsLeadConfiguration/password"),
    }


def test_yaml_and_json_give_the_same_configuration(read, azure_ad):
    exported = json.dumps(yaml.safe_load(azure_ad), indent=2)
    assert read(exported).values == read(azure_ad).values


def test_the_source_and_every_place(read):
    configuration = read("# leads\n\nleadDestination: none\nproduct:\n  externalId: crm-addin\n")
    assert configuration.source == Source("leads.yaml", "", 3, "customer-leads")
    assert configuration.product == "crm-addin"
    assert configuration.places == {
        "": Location("leads.yaml", "", 3, 1),
        "/leadDestination": Location("leads.yaml", "/leadDestination", 3, 18),
        "/product": Location("leads.yaml", "/product", 5, 3),
        "/product/externalId": Location("leads.yaml", "/product/externalId", 5, 15),
    }
    assert configuration.at("/product/nothing/at/all") == configuration.places["/product"]


@pytest.mark.parametrize(
    ("product", "expected"),
    [
        ("product/3f1c", "product/3f1c"),
        ("{resourceName: x}", "x"),
        ("5", None),
        ("''", None),
        ("{externalId: [1]}", None),
    ],
)
def test_the_product(read, product, expected):
    assert read(f"leadDestination: none\nproduct: {product}\n").product == expected


def test_a_product_that_repeats_a_secret(read, azure_ad, environ):
    text = f"{azure_ad}product: x-{environ['LEAD_APPLICATION_KEY']}\n"
    assert read(text).product == f"x-{REDACTED}"


def test_each_document_of_a_file_is_a_configuration(environ):
    text = "leadDestination: none\n---\nname: something else\n---\nleadDestination: Email\n---\n"
    first, second = load("leads.yaml", text, environ=environ)
    assert (first.destination, first.source.line) == ("none", 1)
    assert (second.destination, second.source.line) == ("email", 5)
    assert [found.location.line for found in second.findings] == [5, 5]


def test_a_format_is_one_row_wherever_the_configuration_sits(monkeypatch, environ):
    row = formats.Format(
        "tree", lambda values: [formats.Found("/resources/1")] if "resources" in values else []
    )
    monkeypatch.setattr(formats, "FORMATS", (row, *formats.FORMATS))
    text = "resources:\n- {}\n- leadDestination: Nowhere\n  colour: red\n"
    [configuration] = load("leads.yaml", text, environ=environ)
    assert configuration.source == Source("leads.yaml", "/resources/1", 3, "tree")
    assert configuration.places["/leadDestination"] == Location("leads.yaml", "/leadDestination", 3, 20)
    assert [(found.id, found.location.line) for found in configuration.findings] == [
        ("unknown-destination", 3),
        ("unknown-key", 4),
    ]


def test_findings_are_told_in_the_order_of_the_file(faults, azure_ad):
    text = (
        azure_ad.replace("azureAD", "basic").replace("https://fabrikam.crm4.dynamics.com", "${URL}")
        + "zzz: 1\n"
    )
    assert [line for _, _, line, _ in faults(text)] == [3, 4, 8]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", Problem("leads.yaml", "empty")),
        (b"a: 1\na: 2\n", Problem("leads.yaml", "the key “a” stands here twice", 2, 1)),
        (b'{"leadDestination"', Problem("leads.yaml", "a colon is expected after the key", 1, 19)),
        (b"name: x\n", Problem("leads.yaml", f"no lead-destination configuration in it{EXPECTED}")),
        (b"just words\n", Problem("leads.yaml", f"not a configuration: no keys with values{EXPECTED}")),
    ],
)
def test_a_named_file_that_is_no_configuration(data, problem, environ):
    with pytest.raises(Unreadable) as caught:
        load("leads.yaml", data, environ=environ)
    assert caught.value.problem == problem
    assert str(caught.value) == problem.message


@pytest.mark.parametrize(
    "data", [b"", b"name: x\n", b"{{ helm }}: &x *y\n", b"\0\1\2", "name: é", b"x: leadDestination\n"]
)
def test_a_file_met_in_a_folder_is_passed_over(data, environ):
    assert load("other.yaml", data, environ=environ, named=False) == []


def test_a_broken_configuration_met_in_a_folder_is_not(environ):
    with pytest.raises(Unreadable):
        load("leads.yaml", "leadDestination: dynamics\n  indented: badly\n", environ=environ, named=False)


def test_hostile_names_are_shown_harmlessly(environ):
    [configuration] = load("a\x1b[31m##[error].yaml", "leadDestination: none\n", environ=environ)
    assert configuration.source.file == "a\\x1b[31m# #[error].yaml"
    assert configuration.places[""].file == configuration.source.file


@pytest.mark.parametrize(
    "text",
    [
        "leadDestination: none\n" + "".join(f"k{n}: 1\n" for n in range(24_000)),
        '{"leadDestination": "none"' + "".join(f',"secret{n}":"{n:010}"' for n in range(12_000)) + "}",
        '{"leadDestination":"email","emailLeadConfiguration":{"contactEmail":[' + "1," * 40_000 + "1]}}",
        "leadDestination: none\n---\n" * 3_000,
        'leadDestination: dynamics\ndynamicsLeadConfiguration: {applicationKey: "' + "%a" * 500_000 + '"}\n',
        f"leadDestination: {'x' * 1_000_000}\n",
        '{"leadDestination": "none", "' + "k" * 1_000_000 + '": 1}',
    ],
    ids=["keys", "secrets", "addresses", "documents", "secret", "value", "key"],
)
def test_a_hostile_configuration_is_judged_in_a_second(text, environ, within_a_second):
    with within_a_second():
        configurations = load("leads.yaml", text, environ=environ)
    assert all(len(found.observed) <= 2000 for found in configurations[0].findings)
