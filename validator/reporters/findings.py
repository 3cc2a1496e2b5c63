"""Findings as people read them: what, where, why, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.reporters.page import MARGIN, Whole
from validator.reporters.words import ignored, place
from validator.terms import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model import Finding, Step
    from validator.reporters.page import Page

STYLES: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}


def write(page: Page, findings: Iterable[Finding]) -> None:
    """Write the findings, the worst first, then one line for each that is ignored."""
    ranked = sorted(findings, key=lambda finding: finding.severity.rank)
    for finding in ranked:
        if not finding.suppressed:
            page.gap()
            _block(page, finding)
    page.gap()
    for finding in ranked:
        _ignored(page, finding)


def write_fixed(page: Page, findings: Iterable[Finding]) -> None:
    """Write one line for each finding that was repaired."""
    page.gap()
    for finding in findings:
        page.item("fixed", *_named(finding), finding.title, label_style="green")


def _block(page: Page, finding: Finding) -> None:
    head = ((finding.severity, STYLES[finding.severity]), (f" {finding.id}: ", ""))
    page.put(finding.title, head=head, under="  ", style="bold")
    if at := finding.location:
        key = at.pointer.rpartition("/")[2]
        page.item("at", Whole(place(at)), Whole(f"({key})" if key else ""))
    if known := finding.documented:
        page.item("documented", f"error {known.number} of Microsoft's documentation:")
        page.quote("", known.message)
    if finding.observed:
        page.quote("seen", finding.observed)
    page.item("cause", finding.cause)
    _steps(page, finding.fix)
    _support(page, finding)


def _steps(page: Page, steps: tuple[Step, ...]) -> None:
    """Write the steps, numbered; those in a row that one page describes share its link."""
    for number, step in enumerate(steps, start=1):
        following = steps[number].url if number < len(steps) else None
        mark = f"{number}. "
        label = "  fix" if number == 1 else ""
        page.put(step.text, head=((label.ljust(MARGIN), "dim"), (mark, "")))
        if step.url and step.url != following:
            page.put(Whole(step.url), head=((" " * (MARGIN + len(mark)), ""),), style="dim")


def _support(page: Page, finding: Finding) -> None:
    """Write what Microsoft's support asks for."""
    trace = finding.trace
    facts = (
        ("codes", ", ".join(finding.codes)),
        ("request id", trace and trace.request_id),
        ("correlation id", trace and trace.correlation_id),
        ("time", trace and trace.timestamp),
    )
    label = "  support"
    for name, value in facts:
        if value:
            page.put(value, head=((label.ljust(MARGIN), "dim"), (f"{name:16}", "")))
            label = ""


def _ignored(page: Page, finding: Finding) -> None:
    if finding.suppressed:
        page.item("ignored", *_named(finding), ignored(finding.suppressed), style="dim")


def _named(finding: Finding) -> tuple[str, ...]:
    at = finding.location
    return (f"{finding.id} at", Whole(f"{place(at)}:")) if at else (f"{finding.id}:",)
