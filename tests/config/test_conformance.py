"""The quick yes never says yes where jsonschema says no."""

from __future__ import annotations

import copy
import json
from itertools import chain

import pytest
import yaml
from jsonschema import Draft202012Validator

from validator.config import schema
from validator.config.conformance import test_of as quick_test
from validator.config.vocabulary import BLOCKS

GUID = "8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214"
LEADCHECK = {
    "offer": {"type": "softwareAsAService", "listing": "contactMe", "offerId": "a"},
    "secretExpires": "2027-03-31",
    "dynamics": {"publicClientId": GUID},
    "salesforce": {"api": {"domain": "d", "clientId": "c", "clientSecret": "s"}},
    "ignore": [{"id": "x", "reason": "y"}],
}
GOOD = {
    "dynamics": {"instanceUrl": "https://x", "authentication": "azureAD"}
    | {"directoryId": GUID, "applicationId": GUID, "applicationKey": "k", "contactEmail": ["a@b"]},
    "table": {
        "storageAccountConnectionString": "DefaultEndpointsProtocol=https;AccountName=abc;AccountKey=a"
    },
    "httpsEndpoint": {"httpsEndpointUrl": "https://x"},
    "marketo": {"munchkinId": "123-PQR-789", "formId": "1179", "clientId": "a", "clientSecret": "b"},
    "salesforce": {"objectIdentifier": "00Do0000000ZHog"},
    "email": {"contactEmail": ["a@b"]},
    "none": None,
}
OFFICE365 = {"instanceUrl": "https://x", "authentication": "office365", "username": "u", "password": "p"}
WRONG = (
    None,
    "",
    0,
    1.5,
    True,
    [],
    {},
    ["x"],
    [1],
    {"x": 1},
    "AzureAD",
    "azureAD",
    "office365",
    "x" * 3000,
    "2027-02-30",
)


def whole(name, block):
    blocks = {BLOCKS[name]: block} if block else {}
    return {"leadDestination": name, "product": "product/1", **blocks, "leadcheck": LEADCHECK}


CASES = [
    *((name, whole(name, block)) for name, block in GOOD.items()),
    ("dynamics", whole("dynamics", OFFICE365)),
]


def broken(values):
    """Give copies of some values, each with one thing replaced, removed or added."""
    if not isinstance(values, dict):
        return
    for key in values:
        yield {name: value for name, value in values.items() if name != key}
        for wrong in WRONG:
            yield {**values, key: wrong}
        for inner in broken(values[key]):
            yield {**values, key: inner}
        if isinstance(values[key], list) and values[key]:
            for wrong in (*WRONG, *broken(values[key][0])):
                yield {**values, key: [wrong]}
    yield {**values, "unknown": 1}


@pytest.mark.parametrize(("name", "values"), CASES)
def test_good_configurations_get_the_quick_yes(name, values):
    branch = schema.branch(name)
    assert quick_test(branch, branch)(values)
    Draft202012Validator(schema.document()).validate(values)


@pytest.mark.parametrize(("name", "values"), CASES)
def test_yes_is_said_only_where_jsonschema_says_it(name, values):
    branch = schema.branch(name)
    judge = Draft202012Validator(branch, format_checker=Draft202012Validator.FORMAT_CHECKER)
    verdicts = {True: 0, False: 0}
    says_yes = quick_test(branch, branch)
    for case in chain(broken(values), WRONG):
        quick, real = says_yes(case), judge.is_valid(case)
        assert quick <= real, case
        verdicts[real] += 1
    assert min(verdicts.values()) > 10


def test_a_keyword_it_does_not_know_is_left_to_jsonschema():
    assert not quick_test({"maxContains": 1}, {})("x")
    assert not quick_test({"format": "uri"}, {})("x")
    assert not quick_test({"type": "integer"}, {})(1)


def test_the_schema_file_is_a_schema_and_its_examples_conform(root):
    document = json.loads((root / "schemas/lead-destination.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(document)
    whole_schema = Draft202012Validator(document, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for example in sorted((root / "examples").glob("dynamics*.yaml")):
        values = yaml.safe_load(example.read_text("utf-8"))
        whole_schema.validate(values)
        values["dynamicsLeadConfiguration"]["typo"] = 1
        assert not whole_schema.is_valid(values)


def test_every_field_of_the_schema_is_described_and_its_own_examples_conform():
    document = copy.deepcopy(schema.document())

    def fields(inside):
        for name, field in inside.get("properties", {}).items():
            if "$ref" not in field:
                yield name, field
                yield from fields(field)

    found = [pair for part in (document, *document["$defs"].values()) for pair in fields(part)]
    for name, field in found:
        if "enum" in field or name not in {"externalId", "resourceName"}:
            assert field["description"].endswith("."), name
        for example in field.get("examples", ()):
            Draft202012Validator({**field, "$defs": document["$defs"]}).validate(example)
    assert len(found) > 40
