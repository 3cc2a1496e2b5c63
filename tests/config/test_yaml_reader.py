from __future__ import annotations

import pytest
import yaml

from validator.config import yaml_reader
from validator.config.document import Malformed


@pytest.fixture(params=["C", "Python"], autouse=True)
def parser(request, monkeypatch):
    """Every promise holds for both parsers: PyYAML has the fast one only where it found libyaml."""
    if request.param == "Python":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    elif not hasattr(yaml, "CSafeLoader"):
        pytest.skip("this PyYAML was built without libyaml")


def test_values_are_those_of_yaml_with_dates_left_as_text():
    text = "a: 1\nb: 1.5\nc: yes\nd: ~\ne: 2027-03-31\nf: 'x'\ng: [1, {h: y}]\n? i\n: |\n  two\n  lines\nj:\n"
    [document] = yaml_reader.read(text)
    assert document.values == {
        "a": 1,
        "b": 1.5,
        "c": True,
        "d": None,
        "e": "2027-03-31",
        "f": "x",
        "g": [1, {"h": "y"}],
        "i": "two\nlines\n",
        "j": None,
    }


def test_explicit_tags_of_plain_kinds_are_obeyed():
    [document] = yaml_reader.read("a: !!str 12\nb: !!int '3'\nc: !!map {}\n")
    assert document.values == {"a": "12", "b": 3, "c": {}}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_places_count_code_points_from_one(end):
    text = end.join(["# 😀", "é😀:", "  - a: x # c", "    'b': \"y\"", "c: {d: [1, 2]}", ""])
    [document] = yaml_reader.read(text)
    assert document.places == {
        "": (2, 1),
        "/é😀": (3, 3),
        "/é😀/0": (3, 5),
        "/é😀/0/a": (3, 8),
        "/é😀/0/b": (4, 10),
        "/c": (5, 4),
        "/c/d": (5, 8),
        "/c/d/0": (5, 9),
        "/c/d/1": (5, 12),
    }
    assert document.keys["/é😀/0/b"] == (4, 5)


def test_a_tab_inside_a_line_is_one_column(request):
    if "Python" in request.node.name:  # it refuses a tab before a value
        with pytest.raises(Malformed, match="tab"):
            yaml_reader.read("a:\tb\nc: [1,\t2]\n")
        return
    [document] = yaml_reader.read("a:\tb\nc: [1,\t2]\n")
    assert document.places == {"": (1, 1), "/a": (1, 4), "/c": (2, 4), "/c/0": (2, 5), "/c/1": (2, 8)}


def test_several_documents_each_have_their_places():
    first, second = yaml_reader.read("a: 1\n---\nb: 2\n")
    assert (first.values, second.values) == ({"a": 1}, {"b": 2})
    assert second.places == {"": (3, 1), "/b": (3, 4)}
    assert yaml_reader.read("# nothing but a comment\n") == []


def test_a_key_written_twice_is_told_with_the_second_place():
    [document] = yaml_reader.read("a: {b: 1,\n  b: 2}\n")
    assert document.duplicates == ("/a/b",)
    assert document.keys["/a/b"] == (2, 3)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a: &x 1\n", (1, 4), "anchors and aliases"),
        ("a: *x\n", (1, 4), "anchors and aliases"),
        ("&x a: 1\n", (1, 1), "anchors and aliases"),
        ("a: !Ref b\n", (1, 4), "begins with !"),
        ("a: !!python/object:os.system {}\n", (1, 4), "begins with !"),
        ("a: !!binary aGk=\n", (1, 4), "begins with !"),
        ("a: !x!y z\n", (1, 4), "begins with !"),
        ("a: !!int nine\n", (1, 4), "number"),
        ("a: !!bool nine\n", (1, 4), "number"),
        ("a: " + "9" * 101, (1, 4), "number"),
        ("a: 1" + ":59" * 5000, (1, 4), "number"),
        ("[a]: 1\n", (1, 1), "key has to be text"),
        ("a: b: c\n", (1, 5), "second colon"),
        ("a:\n\tb: 1\n", (2, 1), "tab"),
        ("a: @b\n", (1, 4), "quotes"),
        ("a: %b\n", (1, 4), "quotes"),
        ("a: 1\nbcd\n", None, "colon"),
        ('a: "open\n', None, "never closed"),
        ('a: "\\q"\n', None, "escape"),
        ("a:\n  b: 1\n c: 2\n", None, "indentation"),
        ("- a\nb: 1\n", None, "indentation"),
        ("a: {b: ${NAME}}\n", (1, 9), "has to stand in quotes"),
        ("a: [${NAME}, c]\n", (1, 6), "has to stand in quotes"),
        ("a: 1\n\nb: \x07\n", (3, 4), "control character"),
        ('a: "x\\ud800"\n', None, "no character"),
        ('"x\\udfff": a\n', None, "no character"),
        ('a: "\\UFFFFFFFF"\n', None, "no character"),
        ('a: "\\U00110000"\n', None, "no character"),
        ("%YAML 3.0\n---\na: 1\n", None, "not YAML"),
    ],
)
def test_says_what_is_wrong_and_where(text, place, words):
    with pytest.raises(Malformed, match=words) as caught:
        yaml_reader.read(text)
    assert place in (None, caught.value.place)


@pytest.mark.parametrize(
    "value", ["!s3cret", "*s3cret", "&s3cret", "!s3cret!x", '"\\s3cret', "@s3cret", "[s3cret"]
)
def test_no_message_repeats_the_value(value):
    with pytest.raises(Malformed) as caught:
        yaml_reader.read(f"password: {value}\nb: c\n")
    assert "3cret" not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_depth_and_number_of_values_are_bounded():
    for deep in ("[" * 66, "- " * 66, "".join(f"{' ' * n}a:\n" for n in range(66)) + " " * 66 + "b"):
        with pytest.raises(Malformed, match="64 levels"):
            yaml_reader.read(deep)
    with pytest.raises(Malformed, match="50000 values"):
        yaml_reader.read("- 1\n" * 50_001)
    with pytest.raises(Malformed, match="50000 values"):
        yaml_reader.read("---\na: 1\n" * 20_000)


def test_a_character_that_the_parser_alone_refuses_is_one_sentence(monkeypatch):
    def refuse(_):
        raise yaml.reader.ReaderError("name", 0, 7, "unicode", "not allowed")

    monkeypatch.setattr(yaml_reader, "_documents", refuse)
    with pytest.raises(Malformed, match="does not allow"):
        yaml_reader.read("a: 1")
