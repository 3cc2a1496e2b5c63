from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from validator.config import Unreadable, find


@pytest.fixture
def tree(tmp_path):
    for name in (
        "b.yaml", "a.yml", "c.JSON", "d.txt", ".hidden.yaml", "sub/e.yaml", "sub/deep/f.json", ".git/g.yaml",
        ".venv/h.yaml", "node_modules/i.json", "out/j.yaml", "out/keep.yaml", "sub/k.yaml",
    ):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("leadDestination: none\n")
    return tmp_path


def names(paths, cwd):
    return [one.name for one in find(paths, cwd)]


def test_a_folder_is_searched_in_order_without_what_is_hidden(tree):
    expected = [
        "a.yml",
        "b.yaml",
        "c.JSON",
        "out/j.yaml",
        "out/keep.yaml",
        "sub/deep/f.json",
        "sub/e.yaml",
        "sub/k.yaml",
    ]
    assert names(["."], tree) == expected
    assert names(["sub"], tree) == ["sub/deep/f.json", "sub/e.yaml", "sub/k.yaml"]
    assert names([str(tree / "sub")], Path("/")) == [str(tree / name) for name in names(["sub"], tree)]
    assert not any(one.named for one in find(["."], tree))
    assert names(["sub", "."], tree)[:3] == names(["sub", "sub"], tree) == names(["sub"], tree)


def test_what_git_ignores_is_skipped_from_the_root_of_the_work_tree_on(tree):
    (tree / ".gitignore").write_text("out/*\n!out/keep.yaml\n")
    (tree / "sub/.gitignore").write_text("/k.yaml\n")
    (tree / ".git/info").mkdir()
    (tree / ".git/info/exclude").write_text("deep/\n")
    assert names(["."], tree) == ["a.yml", "b.yaml", "c.JSON", "out/keep.yaml", "sub/e.yaml"]
    assert names(["."], tree / "out") == ["keep.yaml"]
    assert names(["sub/deep"], tree) == ["sub/deep/f.json"]  # named itself, it is searched
    assert names(["out/j.yaml"], tree) == ["out/j.yaml"]


def test_a_named_file_is_read_whatever_its_name(tree):
    [one] = find([".hidden.yaml"], tree)
    assert (one.name, one.named, one.read()) == (".hidden.yaml", True, b"leadDestination: none\n")


def test_a_pattern_in_quotes_names_files(tree):
    assert names(["*.y*ml"], tree) == ["a.yml", "b.yaml"]
    assert names(["sub/**/*.yaml"], tree) == ["sub/e.yaml", "sub/k.yaml"]
    assert names(["s?b"], tree) == names(["sub"], tree)
    assert all(one.named for one in find(["*.y*ml"], tree))


def test_a_file_whose_name_looks_like_a_pattern(tree):
    (tree / "x[1].yaml").write_text("")
    assert names(["x[1].yaml"], tree) == ["x[1].yaml"]


def test_a_file_is_read_once_and_counts_as_named_if_it_was(tree):
    inputs = list(find(["sub", "sub/e.yaml", "./sub/../sub/e.yaml", "-", "-"], tree))
    assert [(one.name, one.named) for one in inputs] == [
        ("sub/deep/f.json", False),
        ("./sub/../sub/e.yaml", True),
        ("sub/k.yaml", False),
        ("-", True),
    ]


@pytest.mark.parametrize(
    ("paths", "words"),
    [
        ([], "it is not here; name a file or a folder"),
        (["nothing.yaml"], "there is no such file"),
        (["nothing/*.yaml"], "no file matches this pattern"),
        (["a\0b"], "there is no such file"),
        ([""], "is a variable not set"),
        (["*\0b"], "no file matches this pattern"),
        (["n" * 5000], "it cannot be read: File name too long"),
    ],
)
def test_what_is_missing_is_told_when_it_is_read(tmp_path, paths, words):
    [one] = find(paths, tmp_path)
    with pytest.raises(Unreadable, match=words) as caught:
        one.read()
    assert caught.value.problem.file


def test_without_paths_the_default_is_read(tmp_path):
    (tmp_path / "lead-destination.yaml").write_text("leadDestination: none\n")
    [one] = find([], tmp_path)
    assert (one.name, one.named, one.read()) == ("lead-destination.yaml", True, b"leadDestination: none\n")


def test_standard_input_is_read_to_the_bound(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"x" * 2_000_000)))
    [one] = find(["-"], tmp_path)
    assert len(one.read()) == 1024 * 1024 + 1


def test_links_that_lead_nowhere_or_round_in_circles(tree):
    (tree / "sub/loop").symlink_to(tree / "sub")
    (tree / "self.yaml").symlink_to(tree / "self.yaml")
    (tree / "dangling.yaml").symlink_to(tree / "gone.yaml")
    (tree / "link.yaml").symlink_to(tree / "d.txt")
    assert [name for name in names(["."], tree) if "link" in name or "self" in name or "loop" in name] == [
        "link.yaml"
    ]
    assert names(["sub/loop"], tree) == ["sub/loop/deep/f.json", "sub/loop/e.yaml", "sub/loop/k.yaml"]


def test_what_vanishes_between_finding_and_reading_is_passed_over(tree):
    inputs = list(find(["sub"], tree))
    (tree / "sub/e.yaml").unlink()
    assert [one.read() for one in inputs][1] == b""


@pytest.fixture
def pipe(tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no named pipes here")
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / "pipe"


def within(seconds, work):
    """Run it in a process of its own, which can be ended where it blocks."""
    ended = subprocess.run([sys.executable, "-c", work], timeout=seconds, check=True, capture_output=True)
    return ended.stdout.decode().split()


@pytest.mark.parametrize("name", [".gitignore", "sub/.gitignore", ".git/info/exclude"])
@pytest.mark.parametrize("link", [False, True])
def test_a_pipe_under_the_name_of_a_gitignore_blocks_nobody(tree, pipe, name, link):
    (tree / ".git/info").mkdir()
    (tree / name).symlink_to(pipe) if link else pipe.rename(tree / name)
    work = f"import pathlib; from validator.config import find; top = pathlib.Path({str(tree)!r})\n"
    assert "b.yaml" in within(20, work + "print(*(one.name for one in find(['.'], top)))")


def test_a_file_that_became_a_pipe_after_it_was_found_blocks_nobody(tree, pipe):
    work = (
        f"import pathlib; from validator.config import find; top = pathlib.Path({str(tree)!r})\n"
        "[one] = [one for one in find(['sub'], top) if one.name == 'sub/e.yaml']\n"
        f"pathlib.Path({str(pipe)!r}).replace(top / 'sub/e.yaml')\n"
        "print(len(one.read()))"
    )
    assert within(20, work) == ["0"]


def test_a_pipe_that_was_named_is_read(tmp_path, pipe):
    writer = threading.Thread(target=pipe.write_bytes, args=(b"leadDestination: none\n",))
    writer.start()
    [one] = find(["pipe"], tmp_path)
    assert one.read() == b"leadDestination: none\n"
    writer.join()


def test_a_folder_that_cannot_be_opened_is_passed_over(tree, monkeypatch):
    opened = os.scandir

    def refuse(folder):
        if Path(folder).name == "deep":
            raise PermissionError
        return opened(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    assert names(["sub"], tree) == ["sub/e.yaml", "sub/k.yaml"]


def test_a_thousand_files_are_found_quickly(tmp_path, within_a_second):
    (tmp_path / ".gitignore").write_text("".join(f"/generated-{n}/*.y?ml\n*.tmp{n}\n" for n in range(50)))
    for number in range(1000):
        (tmp_path / f"{number:04}.yaml").touch()
    with within_a_second():
        assert len(names(["."], tmp_path)) == 1000
