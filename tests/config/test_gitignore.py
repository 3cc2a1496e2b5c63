"""Expectations taken from `git check-ignore`."""

from __future__ import annotations

import subprocess

import pytest

from validator.config.gitignore import Place

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
    "**/**/a.yaml", "src//a.yaml", "**/x/y/**", "s*/**/*/a.yaml", "a[]1].yaml", "/**/foo", "tail\\  ",
    "a**.yaml", "*\n!*/\n!a.yaml", "[!a-z]*", "?*.json", "x/foo/\n",
]  # fmt: skip


def judged(place, path):
    *folders, name = path.split("/")
    for folder in folders:
        place = place.at(folder)
        if place.excluded(folder=True):
            return True
        place = place.inside()
    return place.at(name).excluded(folder=False)


@pytest.mark.parametrize("patterns", PATTERNS)
def test_agrees_with_git(patterns, tmp_path):
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / ".gitignore").write_text(patterns)
    asked = subprocess.run(
        ["git", "-C", tmp_path, "check-ignore", "--no-index", "--stdin", "-z"],
        input="\0".join(PATHS), capture_output=True, text=True, check=False,
    )  # fmt: skip
    place = Place().reading(tmp_path / ".gitignore")
    assert [path for path in PATHS if judged(place, path)] == [p for p in asked.stdout.split("\0") if p]


def test_rules_of_a_folder_below_count_from_there(tmp_path):
    (tmp_path / ".gitignore").write_text("/a.yaml\n")
    inside = Place().at("sub").inside().reading(tmp_path / ".gitignore")
    assert judged(inside, "a.yaml")
    assert not judged(inside, "sub/a.yaml")


def test_a_rule_of_a_folder_below_overrides_those_above(tmp_path):
    (tmp_path / "above").write_text("*.yaml\n!b.yaml\n")
    (tmp_path / "below").write_text("!a.yaml\nb.yaml\n")
    inside = Place().reading(tmp_path / "above").at("sub").inside().reading(tmp_path / "below")
    assert [judged(inside, name) for name in ("a.yaml", "b.yaml", "c.yaml")] == [False, True, True]


def test_a_rule_about_a_folder_says_nothing_of_what_is_inside(tmp_path):
    (tmp_path / ".gitignore").write_text("/foo/bar\n")
    bar = Place().reading(tmp_path / ".gitignore").at("foo").inside().at("bar")
    assert bar.excluded(folder=True)
    assert not bar.inside().at("a.yaml").excluded(folder=False)


def test_a_file_that_is_not_there_has_no_rules(tmp_path):
    place = Place()
    assert place.reading(tmp_path / ".gitignore") is place


@pytest.mark.parametrize(
    "text",
    [
        "*a" * 60 + "b",
        "**/" * 60 + "b",
        "/".join(["**", "*a*"] * 30),
        " " * 60_000 + "x",
        "[" * 15_000,
        "".join(f"[a{chr(n)}]\n" for n in range(200, 9000)),
        "".join(f"*a*a*a*a*%{n:x}db\n" for n in range(4500)),
    ],
    ids=lambda text: text[:9],
)
def test_hostile_rules_are_quick(text, tmp_path, within_a_second):
    (tmp_path / ".gitignore").write_text(text)
    with within_a_second():
        place = Place().reading(tmp_path / ".gitignore")
        for number in range(10_000):
            judged(place, f"{'a' * 20}{number}.yaml")
        judged(place, "/".join(["a" * 200] * 20))


def test_rules_beyond_the_bound_are_passed_over(tmp_path):
    (tmp_path / ".gitignore").write_text("first.yaml\n" + "x" * 33_000 + "\nlast.yaml\n")
    place = Place().reading(tmp_path / ".gitignore")
    assert [judged(place, name) for name in ("first.yaml", "last.yaml")] == [True, False]
