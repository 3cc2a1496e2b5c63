"""The report for the test pages of pipelines: a suite for each configuration, a case for each check.

The order of attributes and elements is the one of Ant's schema, which the strictest readers ask for.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from validator.foreign import shown
from validator.model import Severity, Status
from validator.reporters import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.model import Finding, Outcome, Problem, Report, Result

UNREAD: Final = "unreadable inputs"

ERRORS: Final = {Status.INCONCLUSIVE, Status.CRASHED}
"""What JUnit calls an error: the check itself came to no end."""


def render(report: Report, **_look: object) -> str:
    """Give the report as XML; colour, width and verbosity change nothing."""
    root = Element("testsuites")
    for result in report.results:
        _suite_of(root, report, result)
    if report.problems:
        suite = _suite(root, report, UNREAD, [_unread(problem) for problem in report.problems])
        _spoken(suite, ())
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _suite_of(root: Element, report: Report, result: Result) -> None:
    name = shown(f"{result.source.file}:{result.source.line}")
    name += f" {shown(result.product)}" if result.product else ""
    suite = _suite(root, report, name, [_case(result, check) for check in result.checks])
    _spoken(suite, [words.verdict(result), *chain.from_iterable(map(_lines, result.findings))])


def _suite(root: Element, report: Report, name: str, cases: Sequence[Element]) -> Element:
    suite = SubElement(
        root,
        "testsuite",
        {
            "name": name,
            "timestamp": report.started_at.rstrip("Z"),
            "hostname": "localhost",
            "tests": str(len(cases)),
            "failures": _count(cases, "failure"),
            "errors": _count(cases, "error"),
            "skipped": _count(cases, "skipped"),
            "time": f"{sum(float(case.get('time', 0)) for case in cases):.3f}",
            "package": "leadcheck",
            "id": str(len(root)),
        },
    )
    properties = SubElement(suite, "properties")
    SubElement(properties, "property", {"name": "environment", "value": report.environment})
    suite.extend(cases)
    return suite


def _count(cases: Sequence[Element], kind: str) -> str:
    return str(sum(1 for case in cases if case.find(kind) is not None))


def _spoken(suite: Element, lines: Sequence[str]) -> None:
    SubElement(suite, "system-out").text = "\n".join(lines)
    SubElement(suite, "system-err")


def _case(result: Result, check: Outcome) -> Element:
    case = _named(check.title, f"leadcheck.{check.id}", check.seconds)
    found = words.behind(result, check)
    counted = [finding for finding in found if not finding.suppressed]
    if check.status in ERRORS:
        _ended(case, "error", check, found)
    elif check.status is Status.FAILED and (counted or not found):
        _ended(case, "failure", check, counted)
    elif check.status is not Status.PASSED:
        SubElement(case, "skipped", {"message": _left_out(found) or shown(check.note or "")})
    return case


def _ended(case: Element, name: str, check: Outcome, found: Sequence[Finding]) -> None:
    message = "; ".join(finding.title for finding in found) or shown(check.note)
    kind = found[0].id if found else check.status
    SubElement(case, name, {"message": message, "type": kind}).text = _text(found)


def _left_out(found: Sequence[Finding]) -> str:
    told = ((finding.id, finding.suppressed) for finding in found)
    return "; ".join(f"{name} is ignored: {words.ignored(why)}" for name, why in told if why)


def _unread(problem: Problem) -> Element:
    case = _named(shown(words.place(problem)), "leadcheck.input", 0.0)
    SubElement(case, "error", {"message": shown(problem.message), "type": "unreadable"})
    return case


def _named(name: str, kind: str, seconds: float) -> Element:
    return Element("testcase", {"name": name, "classname": kind, "time": f"{seconds:.3f}"})


def _text(findings: Sequence[Finding]) -> str:
    return "\n".join(line for finding in findings for line in _lines(finding))


def _lines(finding: Finding) -> list[str]:
    """Tell a finding. Each line begins with words of ours: some pipelines copy them into a log."""
    at = f" at {shown(words.place(finding.location))}" if finding.location else ""
    lines = [f"{finding.severity} {finding.id}{at}: {finding.title}"]
    lines += [f"ignored: {words.ignored(finding.suppressed)}"] if finding.suppressed else []
    lines += [f"seen: {shown(finding.observed)}"] if finding.observed else []
    lines += [f"cause: {finding.cause}"] if finding.severity is not Severity.NOTE else []
    return lines + [f"fix {number}. {step.text}" for number, step in enumerate(finding.fix, start=1)]
