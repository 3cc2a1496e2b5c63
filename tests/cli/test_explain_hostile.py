"""`leadcheck explain` over arbitrary text: it answers, repeats none of it, prints no control character."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from validator.catalogue import entries

SECRET = "p1anted~8Q~s3cret~of~nobody"
WORDS = [rule.anchor for entry in entries().values() for rule in entry.says]
WORDS += [code for entry in entries().values() for code in entry.codes]
PIECES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(WORDS),
    st.sampled_from(
        ["\x1b[31m", "\0", "\u202e", "::error::", "%00", "&#0;", "\\u0000", "=\n", "<b>", "{", '"', "|"]
    ),
    st.sampled_from(
        [SECRET, f"client_secret={SECRET}", f'"password": "{SECRET}"', f"https://x/?sig={SECRET}"]
    ),
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(PIECES, max_size=30), style=st.sampled_from(["text", "json"]))
@example(pieces=[SECRET, "AADSTS7000215"], style="json")
def test_nothing_is_repeated_and_nothing_breaks(pieces, style, leadcheck):
    text = " ".join(pieces).encode("utf-8", "surrogatepass")
    ended = leadcheck("explain", "-", "--format", style, stdin=text)
    assert ended.code in {0, 1}
    assert SECRET not in ended.out + ended.err
    assert {unicodedata.category(sign) for sign in ended.out} & {"Cc", "Cf", "Cs"} <= {"Cc"}
    assert {sign for sign in ended.out if unicodedata.category(sign) == "Cc"} <= {"\n"}


@pytest.mark.parametrize("piece", ["lead ", "<a", "%20", "\\", "0x8004", "Tenant '", "AADSTS", "\n> "])
def test_a_mebibyte_of_anything_is_answered(piece, leadcheck):
    ended = leadcheck("explain", "-", stdin=(piece * (1 << 20))[: 1 << 20].encode())
    assert ended.code in {0, 1}
    assert len(ended.out) < 20_000
