from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

MANUAL = [sys.executable, "-m", "validator.cli.manual"]


@pytest.fixture
def manual(tmp_path):
    """Write the page into a folder of the test, and give its text."""
    subprocess.run(MANUAL, cwd=tmp_path, check=True)
    return (tmp_path / "docs/cli.md").read_text("utf-8")


def test_the_page_is_current(manual, root):
    assert manual == (root / "docs/cli.md").read_text("utf-8")


def test_nothing_is_written_when_it_is_imported(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert import_module("validator.cli.manual").manual()
    assert list(tmp_path.iterdir()) == []


def test_every_command_is_on_the_page(manual):
    titles = [line for line in manual.splitlines() if line.startswith("## ")]
    commands = ("", " validate", " explain", " catalogue", " sandbox", " receive", " convert", " schema")
    assert titles == [f"## `leadcheck{command}`" for command in commands]
    for option in ("--offline", "--world", "--secret", "--deadline", "--listen", "--version"):
        assert option in manual


def test_check_compares_and_writes_nothing(manual, tmp_path):
    assert subprocess.run([*MANUAL, "--check"], cwd=tmp_path, check=False).returncode == 0
    (tmp_path / "docs/cli.md").write_text(manual + "more\n", "utf-8")
    assert subprocess.run([*MANUAL, "--check"], cwd=tmp_path, check=False).returncode == 1
    assert (tmp_path / "docs/cli.md").read_text("utf-8").endswith("more\n")
