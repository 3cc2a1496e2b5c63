from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("left", "shape"),
    [
        ("${{ vars.ORG }}", "${{…}}"),
        ("{{ org }}", "{{…}}"),
        ("<org>", "<…>"),
        ("$(ORG)", "$(…)"),
        ("%ORG%", "%…%"),
        ("${org.name}", "${…}"),
        ("${env:ORG}", "${…}"),
    ],
)
def test_what_was_left_in_a_value_is_told_once_without_its_content(read, azure_ad, left, shape):
    configuration = read(
        azure_ad.replace("https://fabrikam", f'"https://{left}').replace("s.com\n", 's.com"\n')
    )
    [found] = configuration.findings
    assert (found.id, found.location.line, found.location.column) == ("variable-not-filled-in", 3, 16)
    assert found.observed == f"the placeholder {shape} was left in the value"
    assert configuration.get("/dynamicsLeadConfiguration/instanceUrl") is None


@pytest.mark.parametrize("value", ["${TENANT}", "a-${TENANT}-b"])
def test_a_reference_outside_a_credential_is_told_once(read, azure_ad, value):
    text = azure_ad.replace("8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214", value)
    [found] = read(text, environ={"TENANT": "x", "LEAD_APPLICATION_KEY": "k"}).findings
    assert (found.id, found.location.pointer) == (
        "variable-misplaced",
        "/dynamicsLeadConfiguration/directoryId",
    )
    assert "${TENANT}" in found.observed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("leadDestination: ${WHERE}\n", [("variable-misplaced", "/leadDestination", 1, 18)]),
        ("leadDestination: none\nproduct: <id>\n", [("variable-not-filled-in", "/product", 2, 10)]),
        (
            "leadDestination: none\nleadcheck: {secretExpires: '{{ day }}'}\n",
            [("variable-not-filled-in", "/leadcheck/secretExpires", 2, 28)],
        ),
        (
            "leadDestination: email\nemailLeadConfiguration: {contactEmail: [a@b.com, $(MAIL)@b.com]}\n",
            [("variable-not-filled-in", "/emailLeadConfiguration/contactEmail/1", 2, 50)],
        ),
        (
            "leadDestination: email\nemailLeadConfiguration: {contactEmail: [Ann <a@b.com>]}\n",
            [("contact-email-malformed", "/emailLeadConfiguration/contactEmail/0", 2, 41)],
        ),
        ("leadDestination: none\nleadcheck: {offer: {title: 'The <b>best</b> {{x}}'}}\n", []),
        ("leadDestination: none\nleadcheck: {ignore: [{id: plug-in-error, reason: 'a <b> ${C}'}]}\n", []),
        (
            "leadDestination: none\ndynamicsLeadConfiguration: {instanceUrl: <left over>}\n",
            [("stray-destination-block", "/dynamicsLeadConfiguration", 2, 1)],
        ),
        ("leadDestination: none\nleadcheck: {salesforce: {metadata: 'a%20b%20c'}}\n", []),
    ],
)
def test_where_it_counts(faults, text, expected):
    assert faults(text) == expected


@pytest.mark.parametrize("piece", ["{{", "<", "%a", "$(", "${", "${{", "{{a}"])
def test_a_hostile_value_is_quick(read, piece, within_a_second):
    with within_a_second():
        read(f'leadDestination: none\nleadcheck: {{offer: {{offerId: "{piece * 200_000}"}}}}\n')
