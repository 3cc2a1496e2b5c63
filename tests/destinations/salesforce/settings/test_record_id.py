"""The checksum of Salesforce's identifiers, against pairs that were published."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.destinations.salesforce.settings.record_id import checksum, kind, proven, restored

PAIRS = [
    ("0031i000013x2TE", "AAY"),
    ("0018M000001oWgP", "QAU"),
    ("001D000000IqhSL", "IAZ"),
    ("0127Q000000Ub9w", "QAC"),
    ("0127Q000000UbNV", "QA0"),
    ("00QdL00000UNS3x", "UAH"),
    ("0Af63000019vp7u", "CAA"),
    ("a00E0000004D5ls", "IAC"),
    ("0036A00000QUwCr", "QAL"),
    ("001G0000022jmK9", "IAI"),
    ("00Do0000000ZHog", "EAG"),
    ("00D000000000001", "EAA"),
]

IDS = st.from_regex("[0-9A-Za-z]{15}", fullmatch=True)


@pytest.mark.parametrize(("short", "tail"), PAIRS)
def test_a_published_pair(short, tail):
    assert checksum(short) == tail
    assert proven(short + tail)
    assert proven(short + tail.lower())
    assert restored((short + tail).lower()) == restored((short + tail).upper()) == short


@pytest.mark.parametrize("text", ["00Do0000000ZHogEAA", "00do0000000zhogEAG", "00Do0000000ZHogEA-"])
def test_a_checksum_that_does_not_fit(text):
    assert not proven(text)


@pytest.mark.parametrize("text", ["00do0000000zhogEA9", "00do0000000zhogBAG", "00do0000000zhog!!!"])
def test_a_checksum_that_contradicts_the_characters_restores_nothing(text):
    assert restored(text) is None


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(IDS)
def test_there_and_back(short):
    whole = short + checksum(short)
    assert proven(whole)
    assert restored(whole.lower()) == restored(whole.upper()) == short


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(IDS, st.integers(0, 14))
def test_one_letter_of_another_case_is_seen(short, at):
    slipped = short[:at] + short[at].swapcase() + short[at + 1 :]
    assert proven(slipped + checksum(short)) == (slipped == short)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("00QdL00000UNS3x", "a lead"),
        ("a00E0000004D5ls", "a record of a custom object"),
        ("00Do0000000ZHog", None),
        ("00G000000000001", "a group or a queue"),
        ("00e000000000001", "a profile"),
        ("00E000000000001", None),
    ],
)
def test_the_kind_of_record(text, expected):
    assert kind(text) == expected
