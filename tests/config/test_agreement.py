"""Agreement with Partner Center's published rules: what they refuse is an error, what they take is none.

The oracle is written from the tables of the schema `customer-leads/2022-03-01-preview2` and, for Marketo's
new fields, `preview3`; it shares nothing with the schema file or with any judge.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from validator.config import load
from validator.destinations import destination
from validator.model import Severity

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas/lead-destination.schema.json").read_text("utf-8"))
PUBLISHED = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)

GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
TEXTS = {
    "dynamics": {
        "instanceUrl": lambda text: text.startswith(("http://", "https://")),
        "authentication": lambda text: text in {"azureAD", "office365"},
        "directoryId": GUID.fullmatch,
        "applicationId": GUID.fullmatch,
        "applicationKey": lambda text: 1 <= len(text) <= 2048,
        "username": lambda text: 1 <= len(text) <= 128,
        "password": lambda text: 1 <= len(text) <= 256,
    },
    "salesforce": {"objectIdentifier": re.compile("[a-zA-Z0-9]{15}").fullmatch},
    "marketo": {
        "munchkinId": re.compile("[a-zA-Z0-9]{3}-[a-zA-Z0-9]{3}-[a-zA-Z0-9]{3}").fullmatch,
        "formId": re.compile("[0-9]{1,8}").fullmatch,
        "serverId": re.compile(r"[-a-zA-Z0-9.]{1,255}").fullmatch,
        "clientId": bool,
        "clientSecret": bool,
    },
    "table": {
        "storageAccountConnectionString": re.compile(
            "DefaultEndpointsProtocol=https;AccountName=[a-z0-9]{3,24};AccountKey=[0-9a-zA-Z=+/]*"
            r"(;|;EndpointSuffix=core\.(chinacloudapi\.cn|cloudapi\.de|usgovcloudapi\.net|windows\.net))?"
        ).fullmatch
    },
    "httpsEndpoint": {
        "httpsEndpointUrl": re.compile(r"https://[a-zA-Z0-9/?$+-~!@#%^&*()_='.:\[\],;]+").fullmatch
    },
    "email": {},
    "none": {},
}
KINDS = {
    "azureAD": {"directoryId", "applicationId", "applicationKey"},
    "office365": {"username", "password"},
}
NEEDED = {
    "marketo": {"munchkinId", "formId"},  # of the others, one version wants what the next one drops
    "salesforce": {"objectIdentifier"},
    "table": {"storageAccountConnectionString"},
    "httpsEndpoint": {"httpsEndpointUrl"},
    "email": {"contactEmail"},
}


def needed(name, block):
    if name == "dynamics":
        return {"instanceUrl", "authentication"} | KINDS.get(str(block.get("authentication")), set())
    return NEEDED.get(name, set())


def refused(name, block):
    """Say whether the published rules refuse a block."""
    contacts = block.get("contactEmail", [])
    wrong = [
        key
        for key, rule in TEXTS[name].items()
        if key in block and not (isinstance(block[key], str) and rule(block[key]))
        if not (key == "serverId" and "clientId" in block)  # the later version does not read it any more
    ]
    return bool(
        needed(name, block) - block.keys()
        or wrong
        or not isinstance(contacts, list)
        or not all(isinstance(one, str) and "@" in one for one in contacts)
        or (name == "email" and not contacts)
    )


GUIDS = st.one_of(
    st.uuids().map(str),
    st.sampled_from(["contoso.onmicrosoft.com", "", "8f0d3c5e2a414b679d3e51c0a7e9b214", "common", 7, None]),
    st.uuids().map(lambda one: f"{{{one}}}"),
)
KEY = "DefaultEndpointsProtocol=https;AccountName={};AccountKey={}{}"
STRINGS = st.builds(
    KEY.format,
    st.from_regex(r"[a-z0-9]{1,26}", fullmatch=True),
    st.binary(min_size=64, max_size=64).map(lambda raw: b64encode(raw).decode()),
    st.sampled_from(
        [
            "",
            ";",
            ";EndpointSuffix=core.windows.net",
            ";EndpointSuffix=core.chinacloudapi.cn",
            ";EndpointSuffix=core.windows.net;",
            ";EndpointSuffix=core.example.com",
            ";TableEndpoint=https://fabrikam.table.core.windows.net/",
        ]
    ),
)
CONTACTS = st.one_of(
    st.lists(st.sampled_from(["a@contoso.com", "b@contoso.com", "nobody", 7, ""]), max_size=3),
    st.sampled_from(["a@contoso.com", None, 7]),
)
LENGTHS = st.sampled_from([0, 1, 20, 40, 128, 129, 256, 257, 2048, 2049]).map(
    lambda n: "aB3~" * (n // 4) + "x" * (n % 4)
)
FIELDS = {
    "instanceUrl": st.sampled_from(
        [
            "https://contoso.crm4.dynamics.com",
            "http://contoso.crm.dynamics.com",
            "contoso.crm.dynamics.com",
            "",
            7,
        ]
    ),
    "authentication": st.sampled_from(["azureAD", "office365", "AzureAD", "Office365", "aad", "", 7]),
    "directoryId": GUIDS,
    "applicationId": GUIDS,
    "applicationKey": LENGTHS,
    "username": LENGTHS,
    "password": LENGTHS,
    "objectIdentifier": st.one_of(
        st.from_regex(r"00D[0-9A-Za-z]{11,16}", fullmatch=True), st.text(max_size=16), st.just(7)
    ),
    "munchkinId": st.one_of(
        st.from_regex(r"[0-9]{3}-[A-Za-z]{3}-[0-9]{3}", fullmatch=True),
        st.sampled_from(["123-PQR-78", "123\u2013PQR\u2013789", "123PQR789", "", 7]),
    ),
    "formId": st.one_of(
        st.integers(0, 10**9), st.integers(1, 10**9).map(str), st.sampled_from(["mktoForm_1", ""])
    ),
    "serverId": st.sampled_from(["ys12", "app-ys12.marketo.com", "//x", "", "y" * 256]),
    "clientId": st.sampled_from(["5b3a2c1d-1111-4222-8333-944455566677", ""]),
    "clientSecret": st.sampled_from(["aB3" * 10, ""]),
    "storageAccountConnectionString": st.one_of(
        STRINGS, st.sampled_from(["UseDevelopmentStorage=true", "", 7])
    ),
    "httpsEndpointUrl": st.one_of(
        st.sampled_from(
            ["https://leads.contoso.com/x", "http://leads.contoso.com", "leads.contoso.com", "", 7]
        ),
        st.text(max_size=8).map(lambda end: f"https://leads.contoso.com/{end}"),
    ),
    "contactEmail": CONTACTS,
}


def blocks(name):
    names = [*TEXTS[name], "contactEmail"]
    some = {key: FIELDS[key] for key in names}
    if name != "dynamics":
        return st.fixed_dictionaries({}, optional=some)
    kinds = [
        st.fixed_dictionaries(
            {"authentication": st.just(kind)},
            optional={key: FIELDS[key] for key in ("instanceUrl", "contactEmail", *keys)},
        )
        for kind, keys in KINDS.items()
    ]
    return st.one_of(*kinds, st.fixed_dictionaries({}, optional=some))


def values(name, block):
    keyed = {} if name == "none" else {f"{name}LeadConfiguration": block}
    return {"product": {"externalId": "crm-addin"}, "leadDestination": name, **keyed}


def errors(whole):
    [configuration] = load("lead.json", json.dumps(whole), environ={}, offline=True)
    judged = destination(configuration.destination).judge(configuration, frozenset())
    return [one.id for one in (*configuration.findings, *judged) if one.severity is Severity.ERROR]


@pytest.mark.parametrize("name", [name for name in TEXTS if name != "none"])
@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_what_is_published_is_kept(name, data):
    block = data.draw(blocks(name))
    whole = values(name, block)
    if refused(name, block):
        assert errors(whole)
        return
    broken = {tuple(error.absolute_path)[-1] for error in PUBLISHED.iter_errors(whole)}
    assert broken <= {
        "instanceUrl",
        "serverId",
    }  # an editor may be stricter about what is not safe, or not read
    assert ("instanceUrl" in broken) is str(block.get("instanceUrl")).startswith("http://")


DURABLE = re.compile(r"[a-z](-?[a-z0-9]+)*/[a-z0-9-]+(/?[a-z0-9-])*")
OFFER = re.compile(r"[a-z0-9][a-z0-9-_]{2,49}")
SLUGS = st.text("ab1-_/ A\n", max_size=14)
PRODUCTS = st.one_of(
    st.sampled_from([None, 7, [], {}, "", "product", "product/3f1c2a5e-7b64-4d0c-9f0b-0d7d6a1b2c3d"]),
    SLUGS,
    SLUGS.map(lambda end: f"product/{end}"),
    st.builds(dict, externalId=st.one_of(SLUGS, st.integers(1, 60).map("a".__mul__), st.just(7))),
    st.builds(dict, resourceName=st.one_of(st.integers(0, 60).map("N".__mul__), st.just(7))),
)


def refers(product):
    """Say whether the published rules take a product: by its durable ID, its offer ID, or a name."""
    if isinstance(product, str):
        return bool(DURABLE.fullmatch(product))
    if not isinstance(product, dict) or not product:
        return False
    offer, name = product.get("externalId"), product.get("resourceName")
    named = isinstance(name, str) and 1 <= len(name) <= 50
    return named or (isinstance(offer, str) and bool(OFFER.fullmatch(offer)))


@settings(max_examples=1500, deadline=None)
@given(PRODUCTS)
def test_a_product_is_referred_to_as_published(product):
    whole = {"leadDestination": "none", "product": product}
    assert bool(errors(whole)) is not refers(product)
    assert PUBLISHED.is_valid(whole) is refers(product)


@settings(max_examples=500, deadline=None)
@given(st.one_of(SLUGS, SLUGS.map(lambda end: f"customer-leads/{end}"), st.just(7)), st.integers(0, 60))
def test_the_resource_s_own_id_and_name(written, length):
    sound = isinstance(written, str) and bool(DURABLE.fullmatch(written))
    assert bool(errors({"leadDestination": "none", "id": written})) is not sound
    named = {"leadDestination": "none", "resourceName": "n" * length}
    assert bool(errors(named)) is not (1 <= length <= 50)


@pytest.mark.parametrize("length", [100, 10_000, 100_000])
def test_a_long_reference_takes_no_longer(length, within_a_second):
    with within_a_second():
        assert errors({"leadDestination": "none", "product": "a" * length + "!"})
        assert errors({"leadDestination": "none", "product": "product/" + "a" * length + "!"})


@pytest.mark.parametrize("name", [*TEXTS, "blob"])
def test_every_destination_is_told_by_its_exact_name(name):
    told = [list(error.absolute_path) for error in PUBLISHED.iter_errors({"leadDestination": name})]
    assert ["leadDestination"] not in told
    for wrong in {name.upper(), name.title(), f" {name}", f"{name}s"} - {name}:
        assert "unknown-destination" in errors({"leadDestination": wrong})
        assert list(PUBLISHED.iter_errors({"leadDestination": wrong}))


def test_the_schema_is_sound_itself():
    Draft202012Validator.check_schema(SCHEMA)
