"""The progress of many configurations: on a terminal's standard error alone, and gone at the end."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from validator.cli import bar
from validator.cli.bar import Bar
from validator.reporters import FORMATS

COMMAND = Path(sys.executable).with_name("leadcheck")
MANY = ["validate", "examples", "--offline"]


@pytest.fixture
def terminal(root):
    """Run the command with a pseudo terminal for some of its streams; gives code, and what each got."""

    def run(*arguments, streams=("stderr",), **environ):
        ours, theirs = pty.openpty()
        pipes = {name: theirs if name in streams else subprocess.PIPE for name in ("stdout", "stderr")}
        usual = {"TERM": "xterm", "COLUMNS": "80", "LINES": "24"}
        with subprocess.Popen(
            [COMMAND, *arguments],
            cwd=root,
            env={**os.environ, **usual, **environ},
            stdin=subprocess.DEVNULL,
            **pipes,
        ) as running:
            os.close(theirs)
            shown = b"".join(iter(lambda: read(ours), b""))
            os.close(ours)
            piped = b"".join(pipe.read() for pipe in (running.stdout, running.stderr) if pipe)
        return running.returncode, piped.decode(), shown.decode().replace("\r\n", "\n")

    return run


def read(terminal):
    """Read what there is; the last who wrote ends it (on Linux with EIO)."""
    try:
        return os.read(terminal, 1 << 16)
    except OSError:
        return b""


def left(shown):
    """Play a terminal that knows the carriage return: give what stands in the line at the end."""
    line = ""
    for part in shown.split("\r"):
        line = part + line[len(part) :]
    return line.strip()


def test_a_person_sees_how_far_it_is_and_nothing_of_it_stays(terminal):
    code, piped, shown = terminal(*MANY, "--format", "json")
    assert code == 0
    assert piped.startswith("{")
    assert piped.endswith("}\n")
    assert re.match(r"\r\[\.{30}\] 0 of \d+ configurations", shown)
    assert "\n" not in shown
    assert left(shown) == ""


def test_a_live_run_counts_too(terminal):
    code, _, shown = terminal(
        "validate", "examples/dynamics.yaml", "examples/salesforce-api.yaml", "--sandbox"
    )
    assert code == 0
    assert "] 1 of 2 configurations" in shown  # a lead of Salesforce waits in its queue for a second
    assert left(shown) == ""


@pytest.mark.parametrize(
    "silent", [{"CI": "true"}, {"TF_BUILD": "True"}, {"TERM": "dumb"}], ids=["CI", "TF_BUILD", "dumb"]
)
def test_a_pipeline_sees_nothing(silent, terminal):
    assert terminal(*MANY, **silent)[2] == ""


@pytest.mark.parametrize("arguments", [[*MANY, "-q"], ["validate", "examples/dynamics.yaml", "--offline"]])
def test_who_wants_silence_or_has_one_configuration_sees_nothing(arguments, terminal):
    assert terminal(*arguments)[2] == ""


def test_with_each_check_told_there_is_no_bar(terminal):
    _, _, shown = terminal(*MANY, "-v")
    assert "passed the settings are well formed" in shown
    assert "\r" not in shown


def test_wrong_usage_is_told_on_a_line_of_its_own(terminal):
    code, _, shown = terminal(*MANY, "--product", "nobody")
    assert code == 2
    assert shown.startswith("leadcheck: no configuration of that product was found")


@pytest.mark.parametrize("style", FORMATS)
def test_standard_output_is_the_same_on_a_terminal(style, terminal, folder, typo, warned):
    here = folder("a.yaml", typo, "b.yaml", warned)
    wish = ["validate", here, "--offline", "--format", style, "--color", "never"]
    piped, seen = terminal(*wish, streams=()), terminal(*wish, streams=("stdout",))
    assert piped[0] == seen[0] == 1
    assert "tenant-malformed" in piped[1]
    assert fixed(piped[1]) == fixed(seen[2])
    assert seen[1] == ""


def test_colour_is_all_that_a_terminal_adds(terminal, folder, typo):
    here = folder("a.yaml", typo)
    coloured = terminal("validate", here, "--offline", streams=("stdout",))[2]
    plain = terminal("validate", here, "--offline", streams=())[1]
    assert "\x1b[" in coloured
    assert fixed(re.sub("\x1b\\[[0-9;]*m", "", coloured)) == fixed(plain)


MOMENTS = (
    (r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)?", "MOMENT"),
    (r'"(seconds|durationSeconds)": [\d.]+|time="[\d.]+"|\d+\.\d+ s\b|<td>\d+\.\d+</td>', "TIME"),
)


def fixed(text):
    """Give a report without what differs from one run to the next."""
    for pattern, name in MOMENTS:
        text = re.sub(pattern, name, text)
    return text


class Terminal:
    def __init__(self, *, gone=False):
        self.text, self.gone = "", gone

    def isatty(self):
        return True

    def fileno(self):
        raise OSError

    def write(self, text):
        if self.gone:
            raise OSError
        self.text += text

    def flush(self):
        pass


@pytest.fixture
def screen(monkeypatch):
    def put(**options):
        monkeypatch.setattr(sys, "stderr", Terminal(**options))
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setattr(bar, "OFTEN", 0)
        return sys.stderr

    return put


def test_threads_that_come_late_turn_nothing_back(screen):
    shown, line = screen(), Bar(wanted=True)
    line.show(3, 4)
    line.show(2, 4)
    assert shown.text.split("\r")[-1] == "[" + "#" * 22 + "." * 8 + "] 3 of 4 configurations"


def test_a_thread_that_was_left_behind_draws_nothing_any_more(screen):
    shown, line = screen(), Bar(wanted=True)
    line.show(1, 4)
    line.close()
    before = shown.text
    line.show(2, 4)
    assert shown.text == before
    assert left(before) == ""


def test_no_more_is_drawn_than_anybody_sees(screen, monkeypatch):
    shown, line = screen(), Bar(wanted=True)
    monkeypatch.setattr(bar, "OFTEN", 60)
    for done in range(1000):
        line.show(done, 1000)
    assert shown.text.count("\r") == 1


def test_a_narrow_terminal_gets_a_short_line(screen, monkeypatch):
    shown, line = screen(), Bar(wanted=True)
    monkeypatch.setattr(bar, "_columns", lambda: 20)
    line.show(1, 4)
    assert len(shown.text.strip("\r")) == 19


def test_a_terminal_that_went_away_disturbs_nothing(screen):
    screen(gone=True)
    line = Bar(wanted=True)
    line.show(1, 4)
    line.show(2, 4)
    line.close()
