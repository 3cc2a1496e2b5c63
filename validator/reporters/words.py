"""The sentences of the text report: what a verdict, a test lead and a destination are called among people."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from validator.foreign import shown
from validator.terms import Delivery, Severity, Stage, Status, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model import Finding, Location, Outcome, Problem, Report, Result, Suppression

SANDBOX: Final = "sandbox: a pass here proves nothing about a real tenant"

DESTINATIONS: Final = {
    "dynamics": "Dynamics 365",
    "salesforce": "Salesforce",
    "marketo": "Marketo",
    "table": "an Azure table",
    "httpsEndpoint": "an HTTPS endpoint",
    "blob": "Azure Blob storage",
    "email": "e-mail",
    "none": "nobody",
}

_VERDICTS: Final = {
    Verdict.UNPROVEN: "unproven: nothing is proven wrong, but not everything could be checked",
    Verdict.SETTINGS_OK: "settings ok: only the settings were checked, nothing was sent",
    Verdict.PERMITTED: "permitted: nothing before the test lead was refused, and no lead was written",
    Verdict.ACCEPTED: "accepted: the service took the test lead, which cannot be read back from here",
    Verdict.NOTHING_TO_CHECK: "nothing to check: no service stands behind this destination",
}

_DELIVERIES: Final = {
    Delivery.ACCEPTED: "taken by the service, not read back",
    Delivery.REFUSED: "refused, so it was not written",
    Delivery.UNKNOWN: "sent, but nobody could see whether it was written",
    Delivery.NOT_SENT: "not sent",
}


def counted(number: int, noun: str) -> str:
    """Say how many: `1 error`, `2 errors`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def tally(findings: Iterable[Finding]) -> dict[Severity, int]:
    """Count findings by severity, worst first. Suppressed ones do not count."""
    found = Counter(finding.severity for finding in findings if not finding.suppressed)
    return {severity: found[severity] for severity in Severity}


def counts(findings: Iterable[Finding], *severities: Severity) -> str:
    """Say how many findings there are of each severity that occurs: `1 error, 2 warnings`."""
    return ", ".join(
        counted(number, severity)
        for severity, number in tally(findings).items()
        if number and severity in (severities or Severity)
    )


def verdict(result: Result) -> str:
    """Say in a sentence what was proven about a configuration, and what else was found."""
    if result.verdict is Verdict.NOT_READY:
        sentence = f"not ready: repair {counts(result.findings, Severity.ERROR)} before publishing"
    elif result.verdict is Verdict.READY:
        sentence = f"ready: the test lead was {_confirmed(result)}"
    else:
        sentence = _VERDICTS[result.verdict]
    ignored = sum(1 for finding in result.findings if finding.suppressed)
    others = (counts(result.findings, Severity.WARNING, Severity.NOTE), f"{ignored} ignored" * bool(ignored))
    return "; ".join(filter(None, (sentence, ", ".join(filter(None, others)))))


def delivery(result: Result, outcome: Delivery, *, cleaned_up: bool) -> str:
    """Say what became of the test lead."""
    words = _confirmed(result) if outcome is Delivery.CONFIRMED else _DELIVERIES[outcome]
    return f"{words}, then deleted" if cleaned_up else words


def summary(report: Report) -> str:
    """Say in one line how the configurations of a run ended."""
    verdicts = Counter(result.verdict for result in report.results)
    ended = ", ".join(f"{verdicts[v]} {v.replace('-', ' ')}" for v in Verdict if verdicts[v])
    unread = len(report.problems)
    parts = (
        f"{counted(len(report.results), 'configuration')}: {ended}",
        counts(finding for result in report.results for finding in result.findings),
        f"{counted(unread, 'input')} could not be read" * bool(unread),
    )
    return "; ".join(filter(None, parts))


def place(at: Location | Problem) -> str:
    """Give `file:line:column`, which editors and terminals turn into a link."""
    return ":".join(str(part) for part in (at.file, at.line, at.column) if part is not None)


def behind(result: Result, check: Outcome) -> list[Finding]:
    """Give the findings that made a check end as it did, its stage's where its note names none of them."""
    near = [finding for finding in result.findings if finding.stage is check.stage]
    return [finding for finding in near if finding.title in (check.note or "")] or near


def spans(sentence: str) -> list[tuple[bool, str]]:
    """Split a sentence of the catalogue at its backticks: whether a part is code, and the part."""
    parts = sentence.split("`")
    if len(parts) % 2 == 0:  # one that stands alone marks nothing
        return [(False, sentence)]
    return [(number % 2 == 1, part) for number, part in enumerate(parts) if part]


def ignored(suppressed: Suppression) -> str:
    """Say why a finding does not count."""
    return shown(suppressed.reason or f"by {suppressed.by}")


def _confirmed(result: Result) -> str:
    """Say how a lead was confirmed: read back, or by the id that the service answered with."""
    seen = any(check.stage is Stage.ARRIVAL and check.status is Status.PASSED for check in result.checks)
    return "written and read back" if seen else "written, and the service gave its id"
