"""The settings of a Dynamics 365 destination, judged as a whole: one fault gives one finding."""

from dataclasses import replace
from datetime import date

import pytest

from validator import catalogue
from validator.config.configuration import Configuration
from validator.config.secrets import Secret, Secrets
from validator.destinations.dynamics.settings import judge
from validator.model import Location, Severity, Source, Stage

TENANT = "8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214"
APPLICATION = "3c9e1d77-60b8-4f2a-8a45-0b7d2e6f9c13"
SECRET = "abC8Q~hunter2.hunter2_hunter2-hunter2hunte"
BLOCK = "/dynamicsLeadConfiguration"

AZURE_AD = {
    "instanceUrl": "https://fabrikam.crm4.dynamics.com",
    "authentication": "azureAD",
    "directoryId": TENANT,
    "applicationId": APPLICATION,
    "applicationKey": Secret(SECRET),
}
OFFICE365 = {
    "instanceUrl": "https://fabrikam.crm4.dynamics.com",
    "authentication": "office365",
    "username": "leads@fabrikam.onmicrosoft.com",
    "password": Secret("correct horse"),
}


def place(pointer):
    return Location("lead-destination.yaml", pointer, 3, 16)


def configured(block, findings=(), **changes):
    block = {key: value for key, value in (block | changes).items() if value is not ...}
    held = [value.reveal() for value in block.values() if isinstance(value, Secret)]
    return Configuration(
        source=Source("lead-destination.yaml", "", 1, "customer-leads"),
        destination="dynamics",
        values={"leadDestination": "dynamics", "dynamicsLeadConfiguration": block},
        places={"": place(""), BLOCK: place(BLOCK)}
        | {f"{BLOCK}/{key}": place(f"{BLOCK}/{key}") for key in block},
        findings=tuple(findings),
        reported=frozenset(found.location.pointer for found in findings),
        secrets=Secrets(*held),
    )


@pytest.mark.parametrize(
    ("noted", "observed"),
    [
        ("2026-11-19", "1 day ago"),
        ("2026-11-20", "today"),
        ("2026-12-20", "in 30 days"),
        ("2026-12-21", None),
        ("some day", None),
    ],
)
def test_a_secret_whose_last_day_is_near(noted, observed):
    configuration = configured(AZURE_AD)
    noting = replace(configuration, values={**configuration.values, "leadcheck": {"secretExpires": noted}})
    findings = judge(noting, today=date(2026, 11, 20))
    assert [(each.id, each.severity) for each in findings] == (
        [("client-secret-expiring", Severity.WARNING)] if observed else []
    )
    assert all(observed in each.observed for each in findings)


def test_a_password_has_no_such_day():
    configuration = configured(OFFICE365)
    noting = replace(
        configuration, values={**configuration.values, "leadcheck": {"secretExpires": "2020-01-01"}}
    )
    assert [each.id for each in judge(noting)] == ["office365-deprecated"]


def found(block, **changes):
    return [(finding.id, finding.location.pointer) for finding in judge(configured(block, **changes))]


def test_an_application_in_order():
    assert found(AZURE_AD) == []


def test_an_office_365_user_in_order_is_still_warned_about():
    (finding,) = judge(configured(OFFICE365))
    assert finding.id == "office365-deprecated"
    assert finding.severity is Severity.WARNING
    assert finding.location.pointer == f"{BLOCK}/authentication"


@pytest.mark.parametrize(
    ("field", "value", "entry"),
    [
        ("instanceUrl", "", "instance-url-empty"),
        ("instanceUrl", "https://fabrikam crm4.dynamics.com", "instance-url-malformed"),
        ("instanceUrl", "fabrikam.crm4.dynamics.com", "instance-url-scheme-missing"),
        ("instanceUrl", "https://https://fabrikam.crm4.dynamics.com", "instance-url-scheme-doubled"),
        ("instanceUrl", "http://fabrikam.crm4.dynamics.com", "instance-url-not-https"),
        ("instanceUrl", "https://fabrikam.crm4.dynamics.com/main.aspx", "instance-url-page"),
        ("instanceUrl", "https://fabrikam.api.crm4.dynamics.com", "instance-url-api-form"),
        ("instanceUrl", "https://make.powerapps.com", "instance-url-portal"),
        ("instanceUrl", "https://fabrikam.operations.dynamics.com", "instance-url-other-product"),
        ("instanceUrl", "https://crmserver/Fabrikam", "instance-url-on-premises"),
        ("instanceUrl", "https://fabrikam.crm4.dynamic.com", "instance-url-misspelt"),
        ("instanceUrl", "https://fabrikam.example.com", "instance-url-foreign-host"),
        ("instanceUrl", "https://fabrikam.crm10.dynamics.com", "instance-url-region-unknown"),
        ("instanceUrl", "https://fabrikam.crm.microsoftdynamics.de", "instance-url-cloud-retired"),
        ("instanceUrl", "https://<org>.crm4.dynamics.com", "variable-not-filled-in"),
        ("directoryId", "", "tenant-empty"),
        ("directoryId", TENANT[:-2], "tenant-malformed"),
        ("directoryId", "00000000-0000-0000-0000-000000000000", "tenant-all-zero"),
        ("directoryId", "organizations", "tenant-not-specific"),
        ("directoryId", f"https://login.microsoftonline.com/{TENANT}", "tenant-is-url"),
        ("directoryId", "fabrikam.onmicrosoft.com", "tenant-is-domain"),
        ("directoryId", "12345678-8af1-4asf-1234-12234d01db47", "documentation-sample"),
        ("directoryId", " 12345678-8AF1-4ASF-1234-12234D01DB47", "documentation-sample"),
        ("directoryId", "12345678-8af1-4a5f-1234-12234d01db47", "documentation-sample"),
        ("applicationId", "", "application-id-empty"),
        ("applicationId", f"api://{APPLICATION}", "application-id-malformed"),
        ("applicationId", "00000000-0000-0000-0000-000000000000", "application-id-all-zero"),
        ("applicationId", TENANT.upper(), "ids-equal"),
        ("applicationId", "23456052-aaaa-bbbb-8662-1234df56788f", "documentation-sample"),
        ("applicationKey", Secret(APPLICATION), "client-secret-id-entered"),
        ("applicationKey", Secret(f'"{SECRET}"'), "client-secret-quoted"),
        ("applicationKey", Secret(f"{SECRET}\n"), "client-secret-spaced"),
        ("applicationKey", Secret("1234ABCDEDFRZ/G/FdY0aUABCEDcqhbLn/ST122345nBc="), "documentation-sample"),
        ("username", "leads@fabrikam.com", "stray-office365-fields"),
        ("password", Secret("correct horse"), "stray-office365-fields"),
    ],
)
def test_one_fault_of_an_application_gives_one_finding_at_its_field(field, value, entry):
    (finding,) = judge(configured(AZURE_AD, **{field: value}))
    assert finding.id == entry
    assert finding.stage is Stage.SETTINGS
    assert finding.severity is catalogue.lookup(entry).severity
    assert finding.location.pointer == f"{BLOCK}/{field}"
    assert finding.observed


@pytest.mark.parametrize(
    ("field", "value", "entry"),
    [
        ("username", "FABRIKAM\\leads", "user-name-not-upn"),
        ("username", "contoso@contoso.onmicrosoft.com", "documentation-sample"),
        ("username", Secret("leads"), "user-name-not-upn"),
        ("password", Secret("P@ssw0rd"), "documentation-sample"),
        ("directoryId", TENANT, "stray-application-fields"),
        ("directoryId", "nonsense", "stray-application-fields"),
        ("applicationKey", Secret(SECRET), "stray-application-fields"),
    ],
)
def test_one_fault_of_a_user_gives_one_finding_beside_the_warning(field, value, entry):
    expected = {(entry, f"{BLOCK}/{field}"), ("office365-deprecated", f"{BLOCK}/authentication")}
    assert set(found(OFFICE365, **{field: value})) == expected


def test_stray_fields_are_named_together():
    everything = AZURE_AD | {"authentication": "office365"} | OFFICE365
    findings = {finding.id: finding for finding in judge(configured(everything))}
    assert set(findings) == {"office365-deprecated", "stray-application-fields"}
    assert "directoryId and applicationId and applicationKey" in findings["stray-application-fields"].observed


@pytest.mark.parametrize("nothing", ["", " ", None, Secret(None), Secret("")])
def test_an_empty_field_is_no_stray(nothing):
    assert found(AZURE_AD, username=nothing) == []


@pytest.mark.parametrize("absent", [..., None, 7, ["x"], Secret(None)])
@pytest.mark.parametrize("field", ["instanceUrl", "directoryId", "applicationId", "applicationKey"])
def test_what_is_missing_or_no_text_is_left_to_the_reading(field, absent):
    assert found(AZURE_AD, **{field: absent}) == []


@pytest.mark.parametrize("kind", [..., None, "AzureAD", "oauth"])
def test_without_a_known_kind_every_field_is_judged_and_none_is_stray(kind):
    fields = AZURE_AD | OFFICE365 | {"authentication": kind, "username": "leads", "directoryId": "fabrikam"}
    assert [entry for entry, _ in found(fields)] == ["tenant-malformed", "user-name-not-upn"]


def test_what_the_reading_reported_is_not_judged_again():
    reported = catalogue.finding("variable-misplaced", Stage.SETTINGS, location=place(f"{BLOCK}/instanceUrl"))
    broken = configured(AZURE_AD, [reported], instanceUrl="${URL}", directoryId="fabrikam")
    assert [finding.id for finding in judge(broken)] == ["tenant-malformed"]


def test_a_missing_neighbour_reported_at_the_block_hides_nothing():
    reported = catalogue.finding("missing-key", Stage.SETTINGS, location=place(BLOCK))
    broken = configured(AZURE_AD, [reported], applicationKey=..., directoryId="fabrikam")
    assert [finding.id for finding in judge(broken)] == ["tenant-malformed"]


def test_a_value_that_a_world_put_in_is_judged_too():
    changed = configured(AZURE_AD).changed({f"{BLOCK}/directoryId": "common"})
    assert [finding.id for finding in judge(changed)] == ["tenant-not-specific"]


def test_every_fault_is_told_at_once():
    broken = configured(
        AZURE_AD, instanceUrl="http://fabrikam.crm4.dynamics.com", directoryId="x", applicationId="y"
    )
    assert [finding.id for finding in judge(broken)] == [
        "instance-url-not-https",
        "tenant-malformed",
        "application-id-malformed",
    ]


def test_ids_that_are_equal_and_wrong_are_only_wrong():
    zero = "00000000-0000-0000-0000-000000000000"
    assert [entry for entry, _ in found(AZURE_AD, directoryId=zero, applicationId=zero)] == [
        "tenant-all-zero",
        "application-id-all-zero",
    ]


def test_an_allowed_host_is_no_stranger():
    own = configured(AZURE_AD, instanceUrl="https://localhost:8443")
    assert [finding.id for finding in judge(own)] == ["instance-url-on-premises"]
    assert judge(own, frozenset({"localhost:8443"})) == []


@pytest.mark.parametrize(
    "field", ["instanceUrl", "directoryId", "applicationId", "applicationKey", "username"]
)
def test_a_secret_in_any_field_is_never_shown(field):
    held = configured(AZURE_AD, **{field: SECRET}, authentication="x")
    assert not any("hunter2" in str(finding) for finding in judge(held))


def test_a_block_that_is_none_is_left_to_the_reading():
    strange = configured(AZURE_AD)
    assert judge(strange.changed({"/dynamicsLeadConfiguration": "nonsense"})) == []


GUID_ONLY = "8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214"


@pytest.mark.parametrize(
    ("field", "written", "meant"),
    [
        (
            "instanceUrl",
            "https://fabrikam.crm4.dynamics.com/main.aspx?appid=1",
            "https://fabrikam.crm4.dynamics.com",
        ),
        ("instanceUrl", " https://fabrikam.crm4.dynamics.com\n", "https://fabrikam.crm4.dynamics.com"),
        ("instanceUrl", '"https://fabrikam.crm4.dynamics.com"', "https://fabrikam.crm4.dynamics.com"),
        ("instanceUrl", "http://fabrikam.crm4.dynamics.com", "https://fabrikam.crm4.dynamics.com"),
        ("instanceUrl", "fabrikam.crm4.dynamics.com/", "https://fabrikam.crm4.dynamics.com"),
        ("instanceUrl", "https://https://fabrikam.crm4.dynamics.com", "https://fabrikam.crm4.dynamics.com"),
        ("instanceUrl", "https://fabrikam.crm4.dynamics.com:8443/x", None),
        ("instanceUrl", "http://fabrikam.contoso.com/x", None),
        ("instanceUrl", "https://fabrikam.crm4.dynamlcs.com/main.aspx", None),
        ("directoryId", f"https://login.microsoftonline.com/{GUID_ONLY}/oauth2", GUID_ONLY),
        ("directoryId", f"{{{GUID_ONLY}}}", GUID_ONLY),
        ("directoryId", f" {GUID_ONLY}\n", GUID_ONLY),
        ("directoryId", f"urn:uuid:{GUID_ONLY}", GUID_ONLY),
        ("directoryId", f"Directory {GUID_ONLY} ", None),
        ("directoryId", f"https://x/{GUID_ONLY}/3c9e1d77-60b8-4f2a-8a45-0b7d2e6f9c13", None),
        ("directoryId", "https://x/00000000-0000-0000-0000-000000000000", None),
        ("applicationId", f"api://{GUID_ONLY}", GUID_ONLY),
        ("applicationId", f"'{GUID_ONLY}'", GUID_ONLY),
        ("applicationId", f"https://portal.azure.com/{GUID_ONLY}", None),
        ("applicationKey", ' "not~a~real~secret~of~any~tenant~0001"', "not~a~real~secret~of~any~tenant~0001"),
        ("applicationKey", "not~a~real~secret~of~any~tenant~0001\n", "not~a~real~secret~of~any~tenant~0001"),
        ("applicationKey", " not~a~real~secret~of~any~tenant~0001", "not~a~real~secret~of~any~tenant~0001"),
        ("applicationKey", '""', None),
    ],
)
def test_what_is_certain_is_repaired(field, written, meant):
    value = Secret(written) if field == "applicationKey" else written
    found = judge(configured(AZURE_AD, **{field: value}))
    repairs = {
        one.repair.new if one.repair else None for one in found if one.location.pointer == f"{BLOCK}/{field}"
    }
    assert repairs == {meant}
