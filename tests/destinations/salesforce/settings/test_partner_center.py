"""Whatever Partner Center's form refuses is an error here, and what is repaired is what the form takes."""

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from validator import catalogue
from validator.destinations.salesforce.settings.identifier import remark
from validator.destinations.salesforce.settings.record_id import checksum
from validator.model import Severity

FORM = re.compile("[a-zA-Z0-9]{15}")
"""The pattern of the field in Microsoft's schema `customer-leads/2022-03-01-preview2`."""

ORGANISATIONS = st.from_regex("00D[0-9A-Za-z]{12}", fullmatch=True)
usual = settings(max_examples=400, deadline=None, derandomize=True, database=None)

SLIPS = st.sampled_from(
    [
        lambda text, _: text + checksum(text[:15].ljust(15, "0")),
        lambda text, _: f'"{text}"',
        lambda text, _: f'<input type=hidden name="oid" value="{text}">',
        lambda text, _: f"oid={text}",
        lambda text, _: f"https://webto.salesforce.com/servlet/servlet.WebToLead?encoding=UTF-8&orgId={text}",
        lambda text, _: text.lower(),
        lambda text, _: text.upper(),
        lambda text, at: text[:at] + " " + text[at:],
        lambda text, at: text[:at] + "-" + text[at:],
        lambda text, at: text[:at] + text[at + 1 :],
        lambda text, at: text[:at] + text[at : at + 1].swapcase() + text[at + 1 :],
        lambda text, at: text[at:] + text[:at],
    ]
)


@st.composite
def slipped(draw):
    """Give an identifier with up to three slips."""
    text = draw(ORGANISATIONS)
    for slip in draw(st.lists(SLIPS, max_size=3)):
        text = slip(text, draw(st.integers(0, len(text))))
    return text


LOOSE = st.lists(
    st.sampled_from(
        [
            *("00D1t000000gK1X", "00D", "EAU", "oid", "orgId", "=", "<input ", "name=", "value=", '"', ">"),
            *("<!--", "-->", "<form", " ", "\n", "\u200b", "\u212a", "\0", "{", "&quot;", "a", "1", "@", "."),
        ]
    )
).map("".join)


def error(text):
    found = remark(text)
    if found is None:
        return None
    return found if (found.severity or catalogue.lookup(found.entry).severity) is Severity.ERROR else None


@usual
@given(st.one_of(slipped(), LOOSE, st.text()))
@example("00D1t000000gK1X\n")
@example("00D1t000000g\u212a1X")
@example("\ud800")
def test_what_the_form_refuses_is_an_error(text):
    assert FORM.fullmatch(text) or error(text)


@usual
@given(st.one_of(slipped(), LOOSE))
def test_no_error_means_an_organisation_that_the_form_takes(text):
    if not error(text):
        assert FORM.fullmatch(text)
        assert text.startswith("00D")


@usual
@given(st.one_of(slipped(), LOOSE))
def test_a_repaired_identifier_is_in_order(text):
    found = remark(text)
    if found and found.repaired is not None:
        assert FORM.fullmatch(found.repaired)
        assert error(found.repaired) is None
        assert found.repaired.lower() in re.sub("[^0-9a-z]", "", text.lower())


@usual
@given(ORGANISATIONS)
def test_the_longer_form_is_shortened_to_the_same(short):
    found = remark(short + checksum(short))
    if found.entry != "documentation-sample":
        assert (found.entry, found.repaired) == ("salesforce-id-18-characters", short)


@usual
@given(ORGANISATIONS)
def test_a_lost_letter_case_is_restored_or_nothing_is(short):
    whole = short + checksum(short)
    for text in {whole.lower(), whole.upper()} - {whole}:
        found = remark(text)
        if found.entry != "documentation-sample":
            assert found.repaired in {short, None}
    if short != "00Do0000000ZHog":
        assert remark(whole.lower()).repaired == short


@usual
@given(
    st.text(alphabet="qxz", min_size=12, max_size=12), st.sampled_from(["{}", "00D{}", "oid={}", "<form {}>"])
)
def test_nothing_of_the_value_is_told(text, form):
    found = remark(form.format(text))
    assert found is None or text not in found.observed
