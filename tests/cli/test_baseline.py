"""What was there before does not fail a run, and what is new does."""

from __future__ import annotations

import json

import pytest

OFFLINE = ["validate", "--offline"]


@pytest.fixture
def known(leadcheck, folder, typo):
    """A folder with a faulty configuration, and the baseline that lists its fault."""
    here = folder("lead-destination.yaml", typo)
    ended = leadcheck(*OFFLINE, "--write-baseline", "baseline.json", cwd=here)
    assert ended.code == 0
    assert "tenant-malformed" in ended.out
    return here


def test_what_was_there_before_is_shown_and_does_not_count(known, leadcheck):
    ended = leadcheck(*OFFLINE, "--baseline", "baseline.json", "--format", "json", cwd=known)
    assert (ended.code, ended.only["verdict"], ended.ids) == (0, "settings-ok", ["tenant-malformed"])
    assert ended.only["findings"][0]["suppressed"] == {"by": "--baseline", "reason": "it was there before"}
    assert ended.json["summary"]["findings"]["error"] == 0


def test_it_is_still_known_when_its_line_moves(known, leadcheck, typo):
    (known / "lead-destination.yaml").write_text("# a comment\n\n" + typo, "utf-8")
    assert leadcheck(*OFFLINE, "--baseline", "baseline.json", cwd=known).code == 0


def test_what_is_new_fails(known, leadcheck, typo):
    (known / "lead-destination.yaml").write_text(typo.replace("3c9e1d77-", "3c9e1d7-"), "utf-8")
    ended = leadcheck(*OFFLINE, "--baseline", "baseline.json", "--format", "json", cwd=known)
    assert ended.code == 1
    counted = [found["id"] for found in ended.only["findings"] if not found["suppressed"]]
    assert counted
    assert "tenant-malformed" not in counted


def test_the_same_fault_in_another_file_or_document_is_new(known, leadcheck, typo):
    (known / "other.yaml").write_text(typo, "utf-8")
    assert leadcheck(*OFFLINE, ".", "--baseline", "baseline.json", cwd=known).code == 1
    (known / "other.yaml").unlink()
    (known / "lead-destination.yaml").write_text(f"{typo}---\n{typo}", "utf-8")
    ended = leadcheck(*OFFLINE, "--baseline", "baseline.json", "--format", "json", cwd=known)
    assert [each["verdict"] for each in ended.json["configurations"]] == ["settings-ok", "not-ready"]


def test_a_baseline_has_no_lines_and_the_fingerprints_of_sarif(known, leadcheck):
    told = json.loads((known / "baseline.json").read_text("utf-8"))
    [row] = told["findings"]
    assert told["schemaVersion"] == "1.0"
    assert {name: row[name] for name in ("id", "file", "pointer")} == {
        "id": "tenant-malformed",
        "file": "lead-destination.yaml",
        "pointer": "/dynamicsLeadConfiguration/directoryId",
    }
    sarif = leadcheck(*OFFLINE, "--format", "sarif", "--baseline", "baseline.json", cwd=known).json
    [result] = sarif["runs"][0]["results"]
    assert [*result["partialFingerprints"].values()] == [row["fingerprint"]]
    assert result["suppressions"] == [{"kind": "external", "justification": "it was there before"}]


def test_a_baseline_that_is_written_again_keeps_what_it_knows(known, leadcheck):
    before = (known / "baseline.json").read_bytes()
    both = ["--baseline", "baseline.json", "--write-baseline", "baseline.json"]
    assert leadcheck(*OFFLINE, *both, cwd=known).code == 0
    assert (known / "baseline.json").read_bytes() == before


def test_what_the_file_ignores_and_notes_need_no_baseline(leadcheck, folder, typo, monkeypatch):
    monkeypatch.delenv("LEAD_APPLICATION_KEY")
    accepted = typo + "leadcheck:\n  ignore:\n    - id: tenant-malformed\n"
    here = folder("lead-destination.yaml", accepted)
    ended = leadcheck(*OFFLINE, "--write-baseline", "baseline.json", "--format", "json", cwd=here)
    assert "variable-unset" in ended.ids
    assert json.loads((here / "baseline.json").read_text("utf-8"))["findings"] == []


def test_a_finding_without_a_place_can_be_known_too(leadcheck, tmp_path):
    arguments = ["validate", "examples/dynamics.yaml", "--sandbox", "--world", "lead-writer-role-missing"]
    baseline = tmp_path / "baseline.json"
    assert leadcheck(*arguments, "--write-baseline", baseline).code == 0
    assert leadcheck(*arguments).code == 1
    assert leadcheck(*arguments, "--baseline", baseline).code in {0, 3}


def test_an_unreadable_input_fails_also_while_a_baseline_is_written(leadcheck, tmp_path):
    assert leadcheck("validate", "absent.yaml", "--write-baseline", "baseline.json", cwd=tmp_path).code == 2


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"findings": 1}', '{"findings": [1]}', '{"findings": [{}]}', "[" * 100_000, "\xff"],
)
def test_a_file_that_is_no_baseline_is_wrong_usage(text, leadcheck, folder, azure_ad):
    here = folder("lead-destination.yaml", azure_ad, "baseline.json", text.encode("latin-1"))
    ended = leadcheck(*OFFLINE, "--baseline", "baseline.json", cwd=here)
    assert (ended.code, ended.out) == (2, "")
    assert "baseline.json is no baseline; --write-baseline makes one" in ended.err


def test_a_baseline_that_is_not_there_is_wrong_usage(leadcheck, folder, azure_ad):
    ended = leadcheck(*OFFLINE, "--baseline", "b.json", cwd=folder("lead-destination.yaml", azure_ad))
    assert ended.code == 2
    assert "b.json cannot be read: No such file or directory" in ended.err


def test_a_baseline_that_cannot_be_written_is_refused_before_anything_is_sent(leadcheck, played):
    ended = leadcheck("validate", "examples/dynamics.yaml", "--sandbox", "--write-baseline", "absent/b.json")
    assert (ended.code, ended.out, played.sandboxes) == (2, "", [])
