"""The build refuses rows that would mislead."""

import json
import runpy
import shutil
import sys
from pathlib import Path

import pytest
import yaml

from validator.catalogue.build import FOLDER, build, main
from validator.catalogue.sources import SUBJECTS

DOCUMENTED = {number: {"2018": f"fault number {number} of the lead"} for number in range(1, 9)}


def row(**changes):
    usual = {"id": "some-fault", "title": "A fault", "severity": "error", "cause": "It is broken."}
    return {**usual, "fix": [{"text": "Repair it."}], **changes}


def says(**changes):
    words = {"anchor": "quite broken", "pattern": "it is quite broken"}
    return {"says": {"text": [{**words, **changes}]}, "examples": ["It is quite broken."]}


@pytest.fixture
def sources(tmp_path):
    """Give a function that writes the sources of a small catalogue, and says where."""

    def write(*rows, **top):
        folder = tmp_path / "validator" / "catalogue"
        folder.mkdir(parents=True, exist_ok=True)
        numbered = [
            row(id=f"fault-{n}", documented=n, **says(anchor="fault number", pattern=f"fault number {n}"))
            | {"examples": [f"fault number {n}"]}
            for n in range(1, 9)
        ]
        for subject in SUBJECTS[1:]:
            (folder / f"{subject}.yaml").write_text("destinations: []\nrows: []\n", "utf-8")
        content = {"destinations": [], "rows": [*numbered, *rows], **top}
        (folder / "settings.yaml").write_text(yaml.safe_dump(content), "utf-8")
        (folder / "documented.yaml").write_text(yaml.safe_dump(DOCUMENTED), "utf-8")
        return folder

    return write


def test_the_committed_files_are_current(capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["build", "--check"])
    monkeypatch.delitem(sys.modules, "validator.catalogue.build")
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("validator.catalogue.build", run_name="__main__")
    assert (ended.value.code, capsys.readouterr().err) == (0, "")


def test_a_good_row_is_compiled(sources):
    step = {"text": "Look.", "doc": "dynamics#azure-active-directory", "steps": {"now": "2", "2018": "3"}}
    section = {"text": "Look.", "doc": "dynamics#security-settings"}
    folder = sources(row(fix=[step, section, {"text": "Ask.", "doc": "faq"}], **says()))
    made = json.loads(build(folder)[folder / "catalogue.json"])
    first, second, third = made["entries"]["some-fault"]["fix"]
    assert (first["text"], first["url"].partition("#")[2]) == (
        "Look (Azure Active Directory, step 2).",
        "azure-active-directory",
    )
    assert second["text"] == "Look (Security settings)."
    assert third == {
        "text": "Ask.",
        "url": "https://learn.microsoft.com/partner-center/marketplace-offers/lead-management-faq",
    }


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ([row(titel="x")], "some-fault: unknown key titel"),
        ([{"id": "some-fault"}], "some-fault: title is missing"),
        ([row(id="Some Fault")], "lower case words"),
        ([row(severity="bad")], "unknown severity bad"),
        ([row(documented=9)], "documented is a number from 1 to 8"),
        ([row(documented="3")], "documented is no int"),
        ([row(inconclusive=True)], "what is inconclusive is a note"),
        ([row(world="another")], "a world is named after its row"),
        ([row(title="A fault.")], "a title ends without a period"),
        ([row(cause="broken")], "no sentence: broken"),
        ([row(fix=["Repair it."])], "not a mapping: 'Repair it.'"),
        ([row(fix=[{"text": "Repair it.", "docs": "x"}])], "unknown key docs"),
        ([row(fix=[{"text": "Look.", "doc": "nowhere"}])], "unknown document nowhere"),
        ([row(fix=[{"text": "Look.", "doc": "dynamics#nowhere"}])], "unknown document dynamics#nowhere"),
        ([row(fix=[{"text": "Look.", "doc": "faq", "steps": {"now": "1"}}])], "steps need a section"),
        ([row(sample={"example": "dynamics.yaml"})], "change is missing"),
        ([row(says={"codes": ["AADSTS1"]}, examples=["x"])], "not the usual spelling of a code: AADSTS1"),
        ([row(says={"code": ["AADSTS50126"]}, examples=["x"])], "unknown key code"),
        ([row(says={"codes": ["AADSTS50126"]})], "needs an example"),
        ([row(says={"codes": ["AADSTS50126"]}, examples=[{"text": "AADSTS50126"}])], "status is missing"),
        ([row(**says(needed="x"))], "unknown key needed"),
        ([row(**says(pattern="It is quite broken"))], "plain text is lower case"),
        ([row(**says(pattern="it is (quite broken"))], "no regular expression"),
        ([row(**says(needs="("))], "no regular expression"),
        ([row(**says(pattern="it is (?:quite broken|quite well)"))], "can match without its anchor"),
        ([row(**says(pattern="it is quite .{0,9}broken"))], "can match without its anchor"),
        ([row(), row()], "there are 2 rows of this id"),
        ([row(subsumes=["no-such"])], "subsumes no-such, which does not exist"),
        (
            [
                row(id=name, says={"codes": ["AADSTS50126"]}, examples=["AADSTS50126"])
                for name in ("a-b", "b-c")
            ],
            "AADSTS50126 stands unambiguously in 2 rows",
        ),
        (
            [row(**says() | {"examples": ["All is well."]})],
            "this example is diagnosed as nothing: All is well.",
        ),
    ],
)
def test_a_bad_row_is_refused(sources, capsys, rows, complaint):
    folder = sources(*rows)
    assert main([], folder) == 1
    assert complaint in capsys.readouterr().err
    assert not (folder / "catalogue.json").exists()


def test_a_stray_key_of_a_file_is_refused(sources, capsys):
    assert main([], sources(entries=[])) == 1
    assert "settings.yaml: unknown key entries" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["fault number 2", "all is well"])
def test_a_documented_wording_must_give_its_own_number(sources, capsys, text):
    folder = sources()
    wordings = DOCUMENTED | {1: {"2018": "fault number 1", "2023": text}}
    (folder / "documented.yaml").write_text(yaml.safe_dump(wordings), "utf-8")
    assert main([], folder) == 1
    assert "documented error 1, the wording of 2023, is diagnosed as another" in capsys.readouterr().err


def test_files_are_written_and_then_current(sources, capsys):
    folder = sources(row())
    (folder.parents[1] / "docs").mkdir()
    assert main(["--check"], folder) == 1
    assert capsys.readouterr().err.count("is stale") == 2
    assert main([], folder) == 0
    assert main(["--check"], folder) == 0
    assert "## some-fault" in (folder.parents[1] / "docs" / "catalogue.md").read_text("utf-8")
    (folder / "catalogue.json").write_text("{}", "utf-8")
    assert main(["--check"], folder) == 1


def test_each_row_of_a_file_says_its_destinations(tmp_path):
    folder = tmp_path / "a" / "b"
    shutil.copytree(FOLDER, folder)
    made = json.loads(build(Path(folder))[folder / "catalogue.json"])["entries"]
    assert made["tenant-not-found"]["destinations"] == ["dynamics"]
    assert "destinations" not in made["missing-key"]
