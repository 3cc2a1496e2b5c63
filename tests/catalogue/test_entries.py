"""What the rows promise."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from validator import catalogue
from validator.model import Location, Severity, Stage

ROOT = Path(__file__).parents[2]
ENTRIES = list(catalogue.entries().values())
EXAMPLES = [
    pytest.param(entry, example, id=f"{entry.id}-{number}")
    for entry in ENTRIES
    for number, example in enumerate(entry.examples, 1)
]


@pytest.mark.parametrize(("entry", "example"), EXAMPLES)
def test_an_example_is_diagnosed_as_its_own_entry_first(entry, example):
    found = catalogue.diagnose(example.text, status=example.status)
    assert found.matches[0].entry is entry
    assert found.verdict == ("possible" if entry.generic else "matched") or found.codes


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_an_entry_is_found_by_its_id(entry):
    assert catalogue.lookup(entry.id) is entry
    found = catalogue.diagnose(f"  {entry.id}\n")
    assert [(match.entry, match.confidence) for match in found.matches] == [(entry, "certain")]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_an_entry_can_be_read_and_acted_on(entry):
    assert entry.fix
    assert len(entry.title) <= 90
    assert len(entry.cause) <= 230
    assert all(step.url is None or step.url.startswith("https://learn.microsoft.com/") for step in entry.fix)


@pytest.mark.parametrize("entry", [entry for entry in ENTRIES if entry.sample], ids=lambda entry: entry.id)
def test_a_sample_changes_an_example_that_exists(entry):
    assert (ROOT / "examples" / entry.sample.example).is_file()
    assert all(pointer.startswith("/") for pointer in entry.sample.change)


def test_an_unknown_id_is_a_key_error():
    with pytest.raises(KeyError):
        catalogue.lookup("no-such-entry")


def test_the_catalogue_knows_its_size():
    assert len(catalogue.entries()) == len(ENTRIES) > 100


def test_the_package_has_no_other_names():
    with pytest.raises(AttributeError, match="diagnoze"):
        _ = catalogue.diagnoze


@pytest.mark.parametrize("number", range(1, 9))
def test_each_documented_error_has_entries(number):
    assert [entry for entry in ENTRIES if entry.documented and entry.documented.number == number]


@pytest.mark.parametrize(
    ("entry", "number"),
    [
        *((entry, 1) for entry in ("password-wrong", "user-unknown", "mfa-required", "user-not-member")),
        *(("leadsourcecode-denied", 2), ("lead-writer-role-missing", 2), ("tenant-not-found", 3)),
        *(("no-security-role", 4), ("application-not-found", 5), ("tenant-malformed", 6)),
        *(("client-secret-invalid", 7), ("client-secret-expired", 7), ("client-secret-id-entered", 7)),
        *(("instance-host-not-found", 8), ("instance-no-answer", 8), ("user-disabled", None)),
    ],
)
def test_entries_tell_which_documented_error_they_are(entry, number):
    documented = catalogue.lookup(entry).documented
    assert (documented and documented.number) == number


@pytest.mark.parametrize(
    ("entry", "place", "anchor"),
    [
        ("tenant-not-found", "(Azure Active Directory, step 2)", "azure-active-directory"),
        ("application-not-found", "(Azure Active Directory, step 8)", "azure-active-directory"),
        ("client-secret-invalid", "(Azure Active Directory, steps 9-10)", "azure-active-directory"),
        ("no-security-role", "(Security settings, steps 5-6)", "security-settings"),
        ("leadsourcecode-denied", "(Security settings, steps 5-6)", "security-settings"),
        ("password-wrong", "(Office 365, step 3)", "office-365"),
    ],
)
def test_a_fix_leads_to_the_documented_step(entry, place, anchor):
    steps = [step for step in catalogue.lookup(entry).fix if place in step.text]
    assert {step.url.partition("#")[2] for step in steps} == {anchor}


def test_one_fault_is_reported_once():
    subsumed = catalogue.lookup("no-security-role").subsumes
    assert {"lead-writer-role-missing", "create-lead-privilege-missing", "leadsourcecode-denied"} <= {
        *subsumed
    }
    assert "column-security-on-leadsourcecode" in catalogue.lookup("leadsourcecode-denied").subsumes


def test_a_finding_carries_what_the_entry_knows():
    at = Location("lead-destination.yaml", "/dynamicsLeadConfiguration/directoryId", 5, 3)
    found = catalogue.finding("tenant-not-found", Stage.SIGN_IN, observed="AADSTS90002", location=at)
    entry = catalogue.lookup("tenant-not-found")
    assert (found.id, found.severity, found.stage) == ("tenant-not-found", Severity.ERROR, Stage.SIGN_IN)
    assert (found.title, found.cause, found.fix) == (entry.title, entry.cause, entry.fix)
    assert (found.documented.number, found.observed, found.location) == (3, "AADSTS90002", at)
    assert not found.inconclusive


def test_a_finding_may_be_milder_than_its_entry():
    found = catalogue.finding("variable-unset", Stage.SETTINGS, severity=Severity.NOTE)
    assert found.severity is Severity.NOTE


def test_what_nobody_could_know_is_a_note():
    found = catalogue.finding("service-throttled", Stage.SIGN_IN)
    assert (found.severity, found.inconclusive) == (Severity.NOTE, True)


def test_looking_up_an_entry_loads_nothing_heavy():
    script = "import json, sys, validator.catalogue as c; c.lookup('tenant-not-found')"
    script += "; print(json.dumps([*sys.modules]))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not {"yaml", "jsonschema", "requests", "validator.catalogue.diagnosis"} & {
        *json.loads(done.stdout)
    }
