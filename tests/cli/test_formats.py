"""Every format from the command itself: over all samples of the settings, and over some worlds."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest
import yaml
from markdown_it import MarkdownIt

from validator import catalogue
from validator.reporters import FORMATS

SAMPLES = [entry for entry in catalogue.entries().values() if entry.sample]

WORLDS = {
    "healthy": ("dynamics.yaml", 0),
    "client-secret-expired": ("dynamics.yaml", 1),
    "lead-writer-role-missing": ("dynamics.yaml", 1),
    "password-wrong": ("dynamics-office365.yaml", 1),
    "service-throttled": ("dynamics.yaml", 3),
    "network-unavailable": ("dynamics.yaml", 3),
}


@pytest.fixture
def told(leadcheck, tmp_path):
    """Run `validate` into a file of each format: gives how it ended, and the texts by format."""

    def run(*arguments, **options):
        files = [part for name in FORMATS for part in ("--output", f"{name}:{tmp_path}/report.{name}")]
        ended = leadcheck("validate", *arguments, *files, "-q", **options)
        return ended, {name: (tmp_path / f"report.{name}").read_text("utf-8") for name in FORMATS}

    return run


def ids(texts):
    configurations = json.loads(texts["json"])["configurations"]
    return [found["id"] for each in configurations for found in each["findings"]]


def written(sample, root, folder):
    """Write the configuration of a sample, and the files beside it."""
    values = yaml.safe_load((root / "examples" / sample.example).read_text("utf-8"))
    for pointer, value in sample.change.items():
        *blocks, key = pointer.split("/")[1:]
        inner = values
        for block in blocks:
            inner = inner.setdefault(block, {})
        if value is None:
            inner.pop(key, None)
        else:
            inner[key] = value
    for name, text in sample.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    (folder / "lead-destination.json").write_text(json.dumps(values, indent=2), "utf-8")


@pytest.mark.parametrize("entry", SAMPLES, ids=lambda entry: entry.id)
def test_a_sample_is_told_in_every_format(entry, told, conforms, root, tmp_path):
    written(entry.sample, root, tmp_path)
    _, texts = told("lead-destination.json", "--offline", cwd=tmp_path)
    conforms(texts)
    known = ids(texts)
    results = json.loads(texts["sarif"])["runs"][0]["results"]
    assert known or entry.inconclusive  # which only a live run meets
    assert [each["ruleId"] for each in results] == known
    assert all(each["locations"][0]["physicalLocation"]["region"]["startLine"] for each in results)
    assert all(
        name in texts[style] for name in known for style in ("text", "junit", "github", "markdown", "html")
    )


@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.usefixtures("impatient")
def test_a_world_is_told_in_every_format_with_the_same_exit_code(name, told, conforms, leadcheck):
    example, code = WORLDS[name]
    arguments = [f"examples/{example}", "--sandbox", "--world", name]
    ended, texts = told(*arguments)
    assert ended.code == code
    conforms(texts)
    sarif = json.loads(texts["sarif"])["runs"][0]
    assert sarif["invocations"][0]["executionSuccessful"] is (code != 3)
    assert [each["ruleId"] for each in sarif["results"]] == ids(texts)
    assert [leadcheck("validate", *arguments, "--format", style).code for style in FORMATS] == [code] * len(
        FORMATS
    )


def test_an_input_that_cannot_be_read_is_told_in_every_format(told, conforms, tmp_path):
    ended, texts = told("absent.yaml", cwd=tmp_path)
    conforms(texts)
    assert ended.code == 2
    assert [style for style in FORMATS if "there is no such file" not in texts[style]] == []


OUTCOMES = {
    "nothing found": (["good.yaml"], 0),
    "a warning that does not count": (["warned.yaml"], 0),
    "a warning that counts": (["warned.yaml", "--fail-on", "warning"], 1),
    "an error": (["typo.yaml"], 1),
    "an error that is let pass": (["typo.yaml", "--exit-zero"], 0),
    "an error that is ignored": (["typo.yaml", "--ignore", "tenant-malformed"], 0),
    "no such file": (["absent.yaml"], 2),
    "broken syntax beside an error": (["broken.yaml", "typo.yaml"], 2),
    "broken syntax let pass": (["broken.yaml", "--exit-zero"], 2),
    "no configuration": (["other.yaml"], 2),
}


@pytest.mark.parametrize("style", FORMATS)
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_exit_code_is_the_same_in_every_format(outcome, style, leadcheck, folder, azure_ad, typo, warned):
    arguments, code = OUTCOMES[outcome]
    files = {"good": azure_ad, "warned": warned, "typo": typo, "broken": "a: [", "other": "a: b\n"}
    here = folder(*(part for name, text in files.items() for part in (f"{name}.yaml", text)))
    ended = leadcheck("validate", "--offline", *arguments, "--format", style, cwd=here)
    assert ended.code == code
    assert ended.err == ""


REPAIRED = """\
leadDestination: salesforce
salesforceLeadConfiguration:
  objectIdentifier: '00D5e000000HabCEAS' # with its checksum
leadcheck: {}
"""


def mended(text, sarif):
    """Apply the fixes as an editor does, the last first."""
    lines = text.split("\n")
    found = [fix for each in sarif["runs"][0]["results"] for fix in each.get("fixes", ())]
    changes = [each for fix in found for change in fix["artifactChanges"] for each in change["replacements"]]
    for change in sorted(changes, key=lambda each: each["deletedRegion"]["startLine"], reverse=True):
        region = change["deletedRegion"]
        assert region["startLine"] == region["endLine"]
        line = lines[region["startLine"] - 1]
        new = change["insertedContent"]["text"]
        lines[region["startLine"] - 1] = (
            line[: region["startColumn"] - 1] + new + line[region["endColumn"] - 1 :]
        )
    return "\n".join(lines), len(changes)


def test_a_fix_of_sarif_does_what_fix_does(folder, leadcheck):
    here = folder("lead-destination.yaml", REPAIRED)
    sarif = leadcheck("validate", "--offline", "--format", "sarif", cwd=here).json
    text, number = mended(REPAIRED, sarif)
    leadcheck("validate", "--offline", "--fix", cwd=here)
    assert number == 1
    assert text == (here / "lead-destination.yaml").read_text("utf-8") != REPAIRED


SHARED = (
    "DefaultEndpointsProtocol=https; AccountName=fabrikamleads; "
    "AccountKey=QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0NTY3ODkrLw==; "
    "EndpointSuffix=core.windows.net"
)


def test_a_repair_of_a_credential_is_no_fix_that_anybody_could_read(folder, told):
    written = (
        f'leadDestination: table\ntableLeadConfiguration:\n  storageAccountConnectionString: "{SHARED}"\n'
    )
    _, texts = told("--offline", cwd=folder("lead-destination.yaml", written))
    results = json.loads(texts["sarif"])["runs"][0]["results"]
    assert results
    assert not any("fixes" in each for each in results)
    assert [style for style in FORMATS if "QUJDREVG" in texts[style]] == []


def test_the_place_of_a_key_ends_behind_it(folder, leadcheck, azure_ad):
    here = folder("lead-destination.yaml", azure_ad + "leadDestinatoin: none\n")
    out = leadcheck("validate", "--offline", "--format", "github", cwd=here).out
    assert "line=8,col=1,endColumn=16," in out


@pytest.fixture
def summary(tmp_path, monkeypatch):
    path = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    return path


@pytest.mark.parametrize("chosen", [["--format", "github"], ["--output", "github:annotations.txt"]])
def test_the_summary_of_the_step_gets_the_markdown_behind_what_is_there(
    chosen, leadcheck, folder, typo, summary
):
    summary.write_text("before\n", "utf-8")
    here = folder("lead-destination.yaml", typo)
    assert leadcheck("validate", "--offline", *chosen, cwd=here).code == 1
    text = summary.read_text("utf-8")
    assert text.startswith("before\n")
    assert "tenant-malformed" in text


def test_other_formats_leave_the_summary_alone(leadcheck, folder, typo, summary):
    leadcheck("validate", "--offline", "--format", "markdown", cwd=folder("lead-destination.yaml", typo))
    assert not summary.exists()


def test_a_summary_that_cannot_be_written_is_said(leadcheck, folder, typo, summary):
    summary.mkdir()
    ended = leadcheck(
        "validate", "--offline", "--format", "github", cwd=folder("lead-destination.yaml", typo)
    )
    assert ended.code == 2
    assert "the summary of the step (Is a directory)" in ended.err
    assert ended.out.startswith("::error ")


def test_a_summary_is_cut_before_github_drops_it(leadcheck, folder, typo, summary):
    here = folder(*(part for n in range(1500) for part in (f"offers/{n}-{'x' * 100}.yaml", typo)))
    assert leadcheck("validate", "offers", "--offline", "--format", "github", cwd=here).code == 1
    text = summary.read_text("utf-8")
    assert 800_000 < len(text.encode()) < 1024 * 1024
    assert text.endswith("\n\nThe rest is left out: GitHub takes no more.\n")


NASTY = (
    "x\x1b[31m\r\n::error file=x::owned ##[group] ##vso[task] <script>alert(1)<;script> ]]> | `c` %0A @all"
)


def test_a_hostile_file_writes_nothing_of_its_own_into_any_format(told, conforms, folder, azure_ad):
    key = json.dumps(NASTY.replace(";", "/"))
    here = folder(f"{NASTY}.yaml", f"{azure_ad}{key}: {key}\n")
    ended, texts = told("--offline", f"{NASTY}.yaml", cwd=here)
    conforms(texts)
    assert (ended.code, ids(texts)) == (0, ["unknown-key"])
    for style, text in texts.items():
        assert {c for c in text if not c.isprintable()} <= {"\n"}
        assert "##[" not in text
        assert "##vso[" not in text
        commands = [line for line in text.splitlines() if line.lstrip().startswith("::")]
        assert len(commands) == (style == "github")
    assert "<script>" not in texts["html"] + texts["junit"]
    assert texts["github"].startswith("::warning file=")


class Tags(HTMLParser):
    """The tags of a page, and the addresses that they name."""

    def __init__(self, text):
        super().__init__()
        self.names, self.handlers, self.addresses = set(), set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.handlers |= {name for name, _ in attrs if name.startswith("on")}
        self.addresses |= {value for name, value in attrs if name in {"href", "src"}}


@pytest.mark.usefixtures("impatient")
def test_a_hostile_service_writes_nothing_of_its_own_into_any_format(told, conforms):
    """What the plug-in of this world says: escapes, commands of pipelines, HTML, Markdown, bidi."""
    ended, texts = told("examples/dynamics.yaml", "--sandbox", "--world", "plug-in-error-hostile-text")
    conforms(texts)
    assert (ended.code, ids(texts)[0]) == (1, "plug-in-error")
    for style, text in texts.items():
        assert {c for c in text if not c.isprintable()} <= {"\n"}
        assert [mark for mark in ("##[", "##vso[") if mark in text] == []
        commands = [line for line in text.splitlines() if line.lstrip().startswith("::")]
        assert bool(commands) == (style == "github")
        assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in commands)
    for page in (texts["html"], MarkdownIt("gfm-like").render(texts["markdown"])):
        tags = Tags(page)
        assert tags.names.isdisjoint({"script", "img", "iframe", "form", "object", "svg"})
        assert tags.handlers == set()
        assert all(each.startswith(("https://learn.microsoft.com/", "#")) for each in tags.addresses)
