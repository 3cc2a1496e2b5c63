"""The report for code scanning: SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/.

What could not be told is a notification of the tool's, and the run is then no successful one: whoever sees
no results must not take that for good news.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from validator import __version__
from validator.foreign import shown
from validator.model import Status
from validator.reporters.json import safe
from validator.reporters.sarif.places import artifact, physical
from validator.reporters.sarif.results import result
from validator.reporters.sarif.rules import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model import Outcome, Problem, Report, Source

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"

UNTOLD: Final = {Status.INCONCLUSIVE: "warning", Status.CRASHED: "error"}
"""The checks that proved nothing, and how loud that is said."""


def render(report: Report, **_look: object) -> str:
    """Give the report as SARIF; colour, width and verbosity change nothing."""
    told = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report)]}
    return safe(json.dumps(told, indent=2)) + "\n"


def _run(report: Report) -> dict[str, Any]:
    found = [(each, finding) for each in report.results for finding in each.findings]
    ids = list(dict.fromkeys(finding.id for _, finding in found))
    return {
        "tool": {
            "driver": {
                "name": "leadcheck",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [rule(identifier) for identifier in ids],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report)],
        "results": [result(each, finding, ids.index(finding.id)) for each, finding in found],
        "properties": {"environment": report.environment},
    }


def _invocation(report: Report) -> dict[str, Any]:
    began = datetime.fromisoformat(report.started_at)
    ended = began + timedelta(seconds=round(report.duration_seconds))
    told = [*_unread(report.problems), *_untold(report)]
    return {
        "executionSuccessful": not told,
        "startTimeUtc": report.started_at,
        "endTimeUtc": ended.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "toolExecutionNotifications": told,
    }


def _unread(problems: tuple[Problem, ...]) -> Iterator[dict[str, Any]]:
    for problem in problems:
        where = physical(problem.file, problem.line, problem.column)
        yield _notification("error", f"cannot read it as a configuration: {problem.message}", where)


def _untold(report: Report) -> Iterator[dict[str, Any]]:
    for each in report.results:
        for check in each.checks:
            if check.status in UNTOLD:
                yield _notification(UNTOLD[check.status], _ending(check), _whole(each.source))


def _ending(check: Outcome) -> str:
    ended = "crashed" if check.status is Status.CRASHED else "could not be told"
    return f"“{check.title}” {ended}: {check.note}"


def _whole(source: Source) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": artifact(source.file)}}


def _notification(level: str, message: str, location: dict[str, Any]) -> dict[str, Any]:
    return {"level": level, "message": {"text": shown(message)}, "locations": [location]}
