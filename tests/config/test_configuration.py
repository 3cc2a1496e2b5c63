from __future__ import annotations

from validator.config import REDACTED, Secret
from validator.model import Location, Stage, Trace

BLOCK = "/dynamicsLeadConfiguration"


def test_values_are_read_by_pointer(read, azure_ad, environ):
    configuration = read(azure_ad)
    assert configuration.text(f"{BLOCK}/authentication") == "azureAD"
    assert configuration.text(f"{BLOCK}/applicationKey") == environ["LEAD_APPLICATION_KEY"]
    assert configuration.text(BLOCK) == configuration.text("/no/such/thing") == ""
    assert configuration.get("/leadDestination/inside/text") is None


def test_a_finding_stands_at_the_field_of_its_entry_and_hides_secrets(read, azure_ad, environ):
    configuration = read(azure_ad)
    key = environ["LEAD_APPLICATION_KEY"]
    found = configuration.finding("client-secret-quoted", Stage.SETTINGS, observed=f"the key is {key}\x1b")
    assert found.location == Location("leads.yaml", f"{BLOCK}/applicationKey", 7, 19)
    assert found.observed == f"the key is {REDACTED}\\x1b"


def test_a_service_that_repeats_a_secret_in_disguise_is_not_quoted(read, azure_ad, environ):
    said = " ".join(environ["LEAD_APPLICATION_KEY"].upper())
    found = read(azure_ad).finding("client-secret-invalid", Stage.SIGN_IN, observed=f"you sent {said}")
    assert found.observed.startswith(REDACTED)
    assert "you sent" not in found.observed


def test_what_a_service_calls_its_trace_is_foreign_text_too(read, azure_ad, environ):
    said = Trace(environ["LEAD_APPLICATION_KEY"], "8f0d3c5e\n::error::", None)
    found = read(azure_ad).finding("client-secret-invalid", Stage.SIGN_IN, trace=said)
    assert found.trace == Trace(REDACTED, "8f0d3c5e ::error::", None)


def test_a_finding_about_no_field_stands_nowhere(read, azure_ad):
    configuration = read(azure_ad)
    assert configuration.finding("check-crashed", Stage.REACH).location is None
    assert configuration.finding("check-crashed", Stage.REACH, pointer="").location.line == 1


def test_a_changed_configuration_leaves_the_first_as_it_was(read, azure_ad):
    before = read(azure_ad)
    after = before.changed(
        {f"{BLOCK}/directoryId": "x", f"{BLOCK}/applicationKey": "y", "/leadDestination": "z"}
    )
    assert before.text(f"{BLOCK}/directoryId") != "x"
    assert after.text(f"{BLOCK}/directoryId") == "x"
    assert after.get(f"{BLOCK}/applicationKey") == Secret("y")
    assert after.text("/leadDestination") == "z"
