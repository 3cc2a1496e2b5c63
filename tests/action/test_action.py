"""The Action's own steps, run as GitHub runs them, against the sandbox."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

SANDBOX = "--sandbox"
FORK = {"pull_request": {"head": {"repo": {"full_name": "stranger/offers"}}, "user": {"login": "stranger"}}}
OWN = {"pull_request": {"head": {"repo": {"full_name": "fabrikam/offers"}}, "user": {"login": "ann"}}}
GONE = {"pull_request": {"head": {"repo": None}, "user": {"login": "ghost"}}}
BOT = {
    "pull_request": {"head": {"repo": {"full_name": "fabrikam/offers"}}, "user": {"login": "dependabot[bot]"}}
}

TYPO = ("8f0d3c5e-2a41-", "8f0d3c5e-")


@pytest.fixture
def workspace(runner, root):
    """Put a sound configuration into the workflow's checkout."""
    shutil.copy(root / "examples/dynamics.yaml", runner.workspace / "lead-destination.yaml")
    return runner.workspace


@pytest.fixture
def faulty(workspace):
    path = workspace / "lead-destination.yaml"
    path.write_text(path.read_text("utf-8").replace(*TYPO), "utf-8")
    return path


def counts(ran):
    return [ran.outputs[name] for name in ("configurations", "errors", "warnings", "notes")]


@pytest.mark.usefixtures("workspace")
def test_a_sound_destination_passes(runner):
    ran = runner.run(args=SANDBOX)
    assert (ran.code, ran.outputs["verdict"], ran.outputs["exit-code"]) == (0, "ready", "0")
    assert (ran.outputs["live"], counts(ran)) == ("true", ["1", "0", "0", "0"])
    assert "ready" in ran.summary
    assert json.loads(Path(ran.outputs["json-file"]).read_text("utf-8"))["environment"] == "sandbox"
    assert (ran.outputs["sarif-file"], ran.outputs["html-file"]) == ("", "")


@pytest.mark.usefixtures("workspace")
def test_a_fault_fails_the_job_and_is_annotated(runner):
    ran = runner.run(args=f"{SANDBOX} --world client-secret-expired")
    assert (ran.code, ran.outputs["verdict"], ran.outputs["exit-code"]) == (1, "not-ready", "1")
    assert counts(ran) == ["1", "1", "0", "0"]
    assert "::error file=lead-destination.yaml,line=" in ran.log
    assert "The client secret has expired" in ran.summary


@pytest.mark.usefixtures("workspace")
def test_what_could_not_be_told_ends_with_three(runner):
    ran = runner.run(args=f"{SANDBOX} --world service-throttled")
    assert (ran.code, ran.outputs["verdict"], ran.outputs["exit-code"]) == (3, "unproven", "3")


def test_an_input_that_is_no_configuration_ends_with_two(runner):
    ran = runner.run(paths="absent.yaml", offline="true")
    assert (ran.code, ran.outputs["verdict"], ran.outputs["exit-code"]) == (2, "unreadable", "2")


@pytest.mark.usefixtures("faulty")
def test_offline_asks_for_no_service_and_no_secret(runner):
    ran = runner.run(offline="true")
    assert (ran.code, ran.outputs["live"], counts(ran)) == (1, "false", ["1", "1", "0", "1"])


@pytest.mark.usefixtures("workspace")
def test_without_a_test_lead_nothing_is_written(runner):
    ran = runner.run(args=SANDBOX, test_lead="false")
    assert (ran.code, ran.outputs["verdict"]) == (0, "permitted")


def test_the_severity_that_fails_is_chosen(runner, workspace):
    path = workspace / "lead-destination.yaml"
    path.write_text(path.read_text("utf-8").replace(".dynamics.com", ".dynamics.com/main.aspx"), "utf-8")
    assert runner.run(offline="true").code == 0
    assert runner.run(offline="true", fail_on="warning").code == 1


@pytest.mark.usefixtures("workspace")
def test_reports_are_written_where_the_workflow_wants_them(runner):
    ran = runner.run(offline="true", sarif_file="out/l.sarif", html_file="a page.html")
    assert (ran.outputs["sarif-file"], ran.outputs["html-file"]) == ("out/l.sarif", "a page.html")
    assert json.loads((runner.workspace / "out/l.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert (runner.workspace / "a page.html").read_text("utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("event", [FORK, GONE, BOT], ids=["fork", "deleted-fork", "dependabot"])
@pytest.mark.usefixtures("workspace")
def test_a_pull_request_without_secrets_has_its_settings_checked(event, runner):
    runner.event("pull_request", event)
    ran = runner.run(environ={"LEAD_APPLICATION_KEY": ""})
    assert (ran.code, ran.outputs["verdict"], ran.outputs["live"]) == (0, "settings-ok", "false")
    assert "The live part did not run" in ran.summary
    assert "::notice title=leadcheck::The live part did not run" in ran.log


@pytest.mark.usefixtures("workspace")
def test_a_pull_request_without_secrets_does_not_do_where_the_live_part_must_run(runner):
    runner.event("pull_request", FORK)
    ran = runner.run(require_live="true")
    assert (ran.code, ran.outputs["exit-code"]) == (3, "3")
    assert "::error title=leadcheck::The live part did not run" in ran.log


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize("required", ["true", "false"])
def test_a_fault_in_a_forks_settings_is_a_fault(required, runner):
    runner.event("pull_request", FORK)
    assert runner.run(require_live=required).code == 1


@pytest.mark.usefixtures("workspace")
def test_a_pull_request_of_the_repository_itself_goes_live(runner):
    runner.event("pull_request", OWN)
    ran = runner.run(args=SANDBOX, require_live="true")
    assert (ran.code, ran.outputs["live"], ran.outputs["verdict"]) == (0, "true", "ready")


STRANGERS = [
    ("pull_request_target", FORK),
    ("pull_request_target", OWN),
    ("workflow_run", {"workflow_run": {"head_repository": {"full_name": "stranger/offers"}}}),
    ("workflow_run", {"workflow_run": {"head_repository": None}}),
]


@pytest.mark.parametrize(("name", "payload"), STRANGERS)
@pytest.mark.usefixtures("workspace")
def test_a_strangers_files_do_not_meet_the_secrets(name, payload, runner):
    runner.event(name, payload)
    ran = runner.run(args=SANDBOX, environ={"LEAD_APPLICATION_KEY": "a-secret"})
    assert (ran.code, ran.outputs["exit-code"], ran.outputs["live"]) == (2, "2", "false")
    assert ran.outputs["json-file"] == ""
    assert "so nothing is sent" in ran.log
    assert "so nothing is sent" in ran.summary
    assert runner.run(offline="true").code == 0


@pytest.mark.usefixtures("workspace")
def test_a_workflow_that_follows_one_of_the_repository_itself_goes_live(runner):
    runner.event("workflow_run", {"workflow_run": {"head_repository": {"full_name": "fabrikam/offers"}}})
    assert runner.run(args=SANDBOX).outputs["live"] == "true"


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ({"offline": "yes"}, "the input offline takes true or false"),
        ({"test_lead": "False"}, "the input test-lead takes true or false"),
        ({"require_live": ""}, "the input require-live takes true or false"),
        ({"offline": "true", "require_live": "true"}, "contradict each other"),
        ({"paths": " \n"}, "the input paths is empty"),
        ({"args": "--product 'x"}, "a quote that is not closed"),
        ({"fail_on": "never", "offline": "true"}, "never"),
    ],
)
def test_a_slip_in_the_inputs_is_wrong_usage(inputs, words, runner):
    ran = runner.run(**inputs)
    assert (ran.code, ran.outputs["exit-code"]) == (2, "2")
    assert words in ran.log


NASTY = "$(touch owned) `touch owned` ;touch owned; \"quoted\" 'too' --world.yaml"


def test_no_input_is_a_command(runner, root):
    shutil.copy(root / "examples/dynamics.yaml", runner.workspace / NASTY)
    ran = runner.run(paths=f"{NASTY}\n--help\n", offline="true", args="--product '$(touch owned)'")
    assert ran.code == 2
    assert not (runner.workspace / "owned").exists()
    ran = runner.run(paths=NASTY, offline="true")
    assert (ran.code, ran.outputs["verdict"]) == (0, "settings-ok")


def test_several_paths_stand_on_lines_of_their_own(runner, root):
    for name in ("one offer.yaml", "two.yaml"):
        shutil.copy(root / "examples/dynamics.yaml", runner.workspace / name)
    ran = runner.run(paths="one offer.yaml\n\n  two.yaml\n", offline="true")
    assert (ran.code, ran.outputs["configurations"]) == (0, "2")


@pytest.mark.usefixtures("workspace")
def test_a_folder_of_the_checkout_is_no_module_of_ours(runner):
    for name in ("validator", "json", "yaml"):
        (runner.workspace / name).mkdir()
        (runner.workspace / name / "__init__.py").write_text("open('owned', 'w')\n", "utf-8")
    ran = runner.run(offline="true", environ={"PYTHONPATH": str(runner.workspace)})
    assert (ran.code, ran.outputs["verdict"]) == (0, "settings-ok")
    assert not (runner.workspace / "owned").exists()


@pytest.mark.usefixtures("workspace")
def test_no_output_can_end_early_or_name_another(runner):
    name = "x\nverdict=ready\nleadcheck-0\n.html"
    ran = runner.run(args="--world nowhere", html_file=name.replace("\n", " "))
    assert (ran.code, ran.outputs["verdict"]) == (2, "")


def test_the_secret_is_in_no_result(runner, workspace):
    secret = "pl4nted~8Q~secret-of-a-workflow"
    ran = runner.run(
        args=f"{SANDBOX} --secret applicationKey=env:PLANTED",
        sarif_file="a.sarif",
        html_file="a.html",
        environ={"PLANTED": secret},
    )
    assert ran.code == 1
    told = [ran.log, ran.summary, *map(str, ran.outputs.values())]
    told += [path.read_text("utf-8") for path in workspace.iterdir()]
    assert not any(secret in text for text in told)


def test_installing_makes_an_environment_of_its_own(runner, tmp_path):
    """The real step, with a `python` that only writes down what it is asked for."""
    python = tmp_path / "python"
    python.write_text(
        '#!/bin/sh\necho "$@" >> "$RUNNER_TEMP/asked"\n'
        '[ "$2" = venv ] && mkdir -p "$3/bin" && cp "$0" "$3/bin/python"\nexit 0\n',
        "utf-8",
    )
    python.chmod(0o755)
    runner.steps["python"] = {"python-path": str(python)}
    ran = runner.run(only=("install",))
    assert ran.code == 0
    assert runner.steps["install"] == {"python": f"{runner.temp}/leadcheck/bin/python"}
    asked = (runner.temp / "asked").read_text("utf-8").splitlines()
    assert asked[0] == f"-m venv {runner.temp}/leadcheck"
    assert asked[1].endswith(
        f"install --quiet --disable-pip-version-check {runner.environ['GITHUB_ACTION_PATH']}"
    )
    assert os.access(runner.steps["install"]["python"], os.X_OK)
