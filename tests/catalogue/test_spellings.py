"""The same words after a terminal, a log, an address, a page, a mail or JSON had them: the same answer."""

from __future__ import annotations

import html
import json
import re
import textwrap
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest

from validator.catalogue import diagnose

ANSWERS = json.loads(Path(__file__).with_name("answers.json").read_text("utf-8"))
PORTAL = json.loads(Path(__file__).with_name("portal.json").read_text("utf-8"))

GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
STAMP = "2026-03-04T05:06:{:02}.123Z [ERROR] [lead-writer] "


def coloured(text):
    return "".join(f"\x1b[{31 + n % 6};1m{word} \x1b[0m" for n, word in enumerate(text.split()))


def logged(text):
    lines = textwrap.wrap(text, 70, break_long_words=False, break_on_hyphens=False)
    return "\r\n".join(STAMP.format(n % 60) + line for n, line in enumerate(lines))


def buried(text):
    noise = [STAMP.format(n % 60) + f"GET /api/health 200 in {n} ms" for n in range(100)]
    return "\n".join([*noise, *logged(text).splitlines(), *noise])


def on_a_page(text):
    words = html.escape(text).split()
    half = len(words) // 2
    return f"<td class='x'><b>{' '.join(words[:half])}</b><br/>\n{' '.join(words[half:])}</td>"


def mailed(text):
    return "\n> " + "\n> ".join(textwrap.wrap(text, 60, break_long_words=False, break_on_hyphens=False))


def nested(text):
    return json.dumps({"error": json.dumps({"message": json.dumps({"inner": text})})})


def printed(text):
    return repr(text.replace(". ", ".\n"))


def masked(text):
    return GUID.sub("********", text)


def bracketed(text):
    return GUID.sub(lambda found: f"[{found[0]}]", text)


def bare_colour(text):
    return f"[0;31m{text}[0m"


def spelt_colour(text):
    """Have a line cleared, as a program prints it that shows escapes."""
    return rf"\033[2K{text}\e[1A"


def in_a_mail(text):
    return re.sub("(.{60})", "\\1=\r\n", text)


def twice_quoted(text):
    return quote(quote(text))


def in_two_bytes(text):
    return "\0".join(text)


WAYS = [
    bare_colour,
    spelt_colour,
    in_a_mail,
    twice_quoted,
    in_two_bytes,
    coloured,
    logged,
    buried,
    on_a_page,
    mailed,
    nested,
    printed,
    masked,
    bracketed,
    quote,
    quote_plus,
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "message", PORTAL, ids=lambda message: f"{message['number']}-{message['text'][-20:]}"
)
def test_a_documented_message_keeps_its_number(message, way):
    found = diagnose(way(message["text"]))
    assert found.verdict == "matched"
    assert found.matches[0].entry.documented.number == message["number"]
    assert found.matches[0].confidence == "certain"


@pytest.mark.parametrize("cut", [lambda text: text[: len(text) * 2 // 3], lambda text: text[12:]])
@pytest.mark.parametrize(
    "message", PORTAL, ids=lambda message: f"{message['number']}-{message['text'][-20:]}"
)
def test_half_a_message_is_no_other_one(message, cut):
    numbers = {
        match.entry.documented.number
        for match in diagnose(cut(message["text"])).matches
        if match.entry.documented
    }
    assert numbers <= {message["number"], 1}


@pytest.mark.parametrize("way", [*WAYS[:-2], quote])
@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer["case"])
def test_a_service_s_answer_keeps_its_entry(answer, way):
    body = answer["body"]
    before = diagnose(f"Dynamics 365 Salesforce Marketo said: {body}").matches
    after = diagnose(f"Dynamics 365 Salesforce Marketo said: {way(body)}").matches
    assert [match.entry.id for match in after[:1]] == [match.entry.id for match in before[:1]]
