"""A baseline: the findings that were there before, so that a pipeline fails for what is new alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from validator.cli.exits import wrong
from validator.fingerprint import fingerprint
from validator.terms import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from validator.model import Finding, Report, Result

VERSION: Final = "1.0"


def read(path: Path) -> frozenset[str]:
    """Give the fingerprints that a baseline lists, or end with a sentence about the file."""
    try:
        told = json.loads(path.read_bytes())
        return frozenset(str(row["fingerprint"]) for row in told["findings"])
    except OSError as error:
        wrong(f"--baseline: {path} cannot be read: {error.strerror}")
    except (ValueError, TypeError, KeyError, RecursionError):
        wrong(f"--baseline: {path} is no baseline; --write-baseline makes one")


def listed(report: Report) -> str:
    """Write a baseline of a run. The rows are sorted, and have no lines: it changes only when findings do.

    What somebody ignores by name needs no baseline, and a note never fails a run.
    """
    rows = [
        _row(result, finding) for result in report.results for finding in result.findings if _counts(finding)
    ]
    ordered = sorted(rows, key=lambda row: (row["file"], row["id"], row["fingerprint"]))
    return json.dumps({"schemaVersion": VERSION, "findings": ordered}, indent=2) + "\n"


def _counts(finding: Finding) -> bool:
    known = finding.suppressed is not None and finding.suppressed.by == "--baseline"
    return finding.severity is not Severity.NOTE and (known or not finding.suppressed)


def _row(result: Result, finding: Finding) -> dict[str, Any]:
    return {
        "fingerprint": fingerprint(result.source, result.product, finding),
        "id": finding.id,
        "file": result.source.file,
        "pointer": finding.location.pointer if finding.location else None,
    }
