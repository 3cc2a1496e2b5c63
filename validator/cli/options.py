"""The options of `validate`. Each may also be set as `LEADCHECK_<OPTION>` in the environment."""

from __future__ import annotations

import math
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from validator.cli.option import option


class Format(StrEnum):
    """The formats of a report, each a module of `validator.reporters`."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"
    MARKDOWN = "markdown"
    HTML = "html"


class FailOn(StrEnum):
    """From which severity on a finding fails the run."""

    ERROR = "error"
    WARNING = "warning"


class Policy(StrEnum):
    """Of which year Microsoft's demands are."""

    CURRENT = "current"
    THEN = "2019"


class Colour(StrEnum):
    """When to colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def _number(seconds: float) -> float:
    if math.isnan(seconds):  # it is below no minimum, and above no maximum
        raise typer.BadParameter("nan is no number of seconds.")
    return seconds


SECONDS: Final = {"min": 0.1, "max": 86400.0, "callback": _number}
"""A tenth of a second, in which loopback alone answers, to a day: a socket cannot wait for ever."""

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH]...",
        help="Files, folders, globs, or - for standard input.  [default: lead-destination.yaml]",
        show_default=False,
    ),
]
Offline = Annotated[bool, option("--offline", help="Judge the settings only, without any network.")]
NoTestLead = Annotated[bool, option("--no-test-lead", help="Do everything but write: no lead, no table.")]
Cleanup = Annotated[
    bool, option("--cleanup", help="Delete the test lead afterwards; the publish step keeps it.")
]
ProbeShapes = Annotated[
    bool,
    option(
        "--probe-shapes",
        help="Send an HTTPS endpoint two more test leads: one with few fields, one with camelCase keys.",
    ),
]
UseSandbox = Annotated[
    bool, option("--sandbox", help="Rehearse against emulated services; proves nothing about a real tenant.")
]
Worlds = Annotated[
    list[str] | None,
    option("--world", metavar="NAME", help="What is broken in the sandbox (see: leadcheck sandbox --list)."),
]
ReportFormat = Annotated[Format, option("--format", help="The report on standard output.")]
Outputs = Annotated[
    list[str] | None, option("--output", metavar="FORMAT:PATH", help="Write a report to a file as well.")
]
FailOnOption = Annotated[FailOn, option("--fail-on", help="Exit 1 from this severity on.")]
ExitZero = Annotated[bool, option("--exit-zero", help="Exit 0 where findings would give 1.")]
Select = Annotated[list[str] | None, option("--select", metavar="ID", help="Count only these findings.")]
Ignore = Annotated[list[str] | None, option("--ignore", metavar="ID", help="Do not count these findings.")]
PolicyOption = Annotated[
    Policy,
    option("--policy", help="With 2019, an offer that had to have a destination then fails without one."),
]
Baseline = Annotated[
    Path | None,
    option("--baseline", metavar="FILE", help="Do not count the findings that this file lists."),
]
WriteBaseline = Annotated[
    Path | None,
    option(
        "--write-baseline",
        metavar="FILE",
        help="List the findings of this run in a file for --baseline, and exit 0 where they would give 1.",
    ),
]
Fix = Annotated[
    bool,
    option(
        "--fix",
        help="Repair what is certain in the file itself (standard input: to standard output), then check it.",
    ),
]
Diff = Annotated[
    bool, option("--diff", help="Print what --fix would change, as a patch; exit 1 if that is anything.")
]
SecretsOption = Annotated[
    list[str] | None,
    option(
        "--secret",
        metavar="FIELD=env:NAME|file:PATH|-",
        help="Supply a secret that the file masks or leaves out.",
    ),
]
Product = Annotated[
    str | None, option("--product", metavar="ID", help="Check one product of a file with many.")
]
Jobs = Annotated[int, option("--jobs", min=1, max=256, help="Configurations checked at the same time.")]
Timeout = Annotated[float, option("--timeout", **SECONDS, help="Seconds for one request.")]
Deadline = Annotated[
    float,
    option("--deadline", **SECONDS, help="Seconds for one configuration; 120 is the publish step's own."),
]
CaBundle = Annotated[
    Path | None,
    option("--ca-bundle", metavar="PATH", help="Certificates to trust, instead of the usual ones."),
]
AllowHosts = Annotated[
    list[str] | None,
    option(
        "--allow-host",
        metavar="HOST[:PORT]",
        help="Speak to a host that is not one of the service's own; without PORT, at 443.",
    ),
]
ColourOption = Annotated[Colour, option("--color", help="Colour the text report.")]
Quiet = Annotated[bool, option("--quiet", "-q", help="Only findings and verdicts.")]
Verbose = Annotated[
    int,
    option("--verbose", "-v", count=True, help="Times of the checks; twice: each request, without secrets."),
]
