"""Findings as SARIF's results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from validator.fingerprint import fingerprint
from validator.foreign import shown
from validator.reporters.sarif.places import artifact, physical, region
from validator.reporters.words import ignored

if TYPE_CHECKING:
    from validator.model import Finding, Result

FINGERPRINT: Final = "leadcheck/v1"
"""Whatever changes what the fingerprint is made of changes this number, or all alerts would open again."""


def result(of: Result, finding: Finding, index: int) -> dict[str, Any]:
    """Give one finding; `index` is its rule's."""
    told = {
        "ruleId": finding.id,
        "ruleIndex": index,
        "level": finding.severity,
        "message": {"text": _message(finding)},
        "locations": [_location(of, finding)],
        "partialFingerprints": {FINGERPRINT: fingerprint(of.source, of.product, finding)},
        "suppressions": _suppressions(finding),
        "properties": _properties(of, finding),
    }
    return told | _fixes(finding)


def _message(finding: Finding) -> str:
    """Say what was found. A bracket begins a link in such a text, and links come from the catalogue alone."""
    seen = f": {shown(finding.observed)}" if finding.observed else ""
    return (finding.title + seen).replace("[", "\\[").replace("]", "\\]")


def _location(of: Result, finding: Finding) -> dict[str, Any]:
    """Give the place of a finding, or of its configuration: code scanning shows nothing without one."""
    at = finding.location
    if at is None:
        return physical(of.source.file, of.source.line)
    place = {"physicalLocation": {"artifactLocation": artifact(at.file), "region": region(at)}}
    key = shown(at.pointer)
    return place | ({"logicalLocations": [{"fullyQualifiedName": key, "kind": "member"}]} if key else {})


def _suppressions(finding: Finding) -> list[dict[str, str]]:
    """Say who ignores it. Present also where nobody does: the reader then knows that nobody did."""
    if not finding.suppressed:
        return []
    kind = "inSource" if finding.suppressed.by == "configuration" else "external"
    return [{"kind": kind, "justification": ignored(finding.suppressed)}]


def _fixes(finding: Finding) -> dict[str, Any]:
    at, repair = finding.location, finding.repair
    if at is None or at.end is None or repair is None or repair.written is None:
        return {}
    replacement = {"deletedRegion": region(at), "insertedContent": {"text": repair.written}}
    change = {"artifactLocation": artifact(at.file), "replacements": [replacement]}
    steps = finding.fix[0].text if finding.fix else finding.title
    return {"fixes": [{"description": {"text": steps}, "artifactChanges": [change]}]}


def _properties(of: Result, finding: Finding) -> dict[str, Any]:
    known = finding.documented
    told = {
        "stage": finding.stage,
        "destination": of.destination,
        "product": of.product and shown(of.product),
        "codes": [shown(code) for code in finding.codes],
        "documented": known and known.number,
        "trace": finding.trace
        and {name: shown(value) for name, value in finding.trace._asdict().items() if value},
    }
    return {name: value for name, value in told.items() if value}
