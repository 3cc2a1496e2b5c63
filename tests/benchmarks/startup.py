"""How long the command takes, beside its peers: `python tests/benchmarks/startup.py`.

Times are ratios to `python -c pass` of the same round, so that a slower machine does not matter: the
commands take turns, and the median over the rounds is shown. Memory is the largest resident set of the
process. Linux counts the parent's at the moment of the fork as well, so a value at the floor that the
first row shows means "not more than that". A script, not a test: a busy machine must fail nothing.

All of Python is compiled beforehand, as an installer does it: each command runs once uncounted, and keeps
what it compiled in a folder of this run. Where PYTHONDONTWRITEBYTECODE is set, a working copy would
otherwise be compiled at each start, and the peers beside it would not.
"""

# ruff: noqa: T201 - a script prints its result

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
VENV = Path(sys.executable).parent
MIB = 1024 if sys.platform != "darwin" else 1024 * 1024  # ru_maxrss is in KiB, on macOS in bytes

SETTINGS = """\
leadDestination: dynamics
dynamicsLeadConfiguration:
  instanceUrl: https://fabrikam{n}.crm4.dynamics.com
  authentication: azureAD
  directoryId: 8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214
  applicationId: 3c9e1d77-60b8-4f2a-8a45-0b7d2e6f9c13
  applicationKey: ${{LEAD_APPLICATION_KEY}}
  contactEmail: [leads@fabrikam.com]
"""


@dataclass
class Row:
    """A command, its budget, and what was measured. `against` names the row that it is compared with."""

    name: str
    command: list[str]
    budget: float | None = None
    against: str = "python -c pass"
    budget_mib: float | None = None
    seconds: list[float] = field(default_factory=list)
    mib: float = 0.0
    code: int = 0

    def run(self, folder: Path, environ: dict[str, str]) -> None:
        quiet = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
        os.chdir(folder)
        began = time.perf_counter()
        child = os.posix_spawn(self.command[0], self.command, environ, file_actions=quiet)
        _, status, usage = os.wait4(child, 0)
        self.seconds.append(time.perf_counter() - began)
        self.mib = max(self.mib, usage.ru_maxrss / MIB)
        self.code = os.waitstatus_to_exitcode(status)


def installed(name):
    """Give the script of the environment that runs this one, else the one on the PATH."""
    beside = VENV / name
    return str(beside) if beside.exists() else shutil.which(name)


def ours(*arguments):
    script = VENV / "leadcheck"
    return [*([str(script)] if script.exists() else [sys.executable, "-m", "validator"]), *arguments]


def write(folder, files):
    many = folder / "many"
    many.mkdir()
    (folder / "lead-destination.yaml").write_text(SETTINGS.format(n=""), "utf-8")
    for n in range(files):
        (many / f"{n:05}.yaml").write_text(SETTINGS.format(n=n), "utf-8")
    return [f"many/{n:05}.yaml" for n in range(files)]


def compiled(folder):
    """Give an environment in which a program that ran once is compiled."""
    rest = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return rest | {"PYTHONPYCACHEPREFIX": str(folder / "compiled")}


def table(names):
    check, lint = installed("check-jsonschema"), installed("yamllint")
    schema = ["--schemafile", str(ROOT / "schemas" / "lead-destination.schema.json")]
    one, crowd = "lead-destination.yaml", f"{len(names)} files"
    rows = [
        Row("python -c pass", [sys.executable, "-c", "pass"]),
        Row("leadcheck --version", ours("--version"), 2),
        Row("leadcheck explain ID", ours("explain", "client-secret-invalid"), 7),
        Row("leadcheck --help", ours("--help"), 14),
        Row("leadcheck, 1 file", ours("validate", "--offline", one), 12),
        Row(
            f"leadcheck, {crowd}",
            ours("validate", "--offline", "many"),
            0.30,
            f"check-jsonschema, {crowd}",
            40,
        ),
    ]
    if check:
        rows += [
            Row("check-jsonschema --help", [check, "--help"]),
            Row("check-jsonschema, 1 file", [check, *schema, one]),
            Row(f"check-jsonschema, {crowd}", [check, *schema, *names]),
        ]
    if lint:
        rows += [Row("yamllint, 1 file", [lint, one]), Row(f"yamllint, {crowd}", [lint, *names])]
    return rows


def line(row, rows):
    """Give a row of the table. Over its budget, or ended with an error: the last column says so."""
    reference = next((r for r in rows if r.name == row.against), None)
    pairs = zip(row.seconds, reference.seconds, strict=True) if reference else ()
    ratio = median([own / other for own, other in pairs] or [float("nan")])
    remarks = [f"exit {row.code}"] if row.code else []
    remarks += ["too slow"] if row.budget and ratio > row.budget else []
    remarks += ["too large"] if row.budget_mib and row.mib > row.budget_mib else []
    budget = f"{row.budget:g}x" if row.budget else ""
    memory = f"{row.budget_mib:g}" if row.budget_mib else ""
    measured = f"{median(row.seconds) * 1000:9.1f} {ratio:8.2f}x {budget:>7} {row.mib:7.1f} {memory:>7}"
    return f"{row.name:28} {measured}  {', '.join(remarks)}".rstrip()


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=11, help="how often each command runs (default 11)")
    parser.add_argument("--files", type=int, default=1000, help="files in the large folder (default 1000)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = table(write(Path(folder), options.files))
        for _ in range(options.rounds + 1):
            for row in rows:
                row.run(Path(folder), compiled(Path(folder)))
        for row in rows:
            del row.seconds[0]  # it compiled
        os.chdir(ROOT)
    print(f"{'command':28} {'ms':>9} {'ratio':>9} {'budget':>7} {'MiB':>7} {'budget':>7}")
    for row in rows:
        print(line(row, rows))
    print("\nA ratio is to `python -c pass`; that of leadcheck on many files is to check-jsonschema.")


if __name__ == "__main__":
    main()
