from __future__ import annotations

import json
from pathlib import Path

import pytest

SAMPLES = Path(__file__).with_name("samples")

IDENTIFIER = "00D000000000001"
"""Of the organisation whose forms and metadata the samples are."""


@pytest.fixture
def samples():
    return SAMPLES


@pytest.fixture
def judged(leadcheck, tmp_path):
    """Judge evidence beside a configuration, offline; give the findings by id."""

    def run(identifier=IDENTIFIER, folder=tmp_path, **evidence):
        values = {
            "leadDestination": "salesforce",
            "salesforceLeadConfiguration": {"objectIdentifier": identifier, "contactEmail": ["a@b.com"]},
            "leadcheck": {"salesforce": evidence},
        }
        (folder / "lead.json").write_text(json.dumps(values), "utf-8")
        ended = leadcheck("validate", "lead.json", "--offline", "--format", "json", cwd=folder)
        assert ended.err == ""
        found = {finding["id"]: finding for finding in ended.only["findings"]}
        assert len(found) == len(ended.only["findings"])
        return found

    return run


@pytest.fixture
def metadata(judged, tmp_path):
    """Judge a folder of metadata: file contents by path."""

    def run(files):
        (tmp_path / "org").mkdir(exist_ok=True)
        for path, content in files.items():
            (tmp_path / "org" / path).parent.mkdir(parents=True, exist_ok=True)
            data = content if isinstance(content, bytes) else content.encode()
            (tmp_path / "org" / path).write_bytes(data)
        return judged(metadata="org")

    return run


@pytest.fixture
def form(judged, tmp_path):
    """Judge the text of a saved form."""

    def run(text, identifier=IDENTIFIER):
        data = text if isinstance(text, bytes) else text.encode()
        (tmp_path / "form.html").write_bytes(data)
        return judged(identifier, webToLeadForm="form.html")

    return run
