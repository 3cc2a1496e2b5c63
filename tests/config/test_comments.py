"""Findings that a comment accepts: with a reason, on the line or the line above, and still to be seen."""

from __future__ import annotations

import pytest

FILE = """\
leadDestination: dynamics
dynamicsLeadConfiguration:
  instanceUrl: https://fabrikam.crm4.dynamics.com/main.aspx
  authentication: azureAD
  directoryId: 8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214
  applicationId: 3c9e1d77-60b8-4f2a-8a45-0b7d2e6f9c13
  applicationKey: ${LEAD_APPLICATION_KEY}
"""
URL = "  instanceUrl: https://fabrikam.crm4.dynamics.com/main.aspx\n"
MARK = "# leadcheck: ignore[instance-url-page] the portal wants it so"


@pytest.fixture
def judge(leadcheck, tmp_path, monkeypatch):
    monkeypatch.setenv("LEAD_APPLICATION_KEY", "not~a~real~secret~of~any~tenant~0001")

    def run(text, name="lead.yaml"):
        (tmp_path / name).write_text(text, "utf-8")
        ended = leadcheck(
            "validate", name, "--offline", "--fail-on", "warning", "--format", "json", cwd=tmp_path
        )
        return ended.code, [
            (found["id"], (found["suppressed"] or {}).get("reason")) for found in ended.only["findings"]
        ]

    return run


def test_without_a_comment_it_counts(judge):
    assert judge(FILE) == (1, [("instance-url-page", None)])


@pytest.mark.parametrize(
    "written",
    [
        URL.rstrip() + f"  {MARK}\n",
        f"  {MARK}\n{URL}",
        f"{MARK}\n\n  # another remark\n{URL}",
        f"  #leadcheck:ignore[instance-url-page]the portal wants it so\n{URL}",
        f"  # leadcheck: ignore[ids-equal, instance-url-page] -- the portal wants it so\n{URL}",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_comment_about_the_line_accepts_it(written, end, judge):
    code, found = judge(FILE.replace(URL, written).replace("\n", end))
    assert code == 0
    assert ("instance-url-page", "the portal wants it so") in found


@pytest.mark.parametrize(
    "text",
    [
        FILE.replace("  authentication", f"  {MARK}\n  authentication"),
        f"{MARK}\n{FILE}",
        FILE + f"{MARK}\n",
        FILE.replace("azureAD", f"azureAD {MARK}"),
    ],
)
def test_elsewhere_it_accepts_nothing_and_is_noted(text, judge):
    code, found = judge(text)
    assert code == 1
    assert sorted(found) == [("ignore-unused", None), ("instance-url-page", None)]


def test_a_mark_in_a_value_is_no_comment(judge):
    code, found = judge(FILE.replace("main.aspx", f"main.aspx{MARK.replace(' ', '')}"))
    assert code == 1
    assert [one for one, _ in found] == ["instance-url-page"]


def test_an_id_that_nobody_has_is_told(leadcheck, tmp_path):
    text = FILE.replace(URL, URL.rstrip() + " # leadcheck: ignore[instance-url-pag] so\n")
    (tmp_path / "lead.yaml").write_text(text, "utf-8")
    ended = leadcheck("validate", "lead.yaml", "--offline", "--format", "json", cwd=tmp_path)
    found = {one["id"]: one for one in ended.only["findings"]}
    assert found["value-not-allowed"]["severity"] == "warning"
    assert "did you mean “instance-url-page”?" in found["value-not-allowed"]["observed"]
    assert (found["value-not-allowed"]["location"]["line"], found["instance-url-page"]["suppressed"]) == (
        3,
        None,
    )


def test_each_document_has_its_own_comments(leadcheck, tmp_path):
    (tmp_path / "two.yaml").write_text(f"{FILE}---\n{FILE.replace(URL, f'  {MARK}{chr(10)}{URL}')}", "utf-8")
    ended = leadcheck("validate", "two.yaml", "--offline", "--format", "json", cwd=tmp_path)
    first, second = (
        [(one["id"], bool(one["suppressed"])) for one in result["findings"] if one["id"] != "variable-unset"]
        for result in ended.json["configurations"]
    )
    assert (first, second) == ([("instance-url-page", False)], [("instance-url-page", True)])


@pytest.mark.parametrize(
    ("name", "options", "noted"),
    [
        ("ids-equal", ["--offline"], True),
        ("test-lead-not-found", ["--offline"], False),
        ("test-lead-not-found", ["--sandbox"], True),
        ("test-lead-not-found", ["--sandbox", "--world", "no-security-role"], False),
        ("ids-equal", ["--sandbox", "--world", "no-security-role"], True),
    ],
)
def test_what_could_not_be_found_on_this_run_is_no_leftover(name, options, noted, leadcheck, tmp_path, root):
    text = (root / "examples/dynamics.yaml").read_text("utf-8")
    ignore = f"leadcheck:\n  ignore: [{{id: {name}, reason: so}}]\n"
    (tmp_path / "lead.yaml").write_text(text.replace("leadcheck:\n", ignore), "utf-8")
    ended = leadcheck("validate", "lead.yaml", "--format", "json", *options, cwd=tmp_path)
    notes = [one for one in ended.only["findings"] if one["id"] == "ignore-unused"]
    assert bool(notes) is noted
    assert all(one["location"]["pointer"] == "/leadcheck/ignore/0" for one in notes)
    assert all(f"{name} was not found" in one["observed"] for one in notes)
