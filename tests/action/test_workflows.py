"""The workflows, ours and the examples, the Action's definition and the hook."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
OURS = sorted((ROOT / ".github/workflows").glob("*.yml"))
EXAMPLES = sorted((ROOT / "examples/workflows").glob("*.yml"))
ACTION = ROOT / "action.yml"
each_file = pytest.mark.parametrize("file", [*OURS, *EXAMPLES, ACTION], ids=lambda path: path.name)
each_workflow = pytest.mark.parametrize("file", [*OURS, *EXAMPLES], ids=lambda path: path.name)

USES = re.compile(r"^\s*(?:- )?uses: (\S+)(?: # (\S.*))?$", re.MULTILINE)


def read(path):
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - `on` is no truth value


def test_zizmor_finds_nothing():
    zizmor = Path(sys.executable).with_name("zizmor")
    if not zizmor.exists():
        pytest.skip("zizmor is not installed beside this Python")
    command = [zizmor, "--offline", "--no-progress", "--strict-collection", ROOT, *EXAMPLES]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"NO_COLOR": "1"})
    assert done.returncode == 0, done.stdout + done.stderr
    for file in (*OURS, *EXAMPLES, ACTION):
        assert f"{file.relative_to(ROOT)}\n" in done.stderr


@each_file
def test_every_action_is_pinned_to_a_commit_and_says_which_release_that_is(file):
    found = USES.findall(file.read_text("utf-8"))
    assert found or file == ACTION
    for used, comment in found:
        if not used.startswith("$/"):
            assert re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", used), used
            assert re.match(r"v\d+\.\d+\.\d+", comment), used


@each_workflow
def test_a_workflow_has_no_right_that_a_job_does_not_ask_for(file):
    workflow = read(file)
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert "permissions" in job
        assert {"runs-on", "timeout-minutes"} <= set(job) or "uses" in job


@each_file
def test_no_expression_is_pasted_into_a_command(file):
    told = read(file)
    jobs = told["jobs"].values() if "jobs" in told else [told["runs"]]
    commands = [step["run"] for job in jobs for step in job.get("steps", ()) if "run" in step]
    assert not any("${{" in command for command in commands)


def test_the_tests_run_on_the_versions_of_the_classifiers():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = [each.rpartition(" ")[2] for each in project["classifiers"] if re.search(r":: 3\.\d+$", each)]
    matrix = read(ROOT / ".github/workflows/ci.yml")["jobs"]["test"]["strategy"]["matrix"]
    assert matrix["python"] == named


def test_an_example_gives_the_action_inputs_that_it_has():
    known = set(read(ACTION)["inputs"])
    used = [
        step
        for file in EXAMPLES
        for job in read(file)["jobs"].values()
        for step in job["steps"]
        if "leadcheck@" in step.get("uses", "")
    ]
    assert len(used) == len(EXAMPLES) == 3
    assert all(set(step["with"]) <= known for step in used)


def test_every_input_reaches_the_step_and_every_output_is_described():
    action = read(ACTION)
    [step] = [step for step in action["runs"]["steps"] if step["id"] == "rehearse"]
    assert {value for name, value in step["env"].items() if name != "PYTHON"} == {
        f"${{{{ inputs.{name} }}}}" for name in action["inputs"]
    }
    for row in (*action["inputs"].values(), *action["outputs"].values()):
        assert row["description"]


def test_a_release_is_tested_signed_and_published_without_a_token():
    jobs = read(ROOT / ".github/workflows/release.yml")["jobs"]
    assert (jobs["build"]["needs"], jobs["publish"]["needs"]) == ("test", "build")
    assert jobs["publish"]["permissions"] == {"id-token": "write", "attestations": "write"}
    assert "secrets." not in (ROOT / ".github/workflows/release.yml").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("lead-destination.yaml", True),
        ("offers/crm/lead-destination.json", True),
        ("lead-destination.staging.yml", True),
        ("lead-destination-eu.yaml", True),
        ("lead-destination.schema.md", False),
        ("my-lead-destination.yaml", False),
        ("lead-destinations.yaml", False),
    ],
)
def test_the_hook_looks_at_configurations(name, meant):
    [hook] = read(ROOT / ".pre-commit-hooks.yaml")
    assert bool(re.search(hook["files"], name)) is meant


def test_the_hook_fails_for_a_fault_and_sends_nothing(root, tmp_path, leadcheck):
    [hook] = read(ROOT / ".pre-commit-hooks.yaml")
    program, *arguments = hook["entry"].split()
    text = (root / "examples/dynamics.yaml").read_text("utf-8")
    (tmp_path / "lead-destination.yaml").write_text(text.replace("8f0d3c5e-2a41-", "8f0d3c5e-"), "utf-8")
    ended = leadcheck(*arguments, "lead-destination.yaml", cwd=tmp_path)
    assert (program, ended.code, "tenant-malformed" in ended.out) == ("leadcheck", 1, True)
    (tmp_path / "lead-destination.yaml").write_text(text, "utf-8")
    assert leadcheck(*arguments, "lead-destination.yaml", cwd=tmp_path).code == 0


GH = """#!/bin/sh
[ "$2" = list ] && { printf '%s' "$OPEN"; exit 0; }
printf '%s\\n' "$@" > asked
"""


@pytest.mark.parametrize(
    ("opened", "asked"),
    [("", ["issue", "create", "--title", "Leads may not arrive"]), ("7", ["issue", "comment", "7"])],
)
def test_a_failing_night_opens_an_issue_or_adds_to_it(opened, asked, tmp_path):
    [step] = read(ROOT / "examples/workflows/nightly.yml")["jobs"]["tell"]["steps"]
    (tmp_path / "gh").write_text(GH, "utf-8")
    (tmp_path / "gh").chmod(0o755)
    environ = {
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "OPEN": opened,
        "RUN": "https://x.example/1",
        "VERDICT": "",
    }
    command = ["bash", "-eo", "pipefail", "-c", step["run"]]
    subprocess.run(command, cwd=tmp_path, env=environ | {"EXIT_CODE": "3"}, check=True)
    told = (tmp_path / "asked").read_text("utf-8").splitlines()
    assert told[: len(asked)] == asked
    assert told[-1] == "leadcheck ended with no verdict (exit code 3): https://x.example/1"
