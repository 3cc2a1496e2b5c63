"""Evidence lies below the configuration's own folder, and is read from nowhere else."""

from __future__ import annotations

import json
import os

import pytest

FORM = '<form action="https://webto.salesforce.com/servlet/servlet.WebToLead"><input name="oid" value="{}">'


@pytest.mark.parametrize(
    ("evidence", "reason"),
    [
        ({"webToLeadForm": "none.html"}, "there is no such file"),
        ({"webToLeadForm": "."}, "it is no file"),
        ({"webToLeadForm": "../outside.html"}, "outside of the configuration's folder"),
        ({"webToLeadForm": "/etc/passwd"}, "outside of the configuration's folder"),
        ({"webToLeadForm": "link.html"}, "outside of the configuration's folder"),
        ({"webToLeadForm": "a\0b"}, "no path"),
        ({"webToLeadForm": "locked.html"}, "cannot be read"),
        ({"metadata": "none"}, "there is no such folder"),
        ({"metadata": "here.html"}, "it is no folder"),
        ({"metadata": ".."}, "outside of the configuration's folder"),
        ({"metadata": "away"}, "outside of the configuration's folder"),
    ],
)
def test_a_path_that_cannot_be_used_is_an_error_about_it(evidence, reason, judged, tmp_path, monkeypatch):
    (tmp_path.parent / "outside.html").write_text(FORM.format("00D000000000001"), "utf-8")
    (tmp_path / "link.html").symlink_to(tmp_path.parent / "outside.html")
    (tmp_path / "away").symlink_to(tmp_path.parent)
    for name in ("here.html", "locked.html"):
        (tmp_path / name).write_text("", "utf-8")
    monkeypatch.setattr(os, "open", refusing(os.open, "locked.html"))
    [finding] = judged(**evidence).values()
    assert (finding["id"], finding["severity"]) == ("salesforce-evidence-unreadable", "error")
    assert reason in finding["observed"]
    [key] = evidence
    assert finding["location"]["pointer"] == f"/leadcheck/salesforce/{key}"


def refusing(real, name):
    """Let one file be nobody's: root may read what no other may."""

    def opened(path, *rest, **more):
        if str(path).endswith(name):
            raise PermissionError(13, "Permission denied")
        return real(path, *rest, **more)

    return opened


def test_links_within_the_folder_are_fine(judged, tmp_path):
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms/real.html").write_text(FORM.format("00D000000000001"), "utf-8")
    (tmp_path / "form.html").symlink_to("forms/real.html")
    assert judged(webToLeadForm="form.html") == {}
    assert judged(webToLeadForm="forms\\real.html") == {}


def test_the_folder_is_the_configuration_s_wherever_the_command_runs(leadcheck, tmp_path):
    (tmp_path / "offers").mkdir()
    (tmp_path / "offers/form.html").write_text(FORM.format("00D000000000001"), "utf-8")
    values = {
        "leadDestination": "salesforce",
        "salesforceLeadConfiguration": {"objectIdentifier": "00D000000000001", "contactEmail": ["a@b.com"]},
        "leadcheck": {"salesforce": {"webToLeadForm": "form.html"}},
    }
    text = json.dumps(values)
    (tmp_path / "offers/lead.json").write_text(text, "utf-8")
    assert leadcheck("validate", "offers", "--offline", cwd=tmp_path).code == 0
    ended = leadcheck("validate", "-", "--offline", "--format", "json", stdin=text.encode(), cwd=tmp_path)
    [finding] = ended.only["findings"]
    assert "standard input" in finding["observed"]


def test_a_path_of_another_type_is_reported_once(judged):
    assert list(judged(webToLeadForm=[1])) == ["wrong-type"]
