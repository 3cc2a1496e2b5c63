"""Every row of the catalogue that has a sample: the command finds the fault in it, without any network."""

from __future__ import annotations

import json

import pytest
import yaml

from validator import catalogue

SAMPLES = {entry.id: entry.sample for entry in catalogue.entries().values() if entry.sample}

UNKNOWN_OFFLINE = {"variable-unset", "secret-masked"}
"""A value that is kept elsewhere is missing in earnest only where it is to be used."""


def merged(values, change):
    """Put other values at JSON pointers; None takes the key away."""
    for pointer, value in change.items():
        *blocks, key = pointer.split("/")[1:]
        inner = values
        for block in blocks:
            inner = inner.setdefault(block, {})
        if value is None:
            inner.pop(key, None)
        else:
            inner[key] = value
    return values


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_shows_its_fault(name, leadcheck, root, tmp_path):
    sample = SAMPLES[name]
    values = yaml.safe_load((root / "examples" / sample.example).read_text("utf-8"))
    (tmp_path / "sample.json").write_text(json.dumps(merged(values, sample.change)), "utf-8")
    for path, content in sample.files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content, "utf-8")

    ended = leadcheck("validate", "sample.json", "--offline", "--format", "json", cwd=tmp_path)

    entry = catalogue.lookup(name)
    shown = [found for found in ended.only["findings"] if found["id"] == name]
    severity = "note" if name in UNKNOWN_OFFLINE else entry.severity
    assert [found["severity"] for found in shown] == [severity]
    assert shown[0]["location"]["file"] == "sample.json"
    assert (ended.code == 1) is (ended.json["summary"]["findings"]["error"] > 0)
