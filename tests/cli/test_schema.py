from __future__ import annotations

import json
import re

import jsonschema
import pytest
import yaml

FILES = {
    "configuration": "lead-destination.schema.json",
    "report": "report.schema.json",
    "catalogue": "catalogue.schema.json",
}


@pytest.mark.parametrize("name", FILES)
def test_a_schema_is_printed_as_it_is(name, leadcheck, root):
    ended = leadcheck("schema", name)
    assert ended.code == 0
    assert ended.out == (root / "schemas" / FILES[name]).read_text("utf-8")
    jsonschema.Draft202012Validator.check_schema(ended.json)


def test_the_default_is_the_configuration(leadcheck):
    assert leadcheck("schema").out == leadcheck("schema", "configuration").out


@pytest.mark.parametrize("example", ["dynamics.yaml", "dynamics-office365.yaml"])
def test_an_editor_accepts_the_examples(example, leadcheck, root):
    values = yaml.safe_load((root / "examples" / example).read_text("utf-8"))
    jsonschema.validate(values, leadcheck("schema").json)


def test_what_the_readme_says_of_editors_is_so(leadcheck, root, folder):
    readme = (root / "README.md").read_text("utf-8")
    blocks = re.findall(r"^```yaml\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    [shown] = [block for block in blocks if "yaml-language-server" in block]
    [name] = re.findall(r"^# yaml-language-server: \$schema=(\S+)$", shown, re.MULTILINE)
    assert f"`leadcheck schema > {name}`" in readme
    here = folder("lead-destination.yaml", shown, name, leadcheck("schema").out)
    schema = json.loads((here / name).read_text("utf-8"))
    jsonschema.validate(yaml.safe_load(shown), schema)
    with pytest.raises(jsonschema.ValidationError, match="azureAD"):
        jsonschema.validate(yaml.safe_load(shown.replace("azureAD", "azure")), schema)
    assert leadcheck("validate", "--offline", cwd=here).code == 0


def test_a_report_keeps_to_the_printed_schema(leadcheck, folder, typo):
    here = folder("a.yaml", typo, "b.yaml", "a: [", "c.yaml", "leadDestination: none\n")
    report = leadcheck("validate", "--offline", "--format", "json", "a.yaml", "b.yaml", "c.yaml", cwd=here)
    assert report.code == 2
    jsonschema.validate(report.json, leadcheck("schema", "report").json)


def test_a_schema_that_there_is_not(leadcheck):
    assert leadcheck("schema", "leads").code == 2
