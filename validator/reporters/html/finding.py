"""Findings as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model import Trace
from validator.reporters import words
from validator.reporters.html.tags import Markup, facts, link, own, tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.model import Finding


def article(finding: Finding) -> Markup:
    """Give a finding: what, where, why, and what to do."""
    mark = tag("span", finding.severity, kind="mark")
    parts = [tag("h4", mark, ": ", own(finding.title)), _facts(finding)]
    if finding.observed:
        parts.append(tag("blockquote", tag("p", finding.observed)))
    parts.append(tag("p", own(finding.cause)))
    if finding.fix:
        parts.append(tag("p", "What to do:"))
        parts.append(tag("ol", *_steps(finding)))
    return tag("article", *parts, kind=finding.severity)


def ignored(findings: Sequence[Finding]) -> Iterator[Markup]:
    """List the findings that do not count, and who said so."""
    if findings:
        yield tag("h3", "Ignored")
        yield tag("ul", *(tag("li", *_named(each), ": ", _why(each)) for each in findings))


def repaired(findings: Sequence[Finding]) -> Iterator[Markup]:
    """List what was written into the file."""
    if findings:
        yield tag("h3", "Repaired")
        yield tag("ul", *(tag("li", *_named(each), ": ", own(each.title)) for each in findings))


def _facts(finding: Finding) -> Markup:
    known, trace, at = finding.documented, finding.trace or Trace(), finding.location
    said = f"error {known.number} of Microsoft's documentation: {known.message}" if known else None
    return facts(
        (
            ("finding", tag("code", finding.id)),
            ("at", tag("code", words.place(at)) if at else None),
            ("field", tag("code", at.pointer) if at and at.pointer else None),
            ("documented", said),
            ("codes", ", ".join(finding.codes)),
            ("request id", trace.request_id),
            ("correlation id", trace.correlation_id),
            ("time", trace.timestamp),
        )
    )


def _steps(finding: Finding) -> Iterator[Markup]:
    for step in finding.fix:
        page = (" ", link("Microsoft's page", step.url)) if step.url else ()
        yield tag("li", own(step.text), *page)


def _named(finding: Finding) -> tuple[str, ...]:
    name = tag("code", finding.id)
    return (name, " at ", tag("code", words.place(finding.location))) if finding.location else (name,)


def _why(finding: Finding) -> str:
    return words.ignored(finding.suppressed) if finding.suppressed else ""
