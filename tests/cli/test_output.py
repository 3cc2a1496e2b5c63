"""Standard streams that are closed, full, or that nobody reads: the rest is written all the same."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from validator import cli

COMMAND = Path(sys.executable).with_name("leadcheck")
SANDBOX = ["validate", "examples/dynamics.yaml", "--sandbox"]
PATIENCE = 30


@pytest.fixture
def shell(root, monkeypatch):
    """Run the command as a shell does: `shell("leadcheck >&-", "validate", …)`."""

    def run(line, *arguments):
        return subprocess.run(
            ["/bin/sh", "-c", line.replace("leadcheck", '"$0" "$@"'), COMMAND, *map(str, arguments)],
            cwd=root,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)  # or nothing would be left to flush at the end
    return run


@pytest.fixture
def full():
    if not os.path.exists("/dev/full"):  # noqa: PTH110 - a device
        pytest.skip("this system has no device that is always full")
    return "/dev/full"


CODES = {"ready": (SANDBOX, 0), "not-ready": ([*SANDBOX, "--world", "client-secret-expired"], 1)}
each_code = pytest.mark.parametrize(("arguments", "code"), CODES.values(), ids=CODES)


@each_code
@pytest.mark.parametrize("line", ["leadcheck >&-", "leadcheck >&- 2>&-", "leadcheck <&- >&- 2>&-"])
def test_without_standard_output_the_files_are_written(line, arguments, code, shell, tmp_path):
    report = tmp_path / "report.json"
    ended = shell(line, *arguments, "--output", f"json:{report}")
    assert (ended.returncode, ended.stdout, ended.stderr) == (code, "", "")
    assert json.loads(report.read_text("utf-8"))["configurations"]


@each_code
def test_a_reader_that_went_away_changes_nothing(arguments, code, shell, tmp_path):
    report = tmp_path / "report.json"
    ended = shell("{ leadcheck; echo $? >&2; } | :", *arguments, "--output", f"json:{report}")
    assert ended.stderr == f"{code}\n"
    assert json.loads(report.read_text("utf-8"))["configurations"]


@each_code
def test_a_report_that_does_not_fit_is_said_to_be_lost(arguments, code, shell, full, tmp_path):
    report = tmp_path / "report.json"
    ended = shell(f"leadcheck > {full}", *arguments, "--output", f"json:{report}")
    assert ended.returncode == 2
    assert ended.stderr == (
        "leadcheck: the report cannot be written to standard output (No space left on device)\n"
    )
    verdict = json.loads(report.read_text("utf-8"))["configurations"][0]["verdict"]
    assert verdict == ("ready" if code == 0 else "not-ready")


@each_code
@pytest.mark.parametrize("closed", ["2>&-", "2> /dev/full"])
def test_progress_that_nobody_can_be_told_disturbs_nothing(closed, arguments, code, shell, full):
    ended = shell(f"leadcheck {closed}", *arguments, "-vv", "--format", "json")
    assert (ended.returncode, ended.stderr) == (code, "")
    assert len(json.loads(ended.stdout)["configurations"][0]["checks"]) > 5
    assert full


@pytest.mark.parametrize("closed", ["2>&-", "2> /dev/full"])
def test_wrong_usage_is_wrong_usage_even_if_nobody_can_be_told(closed, shell, full):
    assert shell(f"leadcheck {closed}", "validate", "--world", "healthy").returncode == 2
    assert full


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["explain", "AADSTS700016"], ["catalogue"]])
def test_an_answer_that_does_not_fit_is_no_bug(arguments, shell, full):
    ended = shell(f"leadcheck > {full}", *arguments)
    assert ended.returncode == 3
    assert ended.stderr == "leadcheck: cannot go on: No space left on device\n"


def test_a_stream_that_a_program_of_others_put_there(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["leadcheck", "explain", "AADSTS700016"])
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 0
    assert "application-not-found" in sys.stdout.getvalue()


def test_a_file_whose_name_is_too_long_is_refused_before_anything_is_sent(leadcheck, played):
    ended = leadcheck(*SANDBOX, "--output", f"json:{'x' * 5000}")
    assert (ended.code, ended.out, played.sandboxes) == (2, "", [])
    assert ended.err.startswith("leadcheck: --output cannot write to")


def buggy():
    raise LookupError("a-secret-in-a-message")


def test_a_crash_outside_the_checks_is_one_line_without_its_message(leadcheck, monkeypatch):
    monkeypatch.setattr("validator.cli.app.run", buggy)
    ended = leadcheck("validate")
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.startswith("leadcheck: a bug in leadcheck, please report it: LookupError in ")
    assert "test_output.py:" in ended.err
    assert ended.err.count("\n") == 1
    assert "a-secret" not in ended.err


@pytest.mark.parametrize("name", ["stdin", "stdout", "stderr"])
def test_a_stream_that_is_not_there_swallows_all(name, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["leadcheck", "--version"])
    monkeypatch.setattr(sys, name, None)
    cli.main()
    with getattr(sys, name) as stream:
        assert stream.name == os.devnull
