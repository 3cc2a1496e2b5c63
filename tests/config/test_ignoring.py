from __future__ import annotations

from validator.config import REDACTED, Ignored
from validator.model import Location, Severity


def test_what_the_file_ignores_is_told_with_its_reason_and_place(read):
    text = "leadDestination: none\nleadcheck:\n  ignore:\n"
    text += "    - id: secret-empty\n      reason: known\n    - {id: tls-failed}\n"
    configuration = read(text)
    assert configuration.findings == ()
    assert configuration.ignored == (
        Ignored("secret-empty", "known", Location("leads.yaml", "/leadcheck/ignore/0", 4, 7)),
        Ignored("tls-failed", None, Location("leads.yaml", "/leadcheck/ignore/1", 6, 7)),
    )


def test_an_id_that_no_finding_has_is_a_warning(read):
    [found] = read("leadDestination: none\nleadcheck: {ignore: [{id: secrets-empty}]}\n").findings
    assert (found.id, found.severity) == ("value-not-allowed", Severity.WARNING)
    assert "did you mean “secret-empty”?" in found.observed
    [found] = read("leadDestination: none\nleadcheck: {ignore: [{id: zzzzzzzzzz}]}\n").findings
    assert found.observed == "no finding is called “zzzzzzzzzz”"
    [found] = read("leadDestination: none\nleadcheck: {ignore: [{id: zzzz~S3cr3t}]}\n").findings
    assert found.observed == "no finding is called so"


def test_a_reason_shows_no_secret(read, azure_ad, environ):
    reason = f"the key is {environ['LEAD_APPLICATION_KEY']}"
    text = azure_ad + f"leadcheck: {{ignore: [{{id: tls-failed, reason: {reason}}}]}}\n"
    assert read(text).ignored[0].reason == f"the key is {REDACTED}"


def test_rows_that_are_not_in_order_ignore_nothing(read, faults):
    text = "leadDestination: none\nleadcheck: {ignore: [tls-failed, {reason: x}, {id: 5}]}\n"
    assert [identifier for identifier, *_ in faults(text)] == ["wrong-type", "missing-key", "wrong-type"]
    assert read(text).ignored == ()
    assert read("leadDestination: none\nleadcheck: {ignore: tls-failed}\n").ignored == ()
    assert (
        read("leadDestination: none\nleadcheck: {ignore: [{id: tls-failed, reason: 5}]}\n").ignored[0].reason
        is None
    )
