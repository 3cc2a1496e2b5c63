"""The report for a browser, a printer or a support ticket: one file that needs nothing beside it.

Its policy forbids every script, picture and request, so that nothing from outside could do harm even if it
were taken for HTML. It reads the same without the policy, without colours and on paper.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from itertools import chain
from typing import TYPE_CHECKING

from validator import __version__
from validator.reporters import words
from validator.reporters.html.finding import article, ignored, repaired
from validator.reporters.html.ladder import exchanges, ladder, lead
from validator.reporters.html.tags import Markup, facts, table, tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model import Problem, Report, Result


def render(report: Report, **_look: object) -> str:
    """Give the report as HTML; colour, width and verbosity change nothing."""
    style = files(__name__).joinpath("report.css").read_text(encoding="utf-8")
    body = tag("body", _header(report), _main(report), _footer())
    head = f"<head>{_meta(style)}<title>leadcheck report</title><style>{style}</style></head>"
    return f'<!DOCTYPE html>\n<html lang="en">{head}\n{body}</html>\n'


def _meta(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        '<meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
    )


def _header(report: Report) -> Markup:
    banner = [tag("p", words.SANDBOX, kind="banner")] if report.environment == "sandbox" else []
    about = facts(
        (
            ("begun", report.started_at),
            ("took", f"{report.duration_seconds:.1f} s"),
            ("leadcheck", __version__),
        )
    )
    return tag("header", tag("h1", "Will the leads arrive?"), *banner, tag("p", words.summary(report)), about)


def _main(report: Report) -> Markup:
    parts: list[Markup] = []
    if len(report.results) > 1:
        rows = [(_named(each), _destination(each), _verdict(each)) for each in report.results]
        parts.append(table("All configurations", ("configuration", "leads go to", "verdict"), rows))
    if report.problems:
        parts.append(_unread(report.problems))
    return tag("main", *parts, *(tag("section", *_result(each)) for each in report.results))


def _footer() -> Markup:
    note = "Secrets are left out of this report; addresses and names of your tenant are not."
    return tag("footer", tag("p", note, kind="soft"))


def _unread(problems: tuple[Problem, ...]) -> Markup:
    rows = [tag("li", tag("code", words.place(each)), ": ", each.message) for each in problems]
    return tag("section", tag("h2", "Not read"), tag("ul", *rows))


def _result(result: Result) -> Iterator[Markup]:
    yield tag("h2", f"Leads to {_destination(result)}: {_named(result)}")
    yield tag("p", _verdict(result))
    yield from chain(_findings(result), ladder(result), lead(result))
    if result.unproven:
        yield tag("h3", "What nobody can prove from here")
        yield tag("ul", *(tag("li", claim) for claim in result.unproven))
    yield from exchanges(result)


def _findings(result: Result) -> Iterator[Markup]:
    counted = [finding for finding in result.findings if not finding.suppressed]
    if counted:
        yield tag("h3", "Findings")
        yield from map(article, sorted(counted, key=lambda each: each.severity.rank))
    yield from ignored([finding for finding in result.findings if finding.suppressed])
    yield from repaired(result.fixed)


def _named(result: Result) -> str:
    line = f":{result.source.line}" if result.source.line > 1 else ""
    return f"{result.source.file}{line}" + (f", product {result.product}" if result.product else "")


def _destination(result: Result) -> str:
    return words.DESTINATIONS.get(result.destination, result.destination) or "an unknown destination"


def _verdict(result: Result) -> Markup:
    label, _, rest = words.verdict(result).partition(":")
    return Markup(tag("span", label, kind=f"mark {result.verdict}") + tag("span", ":" + rest))
