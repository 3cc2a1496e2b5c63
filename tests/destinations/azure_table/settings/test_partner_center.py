"""Whatever Partner Center's form refuses is an error here, and what is none opens an account."""

import base64
import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from validator import catalogue
from validator.destinations.azure_table.settings import remarks
from validator.destinations.azure_table.settings.connection_string import read
from validator.model import Severity

FORM = re.compile(
    r"DefaultEndpointsProtocol=https;AccountName=[a-z0-9]{3,24};AccountKey=[0-9a-zA-Z=+/]*"
    r"(;|;EndpointSuffix=(core\.chinacloudapi\.cn|core\.cloudapi\.de|core\.usgovcloudapi\.net|core\.windows\.net))?"
)
"""The pattern of the field in Microsoft's schema `customer-leads/2022-03-01-preview2`."""

KEYS = st.binary(min_size=64, max_size=64).map(lambda raw: base64.b64encode(raw).decode())
NAMES = st.from_regex(r"[a-z0-9]{3,24}", fullmatch=True)
SUFFIXES = st.sampled_from(
    ["core.windows.net", "core.chinacloudapi.cn", "core.usgovcloudapi.net", "core.cloudapi.de"]
)


@st.composite
def parts(draw):
    """Give the parts of a string in order."""
    found = [
        "DefaultEndpointsProtocol=https",
        f"AccountName={draw(NAMES)}",
        f"AccountKey={draw(KEYS)}",
        f"EndpointSuffix={draw(SUFFIXES)}",
    ]
    return found[: draw(st.integers(3, 4))]


def _case(text, at):
    return text[:at] + text[at : at + 5].swapcase() + text[at + 5 :]


SLIPS = st.sampled_from(
    [
        lambda text, _: text + ";",
        lambda text, _: f'"{text}"',
        lambda text, _: f'{{"connectionString":"{text}"}}',
        lambda text, at: text[:at] + " " + text[at:],
        lambda text, at: text[:at] + "\n" + text[at:],
        lambda text, at: text[:at] + ";" + text[at:],
        lambda text, at: text[:at] + "=" + text[at:],
        lambda text, at: text[:at] + text[at + 1 :],
        lambda text, at: text[:at],
        lambda text, at: text[at:],
        lambda text, at: text[at:] + text[:at],
        lambda text, _: ";".join(reversed(text.split(";"))),
        lambda text, _: text.replace("https", "http"),
        lambda text, _: text + ";TableEndpoint=https://x.table.core.windows.net/",
        _case,
    ]
)


@st.composite
def strings(draw):
    """Give a string in order, with up to three slips."""
    text = ";".join(draw(parts()))
    for slip in draw(st.lists(SLIPS, max_size=3)):
        text = slip(text, draw(st.integers(0, len(text))))
    return text


LOOSE = st.lists(
    st.sampled_from(
        [
            *("DefaultEndpointsProtocol=", "AccountName=", "AccountKey=", "EndpointSuffix=", "https", "abc"),
            *("core.windows.net", ";", "=", " ", '"', "{", "}", "\n", "*", "A" * 86 + "==", "\u212a", "\0"),
        ]
    )
).map("".join)


def errors(text):
    return [found for found in remarks(text) if catalogue.lookup(found.entry).severity is Severity.ERROR]


@settings(max_examples=600, deadline=None, derandomize=True, database=None)
@given(st.one_of(strings(), LOOSE, st.text()))
@example("DefaultEndpointsProtocol=https;AccountName=abc;AccountKey=")
@example("DefaultEndpointsProtocol=https;AccountName=abc;AccountKey=" + "A" * 86 + "==\n")
@example("DefaultEndpointsProtocol=https;AccountName=abc;Account\u212aey=" + "A" * 86 + "==")
def test_no_error_means_that_the_form_takes_it_and_that_it_opens_something(text):
    if not errors(text):
        found = read(text)
        assert FORM.fullmatch(text)
        assert len(base64.b64decode(found.key, validate=True)) == 64
        assert found.host == f"{found.account}.table.{found.suffix}"


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(strings())
def test_what_the_form_refuses_is_an_error(text):
    assert FORM.fullmatch(text) or errors(text)


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(parts(), st.booleans())
def test_a_string_of_the_portal_is_in_order(found, semicolon):
    text = ";".join(found) + (";" if semicolon and len(found) == 3 else "")
    assert FORM.fullmatch(text)
    assert errors(text) == []


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(strings())
def test_a_repaired_string_is_in_order_and_means_the_same(text):
    for remark in remarks(text):
        if remark.repaired is not None:
            before, after = read(text), read(remark.repaired)
            assert errors(remark.repaired) == []
            assert (after.account, after.key) == (before.account, before.key)
