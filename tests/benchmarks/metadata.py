"""How long a folder of 5,000 metadata files takes to judge: `python tests/benchmarks/metadata.py`.

Beside it, in turns: ElementTree parsing all of the same files, in a process of its own. A tenth of the files
tells of Lead, as in a large organisation; and, for the worst, all of them.
"""

# ruff: noqa: T201 - a script prints its result

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

FILES, ROUNDS, BUDGET = 5_000, 5, 2.0
"""Seconds of the whole process."""

FIELD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">'
    "<fullName>F{n}__c</fullName><externalId>false</externalId><label>F {n}</label><required>false</required>"
    "<type>Picklist</type><valueSet><restricted>true</restricted><valueSetDefinition><sorted>false</sorted>{values}"
    "</valueSetDefinition></valueSet></CustomField>"
)
VALUE = "<value><fullName>V{n}</fullName><default>false</default><label>V {n}</label></value>"

PEER = (
    "import sys, pathlib, xml.etree.ElementTree as E\n"
    "for path in pathlib.Path(sys.argv[1]).rglob('*.xml'): E.parse(path)"
)


def build(folder: Path, one_in: int) -> None:
    """Write the files: one in so many is a field of Lead."""
    text = FIELD.replace("{values}", "".join(VALUE.format(n=n) for n in range(20)))
    for n in range(FILES):
        name = "Lead" if n % one_in == 0 else f"Object{n % 200}__c"
        path = folder / "org" / "objects" / name / "fields" / f"F{n}__c.field-meta.xml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("{n}", str(n)), "utf-8")
    values = {
        "leadDestination": "salesforce",
        "salesforceLeadConfiguration": {"objectIdentifier": "00D5e000000HabC", "contactEmail": ["a@b.com"]},
        "leadcheck": {"salesforce": {"metadata": "org"}},
    }
    (folder / "lead.json").write_text(json.dumps(values), "utf-8")


def seconds(*command: str, cwd: Path) -> float:
    """Run a command that has to succeed."""
    began = time.perf_counter()
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def main() -> int:
    """Print the table; 1 where the budget is missed."""
    slowest = 0.0
    for one_in in (10, 1):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            build(folder, one_in)
            command = (sys.executable, "-m", "validator", "validate", "lead.json", "--offline")
            rounds = [
                (seconds(*command, cwd=folder), seconds(sys.executable, "-c", PEER, "org", cwd=folder))
                for _ in range(ROUNDS)
            ]
            ours, peer = median(pair[0] for pair in rounds), median(pair[1] for pair in rounds)
            print(f"{FILES} files, {FILES // one_in} of Lead: {ours:.2f} s, {ours / peer:.2f}x ElementTree")
            slowest = max(slowest, ours)
    print(f"budget {BUDGET} s: {'met' if slowest < BUDGET else 'missed'}")
    return slowest >= BUDGET


if __name__ == "__main__":
    sys.exit(main())
