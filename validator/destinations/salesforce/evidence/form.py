"""The Web-to-Lead form that the organisation generated, as somebody saved or changed it.

The generator writes attributes with quotation marks and without; copies lie in pages, in PHP, in JSX. What a
comment holds is not sent, and not read, unless nothing but the comment holds the form.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_BYTES: Final = 512 * 1024
"""Of a page with a form; the form itself has some 5 KiB."""

LONGEST: Final = 1024
"""Characters of one tag's attributes; the settings of reCAPTCHA have some 150."""

MOST_TAGS: Final = 5_000
"""Of a page: a form with all fields there are has some 300."""

SERVLET: Final = "servlet.webtolead"

_TAG: Final = re.compile(r"<(form|input|select|script|div)\b", re.IGNORECASE)
_ATTRIBUTES: Final = re.compile(r"(?:[^<>\"']|\"[^\"]*\"|'[^']*')*")
_ATTRIBUTE: Final = re.compile(r"([\w-]+)\s*=[\s{]*(\"[^\"]*\"|'[^']*'|[^\s\"'<>{}]+)")
_COMMENTS: Final = (("<!--", "-->"), ("{/*", "*/}"))


class Tag(NamedTuple):
    """A tag of the page. Names are in lower case."""

    name: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Form:
    """What the form tells.

    `host`: where it posts to. `captcha`: whether it holds a reCAPTCHA. `country_picklists`: None where no
    country stands in it. `picklists`: their titles or names, countries and states left out.
    """

    oid: str
    host: str
    captcha: bool
    country_picklists: bool | None
    picklists: tuple[str, ...]


def read(text: str) -> Form | None:
    """Read the form in a page; None where there is none that posts to Web-to-Lead."""
    plain = _plain(text)
    return _form(_without_comments(plain)) or _form(plain)


def _plain(text: str) -> str:
    """Undo what a form goes through inside of another text."""
    unescaped = text if "<input" in text.lower() else html.unescape(text)
    return unescaped.replace('\\"', '"').replace("\\'", "'")


def _without_comments(text: str) -> str:
    for begin, end in _COMMENTS:
        first, *rest = text.split(begin)
        text = first + "".join(piece.partition(end)[2] for piece in rest)
    return text


def _form(text: str) -> Form | None:
    tags = list(_tags(text))
    action = next((found for tag in tags if SERVLET in (found := _action(tag)).lower()), "")
    named = {tag.attributes.get("name", ""): tag for tag in tags if tag.name in {"input", "select"}}
    if "oid" not in named:
        return None
    lists = [name for name, tag in named.items() if tag.name == "select"]
    return Form(
        oid=named["oid"].attributes.get("value", "").strip(),
        host=_host(action),
        captcha="captcha_settings" in named or any(map(_is_captcha, tags)),
        country_picklists="country_code" in lists if {"country", "country_code"} & named.keys() else None,
        picklists=tuple(
            named[name].attributes.get("title") or name
            for name in lists
            if name not in {"country_code", "state_code"}
        ),
    )


def _tags(text: str) -> Iterator[Tag]:
    for found in islice(_TAG.finditer(text), MOST_TAGS):
        attributes = _ATTRIBUTES.match(text[found.end() : found.end() + LONGEST])
        pairs = _ATTRIBUTE.findall(attributes[0]) if attributes else []
        yield Tag(found[1].lower(), {name.lower(): value.strip("\"'") for name, value in pairs})


def _action(tag: Tag) -> str:
    return tag.attributes.get("action", "") if tag.name == "form" else ""


def _host(address: str) -> str:
    try:
        return (urlsplit(html.unescape(address)).hostname or "").lower()
    except ValueError:
        return ""


def _is_captcha(tag: Tag) -> bool:
    classes = tag.attributes.get("class", tag.attributes.get("classname", "")).split()
    return "g-recaptcha" in classes or "/recaptcha/api.js" in tag.attributes.get("src", "")
