"""Inputs made to harm, or made by mistake: each costs little, and gives one clear sentence."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace

import pytest

from validator.cli.exits import FOUND, UNPROVEN, USAGE

BAD = "\x1b[31m\r::error file=x::owned\n##vso[task.complete result=Succeeded;]\u202e\u200b\x9b31m\x07"

GUID = "8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214"


def alias_bomb():
    lines = ["a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    return "\n".join([*lines, "leadDestination: *i", ""])


def dynamics(**values):
    block = {
        "instanceUrl": "https://fabrikam.crm4.dynamics.com",
        "authentication": "azureAD",
        "directoryId": GUID,
        "applicationId": "3c9e1d77-60b8-4f2a-8a45-0b7d2e6f9c13",
        "applicationKey": "${LEAD_APPLICATION_KEY}",
    }
    return {"leadDestination": "dynamics", "dynamicsLeadConfiguration": {**block, **values}}


UNREADABLE = {
    "empty": b"",
    "blank": b" \n\t\n",
    "comment": b"# nothing\n",
    "null": b"null\n",
    "binary": bytes(range(256)) * 40,
    "image": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "utf-16": "leadDestination: none\n".encode("utf-16"),
    "latin-1": "leadDestination: caf\xe9\n".encode("latin-1"),
    "list": b"- leadDestination: none\n",
    "json-list": b"[1, 2, 3]",
    "scalar": b"just words\n",
    "number": b"12\n",
    "another-mapping": b"name: Fabrikam\nversion: 3\n",
    "large-yaml": b"leadDestination: none\n" + b"key: value\n" * 1_000_000,
    "large-json": b'{"a": "' + b"x" * (10 << 20) + b'"}',
    "nested-json": b"[" * 100_000,
    "nested-json-closed": b"[" * 100_000 + b"]" * 100_000,
    "nested-objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "nested-yaml": b"a: " + b"[" * 100_000,
    "nested-mappings": b"a: " + b"{b: " * 100_000,
    "nested-blocks": "\n".join(" " * depth + "a:" for depth in range(1200)).encode(),
    "nested-dashes": b"- " * 100_000,
    "alias-bomb": alias_bomb().encode(),
    "recursion": b"leadDestination: &a\n  - *a\n",
    "merge-bomb": b"a: &a {x: 1}\nb:\n  <<: [" + b"*a, " * 10_000 + b"]\n",
    "python-tag": b"leadDestination: !!python/object/apply:os.system [echo owned]\n",
    "duplicate-key": b"leadDestination: none\nleadDestination: email\n",
    "duplicate-in-json": b'{"leadDestination": "none", "leadDestination": "email"}',
    "duplicate-with-escapes": json.dumps({BAD: 1})[:-1].encode() + b", " + json.dumps({BAD: 2})[1:].encode(),
    "unclosed": b"leadDestination: [none\n",
    "trailing": b'{"leadDestination": "none"} trailing',
    "tab": b"leadDestination:\n\tnone\n",
    "many-documents": b"---\na: 1\n" * 50_000,
    "long-line": b"a" * 1_000_000,
    "huge-number": b'{"leadDestination": 1' + b"0" * 5000 + b"}",
    "escapes-in-broken-yaml": f"a: [\x07{BAD}".encode(),
    "surrogates": b'{"leadDestination\\ud800": "none"}',
}
"""Inputs that are no configuration: exit 2."""

JUDGED = {
    "unknown-destination": ({"leadDestination": "dynamix"}, FOUND),
    "destination-of-a-wrong-type": ({"leadDestination": ["dynamics"]}, FOUND),
    "destination-null": ({"leadDestination": None}, FOUND),
    "wrong-types-everywhere": (
        {
            "leadDestination": "dynamics",
            "dynamicsLeadConfiguration": {
                "instanceUrl": {"a": 1},
                "authentication": 3,
                "directoryId": [GUID],
                "applicationId": True,
                "applicationKey": {"x": ["y"]},
                "contactEmail": 7,
            },
            "leadcheck": {"ignore": "all", "offer": [], "dynamics": 1.5},
            "product": [1],
        },
        FOUND,
    ),
    "block-of-a-wrong-type": ({"leadDestination": "dynamics", "dynamicsLeadConfiguration": "x"}, FOUND),
    "block-missing": ({"leadDestination": "dynamics"}, FOUND),
    "unknown-keys": (dynamics(instanceUrll="x", colour="blue"), 0),
    "escapes-in-a-key": (dynamics(**{BAD: "x"}), 0),
    "escapes-in-many-keys": (dynamics(**{f"{BAD}{n}": n for n in range(500)}), 0),
    "escapes-in-a-value": (dynamics(instanceUrl=f"https://{BAD}.crm4.dynamics.com"), FOUND),
    "escapes-in-an-id": (dynamics(directoryId=BAD), FOUND),
    "escapes-in-the-destination": ({"leadDestination": BAD}, FOUND),
    "escapes-in-a-variable": (dynamics(applicationKey="${" + BAD + "}"), None),
    "escapes-in-a-secret": (dynamics(applicationKey=BAD), None),
    "escapes-in-the-product": ({"product": BAD, **dynamics()}, 1),
    "escapes-in-a-reason": (
        {**dynamics(directoryId="x"), "leadcheck": {"ignore": [{"id": "tenant-malformed", "reason": BAD}]}},
        0,
    ),
    "escapes-in-an-ignored-id": ({**dynamics(), "leadcheck": {"ignore": [{"id": BAD, "reason": "x"}]}}, 0),
    "long-values": (dynamics(instanceUrl="https://" + "a" * 500_000), FOUND),
    "long-key": (dynamics(**{"k" * 500_000: 1}), 0),
    "many-keys": (dynamics(**{f"key{n}": n for n in range(20_000)}), 0),
    "surrogate": (dynamics(directoryId="\ud800\udfff"), FOUND),
    "not-covered-with-escapes": (
        {"leadDestination": "salesforce", "salesforceLeadConfiguration": {"objectIdentifier": BAD}},
        None,
    ),
    "escapes-in-an-endpoint": (
        {"leadDestination": "httpsEndpoint", "httpsEndpointLeadConfiguration": {"httpsEndpointUrl": BAD}},
        FOUND,
    ),
    "long-endpoint": (
        {
            "leadDestination": "httpsEndpoint",
            "httpsEndpointLeadConfiguration": {"httpsEndpointUrl": "https://x.example/" + "%25" * 200_000},
        },
        None,
    ),
    "escapes-in-a-connection-string": (
        {"leadDestination": "table", "tableLeadConfiguration": {"storageAccountConnectionString": BAD}},
        FOUND,
    ),
    "long-connection-string": (
        {
            "leadDestination": "table",
            "tableLeadConfiguration": {"storageAccountConnectionString": "AccountName=x;" * 50_000},
        },
        FOUND,
    ),
}
"""Configurations that something is wrong with, and the exit code with `--offline`; None: any but a crash."""


@pytest.fixture
def bounded(command, within_a_second, untraced):
    """Run the command; fail where it costs a second of processor time, or shows what it should not."""

    def run(*arguments, **options):
        with within_a_second():
            ended = command(*arguments, **options, **untraced)
        check_harmless(ended)
        return ended

    return run


def check_harmless(ended):
    for told in (ended.out, ended.err):
        assert "Traceback" not in told
        assert {c for c in told if not c.isprintable()} <= {"\n"}
        assert not [line for line in told.splitlines() if line.lstrip().startswith(("::", "##"))]
        assert "##vso" not in told
        assert "##[" not in told


@pytest.mark.parametrize("name", UNREADABLE)
def test_no_configuration(name, bounded, folder):
    here = folder("input", UNREADABLE[name])
    ended = bounded("validate", "--offline", "input", cwd=here)
    assert ended.code == USAGE
    assert ended.err == ""
    sentence = " ".join(ended.out.split())
    assert sentence.startswith("cannot read input:")
    assert 20 < len(sentence) < 300


@pytest.mark.parametrize("name", ["empty", "nested-json", "alias-bomb", "binary", "large-yaml"])
def test_no_configuration_on_standard_input(name, bounded):
    ended = bounded("validate", "--offline", "--format", "json", "-", stdin=UNREADABLE[name])
    assert ended.code == USAGE
    [problem] = ended.json["problems"]
    assert problem["file"] == "-"
    assert problem["message"]


def test_a_folder_that_holds_nothing_to_check_is_no_success(bounded, folder):
    files = [
        part for name, data in UNREADABLE.items() if name != "large-json" for part in (f"{name}.yaml", data)
    ]
    ended = bounded("validate", "--offline", ".", cwd=folder(*files))
    assert ended.code == USAGE
    assert "cannot read" in ended.out


@pytest.mark.parametrize("name", JUDGED)
def test_a_configuration_with_something_wrong(name, bounded, folder):
    values, code = JUDGED[name]
    here = folder("input.json", json.dumps(values))
    output = ["--output", "json:report.json"]
    ended = bounded("validate", "--offline", "input.json", *output, cwd=here)
    assert ended.code == code or (code is None and ended.code in {0, FOUND, UNPROVEN})
    assert ended.err == ""
    written = (here / "report.json").read_text("utf-8")
    check_harmless(replace(ended, out=written))
    [configuration] = json.loads(written)["configurations"]
    assert configuration["findings"] or ended.code == 0


@pytest.mark.parametrize("path", ["absent.yaml", "absent/", "no*such", "nul\0byte", "x" * 5000, BAD, "~", ""])
def test_no_such_file(path, leadcheck, tmp_path):
    ended = leadcheck("validate", "--offline", path, cwd=tmp_path)
    assert ended.code == USAGE
    assert "cannot read" in ended.out
    check_harmless(ended)


def test_a_file_that_may_not_be_read(leadcheck, tmp_path):
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    ended = leadcheck("validate", "--offline", "loop.yaml", cwd=tmp_path)
    assert ended.code == USAGE
    assert "cannot read loop.yaml" in ended.out


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere, names of files are text")
@pytest.mark.parametrize("name", [BAD.encode().replace(b"/", b"") + b".yaml", b"\xff\xfe\x1b[31m.yaml"])
@pytest.mark.parametrize("content", [b"leadDestination: dynamix\n", b"leadDestination: [\n"])
def test_the_name_of_a_file(name, content, bounded, tmp_path):
    (tmp_path / os.fsdecode(name)).write_bytes(content)
    for style in ("text", "json"):
        for path in (".", os.fsdecode(name)):
            ended = bounded("validate", "--offline", "--format", style, path, cwd=tmp_path)
            assert ended.code == (USAGE if content.endswith(b"[\n") else FOUND)
    ended = bounded("validate", "--offline", "-v", ".", cwd=tmp_path)
    assert ended.code in {USAGE, FOUND}


def test_hostile_words_of_a_service(bounded, tmp_path):
    output = f"text:{tmp_path}/report.txt"
    arguments = ["--sandbox", "--world", "plug-in-error-hostile-text", "-vv", "--output", output]
    ended = bounded("validate", "examples/dynamics.yaml", *arguments)
    assert ended.code == FOUND
    check_harmless(replace(ended, out=(tmp_path / "report.txt").read_text("utf-8")))
