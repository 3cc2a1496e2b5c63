"""`validate --diff`: what --fix would write, as a patch that other tools can apply."""

from __future__ import annotations

import subprocess

import pytest

LONG = """\
leadDestination: salesforce
salesforceLeadConfiguration:
  objectIdentifier: 00D1t000000gK1XEAU # ours
"""
SOUND = LONG.replace("00D1t000000gK1XEAU", '"00D1t000000gK1X"')


@pytest.fixture
def diff(leadcheck, tmp_path):
    def run(*arguments, **options):
        return leadcheck("validate", *arguments, "--diff", cwd=tmp_path, **options)

    return run


def test_a_patch_does_what_fix_does(diff, tmp_path):
    (tmp_path / "lead.yaml").write_text(LONG, "utf-8")
    ended = diff("lead.yaml")
    assert (ended.code, ended.err) == (1, "")
    assert (
        '-  objectIdentifier: 00D1t000000gK1XEAU # ours\n+  objectIdentifier: "00D1t000000gK1X" # ours\n'
        in ended.out
    )
    assert (tmp_path / "lead.yaml").read_text("utf-8") == LONG
    subprocess.run(["patch", "-p1"], input=ended.out.encode(), cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "lead.yaml").read_text("utf-8") == SOUND
    assert (diff("lead.yaml").code, diff("lead.yaml").out) == (0, "")


def test_several_files_are_one_patch(diff, tmp_path):
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(LONG, "utf-8")
    (tmp_path / "c.yaml").write_text(SOUND, "utf-8")
    ended = diff(".")
    assert [line for line in ended.out.splitlines() if line.startswith("+++")] == [
        "+++ b/a.yaml",
        "+++ b/b.yaml",
    ]


def test_a_last_line_without_an_end_is_marked(diff, tmp_path):
    (tmp_path / "lead.yaml").write_text(LONG.replace(" # ours\n", ""), "utf-8")
    assert diff("lead.yaml").out.count("\\ No newline at end of file\n") == 2


def test_a_credential_is_not_shown(diff, tmp_path):
    text = (
        "leadDestination: dynamics\ndynamicsLeadConfiguration:\n"
        "  instanceUrl: https://fabrikam.crm4.dynamics.com\n  authentication: azureAD\n"
        "  directoryId: 8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214\n"
        "  applicationId: 3c9e1d77-60b8-4f2a-8a45-0b7d2e6f9c13\n"
        "  applicationKey: ' p1anted~8Q~of~any~tenant~0001-secret~ '\n"
    )
    (tmp_path / "lead.yaml").write_text(text, "utf-8")
    ended = diff("lead.yaml")
    assert "p1anted" not in ended.out + ended.err
    assert ended.code in {0, 1}


def test_what_cannot_be_read_is_told_beside_the_patch(diff, tmp_path):
    (tmp_path / "a.yaml").write_text(LONG, "utf-8")
    (tmp_path / "b.yaml").write_text("leadDestination: [\n", "utf-8")
    ended = diff("a.yaml", "b.yaml")
    assert ended.code == 2
    assert "+++ b/a.yaml" in ended.out
    assert "b.yaml" in ended.err


def test_it_is_one_or_the_other(diff):
    ended = diff("--fix")
    assert ended.code == 2
    assert "--diff shows what --fix would write" in ended.err


def test_a_product_that_is_not_there(diff, tmp_path):
    (tmp_path / "a.yaml").write_text(LONG, "utf-8")
    assert diff("a.yaml", "--product", "x").code == 2
