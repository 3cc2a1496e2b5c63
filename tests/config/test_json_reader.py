from __future__ import annotations

import json

import pytest

from validator.config import json_reader
from validator.config.document import Malformed

GOOD = [
    "{}",
    "[]",
    ' {"a" : [1, -2.5, 1e5, 0, true, false, null, "x"], "b": {"c": {}}} ',
    r'{"smile": "\ud83d\ude00", "quote": "\"\\\/\b\f\n\r\t\u00e9"}',
    '{"' + "k" * 2000 + '": 1}',
    '{"raw": "\u0085\u2028\ufffe"}',
    '"text"',
    "12",
    "-0",
    "[\r\n1,\t2\r\n]",
]


@pytest.mark.parametrize("text", GOOD)
def test_reads_what_the_standard_library_reads(text):
    [document] = json_reader.read(text)
    assert document.values == json.loads(text)
    assert document.duplicates == ()


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('{"a": 1', (1, 8), "comma or }"),
        ('{"a": 1,}', (1, 8), "comma before the closing bracket"),
        ('{"a": 1,\n}', (1, 8), "comma before the closing bracket"),
        ("{a: 1}", (1, 2), "key in double quotes"),
        ('{"a" 1}', (1, 6), "colon"),
        ("[1, 2", (1, 6), "comma or ]"),
        ("[1,]", (1, 3), "comma before the closing bracket"),
        ('{\n  "a": nope\n}', (2, 8), "a value"),
        ('{"a": NaN}', (1, 7), "a value"),
        ('{"a": "open', (1, 7), "closing quote"),
        ('{"a": "two\nlines"}', (1, 11), "line break"),
        ('{"a": "\\q"}', (1, 8), "escape"),
        ('{"a": 1} // no', (1, 10), "a comment"),
        ('{"a": 1} no', (1, 10), "after the end"),
        ('{"a": 1, // one', (1, 10), "a comment"),
        ('{"a": /* one */ 1}', (1, 7), "a comment"),
        ('{"a": 1 # one', (1, 9), "a comment"),
        ("{'a': 1}", (1, 2), "single quotes"),
        ("{\u201ca\u201d: 1}", (1, 2), "typographic quotes"),
        ('{"a": 1, ... }', (1, 10), "left out"),
        ('{"a": ${NAME}}', (1, 7), "has to stand in quotes"),
        ("[" + "9" * 101 + "]", (1, 2), "too many digits"),
        ("[01]", (1, 3), "comma or ]"),
        ("", (1, 1), "a value"),
    ],
)
def test_says_where_it_stopped(text, place, words):
    with pytest.raises(Malformed, match=words) as caught:
        json_reader.read(text)
    assert caught.value.place == place


def test_places_count_code_points_from_one():
    text = '{\r\n\t"😀": {"a": "é", "b": [10,\r\n  20]}\r\n}'
    [document] = json_reader.read(text)
    assert document.places == {
        "": (1, 1),
        "/😀": (2, 7),
        "/😀/a": (2, 13),
        "/😀/b": (2, 23),
        "/😀/b/0": (2, 24),
        "/😀/b/1": (3, 3),
    }
    assert document.keys == {"/😀": (2, 2), "/😀/a": (2, 8), "/😀/b": (2, 18)}


def test_an_escaped_emoji_counts_as_it_is_written():
    [document] = json_reader.read(r'{"a": "\ud83d\ude00", "b": 1}')
    assert document.values == {"a": "😀", "b": 1}
    assert document.places["/b"] == (1, 28)


def test_a_key_written_twice_is_told_with_the_second_place():
    [document] = json_reader.read('{"a/~b": 1,\n "a/~b": 2}')
    assert document.duplicates == ("/a~1~0b",)
    assert document.keys["/a~1~0b"] == (2, 2)


def test_depth_and_number_of_values_are_bounded():
    with pytest.raises(Malformed, match="64 levels"):
        json_reader.read("[" * 66 + "]" * 66)
    with pytest.raises(Malformed, match="50000 values"):
        json_reader.read("[" + "1," * 50_000 + "1]")
    assert json_reader.read("[" * 65 + "]" * 65)
