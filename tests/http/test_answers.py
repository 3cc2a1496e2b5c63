"""What is read of an answer, whatever it claims to be."""

from __future__ import annotations

import json

import pytest

from validator.http import answers

SAID = {"message": "caf\u00e9", "code": 7, "list": [1]}


@pytest.fixture
def given(listen, connect, odd):
    """Ask a server that answers with this body and these headers."""

    def ask(body, **headers):
        server = listen(odd.says(odd.answer(200, body, **headers)))
        return connect(server, timeout=5).ask("GET", server.url)

    return ask


CHARSETS = [
    "utf-8",
    "utf-16",
    "ascii",
    "idna",
    "punycode",
    "rot13",
    "zlib",
    "undefined",
    "no such",
    "\xfc",
    "",
]


@pytest.mark.parametrize("charset", CHARSETS)
def test_the_charset_of_the_header_is_not_believed(charset, given):
    answer = given(
        json.dumps(SAID, ensure_ascii=False).encode(), Content_Type=f"text/html; charset={charset}"
    )
    assert answers.document(answer) == SAID
    assert "caf\u00e9" in answers.words(answer)


def test_a_mark_at_the_beginning_is_no_part_of_the_words(given):
    answer = given(json.dumps(SAID).encode("utf-8-sig"))
    assert answers.document(answer) == SAID


def test_what_is_no_utf_8_can_still_be_shown(given):
    answer = given(b"caf\xe9 \xff")
    assert answers.words(answer) == "caf\ufffd \ufffd"
    assert answers.document(answer) is None


NO_OBJECT = {
    "nothing": b"",
    "a list": b"[]",
    "a text": b'"text"',
    "null": b"null",
    "half an object": b'{"a"',
    "a page": b"<html></html>",
    "two objects": b"{} {}",
    "deep lists": b"[" * 500_000,
    "deep objects": b'{"a":' * 180_000,
    "a long number": b'{"a": 1' + b"0" * 9000 + b"}",
    "utf-16": '{"a": 1}'.encode("utf-16"),
}


@pytest.mark.parametrize("body", NO_OBJECT)
def test_anything_else_is_no_object(body, given):
    assert answers.document(given(NO_OBJECT[body])) is None


@pytest.mark.parametrize(
    ("key", "text"), [("message", "caf\u00e9"), ("code", None), ("list", None), ("absent", None)]
)
def test_a_text_is_a_text(key, text):
    assert answers.text(SAID, key) == text
