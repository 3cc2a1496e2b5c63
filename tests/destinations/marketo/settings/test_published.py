"""Whatever Microsoft's published patterns refuse is an error here, and what is repaired they take."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from validator import catalogue
from validator.destinations.marketo.settings.generation import lacking
from validator.destinations.marketo.settings.values import remarks
from validator.model import Severity

PATTERNS = {
    "munchkinId": re.compile(r"[a-zA-Z0-9]{3}-[a-zA-Z0-9]{3}-[a-zA-Z0-9]{3}"),
    "formId": re.compile(r"\d{1,8}", re.ASCII),
    "serverId": re.compile(r"[-a-zA-Z0-9\.]{1,255}"),
}
"""Those of the schema `customer-leads/2022-03-01-preview2`."""

MUNCHKINS = st.from_regex(r"[0-9]{3}-[A-Z]{3}-[0-9]{3}", fullmatch=True)
FORMS = st.integers(1, 99_999_999).map(str)
SERVERS = st.from_regex(r"[a-z]{2,6}[0-9]{0,3}", fullmatch=True)
CLIENTS = st.uuids().map(str)
SECRETS = st.from_regex(r"[A-Za-z0-9]{32}", fullmatch=True)

BLOCKS = st.one_of(
    st.fixed_dictionaries(
        {"munchkinId": MUNCHKINS, "formId": FORMS, "clientId": CLIENTS, "clientSecret": SECRETS}
    ),
    st.fixed_dictionaries({"serverId": SERVERS, "munchkinId": MUNCHKINS, "formId": FORMS}),
)

SLIPS = st.sampled_from(
    [
        lambda text, _: f" {text}\n",
        lambda text, _: f'"{text}"',
        lambda text, _: text.lower(),
        lambda text, _: text.replace("-", "\u2013"),
        lambda text, _: text.replace("-", ""),
        lambda text, _: f"mktoForm_{text}",
        lambda text, _: f"https://app-{text}.marketo.com/",
        lambda text, _: f"https://{text}.mktorest.com/rest",
        lambda text, _: f"//pages.{text}.com",
        lambda text, _: f'MktoForms2.loadForm("("//app-{text}.marketo.com", "{text}", {text});',
        lambda text, at: text[:at] + text[at + 1 :],
        lambda text, at: text[:at] + "\u212a" + text[at:],
        lambda text, at: text[:at] + "." + text[at:],
        lambda text, at: text[at:] + text[:at],
        lambda text, _: text.replace("0", "\u0660"),
    ]
)

ANYTHING = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(
            [
                *(
                    "427-FKM-190",
                    "1013",
                    "mktoForm_",
                    "loadForm(",
                    '"',
                    ",",
                    "//app-sj12.marketo.com",
                    "<form",
                ),
                *(
                    "-",
                    "\u2013",
                    " ",
                    "\n",
                    "\ufeff",
                    ".",
                    "/",
                    "https://",
                    ".mktorest.com",
                    "{",
                    "}",
                    "\u212a",
                ),
            ]
        ),
        max_size=8,
    ).map("".join),
)


@st.composite
def slipped(draw):
    """Give a block whose values were swapped and written with slips."""
    block = draw(BLOCKS)
    if draw(st.booleans()):
        block = dict(zip(block, draw(st.permutations(list(block.values()))), strict=True))
    for field in draw(st.lists(st.sampled_from(list(block)), max_size=3)):
        block[field] = draw(SLIPS)(block[field], draw(st.integers(0, len(block[field]))))
    if draw(st.booleans()):
        block[draw(st.sampled_from(list(block)))] = draw(ANYTHING)
    return block


def told(block):
    leftover = "clientId" in block
    return [*lacking(block), *remarks(block, leftover=leftover)]


def errors(block):
    weights = [
        (field, found.severity or catalogue.lookup(found.entry).severity) for field, found in told(block)
    ]
    return {field for field, severity in weights if severity is Severity.ERROR}


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(BLOCKS)
def test_values_in_order_are_no_errors_but_for_the_connector(block):
    assert errors(block) == ({"serverId"} if "serverId" in block else set())


@settings(max_examples=1000, deadline=None, derandomize=True, database=None)
@given(slipped())
@example({"munchkinId": "42\u0667-FKM-190", "formId": "101\u0663", "serverId": "\u212a"})
@example({"munchkinId": "427-FKM-190\n", "formId": "1013\n", "serverId": "sj12\n"})
def test_what_the_published_patterns_refuse_is_an_error(block):
    asked = {
        field for field in PATTERNS if field in block and (field != "serverId" or "clientId" not in block)
    }
    assert {field for field in asked if not PATTERNS[field].fullmatch(block[field])} <= errors(block)


@settings(max_examples=1000, deadline=None, derandomize=True, database=None)
@given(slipped())
@example({"munchkinId": "https://app-10.marketo.com/", "serverId": "000-AAA-000", "formId": "aa"})
def test_repaired_values_match_the_published_patterns_and_are_not_repaired_again(block):
    for field, found in told(block):
        if found.repaired is not None:
            if field in PATTERNS:
                assert PATTERNS[field].fullmatch(found.repaired)
            again = [one for where, one in told({**block, field: found.repaired}) if where == field]
            assert not any(one.repaired for one in again)


@settings(max_examples=600, deadline=None, derandomize=True, database=None)
@given(slipped(), st.sampled_from([*PATTERNS, "clientId", "clientSecret"]))
def test_a_planted_secret_is_not_told(block, field):
    planted = "Zq7xVw9kPj4mTs2b"
    block = {**block, field: block.get(field, "") + planted}
    assert not any(planted.lower() in found.observed.lower() for _, found in told(block))


VECTORS = {
    "munchkinId": {
        "123-PQR-789": "123-PQR-789",
        "868-OVK-936": "868-OVK-936",
        "318-VQK-428": "318-VQK-428",
        "123-pqr-789": "123-PQR-789",
        "12-PQR-789": None,
        "123-PQ1-789": None,
        "": None,
    },
    "serverId": {
        "ys12": "ys12",
        "//app-ys12.marketo.com": "ys12",
        "https://app-ys12.marketo.com/": "ys12",
        "app-sjqe.marketo.com": "sjqe",
        "app-ab00": "ab00",
        "sjl": "sjl",
        "marketo.com": None,
        "https://123-PQR-789.mktorest.com": None,
    },
    "formId": {"1179": "1179", "1": "1", "mktoForm_1179": "1179", "0": None, "11.5": None, "": None},
}
"""Values seen in public, and what each means; None where it means none."""


@pytest.mark.parametrize(
    ("field", "text", "meant"),
    [(field, text, meant) for field, cases in VECTORS.items() for text, meant in cases.items()],
)
def test_values_that_were_seen(field, text, meant):
    block = {"munchkinId": "427-FKM-190", "formId": "1013", field: text}
    found = [one for where, one in told(block) if where == field and one.entry != "marketo-connector-retired"]
    if meant == text:
        assert {one.entry for one in found} <= {"documentation-sample"}
    else:
        assert [one.repaired for one in found] == [meant]
