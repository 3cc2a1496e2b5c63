"""What other programs call: `import validator`."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

import validator
from validator import api
from validator.config import Unreadable

EXAMPLE = "examples/dynamics.yaml"


@pytest.fixture(autouse=True)
def in_the_project(monkeypatch, root):
    monkeypatch.chdir(root)


def test_load_gives_configurations():
    [configuration] = validator.load(EXAMPLE, {"LEAD_APPLICATION_KEY": "a~8Q~secret"})
    assert configuration.destination == "dynamics"
    assert (
        configuration.text("/dynamicsLeadConfiguration/instanceUrl") == "https://fabrikam.crm4.dynamics.com"
    )
    assert configuration.findings == ()
    assert "a~8Q~secret" not in repr(configuration)


def test_load_says_what_cannot_be_read(tmp_path):
    (tmp_path / "a.yaml").write_text("a: 1\na: 2\n", "utf-8")
    with pytest.raises(Unreadable) as unreadable:
        validator.load(str(tmp_path / "a.yaml"))
    assert unreadable.value.problem.line == 2


def test_validate_gives_a_report(monkeypatch):
    monkeypatch.setenv("LEAD_APPLICATION_KEY", "a~8Q~secret")
    report = validator.validate([EXAMPLE], offline=True)
    [result] = report.results
    assert (report.environment, report.problems) == ("production", ())
    assert (result.verdict, result.findings) == ("settings-ok", ())


def test_validate_takes_no_option_that_there_is_not():
    with pytest.raises(TypeError):
        validator.validate([EXAMPLE], blindly=True)


def test_explain_gives_a_diagnosis():
    diagnosis = validator.explain("AADSTS700016: Application with identifier 'x' was not found")
    assert diagnosis.verdict == "matched"
    assert diagnosis.matches[0].entry.id == "application-not-found"


def test_run_rehearses_in_the_sandbox_and_tells_what_happens(played):
    told, seen = [], []
    order = api.Order(
        [EXAMPLE],
        worlds=[],
        log=told.append,
        observe=lambda source, outcomes: seen.append((source, list(outcomes))),
    )
    report = api.run(order)
    [result] = report.results
    assert (report.environment, result.verdict) == ("sandbox", "ready")
    assert result.test_lead.token in played.leads[0]["description"]
    assert any(
        line.startswith("POST https://fabrikam.crm4.dynamics.com/api/data/v9.2/leads 204") for line in told
    )
    assert {source for source, _ in seen} == {EXAMPLE}
    assert [outcome for _, group in seen for outcome in group] == list(result.checks)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"worlds": ["no-such-world"]}, "no-such-world"),
        ({"ca_bundle": "absent.pem"}, "the CA bundle cannot be read"),
        ({"product": "absent", "options": api.Options(offline=True)}, "no configuration of that product"),
        (
            {"supplied": {"colour": "x"}, "options": api.Options(offline=True)},
            "no configuration has a credential",
        ),
    ],
)
def test_run_says_what_cannot_be_done(wrong, sentence):
    with pytest.raises(api.Usage, match=sentence):
        api.run(api.Order([EXAMPLE], **wrong))


def test_a_folder_that_is_gone_is_no_crash(tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(api.Usage, match="the current folder is gone"):
        api.run(api.Order([EXAMPLE], api.Options(offline=True)))


def test_a_world_breaks_only_what_a_configuration_has(tmp_path):
    (tmp_path / "none.yaml").write_text("leadDestination: none\n", "utf-8")
    order = api.Order([EXAMPLE, str(tmp_path / "none.yaml")], worlds=["client-secret-id-entered"])
    broken, untouched = api.run(order).results
    assert [found.id for found in broken.findings] == ["client-secret-id-entered"]
    assert (untouched.verdict, untouched.findings) == ("nothing-to-check", ())


def test_an_order_hides_what_it_supplies():
    assert "a~8Q~secret" not in repr(api.Order(supplied={"applicationKey": "a~8Q~secret"}))


def test_the_package_names_its_public_api_alone():
    assert set(validator.__all__) == {"__version__", "explain", "load", "validate"}
    with pytest.raises(AttributeError, match="has no attribute 'run'"):
        validator.run  # noqa: B018 - the look-up is the test


def test_the_command_does_not_run_when_it_is_imported(capsys):
    import_module("validator.__main__")
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("arguments", [["--version"], ["explain", "AADSTS700016"]])
def test_the_package_runs_as_a_module(arguments, command):
    module = [sys.executable, "-m", "validator", *arguments]
    done = subprocess.run(module, capture_output=True, check=False)
    ended = command(*arguments)
    assert (done.returncode, done.stdout.decode()) == (ended.code, ended.out) == (0, ended.out)
