"""Credentials come from the file, a variable or the command line, and are shown to nobody."""

from __future__ import annotations

import traceback

import pytest

from validator.config import REDACTED, Secret, Secrets, Unreadable, load, unmatched
from validator.model import Severity

BLOCK = "/dynamicsLeadConfiguration"
KEY = f"{BLOCK}/applicationKey"


def test_a_reference_is_replaced_by_the_variable(read, azure_ad, environ):
    configuration = read(azure_ad)
    assert configuration.get(KEY) == Secret(environ["LEAD_APPLICATION_KEY"])
    assert configuration.text(KEY) == environ["LEAD_APPLICATION_KEY"]
    assert configuration.secrets.hide(f"x {environ['LEAD_APPLICATION_KEY']} y") == f"x {REDACTED} y"


@pytest.mark.parametrize(
    ("environ", "words"), [({}, "is not set"), ({"LEAD_APPLICATION_KEY": ""}, "is empty, as GitHub")]
)
@pytest.mark.parametrize("offline", [True, False])
def test_a_variable_that_is_not_set(read, azure_ad, environ, words, offline):
    configuration = read(azure_ad, environ=environ, offline=offline)
    [found] = configuration.findings
    assert (found.id, found.severity) == ("variable-unset", Severity.NOTE if offline else Severity.ERROR)
    assert (found.location.line, found.location.column) == (7, 19)
    assert f"LEAD_APPLICATION_KEY {words}" in found.observed
    assert not configuration.get(KEY).known


@pytest.mark.parametrize(("offline", "severity"), [(True, Severity.NOTE), (False, Severity.ERROR)])
def test_a_variable_that_was_copied_from_an_export(read, azure_ad, offline, severity):
    configuration = read(azure_ad, environ={"LEAD_APPLICATION_KEY": "*********"}, offline=offline)
    [found] = configuration.findings
    assert (found.id, found.severity) == ("secret-masked", severity)
    assert "LEAD_APPLICATION_KEY holds nothing but asterisks" in found.observed
    assert not configuration.get(KEY).known


@pytest.mark.parametrize(
    ("written", "identifier"),
    [
        ("'*********'", "secret-masked"),
        ("'*'", "secret-masked"),
        ("''", "secret-empty"),
        ("'  '", "secret-empty"),
        ("", "secret-empty"),
        ("<your secret>", "variable-not-filled-in"),
        ("${{ secrets.KEY }}", "variable-not-filled-in"),
        ("'{{ key }}'", "variable-not-filled-in"),
        ("$(KEY)", "variable-not-filled-in"),
        ("'%KEY%'", "variable-not-filled-in"),
        ("${var.key}", "variable-not-filled-in"),
        ("before-${KEY}", "variable-misplaced"),
        ("1234567890", "wrong-type"),
        ("x" * 2049, "value-not-allowed"),
    ],
)
def test_a_secret_that_is_none(read, azure_ad, written, identifier):
    configuration = read(azure_ad.replace("${LEAD_APPLICATION_KEY}", written))
    [found] = configuration.findings
    assert (found.id, found.location.pointer) == (identifier, KEY)
    if identifier != "value-not-allowed":
        assert not configuration.text(KEY)


@pytest.mark.parametrize(("offline", "severity"), [(True, Severity.NOTE), (False, Severity.ERROR)])
def test_a_masked_secret_of_an_export_fails_only_where_it_is_needed(read, azure_ad, offline, severity):
    text = azure_ad.replace("${LEAD_APPLICATION_KEY}", "'*********'")
    [found] = read(text, offline=offline).findings
    assert (found.id, found.severity) == ("secret-masked", severity)


@pytest.mark.parametrize("value", ["a<b>c", "x$(y", "100%_sure%_", "{{", "pa*s**w", " spaced "])
def test_a_password_may_hold_any_character(read, office365, value):
    configuration = read(office365.replace("${LEAD_PASSWORD}", f"'{value}'"))
    assert configuration.findings == ()
    assert configuration.get(f"{BLOCK}/password") == Secret(value)


def test_a_variable_that_is_not_utf_8_is_not_taken(read, azure_ad):
    [found] = read(azure_ad, environ={"LEAD_APPLICATION_KEY": "\udcff\udcfe"}).findings
    assert (found.id, found.severity) == ("variable-unset", Severity.ERROR)
    assert "is not UTF-8" in found.observed


def test_the_true_value_is_measured_not_the_reference(read, azure_ad):
    [found] = read(azure_ad, environ={"LEAD_APPLICATION_KEY": "x" * 2049}).findings
    assert "more than 2048 characters" in found.observed


def test_a_user_name_is_a_secret_only_when_it_came_from_a_variable(read, office365):
    pointer = f"{BLOCK}/username"
    assert read(office365).get(pointer) == "leads@fabrikam.onmicrosoft.com"
    text = office365.replace("leads@fabrikam.onmicrosoft.com", "${LEAD_USER}")
    assert read(text, environ={"LEAD_USER": "u@x.com", "LEAD_PASSWORD": "p"}).get(pointer) == Secret(
        "u@x.com"
    )


def test_the_address_of_an_endpoint_may_be_a_reference(read):
    text = "leadDestination: httpsEndpoint\nhttpsEndpointLeadConfiguration: {httpsEndpointUrl: '${URL}'}\n"
    configuration = read(text, environ={"URL": "https://x?code=abc"})
    assert configuration.get("/httpsEndpointLeadConfiguration/httpsEndpointUrl") == Secret(
        "https://x?code=abc"
    )


def test_leftovers_are_hidden_but_not_reported(read, azure_ad):
    text = azure_ad + "  password: ${NOT_SET}\nmarketoLeadConfiguration: {clientSecret: '***'}\n"
    configuration = read(text)
    assert [found.id for found in configuration.findings] == ["stray-destination-block"]
    assert configuration.get(f"{BLOCK}/password") == Secret(None)


class TestSupplied:
    def supply(self, read, text, **fields):
        return read(text, supplied={field.replace("__", "/"): value for field, value in fields.items()})

    @pytest.mark.parametrize("field", ["applicationKey", KEY])
    @pytest.mark.parametrize(
        "written", ["  applicationKey: '*****'\n", "  applicationKey:\n", "  applicationKey: 12\n", ""]
    )
    def test_it_overrides_what_the_file_masks_or_leaves_out(self, read, azure_ad, field, written):
        text = azure_ad.replace("  applicationKey: ${LEAD_APPLICATION_KEY}\n", written)
        configuration = read(text, supplied={field: "from the command line"})
        assert configuration.findings == ()
        assert configuration.get(KEY) == Secret("from the command line")
        assert unmatched({field: ""}, [configuration]) == ()

    def test_it_enters_no_configuration_that_does_not_use_it(self, read, azure_ad):
        configuration = read(azure_ad, supplied={"password": "p"})
        assert configuration.get(f"{BLOCK}/password") is None
        assert unmatched({"password": "p", "nonsense": "x"}, [configuration]) == ("password", "nonsense")

    def test_each_of_several_configurations_takes_its_own(self, read, azure_ad, office365):
        supplied = {"password": "p", "applicationKey": "k"}
        both = [read(text, supplied=supplied) for text in (azure_ad, office365)]
        assert unmatched(supplied, both) == ()


PLANTED = "pl4nted-s3cret"


@pytest.mark.parametrize(
    "text",
    [
        "leadDestination: dynamics\ndynamicsLeadConfiguration: {applicationSecret: PLANTED}\n",
        "leadDestination: dynamics\ndynamicsLeadConfiguration: {applicationKey: [PLANTED]}\n",
        "leadDestination: dynamics\ndynamicsLeadConfiguration: {password: PLANTED, authentication: 5}\n",
        "leadDestination: dynamics\ndynamicsLeadConfiguration: {authKey: {clientSecret: PLANTED}}\n",
        "leadDestination: nonsense\nstorageAccountConnectionString: PLANTED\nclient_secret: PLANTED\n",
        "leadDestination: none\ndynamicsLeadConfiguration: {password: PLANTED}\n",
        "leadDestination: none\nleadcheck: {salesforce: {api: {clientSecret: PLANTED}}}\n",
    ],
)
def test_no_finding_and_no_representation_repeats_a_secret(read, text):
    configuration = read(text.replace("PLANTED", PLANTED))
    assert PLANTED not in repr(configuration)
    assert configuration.secrets.hide(PLANTED) == REDACTED


def test_numbers_are_hidden_too(read):
    configuration = read(
        "leadDestination: none\nmarketoLeadConfiguration: {clientSecret: 8675309867, formId: 5}\n"
    )
    assert "8675309867" not in repr(configuration)
    assert configuration.secrets.hide("8675309867") == REDACTED


@pytest.mark.parametrize(
    "text",
    [
        f'{{"leadDestination": "dynamics", "applicationKey": "{PLANTED}',
        f"leadDestination: dynamics\napplicationKey: !{PLANTED}\n",
        f"leadDestination: dynamics\napplicationKey: *{PLANTED}\n",
        f"leadDestination: dynamics\napplicationKey: '{PLANTED}\n",
        f"leadDestination: dynamics\napplicationKey: {PLANTED}: {PLANTED}\n",
        f"name: nothing\napplicationKey: {PLANTED}\n",
    ],
)
def test_no_refusal_and_no_traceback_repeats_a_secret(text, environ):
    with pytest.raises(Unreadable) as caught:
        load("leads.yaml", text, environ=environ, supplied={"x": PLANTED})
    assert PLANTED not in "".join(traceback.format_exception(caught.value)) + repr(caught.value.problem)


def test_a_run_shares_one_set_of_secrets(azure_ad, environ):
    secrets = Secrets()
    load("leads.yaml", azure_ad, environ=environ, secrets=secrets)
    assert secrets.hide(environ["LEAD_APPLICATION_KEY"]) == REDACTED
