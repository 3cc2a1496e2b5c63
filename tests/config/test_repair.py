"""A value is repaired where it stands, and not a byte of the rest is touched."""

from __future__ import annotations

import json

import pytest

from validator.config.reading import documents
from validator.config.repair import Mend, mended
from validator.config.rewriting import Changed, rewrite

OLD, NEW = "AccountName=a;Key=b", "Name=https;AccountName=a;AccountKey=Zm9v==;EndpointSuffix=core.windows.net"


def places(data, value):
    """Give the places of a value in a text, as its reader tells them."""
    found = []
    for document in documents(data):
        walk = [("", document.values)]
        while walk:
            at, inner = walk.pop()
            if isinstance(inner, dict):
                walk += [(f"{at}/{key}", each) for key, each in inner.items()]
            elif inner == value:
                found.append(document.places[at])
    return found


def repaired(text, old=OLD, new=NEW):
    data = text if isinstance(text, bytes) else text.encode()
    [place] = places(data, old)
    after, done = mended(data, [Mend(place, old, new)])
    assert [mend.place for mend in done] == [place]
    return after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: {}\n", "a: {}\n"),
        ("x: 1 # first\na: {}  # kept\r\n\tb: \n".replace("\tb: \n", "b: 2\r\n"), None),
        ("a:   '{}'   # kept\n", "a:   '{}'   # kept\n"),
        ('a: "{}"\n', 'a: "{}"\n'),
        ("{{a: {}, b: c}}\n", "{{a: {}, b: c}}\n"),
        ('{{\t"a" : "{}" ,\r\n "b": [1,  2]}}\r\n', '{{\t"a" : "{}" ,\r\n "b": [1,  2]}}\r\n'),
        ('{{"é\U0001f600": "\U0001f600", "a": "{}"}}', '{{"é\U0001f600": "\U0001f600", "a": "{}"}}'),
        ("é: \U0001f600\na: {}\n", "é: \U0001f600\na: {}\n"),
        ("---\na: 1\n---\nb:\n  c: {}\n", "---\na: 1\n---\nb:\n  c: {}\n"),
        ("a: {}", "a: {}"),
    ],
)
def test_the_rest_of_the_text_stays(before, after):
    wanted = (after or before).format(NEW)
    assert repaired(before.format(OLD)) == wanted.encode()
    assert places(wanted.encode(), NEW)


def test_a_byte_order_mark_stays():
    assert repaired(b"\xef\xbb\xbfa: " + OLD.encode()) == b"\xef\xbb\xbfa: " + NEW.encode()


@pytest.mark.parametrize(
    ("written", "old"),
    [
        ("a: |\n  one\n  two\nb: 2\n", "one\ntwo\n"),
        ("a: >-\n  one\n  two\n\nb: 2\n", "one two"),
        ("a: one\n  two\nb: 2\n", "one two"),
        ('a: "one\n  two"\nb: 2\n', "one two"),
        ("a: |\n  one\n  two", "one\ntwo"),
        ("a: |- # until 2027\n  one\n  two\nb: 2\n", "one\ntwo"),
    ],
)
def test_a_value_of_several_lines_becomes_one(written, old):
    after = repaired(written, old)
    [document] = documents(after)
    assert document.values == {"a": NEW, **({"b": 2} if "b: 2" in written else {})}
    assert after.decode().endswith(written[written.index("b: 2") :] if "b: 2" in written else NEW)


@pytest.mark.parametrize("new", ['it\'s: # "new"\\', "é\n\tx", "- x", "true", "*", "a, b", "", "x: y", " x "])
@pytest.mark.parametrize(
    "text", ["a: old\n", "a: 'old'\n", 'a: "old"\n', '{"a": "old"}', "{a: old}", "a: |\n  old\n"]
)
def test_whatever_the_new_value_is_it_is_read_again(new, text):
    old = "old\n" if "|" in text else "old"
    [document] = documents(repaired(text, old, new))
    assert document.values == {"a": new}


@pytest.mark.parametrize(
    ("text", "column"), [("a: ${STRING}\n", 4), ('{"a": "${STRING}"}', 7), ('{"a": 7}', 7), ("a: [7]\n", 4)]
)
def test_what_stands_elsewhere_is_not_written_here(text, column):
    assert mended(text.encode(), [Mend((1, column), OLD, NEW)]) == (text.encode(), [])


def test_a_comment_behind_the_sign_of_a_block_stays():
    assert (
        repaired("a: >2-  # until 2027\r\n   x\r\nb: 2\r\n", " x").decode()
        == f"a: {NEW}  # until 2027\r\nb: 2\r\n"
    )


def test_a_value_with_a_tag_stays_as_it_is():
    text = b"a: !!str old\n"
    assert mended(text, [Mend((1, 4), "old", "new")]) == (text, [])


def test_several_values_at_a_time():
    text = json.dumps({"a": "one", "b": ["two"], "c": "three"}, indent=2)
    mends = [Mend(places(text.encode(), word)[0], word, word * 3) for word in ("one", "three")]
    after, done = mended(text.encode(), mends)
    assert json.loads(after) == {"a": "oneoneone", "b": ["two"], "c": "threethreethree"}
    assert len(done) == 2


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path):
    file = tmp_path / "lead.yaml"
    file.write_bytes(b"before")
    file.chmod(0o640)
    rewrite(file, b"before", b"after")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"after", 0o640)
    assert [path.name for path in tmp_path.iterdir()] == ["lead.yaml"]


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "true.yaml").write_bytes(b"before")
    (tmp_path / "lead.yaml").symlink_to("true.yaml")
    rewrite(tmp_path / "lead.yaml", b"before", b"after")
    assert (tmp_path / "lead.yaml").is_symlink()
    assert (tmp_path / "true.yaml").read_bytes() == b"after"


def test_somebody_else_s_change_is_not_overwritten(tmp_path):
    file = tmp_path / "lead.yaml"
    file.write_bytes(b"changed meanwhile")
    with pytest.raises(Changed):
        rewrite(file, b"before", b"after")
    assert file.read_bytes() == b"changed meanwhile"
    assert [path.name for path in tmp_path.iterdir()] == ["lead.yaml"]
