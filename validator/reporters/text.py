"""The report that people read, in a terminal or in the log of a pipeline.

Its marks are plain words, because a Windows console and a CI log print nothing else reliably.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.model import Status, Verdict
from validator.reporters import findings, words
from validator.reporters.page import MARGIN, Page, Whole

if TYPE_CHECKING:
    from validator.model import Outcome, Problem, Report, Result, TestLead

MARKS: Final = {
    Status.PASSED: ("ok", "green"),
    Status.FAILED: ("FAIL", "red"),
    Status.SKIPPED: ("skip", "dim"),
    Status.INCONCLUSIVE: ("?", "yellow"),
    Status.CRASHED: ("BUG", "red"),
}

VERDICTS: Final = {
    Verdict.NOT_READY: "red",
    Verdict.UNPROVEN: "yellow",
    Verdict.ACCEPTED: "yellow",
    Verdict.NOTHING_TO_CHECK: "bold",
}
"""Styles of the verdicts; those that are not here are good news."""

UNNAMED: Final = "an unknown destination"
"""For a value that looks like no name, and may be a secret in the wrong place."""

SLOW: Final = 2.0
"""Seconds from which a check's time is shown unasked: a person has begun to wonder by then."""

EARLIER: Final = 3
"""Earlier test leads that are shown with their times; the rest are counted."""


def render(report: Report, *, colour: bool = False, width: int = 80, verbosity: int = 0) -> str:
    """Give the report; `verbosity` -1 leaves findings and verdicts, 1 adds the time of each check."""
    page = Page(colour=colour, width=width)
    if report.environment == "sandbox":
        page.say(words.SANDBOX, "yellow")
    for result in report.results:
        _configuration(page, result, verbosity, several=len(report.results) > 1)
    page.gap()
    for problem in report.problems:
        _problem(page, problem)
    if not (report.results or report.problems):
        page.say("nothing to check: no lead-destination configuration was found", "bold")
    if verbosity >= 0 and len(report.results) > 1:
        page.gap()
        page.say(words.summary(report), "bold")
    return page.text()


def _configuration(page: Page, result: Result, verbosity: int, *, several: bool) -> None:
    if several and verbosity < 1 and _clean(result):
        _one_line(page, result)
        return
    page.gap()
    if several or verbosity >= 0:
        _header(page, result)
    if verbosity >= 0 and not (several and verbosity < 1 and _settings_alone(result)):
        _ladder(page, result.checks, timed=verbosity > 0)
    findings.write(page, result.findings)
    findings.write_fixed(page, result.fixed)
    if verbosity >= 0:
        _delivery(page, result)
        page.gap()
        for number, claim in enumerate(result.unproven):
            label = "" if number else "  unproven"
            page.put(claim, head=((label.ljust(MARGIN), "dim"), ("- ", "")))
    page.gap()
    page.say(words.verdict(result), VERDICTS.get(result.verdict, "green"))
    page.gap()


def _clean(result: Result) -> bool:
    """Whether a line says it all: nothing was found, and nothing beyond the settings was tried."""
    quiet = not (result.findings or result.fixed or result.unproven)
    return quiet and result.verdict in {Verdict.SETTINGS_OK, Verdict.NOTHING_TO_CHECK}


def _settings_alone(result: Result) -> bool:
    """Whether all but the first check was skipped: among many, each would tell the same of the rest."""
    return all(check.status is Status.SKIPPED for check in result.checks[1:])


def _one_line(page: Page, result: Result) -> None:
    label = result.verdict.replace("-", " ") + ": "
    page.put(*_named(result), head=((label, VERDICTS.get(result.verdict, "green")),), under="  ")


def _header(page: Page, result: Result) -> None:
    destination = words.DESTINATIONS.get(result.destination) if result.destination else UNNAMED
    head, body = (
        (f"Leads to {destination}: ", ()) if destination else ("Leads to ", (f"{result.destination}:",))
    )
    page.put(*body, *_named(result), head=((head, "bold"),), under="  ")
    page.gap()


def _named(result: Result) -> tuple[str, ...]:
    """Name the configuration by its file, its line where it is not the file's first, and its product."""
    source = result.source
    file = f"{source.file}:{source.line}" if source.line > 1 else source.file
    return (Whole(f"{file},"), Whole(f"product {result.product}")) if result.product else (Whole(file),)


def _ladder(page: Page, checks: tuple[Outcome, ...], *, timed: bool) -> None:
    """Write a line for each check, with its stage in the margin; no note twice in a row."""
    stage, note = None, None
    for check in checks:
        mark, style = MARKS[check.status]
        label = "" if check.stage is stage else f"  {check.stage}"
        said = f"{check.title}: {check.note}" if check.note and check.note != note else check.title
        time = f"({check.seconds:.1f} s)" if timed or check.seconds >= SLOW else ""
        head = ((label.ljust(MARGIN), "dim"), (f"{mark:6}", style))
        page.put(said, Whole(time), head=head, style="dim" if check.status is Status.SKIPPED else "")
        stage, note = check.stage, check.note


def _delivery(page: Page, result: Result) -> None:
    lead = result.test_lead
    if not lead:
        return
    page.gap()
    ended = words.delivery(result, lead.outcome, cleaned_up=lead.cleaned_up)
    page.item("test lead", Whole(f"{lead.token}:"), ended)
    if lead.where:
        page.item("where", lead.where)
    for probe in lead.probes:
        page.item("probe", probe)
    _earlier(page, lead)


def _earlier(page: Page, lead: TestLead) -> None:
    if lead.earlier:
        listed, more = ", ".join(lead.earlier[:EARLIER]), len(lead.earlier) - EARLIER
        others = f" and {more} more" if more > 0 else ""
        count = words.counted(len(lead.earlier), "MSFT_TEST lead")
        page.item("earlier", f"{count} of other runs: {listed}{others}")


def _problem(page: Page, problem: Problem) -> None:
    page.put(Whole(f"{words.place(problem)}:"), problem.message, head=(("cannot read ", "red"),), under="  ")
