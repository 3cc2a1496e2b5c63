"""The report for a workflow of GitHub Actions: annotations on the lines at fault.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands has the form.
GitHub shows ten annotations of each kind per step and drops the others without a word: those are counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from validator.foreign import shown
from validator.model import Severity
from validator.reporters import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model import Finding, Location, Problem, Report

LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}

SHOWN: Final = {"error": 10, "warning": 10, "notice": 9}
"""One notice is kept for the count of what is left out."""


class Annotation(NamedTuple):
    """One message, and where GitHub shows it."""

    level: str
    properties: dict[str, str]
    message: str

    def command(self) -> str:
        """Write it as a command."""
        said = ",".join(f"{name}={_property(value)}" for name, value in self.properties.items())
        return f"::{self.level} {said}::{_data(self.message)}"


def render(report: Report, **_look: object) -> str:
    """Give the commands, then a line for each configuration; colour, width and verbosity change nothing."""
    annotations = [*map(_problem, report.problems), *_annotations(report)]
    lines = []
    for level, most in SHOWN.items():
        lines += [each.command() for each in annotations if each.level == level][:most]
    if more := len(annotations) - len(lines):
        lines.append(_rest(more).command())
    lines += [f"leadcheck: {words.SANDBOX}"] if report.environment == "sandbox" else []
    lines += [f"leadcheck: {shown(each.source.file)}: {words.verdict(each)}" for each in report.results]
    return "\n".join([*lines, f"leadcheck: {words.summary(report)}"]) + "\n"


def _rest(more: int) -> Annotation:
    message = f"{words.counted(more, 'more finding')}, for which GitHub has no room here: see the summary"
    return Annotation("notice", {"title": "leadcheck"}, message)


def _problem(problem: Problem) -> Annotation:
    place = (("line", problem.line), ("col", problem.column))
    where = {"file": shown(problem.file)} | {name: str(number) for name, number in place if number}
    return Annotation("error", where | {"title": "cannot be read"}, shown(problem.message))


def _annotations(report: Report) -> Iterator[Annotation]:
    for result in report.results:
        for finding in result.findings:
            if not finding.suppressed:
                where = (
                    _where(finding.location)
                    if finding.location
                    else {"file": shown(result.source.file), "line": str(result.source.line)}
                )
                title = {"title": f"{finding.id}: {finding.title}"}
                yield Annotation(LEVELS[finding.severity], where | title, _message(finding))


def _where(at: Location) -> dict[str, str]:
    where = {"file": shown(at.file), "line": str(at.line), "col": str(at.column)}
    if at.end and at.end[0] == at.line:  # GitHub takes no column in another line
        where["endColumn"] = str(at.end[1])
    return where


def _message(finding: Finding) -> str:
    told = [f"Seen: {shown(finding.observed)}"] if finding.observed else []
    told.append(finding.cause)
    told += [f"{number}. {step.text}" for number, step in enumerate(finding.fix, start=1)]
    return "\n".join(told)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
