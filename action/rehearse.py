"""The Action's own step: decide whether to go live, run leadcheck, hand its results to the workflow.

It runs as `python -I`: a pull request may bring a folder named like one of our modules. What comes from the
workflow is read from the environment alone and never becomes part of a shell's command.
"""

from __future__ import annotations

import json
import os
import secrets
import shlex
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

USAGE = 2
UNPROVEN = 3

VERDICTS = ("not-ready", "unproven", "settings-ok", "permitted", "accepted", "ready", "nothing-to-check")
"""The worst first."""

REPOSITORY = "full_name"


class Wrong(Exception):
    """The workflow asks for what cannot be; the message says why."""


@dataclass(frozen=True)
class Order:
    """The inputs of the Action."""

    paths: list[str]
    offline: bool
    require_live: bool
    test_lead: bool
    fail_on: str
    files: dict[str, str]
    args: list[str]


def given(name: str) -> str:
    """Give an input as the workflow wrote it."""
    return os.environ.get(f"INPUT_{name.upper().replace('-', '_')}", "").strip()


def flag(name: str) -> bool:
    """Give an input that is true or false: any other word is a slip that must not be taken for no."""
    if given(name) not in {"true", "false"}:
        raise Wrong(f"the input {name} takes true or false")
    return given(name) == "true"


def order() -> Order:
    """Read the inputs."""
    try:
        args = shlex.split(given("args"))
    except ValueError:
        raise Wrong("the input args has a quote that is not closed") from None
    read = Order(
        paths=[line.strip() for line in given("paths").splitlines() if line.strip()],
        offline=flag("offline"),
        require_live=flag("require-live"),
        test_lead=flag("test-lead"),
        fail_on=given("fail-on"),
        files={name: given(f"{name}-file") for name in ("sarif", "html") if given(f"{name}-file")},
        args=args,
    )
    if not read.paths:
        raise Wrong("the input paths is empty")
    if read.offline and read.require_live:
        raise Wrong("offline and require-live contradict each other")
    return read


def event() -> dict[str, Any]:
    """Give what GitHub says of the event that started the workflow."""
    path = os.environ.get("GITHUB_EVENT_PATH")
    return json.loads(Path(path).read_text("utf-8")) if path else {}


def foreign(whose: dict[str, Any] | None) -> bool:
    """Say whether a repository is another one than the workflow's; a fork that was deleted is none."""
    return (whose or {}).get(REPOSITORY) != os.environ.get("GITHUB_REPOSITORY")


def without_secrets() -> str | None:
    """Say why GitHub gave this run no secrets, if so."""
    pull = event().get("pull_request") if os.environ.get("GITHUB_EVENT_NAME") == "pull_request" else None
    if pull is None:
        return None
    if foreign(pull["head"].get("repo")):
        return "the pull request comes from a fork"
    return "Dependabot opened the pull request" if pull["user"]["login"] == "dependabot[bot]" else None


def refuse_strangers() -> None:
    """Refuse to go live where a stranger's files would meet the repository's secrets."""
    name = os.environ.get("GITHUB_EVENT_NAME")
    stranger = name == "workflow_run" and foreign(event()["workflow_run"].get("head_repository"))
    if name == "pull_request_target" or stranger:
        raise Wrong(
            f"{name} gives the files of a stranger the secrets of this repository, so nothing is sent: "
            "use pull_request, or set offline to true"
        )


def command(wanted: Order, files: dict[str, Path], *, live: bool) -> list[str]:
    """Give the command to run."""
    options = ["--format", "github", "--fail-on", wanted.fail_on]
    options += [part for name, path in files.items() for part in ("--output", f"{name}:{path}")]
    options += [] if live else ["--offline"]
    options += [] if wanted.test_lead else ["--no-test-lead"]
    program = [sys.executable, "-I", "-m", "validator", "validate"]
    return [*program, *options, *wanted.args, "--", *wanted.paths]


def results(report: dict[str, Any]) -> dict[str, str]:
    """Give what the workflow may want to know of a report."""
    summary = report["summary"]
    worst = next((verdict for verdict in VERDICTS if verdict in summary["verdicts"]), "")
    return {
        "verdict": "unreadable" if report["problems"] else worst,
        "configurations": str(summary["configurations"]),
        **{f"{severity}s": str(number) for severity, number in summary["findings"].items()},
    }


def tell(values: dict[str, str]) -> None:
    """Hand outputs to the workflow. Nobody can guess the mark that ends a value."""
    with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as file:
        for name, value in values.items():
            mark = f"leadcheck-{secrets.token_hex(16)}"
            file.write(f"{name}<<{mark}\n{value}\n{mark}\n")


def summarise(sentence: str) -> None:
    """Add a paragraph to the summary of the step."""
    if path := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(f"\n{sentence}\n")


def rehearse(wanted: Order) -> int:
    """Run leadcheck, and give the exit code of the step."""
    why = None if wanted.offline else without_secrets()
    live = not wanted.offline and why is None
    if live:
        refuse_strangers()
    files = {"json": Path(tempfile.mkdtemp(dir=os.environ["RUNNER_TEMP"]), "leadcheck.json")}
    files |= {name: Path(path) for name, path in wanted.files.items()}
    for path in files.values():
        path.parent.mkdir(parents=True, exist_ok=True)
    code = subprocess.run(command(wanted, files, live=live), check=False).returncode  # noqa: S603 - no shell
    if why:
        code = without_live(why, code, required=wanted.require_live)
    known = results(json.loads(files["json"].read_text("utf-8"))) if files["json"].is_file() else {}
    paths = {f"{name}-file": str(path) for name, path in files.items() if path.is_file()}
    tell({"exit-code": str(code), "live": str(live).lower(), **known, **paths})
    return code


def without_live(why: str, code: int, *, required: bool) -> int:
    """Say that the live part did not run, and what that makes of the exit code."""
    sentence = f"The live part did not run: {why}, and such a run gets no secrets. The settings were checked."
    level = "error" if required else "notice"
    print(f"::{level} title=leadcheck::{sentence}", flush=True)
    summarise(f"**{sentence}**")
    return UNPROVEN if required and code == 0 else code


def main() -> int:
    """Run the step."""
    try:
        return rehearse(order())
    except Wrong as wrong:
        print(f"::error title=leadcheck::{wrong}", flush=True)
        summarise(f"**leadcheck did not run: {wrong}.**")
        tell({"exit-code": str(USAGE), "live": "false"})
        return USAGE


if __name__ == "__main__":
    sys.exit(main())
