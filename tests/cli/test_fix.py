"""`--fix`: what is certain is repaired in the file, reported apart, and not counted."""

from __future__ import annotations

import json
from base64 import b64encode

import pytest

from validator.config.repair import mended
from validator.reporters import FORMATS

KEY = b64encode(b"a key that opens nothing ".ljust(64, b".")).decode()
SOUND = (
    f"DefaultEndpointsProtocol=https;AccountName=fabrikamleads;AccountKey={KEY};"
    "EndpointSuffix=core.windows.net"
)
SWAPPED = SOUND.replace("https;AccountName=fabrikamleads", "https").replace(
    ";EndpointSuffix", ";AccountName=fabrikamleads;EndpointSuffix"
)
"""The same parts in another order: storage takes it, Partner Center does not."""

FILE = """\
# our destination
leadDestination: table   # an Azure table
tableLeadConfiguration:
  storageAccountConnectionString: '{}'  # to be moved to a variable
  contactEmail: [leads@fabrikam.com]
"""


@pytest.fixture
def file(folder):
    """Write the configuration with a connection string."""

    def written(string, text=FILE, name="lead-destination.yaml"):
        return folder(name, text.format(string)) / name

    return written


def test_a_repaired_file_is_sound_and_the_rest_of_it_as_it_was(file, leadcheck):
    path = file(SWAPPED)
    before = leadcheck("validate", "--offline", path, "--format", "json")
    ended = leadcheck("validate", "--offline", "--fix", path, "--format", "json")
    assert (before.code, before.ids) == (1, ["connection-string-order"])
    assert (ended.code, ended.only["verdict"], ended.ids) == (0, "settings-ok", ["secret-in-file"])
    [fixed] = ended.only["fixed"]
    assert fixed["id"] == "connection-string-order"
    assert (fixed["location"]["line"], fixed["location"]["column"]) == (4, 35)
    assert ended.json["summary"]["findings"] == {"error": 0, "warning": 1, "note": 0}
    assert path.read_text("utf-8") == FILE.format(SOUND)


def test_repairing_twice_changes_nothing_more(file, leadcheck):
    path = file(SWAPPED)
    leadcheck("validate", "--offline", "--fix", path)
    once = path.read_bytes()
    ended = leadcheck("validate", "--offline", "--fix", path, "--format", "json")
    assert (ended.code, ended.only["fixed"]) == (0, [])
    assert path.read_bytes() == once


def test_the_key_is_written_and_never_shown(file, leadcheck):
    path = file(SWAPPED)
    for style in FORMATS:
        ended = leadcheck("validate", "--offline", "--fix", path, "--format", style, "-vv")
        assert KEY not in ended.out + ended.err
        path.write_text(FILE.format(SWAPPED), "utf-8")


def test_the_text_report_names_what_was_fixed(file, leadcheck):
    ended = leadcheck("validate", "--offline", "--fix", file(SWAPPED))
    assert "fixed" in ended.out
    assert "connection-string-order at" in " ".join(ended.out.split())


def test_without_the_option_nothing_is_written(file, leadcheck):
    path = file(SWAPPED)
    leadcheck("validate", "--offline", path)
    assert path.read_text("utf-8") == FILE.format(SWAPPED)


@pytest.mark.parametrize("options", [["--ignore", "connection-string-order"], ["--select", "unknown-key"]])
def test_what_is_ignored_stays(options, file, leadcheck):
    path = file(SWAPPED)
    leadcheck("validate", "--offline", "--fix", path, *options)
    assert path.read_text("utf-8") == FILE.format(SWAPPED)


def test_what_a_variable_holds_cannot_be_repaired_in_the_file(file, leadcheck, monkeypatch):
    monkeypatch.setenv("LEAD_STRING", SWAPPED)
    path = file("${LEAD_STRING}")
    ended = leadcheck("validate", "--offline", "--fix", path, "--format", "json")
    assert (ended.code, ended.ids, ended.only["fixed"]) == (1, ["connection-string-order"], [])
    assert path.read_text("utf-8") == FILE.format("${LEAD_STRING}")


def test_what_is_only_guessed_is_not_repaired(file, leadcheck):
    path = file(SOUND.replace("fabrikamleads", "Fabrikam-Leads"))
    text = path.read_text("utf-8")
    ended = leadcheck("validate", "--offline", "--fix", path, "--format", "json")
    assert (ended.code, ended.only["fixed"]) == (1, [])
    assert path.read_text("utf-8") == text


def test_several_files_and_several_documents(folder, leadcheck):
    where = folder(
        "a.yaml", FILE.format(SWAPPED) + "---\n" + FILE.format(SWAPPED), "b.yaml", FILE.format(SOUND)
    )
    ended = leadcheck("validate", "--offline", "--fix", where, "--format", "json")
    assert ended.code == 0
    assert [len(each["fixed"]) for each in ended.json["configurations"]] == [1, 1, 0]
    assert (where / "a.yaml").read_text("utf-8") == FILE.format(SOUND) + "---\n" + FILE.format(SOUND)


def test_standard_input_goes_repaired_to_standard_output(leadcheck):
    ended = leadcheck("validate", "--offline", "--fix", "-", stdin=FILE.format(SWAPPED).encode())
    assert (ended.code, ended.out) == (0, FILE.format(SOUND))
    assert "settings ok" in ended.err
    assert "connection-string-order" in ended.err


def test_sound_standard_input_passes_unchanged(leadcheck):
    text = FILE.format(SOUND)
    ended = leadcheck("validate", "--offline", "--fix", "-", "--format", "json", stdin=text.encode())
    assert (ended.code, ended.out) == (0, text)
    assert json.loads(ended.err)["summary"]["verdicts"] == {"settings-ok": 1}


def test_a_file_that_cannot_be_written_is_a_problem(file, leadcheck, monkeypatch):
    def refused(*_):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("validator.fixing.rewrite", refused)
    ended = leadcheck("validate", "--offline", "--fix", file(SWAPPED), "--format", "json")
    assert ended.code == 2
    assert (
        ended.json["problems"][0]["message"] == "the repaired file cannot be written: Read-only file system"
    )


def test_a_file_that_changes_meanwhile_is_left_to_who_changed_it(file, leadcheck, monkeypatch):
    path = file(SWAPPED)
    monkeypatch.setattr("validator.fixing.mended", lambda data, mends: _changing(path, data, mends))
    ended = leadcheck("validate", "--offline", "--fix", path, "--format", "json")
    assert ended.code == 2
    assert ended.json["problems"][0]["message"] == "it changed while it was being repaired"
    assert path.read_text("utf-8") == "leadDestination: none\n"


def _changing(path, data, mends):
    path.write_text("leadDestination: none\n", "utf-8")
    return mended(data, mends)


TWO = "product: product/{}\n" + FILE
"""A document with the id of its product."""


def test_only_the_product_that_was_chosen_is_repaired(folder, leadcheck):
    before = TWO.format(1, SWAPPED) + "---\n" + TWO.format(2, SWAPPED)
    path = folder("lead-destination.yaml", before) / "lead-destination.yaml"
    ended = leadcheck("validate", "--offline", "--fix", path, "--product", "product/2", "--format", "json")
    assert (ended.code, len(ended.only["fixed"])) == (0, 1)
    assert path.read_text("utf-8") == TWO.format(1, SWAPPED) + "---\n" + TWO.format(2, SOUND)


@pytest.mark.parametrize("wrong", [["--product", "nope"], ["--secret", "applicationKey=env:HOME"]])
def test_wrong_usage_writes_nothing(wrong, file, leadcheck):
    path = file(SWAPPED)
    ended = leadcheck("validate", "--offline", "--fix", path, *wrong)
    assert (ended.code, ended.out) == (2, "")
    assert path.read_text("utf-8") == FILE.format(SWAPPED)


def test_a_link_in_a_folder_is_not_followed_out_of_it(folder, leadcheck):
    outside = folder("out/lead.yaml", FILE.format(SWAPPED), "in/other.yaml", FILE.format(SOUND))
    (outside / "in" / "lead.yaml").symlink_to("../out/lead.yaml")
    ended = leadcheck("validate", "--offline", "--fix", outside / "in", "--format", "json")
    assert ended.code == 1
    assert (outside / "out" / "lead.yaml").read_text("utf-8") == FILE.format(SWAPPED)


def test_a_link_that_was_named_is_followed(folder, leadcheck):
    where = folder("out/lead.yaml", FILE.format(SWAPPED))
    (where / "lead.yaml").symlink_to("out/lead.yaml")
    assert leadcheck("validate", "--offline", "--fix", where / "lead.yaml").code == 0
    assert (where / "out" / "lead.yaml").read_text("utf-8") == FILE.format(SOUND)


def test_a_file_that_nobody_may_write_is_left_alone(file, leadcheck, monkeypatch):
    monkeypatch.setattr("os.access", lambda *_: False)
    path = file(SWAPPED)
    ended = leadcheck("validate", "--offline", "--fix", path, "--format", "json")
    assert ended.code == 2
    assert "Permission denied" in ended.json["problems"][0]["message"]
    assert ended.ids == ["connection-string-order"]
    assert path.read_text("utf-8") == FILE.format(SWAPPED)
