from __future__ import annotations

import json

import pytest

from validator.config.document import Malformed
from validator.config.reading import documents


@pytest.mark.parametrize(
    ("data", "words", "place"),
    [
        (b"", "empty", None),
        (b" \n\t", "empty", None),
        (b"\xef\xbb\xbf", "empty", None),
        (b"a: b\0c", "binary", None),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary", None),
        ("leadDestination: none\n".encode("utf-16"), "UTF-16", None),
        ("leadDestination: none\n".encode("utf-16-le"), "UTF-16", None),
        ("leadDestination: none\n".encode("utf-16-be"), "UTF-16", None),
        (b"a: 1\r\nbc\xff: 2", "not valid UTF-8", (2, 3)),
        ("a: \ud800", "not valid UTF-8", (1, 4)),
        (b"a" * (1024 * 1024 + 1), "larger than 1 MiB", None),
    ],
)
def test_what_is_no_text_is_one_sentence(data, words, place):
    with pytest.raises(Malformed, match=words) as caught:
        documents(data)
    assert caught.value.place == place


@pytest.mark.parametrize("text", ["a: 1\nb: 2\n", '{"a": 1,\n"b": 2}', "a: 1\r\nb: 2"])
def test_a_byte_order_mark_counts_as_no_column(text):
    [plain], [marked] = documents(text.encode()), documents(text.encode("utf-8-sig"))
    assert plain == marked
    assert plain.places["/a"][0] == 1


def test_json_is_chosen_by_the_first_character():
    smile = json.dumps({"a": "😀", "b": 1e5})
    assert documents("\n  " + smile)[0].values == {"a": "😀", "b": 100000.0}


def test_yaml_in_flow_style_is_the_fallback_for_a_mapping():
    [document] = documents("{leadDestination: none, # comment\n id: x,}")
    assert document.values == {"leadDestination": "none", "id": "x"}


def test_who_asks_for_json_gets_nothing_else():
    with pytest.raises(Malformed, match="single quotes"):
        documents("{'leadDestination': 'none'}", strict=True)
    assert documents("leadDestination: none", strict=True)


@pytest.mark.parametrize("text", ['{"a": 1,\n "b" 2 3: [}', "[a, b]", "[1,]", '{"a": 1}}'])
def test_otherwise_the_error_is_that_of_json(text):
    with pytest.raises(Malformed, match=r"expected here|after the (end|key)|closing bracket"):
        documents(text)


def test_a_reference_without_quotes_in_flow_style_is_explained():
    with pytest.raises(Malformed, match="has to stand in quotes"):
        documents("{applicationKey: ${NAME}}")


@pytest.mark.parametrize("text", ["a: 1\nb: 2\na: 3\n", '{"a": 1,\n"b": 2,\n"a": 3}'])
def test_a_key_written_twice_is_refused_at_the_second(text):
    with pytest.raises(Malformed, match="“a” stands here twice") as caught:
        documents(text)
    assert caught.value.place == (3, 1)


@pytest.mark.parametrize("text", ["'k S3cr3t': 1\n'k S3cr3t': 3\n", '{"k:S3cr3t": 1, "k:S3cr3t": 3}'])
def test_a_key_written_twice_is_shown_without_a_secret_in_it(text):
    with pytest.raises(Malformed, match="“k…” stands here twice"):
        documents(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"leadDestination": "dynamics",\n "applicationKey": "\\ud800x"}', (2, 20)),
        ('{"a": {"\\udfffx": 1}}', (1, 8)),
        ('["\\ude00\\ud83d"]', (1, 2)),
    ],
)
def test_half_a_character_is_refused_where_it_stands(text, place):
    with pytest.raises(Malformed, match="stands for no character") as caught:
        documents(text)
    assert caught.value.place == place


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"- " * 100_000,
        b"{a: " * 100_000,
        b"? " * 100_000,
        b"a: b\n" * 2_000_000,
        b"a: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]\n",
        b"[" + b"1," * 500_000 + b"1]",
        b"a: " + b"9" * 1_000_000,
        b'"\\u00' * 100_000,
        b":" * 1_000_000,
        b"{" + b"\n" * 1_000_000,
    ],
    ids=lambda data: data[:8].decode(),
)
def test_hostile_input_is_refused_in_a_second(data, within_a_second):
    with within_a_second(), pytest.raises(Malformed) as caught:
        documents(data)
    assert len(str(caught.value)) < 120
