"""A runner of GitHub Actions, as far as a composite Action needs one."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
EXPRESSION = re.compile(r"\$\{\{ ([\w.-]+) \}\}")

OUTPUT = re.compile(
    r"(?P<name>[\w-]+)(?:<<(?P<mark>\S+)\n(?P<long>.*?)\n(?P=mark)|=(?P<short>[^\n]*))\n", re.DOTALL
)

REPOSITORY = "fabrikam/offers"

PATIENCE = 120


@dataclass(frozen=True)
class Ran:
    """How the Action ended for the workflow that uses it."""

    code: int
    log: str
    summary: str
    outputs: dict[str, str]


class Runner:
    """Runs the steps of `action.yml` one after the other, each in its shell, with files for its results."""

    def __init__(self, temp, workspace):
        self.temp = temp
        self.workspace = workspace
        self.steps = {"python": {"python-path": sys.executable}}
        self.environ = {
            "PATH": os.environ["PATH"],
            "HOME": str(temp),
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_WORKSPACE": str(workspace),
            "GITHUB_REPOSITORY": REPOSITORY,
            "GITHUB_EVENT_NAME": "push",
            "RUNNER_TEMP": str(temp),
        }

    def event(self, name, payload):
        """Say what started the workflow."""
        path = self.temp / "event.json"
        path.write_text(json.dumps(payload), "utf-8")
        self.environ |= {"GITHUB_EVENT_NAME": name, "GITHUB_EVENT_PATH": str(path)}

    def install(self):
        """Take this environment for the one that the Action would make: nothing is fetched in a test."""
        self.steps["install"] = {"python": sys.executable}

    def run(self, only=("rehearse",), environ=None, **inputs):
        """Run the steps that `only` names: `run(paths=…, require_live=…)`."""
        given = {name: str(row.get("default", "")) for name, row in ACTION["inputs"].items()}
        known = {name.replace("_", "-"): value for name, value in inputs.items()}
        assert set(known) <= set(given), "GitHub only warns about an input that is not declared"
        self.inputs = given | known
        done = [self._step(step, environ or {}) for step in ACTION["runs"]["steps"] if step["id"] in only]
        return done[-1]

    def _step(self, step, environ):
        files = {name: self.temp / f"{step['id']}-{name.lower()}" for name in ("OUTPUT", "STEP_SUMMARY")}
        for path in files.values():
            path.write_text("", "utf-8")
        env = {name: self._evaluated(str(value)) for name, value in step.get("env", {}).items()}
        env = self.environ | {f"GITHUB_{name}": str(path) for name, path in files.items()} | environ | env
        done = subprocess.run(
            [step["shell"], "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            env=env,
            cwd=self.workspace,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        self.steps[step["id"]] = outputs(files["OUTPUT"].read_text("utf-8"))
        told = {name: self._evaluated(row["value"]) for name, row in ACTION["outputs"].items()}
        log = done.stdout + done.stderr
        return Ran(done.returncode, log, files["STEP_SUMMARY"].read_text("utf-8"), told)

    def _evaluated(self, text):
        def value(match):
            kind, *path = match[1].split(".")
            if kind == "inputs":
                return self.inputs[path[0]]
            assert (kind, path[1]) == ("steps", "outputs")
            return self.steps.get(path[0], {}).get(path[2], "")

        return EXPRESSION.sub(value, text)


def outputs(text):
    """Read the file of outputs as the runner does."""
    found, at = {}, 0
    while at < len(text):
        match = OUTPUT.match(text, at)
        assert match, f"the runner cannot read {text[at:]!r}"
        found[match["name"]] = match["long"] if match["mark"] else match["short"]
        at = match.end()
    return found


@pytest.fixture
def runner(tmp_path):
    temp, workspace = tmp_path / "temp", tmp_path / "workspace"
    temp.mkdir()
    workspace.mkdir()
    made = Runner(temp, workspace)
    made.install()
    return made
