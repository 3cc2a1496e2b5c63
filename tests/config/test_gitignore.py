"""Expectations taken from `git check-ignore`."""

from __future__ import annotations

import subprocess
import time

import pytest

from validator.config.gitignore import ignored, rules_of

PATHS = [
    "a.yaml", "build/a.yaml", "build/deep/a.yaml", "src/build/a.yaml", "src/a.yaml",
    "src/x/a.yaml", "src/x/y/a.yaml",
    "doc/frotz/a.yaml", "a/doc/frotz/a.yaml", "foo/a.yaml", "x/foo/a.yaml", "foo/bar/a.yaml", "#a.yaml",
    "!a.yaml", "a*.yaml", "ab.yaml", "a[1].yaml", "a1.yaml", "a2.yaml", "space .yaml", "tail ", "b.json",
]  # fmt: skip

PATTERNS = [
    "a.yaml", "/a.yaml", "*.yaml", "build", "build/", "/build/", "build/*", "src/*/a.yaml", "src/**/a.yaml",
    "**/build", "doc/frotz/", "/foo/**", "foo/**\n!foo/a.yaml", "*.yaml\n!a.yaml", "# a.yaml\n\n",
    "\\#a.yaml", "\\!a.yaml",
    "a\\*.yaml", "a?.yaml", "a[0-9].yaml", "a[!1].yaml", "a[^1].yaml", "a\\[1].yaml", "*a*.y*l", "a.yaml   ",
    "tail\\ ",
    "build/\n!build/a.yaml", "/", "**", "src/", "!a.yaml", "**/foo/**/a.yaml", "*.json", "src/x/**/a.yaml",
]  # fmt: skip


def judged(rules, path):
    parts = tuple(path.split("/"))
    folders = any(ignored(rules, parts[:end], folder=True) for end in range(1, len(parts)))
    return folders or ignored(rules, parts, folder=False)


@pytest.mark.parametrize("patterns", PATTERNS)
def test_agrees_with_git(patterns, tmp_path):
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / ".gitignore").write_text(patterns)
    asked = subprocess.run(
        ["git", "-C", tmp_path, "check-ignore", "--no-index", "--stdin", "-z"],
        input="\0".join(PATHS), capture_output=True, text=True, check=False,
    )  # fmt: skip
    rules = rules_of(tmp_path / ".gitignore", 0)
    assert [path for path in PATHS if judged(rules, path)] == [p for p in asked.stdout.split("\0") if p]


def test_rules_of_a_folder_below_count_from_there(tmp_path):
    (tmp_path / ".gitignore").write_text("/a.yaml\n")
    rules = rules_of(tmp_path / ".gitignore", 1)
    assert judged(rules, "sub/a.yaml")
    assert not judged(rules, "a.yaml")


def test_a_rule_about_a_folder_says_nothing_of_what_is_inside(tmp_path):
    (tmp_path / ".gitignore").write_text("/foo/bar\n")
    rules = rules_of(tmp_path / ".gitignore", 0)
    assert ignored(rules, ("foo", "bar"), folder=True)
    assert not ignored(rules, ("foo", "bar", "a.yaml"), folder=False)


def test_a_file_that_is_not_there_has_no_rules(tmp_path):
    assert rules_of(tmp_path / ".gitignore", 0) == []


@pytest.mark.parametrize("pattern", ["*a" * 60 + "b", "**/" * 60 + "b", "/".join(["**", "*a*"] * 30)])
def test_a_hostile_pattern_is_quick(pattern, tmp_path):
    (tmp_path / ".gitignore").write_text(pattern)
    rules, started = rules_of(tmp_path / ".gitignore", 0), time.perf_counter()
    judged(rules, "/".join(["a" * 200] * 20))
    assert time.perf_counter() - started < 1
