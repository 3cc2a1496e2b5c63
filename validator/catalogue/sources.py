"""From the YAML files to the compiled catalogue. Used when the catalogue is built, never at run time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import yaml

from validator.catalogue.rules import Row, problems

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SUBJECTS: Final = (
    *("settings", "network", "entra", "dataverse", "delivery", "azure_table", "https_endpoint"),
    "salesforce",
    "marketo",
    "questions",
)
"""The files of rows, in catalogue order."""

_PAGES: Final = "https://learn.microsoft.com/partner-center/marketplace-offers/"
_INSTRUCTIONS: Final = f"{_PAGES}partner-center-portal/commercial-marketplace-lead-management-instructions-"
DOCUMENTS: Final = {
    **{page: _INSTRUCTIONS + page for page in ("dynamics", "marketo", "salesforce", "azure-table", "https")},
    "leads": f"{_PAGES}partner-center-portal/commercial-marketplace-get-customer-leads",
    "faq": f"{_PAGES}lead-management-faq",
}
SECTIONS: Final = {
    "azure-active-directory": "Azure Active Directory",
    "office-365": "Office 365",
    "security-settings": "Security settings",
    "configure-your-offer-to-send-leads-to-dynamics-365-customer-engagement": "Configure your offer",
}
"""The headings of Microsoft's page, by their anchors."""


class Invalid(Exception):
    """The sources break a rule; the message has one line for each."""


def compiled(folder: Path) -> dict[str, Any]:
    """Read and check the sources in `folder` and put them into the form that is read at run time."""
    rows = [row for subject in SUBJECTS for row in _rows(folder / f"{subject}.yaml")]
    wrong = problems(rows) or [*_misled(rows)]
    if wrong:
        raise Invalid("\n".join(wrong))
    wordings = yaml.safe_load((folder / "documented.yaml").read_text(encoding="utf-8"))
    return {
        "documented": {str(number): next(iter(eras.values())) for number, eras in wordings.items()},
        "entries": {row["id"]: _entry(row) for row in rows},
    }


def _rows(file: Path) -> list[Row]:
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    if stray := content.keys() - {"destinations", "shared", "rows"}:
        raise Invalid(f"{file.name}: unknown key {', '.join(sorted(stray))}")
    usual = {"destinations": content["destinations"]}
    return [usual | row for row in content["rows"]]


def _misled(rows: Iterable[Row]) -> Iterable[str]:
    """Name the documents and sections that do not exist."""
    for row in rows:
        for step in row["fix"]:
            page, _, section = step.get("doc", "faq").partition("#")
            if page not in DOCUMENTS or section not in {"", *SECTIONS}:
                yield f"{row['id']}: unknown document {step['doc']}"
            if "steps" in step and (not section or "now" not in step["steps"]):
                yield f"{row['id']}: steps need a section, and today's number: {step['text']}"


def _entry(row: Row) -> dict[str, Any]:
    says = row.get("says", {})
    told = {
        **{key: value for key, value in row.items() if key not in {"id", "says", "fix", "examples"}},
        "fix": [_step(step) for step in row["fix"]],
        "codes": [*says.get("codes", ()), *says.get("ambiguous", ())],
        "ambiguous": says.get("ambiguous", []),
        "statuses": says.get("statuses", []),
        "says": says.get("text", []),
        "examples": [{"text": e} if isinstance(e, str) else e for e in row.get("examples", ())],
    }
    return {key: value for key, value in told.items() if value not in ([], False)}


def _step(step: dict[str, Any]) -> dict[str, str]:
    """Tell the section and today's step number behind the text: Microsoft's page has no anchors for steps."""
    if "doc" not in step:
        return {"text": step["text"]}
    page, _, section = step["doc"].partition("#")
    url = DOCUMENTS[page] + (f"#{section}" if section else "")
    if not section:
        return {"text": step["text"], "url": url}
    number = step.get("steps", {}).get("now")
    several = number and not number.isdigit()
    where = SECTIONS[section] + (f", step{'s' if several else ''} {number}" if number else "")
    return {"text": f"{step['text'].removesuffix('.')} ({where}).", "url": url}
