"""Completion in the shells that people use: what it offers, and that it gets there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("leadcheck")

OFFERED = {
    "leadcheck val": ["validate"],
    "leadcheck validate --off": ["--offline"],
    "leadcheck validate --format s": ["sarif"],
    "leadcheck sandbox --lat": ["--latency"],
    "leadcheck validate --policy 2": ["2019"],
}

SCRIPTS = {
    "bash": "complete -o default -F _leadcheck_completion leadcheck",
    "zsh": "compdef _leadcheck_completion leadcheck",
    "fish": "complete --command leadcheck --no-files",
}
"""What the script of each shell says to bind the command."""


def asked(shell, line):
    """Give the environment in which a shell's script asks for what may follow a line."""
    how = {"_LEADCHECK_COMPLETE": f"complete_{shell}"}
    if shell == "bash":
        return how | {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split()) - 1)}
    return how | {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}


@pytest.mark.parametrize("shell", SCRIPTS)
@pytest.mark.parametrize("line", OFFERED)
def test_each_shell_is_offered_what_may_follow(shell, line, command):
    ended = command(**asked(shell, line))
    assert ended.err == ""
    for word in OFFERED[line]:
        assert {
            "bash": ended.out.split() == [word],
            "zsh": f'"{word}"' in ended.out,
            "fish": ended.out.split("\t")[0].strip() == word,
        }[shell]


@pytest.mark.parametrize("shell", SCRIPTS)
def test_each_shell_is_told_its_script(shell, command):
    ended = command(_LEADCHECK_COMPLETE=f"source_{shell}")
    assert SCRIPTS[shell] in ended.out
    assert ended.err == ""


def test_bash_completes_a_line(tmp_path):
    """What stands between `source` and the word on the line is bash's own."""
    script = (
        "source <(leadcheck --show-completion) && COMP_WORDS=(leadcheck validate --form) COMP_CWORD=2 && "
        '_leadcheck_completion leadcheck && printf "%s" "${COMPREPLY[*]}"'
    )
    path = os.pathsep.join([str(COMMAND.parent), os.environ["PATH"]])
    bash = shutil.which("bash")
    assert bash
    done = subprocess.run(
        [bash, "-c", script],
        env={**os.environ, "PATH": path},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("--format", "")
