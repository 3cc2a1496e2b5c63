"""The report as a summary of a workflow, or as a comment: GitHub's Markdown.

Text from outside is spelled out as code or escaped: it makes no link, no image, no heading and no mention.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Final

from validator.foreign import shown
from validator.model import Severity
from validator.reporters import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model import Finding, Problem, Report, Result

MARKS: Final = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.NOTE: "ℹ️"}  # noqa: RUF001 - the sign itself

ACTIVE: Final = re.compile(r"[\\`*_{}\[\]<>()#+!|~&@$:/.-]")
"""What Markdown, HTML in it, or GitHub (mentions, bare addresses, formulas) may act on."""

TOUCHY: Final = re.compile(r"[\\`*_\[\]<>&|~]")
"""The few of them that a sentence of ours may hold where they do something."""

TICKS: Final = re.compile("`+")


def render(report: Report, **_look: object) -> str:
    """Give the report as Markdown; colour, width and verbosity change nothing."""
    parts = ["## leadcheck", f"{own(words.summary(report))}."]
    if report.environment == "sandbox":
        parts.append(f"> {words.SANDBOX}")
    parts += [_table(report)] if report.results else []
    parts += ["### Not read\n\n" + "\n".join(map(_problem, report.problems))] if report.problems else []
    parts += chain.from_iterable(map(_result, report.results))
    return "\n\n".join(parts) + "\n"


def plain(text: str) -> str:
    """Write text from outside so that it reads as it is."""
    return ACTIVE.sub(_spelled, shown(text))


def _spelled(match: re.Match[str]) -> str:
    """Spell a character. What GitHub links after the Markdown (`@name`) is cut in two by a comment."""
    return f"&#{ord(match[0])};" + "<!-- -->" * (match[0] == "@")


def own(text: str) -> str:
    """Write a sentence of the catalogue, whose backticks mean code."""
    return "".join(code(part) if coded else TOUCHY.sub(_spelled, part) for coded, part in words.spans(text))


def code(text: str) -> str:
    """Write text from outside as code, which nothing in it can end."""
    safe = shown(text)
    fence = "`" * (max((len(ticks) for ticks in TICKS.findall(safe)), default=0) + 1)
    pad = " " if safe.startswith("`") or safe.endswith("`") else ""
    return f"{fence}{pad}{safe}{pad}{fence}" if safe else ""


def _table(report: Report) -> str:
    rows = [_row(result) for result in report.results]
    return "\n".join(["| configuration | leads go to | verdict |", "|---|---|---|", *rows])


def _row(result: Result) -> str:
    destination = words.DESTINATIONS.get(result.destination) or plain(result.destination)
    return f"| {_named(result)} | {destination} | {own(words.verdict(result))} |"


def _named(result: Result) -> str:
    line = f":{result.source.line}" if result.source.line > 1 else ""
    product = f", {result.product}" if result.product else ""
    name = f"{result.source.file}{line}{product}"
    return plain(name) if "|" in name else code(name)  # a bar ends a cell even in code


def _problem(problem: Problem) -> str:
    return f"- {MARKS[Severity.ERROR]} {code(words.place(problem))}: {plain(problem.message)}"


def _result(result: Result) -> Iterator[str]:
    counted = [finding for finding in result.findings if not finding.suppressed]
    hidden = [finding for finding in result.findings if finding.suppressed]
    if counted or hidden or result.fixed or result.unproven:
        yield f"### {_named(result)}"
    for finding in sorted(counted, key=lambda each: each.severity.rank):
        yield _finding(finding)
    if hidden:
        yield "Ignored:\n\n" + "\n".join(map(_ignored, hidden))
    if result.fixed:
        yield "Repaired:\n\n" + "\n".join(f"- {code(each.id)}: {own(each.title)}" for each in result.fixed)
    if result.unproven:
        yield "Unproven:\n\n" + "\n".join(f"- {plain(claim)}" for claim in result.unproven)


def _finding(finding: Finding) -> str:
    at = f" at {code(words.place(finding.location))}" if finding.location else ""
    lines = [f"#### {MARKS[finding.severity]} {own(finding.title)}", f"{finding.severity} `{finding.id}`{at}"]
    if finding.documented:
        lines.append(f"Error {finding.documented.number} of Microsoft's documentation.")
    lines += [f"> {code(finding.observed)}"] if finding.observed else []
    lines.append(own(finding.cause))
    lines += ["\n".join(_steps(finding))] if finding.fix else []
    return "\n\n".join(lines)


def _steps(finding: Finding) -> Iterator[str]:
    for number, step in enumerate(finding.fix, start=1):
        page = f" ([Microsoft's page]({step.url}))" if step.url else ""
        yield f"{number}. {own(step.text)}{page}"


def _ignored(finding: Finding) -> str:
    why = words.ignored(finding.suppressed) if finding.suppressed else ""
    at = f" at {code(words.place(finding.location))}" if finding.location else ""
    return f"- `{finding.id}`{at}: {plain(why)}"
