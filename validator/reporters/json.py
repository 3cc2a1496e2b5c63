"""The report for machines, version 1. Names here are promises: they are added to, never changed or removed.

The shape is written out by hand, apart from the types in `model`, so that those can change and this cannot.
`schemas/report.schema.json` describes it.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from validator import __version__
from validator.model import Verdict
from validator.reporters.words import tally

if TYPE_CHECKING:
    from validator.model import Finding, Location, Outcome, Problem, Report, Result, TestLead, Trace

SCHEMA_VERSION: Final = "1.0"


def render(report: Report, **_look: object) -> str:
    """Give the report as JSON; colour, width and verbosity change nothing."""
    return safe(json.dumps(_report(report), indent=2)) + "\n"


def safe(text: str) -> str:
    """Escape, without changing a value, what is left in ASCII that a terminal or a CI log (`##[`) acts on."""
    return text.replace("##", "#\\u0023").replace("\x7f", "\\u007f")


def _report(report: Report) -> dict[str, Any]:
    return {
        "schemaVersion": SCHEMA_VERSION,
        "tool": {"name": "leadcheck", "version": __version__},
        "environment": report.environment,
        "startedAt": report.started_at,
        "durationSeconds": round(report.duration_seconds, 3),
        "summary": _summary(report),
        "problems": [_problem(problem) for problem in report.problems],
        "configurations": [_configuration(result) for result in report.results],
    }


def _summary(report: Report) -> dict[str, Any]:
    verdicts = Counter(result.verdict for result in report.results)
    return {
        "configurations": len(report.results),
        "verdicts": {verdict: verdicts[verdict] for verdict in Verdict if verdicts[verdict]},
        "findings": tally(finding for result in report.results for finding in result.findings),
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
    }


def _configuration(result: Result) -> dict[str, Any]:
    source = result.source
    return {
        "source": {
            "file": source.file,
            "pointer": source.pointer,
            "line": source.line,
            "format": source.format,
        },
        "product": result.product,
        "destination": result.destination,
        "verdict": result.verdict,
        "checks": [_check(check) for check in result.checks],
        "findings": [_finding(finding) for finding in result.findings],
        "fixed": [_finding(finding) for finding in result.fixed],
        "testLead": _test_lead(result.test_lead),
        "unproven": list(result.unproven),
    }


def _check(check: Outcome) -> dict[str, Any]:
    return {
        "id": check.id,
        "stage": check.stage,
        "title": check.title,
        "status": check.status,
        "seconds": round(check.seconds, 3),
        "note": check.note,
        "exchanges": [
            {"method": sent.method, "url": sent.url, "status": sent.status, "milliseconds": sent.milliseconds}
            for sent in check.exchanges
        ],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    known, ignored = finding.documented, finding.suppressed
    return {
        "id": finding.id,
        "severity": finding.severity,
        "stage": finding.stage,
        "title": finding.title,
        "cause": finding.cause,
        "documented": known and {"number": known.number, "message": known.message},
        "observed": finding.observed,
        "codes": list(finding.codes),
        "trace": _trace(finding.trace),
        "fix": [{"text": step.text, "url": step.url} for step in finding.fix],
        "location": _location(finding.location),
        "suppressed": ignored and {"by": ignored.by, "reason": ignored.reason},
    }


def _trace(trace: Trace | None) -> dict[str, Any] | None:
    return (
        None
        if trace is None
        else {
            "requestId": trace.request_id,
            "correlationId": trace.correlation_id,
            "timestamp": trace.timestamp,
        }
    )


def _location(at: Location | None) -> dict[str, Any] | None:
    return (
        None if at is None else {"file": at.file, "pointer": at.pointer, "line": at.line, "column": at.column}
    )


def _test_lead(lead: TestLead | None) -> dict[str, Any] | None:
    return (
        None
        if lead is None
        else {
            "token": lead.token,
            "outcome": lead.outcome,
            "where": lead.where,
            "cleanedUp": lead.cleaned_up,
            "earlier": list(lead.earlier),
            "probes": list(lead.probes),
        }
    )
