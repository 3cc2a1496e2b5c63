"""Pieces of HTML: whatever text goes in comes out escaped, so that no caller can forget it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from validator.foreign import shown
from validator.reporters.words import spans

if TYPE_CHECKING:
    from collections.abc import Iterable


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def tag(name: str, *content: str, kind: str = "", **attributes: str) -> Markup:
    """Give an element; `kind` is its class. Content that is no Markup is text from anywhere."""
    named = {"class": kind} | attributes if kind else attributes
    opening = "".join(f' {key}="{escape(shown(value))}"' for key, value in named.items())
    return Markup(f"<{name}{opening}>{''.join(map(_safe, content))}</{name}>")


def own(sentence: str) -> Markup:
    """Give a sentence of the catalogue, whose backticks mean code."""
    return Markup("".join(tag("code", part) if coded else escape(part) for coded, part in spans(sentence)))


def link(text: str, url: str) -> Markup:
    """Give a link to a page that the catalogue names; it learns nothing of the report."""
    return Markup(f'<a href="{escape(url)}" rel="noreferrer">{escape(text)}</a>')


def table(caption: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Markup:
    """Give a table whose first column names the row."""
    head = tag("tr", *(tag("th", each, scope="col") for each in heads))
    body = [
        tag("tr", tag("th", first, scope="row"), *(tag("td", cell) for cell in rest)) for first, *rest in rows
    ]
    return tag("table", tag("caption", caption, kind="soft"), tag("thead", head), tag("tbody", *body))


def facts(pairs: Iterable[tuple[str, str | None]]) -> Markup:
    """Give a list of names with their values; one without a value is left out."""
    told = [tag("dt", name) + tag("dd", value) for name, value in pairs if value]
    return tag("dl", *map(Markup, told)) if told else Markup()


def _safe(text: str) -> str:
    """Escape what is no Markup. Blanks at its ends stay, for it may be part of a sentence."""
    if isinstance(text, Markup):
        return text
    before, after = " " * text.startswith(" "), " " * text.endswith(" ")
    return before + escape(shown(text)) + after
