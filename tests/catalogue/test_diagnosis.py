"""From words to entries: right where they can be known, silent where they cannot."""

import json
from pathlib import Path

import pytest

from validator.catalogue import diagnose

ANSWERS = json.loads(Path(__file__).with_name("answers.json").read_text("utf-8"))
"""What the services answered, Entra to Marketo, recorded or documented, with the entry of each."""

PORTAL = json.loads(Path(__file__).with_name("portal.json").read_text("utf-8"))
"""The documented errors in every wording that Microsoft published, 2018 to 2023."""

PRIVILEGE = (
    "Principal user (Id=6f1d2c3b-4a59-4e68-9d70-8c1b2a3f4e5d, type=8, roleCount=1, privilegeCount=12, "
    "accessMode=4), is missing {privilege} privilege (Id=c2cbe3db-62c8-4661-9ac5-7691c83242f5) on OTC={otc} "
    "for entity '{entity}'. context.Caller=6f1d2c3b-4a59-4e68-9d70-8c1b2a3f4e5d"
)


def first(text, **given):
    matches = diagnose(text, **given).matches
    return matches[0].entry.id if matches else None


def listed(text, **given):
    return [match.entry.id for match in diagnose(text, **given).matches]


def spaced(text):
    return text.replace(" ", "\r\n  ")


def typographic(text):
    return text.replace("'", "\u2019").replace('"', "\u201c")


def encoded(text):
    return json.dumps({"message": json.dumps({"inner": text})})


@pytest.mark.parametrize("change", [str, str.upper, typographic, spaced, encoded])
@pytest.mark.parametrize("message", PORTAL)
def test_the_portals_messages_are_known_in_every_wording(message, change):
    found = diagnose(change(message["text"]))
    assert found.verdict == "matched"
    assert found.matches[0].entry.documented.number == message["number"]
    assert found.matches[0].confidence == "certain"


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer["case"])
def test_a_services_answer_is_known_when_it_comes(answer):
    assert first(answer["body"], status=answer["status"]) == answer["entry"]


WORDLESS = {"no_or_invalid_token", "marketo.identity_bad_secret", "marketo.identity_unknown_client"}
"""Answers that anybody's web server gives in the same words."""


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer["case"])
def test_a_services_answer_is_known_when_it_is_pasted(answer):
    assert first(answer["body"]) == (None if answer["case"] in WORDLESS else answer["entry"])
    service = "Marketo" if answer["case"].startswith("marketo.") else "Dynamics 365"
    assert first(f"{service} said: {answer['body']}") == answer["entry"]


@pytest.mark.parametrize("code", [*range(601, 605), *range(606, 613), 614, 615, 701, 702, 709, 713, 502])
@pytest.mark.parametrize(
    "written", ["Marketo {}", "marketo-{}", "Marketo API Error Code {}: …", "marketo error {}", "marketo_{}"]
)
def test_a_code_of_marketos_is_known_by_its_number(code, written):
    assert diagnose(written.format(code)).verdict == "matched"
    assert first(written.format(code)).startswith("marketo-")


@pytest.mark.parametrize(
    ("code", "entry"),
    [
        (1003, "marketo-value-refused"),
        (1006, "marketo-field-unknown"),
        (1007, "marketo-several-people-match"),
        (1013, "marketo-form-not-found"),
        (603, "marketo-access-denied"),
        (607, "marketo-quota-reached"),
    ],
)
def test_what_a_code_of_marketos_means(code, entry):
    assert first(f"Marketo {code}") == first("No", codes=[f"Marketo {code}"], status=200) == entry


@pytest.mark.parametrize(
    "text",
    [
        "603",
        "Access denied",
        "502 Bad Gateway",
        "Request timed out",
        "System error",
        "Invalid JSON",
        "Object not found",
        "email cannot be blank",
        "Access token expired",
        '{"errors": [{"code": "603", "message": "Forbidden"}]}',
        '{"error": "invalid_client", "error_description": "Bad client credentials"}',
        "Bad client credentials, says the token service of our shop",
        "Invalid value for field phone",
    ],
)
def test_marketos_words_are_not_its_own_elsewhere(text):
    assert not [entry for entry in listed(text) if entry.startswith("marketo-")]


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("AADSTS700016", "application-not-found"),
        ("aadsts700016", "application-not-found"),
        ("AADSTS 700016", "application-not-found"),
        ("700016", "application-not-found"),
        ("0x80072560", "user-not-member"),
        ("0X80072560", "user-not-member"),
        ("80072560", "user-not-member"),
        ("-2147015328", "user-not-member"),
        ("AADSTS90002", "tenant-not-found"),
    ],
)
def test_a_bare_code_is_certain(text, entry):
    found = diagnose(text)
    assert [(match.entry.id, match.confidence) for match in found.matches] == [(entry, "certain")]
    assert found.matches[0].why == f"code {found.codes[0]}"


@pytest.mark.parametrize(
    "text",
    [
        "0x80040220",
        "80040220",
        "0x8004f502",
        "AADSTS50012",
        "AADSTS70002",
        "-2147220960",
        "WorkflowTriggerIsNotEnabled",
        "ResourceNotFound",
    ],
)
def test_an_ambiguous_code_alone_is_only_possible(text):
    found = diagnose(text)
    assert found.verdict == "possible"
    assert {match.confidence for match in found.matches} == {"possible"}


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ('{"error_codes":[90002]}', "tenant-not-found"),
        ("{'error': 'invalid_grant', 'error_codes': [50126]}", "password-wrong"),
        ("https://login.microsoftonline.com/error?code=7000222", "client-secret-expired"),
        ("Dynamics said error code 80072560", "user-not-member"),
        ("LastCRMError HResult: -2147015328", "user-not-member"),
    ],
)
def test_codes_are_found_where_they_stand(text, entry):
    assert listed(text) == [entry]


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        (
            "AADSTS70001: Application with identifier 'x' was not found in the directory y",
            "application-not-found",
        ),
        ("AADSTS70001: Application 'x'(Leads) is disabled.", "application-disabled"),
        (
            "AADSTS70002: Error validating credentials. AADSTS50012: Invalid client secret is provided.",
            "client-secret-invalid",
        ),
        (
            "AADSTS70002: Error validating credentials. AADSTS50126: Invalid username or password",
            "password-wrong",
        ),
        ("AADSTS90002: Tenant identifiers may not be an empty GUID.", "tenant-all-zero"),
        ("AADSTS90002: Requested tenant identifier 'fabrikam' is not valid.", "tenant-malformed"),
        ("AADSTS90002: Tenant 'x' not found.", "tenant-not-found"),
    ],
)
def test_one_code_meant_different_faults_over_the_years(text, entry):
    assert listed(text) == [entry]


def test_a_live_answers_own_code_outranks_what_its_text_says():
    words = "AADSTS50126: Error validating credentials due to invalid username or password."
    found = diagnose(words, codes=["0x80040265"], status=400)
    assert [(match.entry.id, match.confidence) for match in found.matches] == [
        ("plug-in-error", "certain"),
        ("password-wrong", "likely"),
    ]
    assert found.codes == ("0x80040265", "AADSTS50126")


def test_an_id_in_a_live_answer_is_only_a_word():
    assert diagnose("tenant-not-found", status=400).verdict == "unrecognised"


def test_codes_handed_over_count_like_codes_in_the_text():
    assert listed("", codes=["70002", "50126"]) == ["password-wrong"]
    assert diagnose("", codes=["AuthenticationFailed"]).codes == ("AuthenticationFailed",)


@pytest.mark.parametrize(
    "inner",
    [
        answer
        for answer in ANSWERS
        if answer["case"] in {"ropc_bad_password", "token_bad_secret", "user_not_member", "no_roles"}
    ],
    ids=lambda answer: answer["case"],
)
def test_what_is_wrapped_comes_before_its_wrapper(inner):
    found = diagnose(
        "Could not save the lead to Dynamics CRM. Check the Dynamics CRM account settings. LastCRMError: "
        f"Unable to Login to Dynamics CRM, LastCRMException: {inner['body']}"
    )
    assert [match.entry.id for match in found.matches] == [inner["entry"], "dynamics-sign-in-failed"]
    assert found.matches[1].entry.documented.number == 1
    assert found.matches[0].confidence == "certain"


def test_a_wrapper_comes_before_what_is_only_possible():
    ids = listed("Unable to Login to Dynamics CRM, LastCRMException: 0x80040220")
    assert ids[:2] == ["dynamics-sign-in-failed", "create-lead-privilege-missing"]


@pytest.mark.parametrize(
    ("privilege", "otc", "entity", "entry"),
    [
        ("prvCreateLead", 4, "lead", "create-lead-privilege-missing"),
        ("prvReadLead", 4, "lead", "write-only-role"),
        ("prvDeleteLead", 4, "lead", "test-lead-not-deleted"),
        ("prvAssignLead", 4, "lead", "access-denied"),
        ("prvReadUserEntityUISettings", 2500, "userentityuisettings", "supporting-privileges-missing"),
        ("prvAppendToAsyncOperation", 4700, "asyncoperation", "supporting-privileges-missing"),
        ("prvReadAccount", 1, "account", None),
        ("prvCreateContact", 2, "contact", None),
    ],
)
@pytest.mark.parametrize("given", [{}, {"codes": ["0x80040220"], "status": 403}], ids=["pasted", "live"])
def test_a_missing_privilege_is_ours_only_where_leads_need_it(privilege, otc, entity, entry, given):
    text = PRIVILEGE.format(privilege=privilege, otc=otc, entity=entity)
    assert first(text, **given) == entry
    assert diagnose(text, **given).verdict == ("matched" if entry else "unrelated")


@pytest.mark.parametrize(
    "text",
    [
        "is missing prvReadAccount privilege for entity 'account'",
        "0x80040220 in the contact entity",
        "Error 80040220: The SendUsing configuration value is invalid (CDO.Message.1)",
        "0x80048d19: Error identified in Payload provided by the user for Entity :'accounts'",
        "Resource not found for the segment 'contacts'. 0x80060888",
        "Tenant not found in the third floor of this building",
        "The user is not a member of the organization.",
        "curl: (7) Failed to connect to localhost port 80: Connection refused",
        "SecLib::AccessCheckEx failed. ObjectTypeCode: 1, AccessRights: ReadAccess",
        "HTTP Error 401 - Unauthorized: Access is denied",
        "AuthenticationFailed: Authentication failed at management.azure.com",
        "ResourceNotFound: the virtual machine was not found (terraform)",
        "AuthorizationFailure at https://acct.blob.core.windows.net",
        "nginx: connect() failed (111: Connection refused) while connecting to upstream",
    ],
)
def test_known_words_about_something_else_are_unrelated(text):
    assert diagnose(text).verdict == "unrelated"
    assert diagnose(text).matches == ()


@pytest.mark.parametrize(
    "text",
    ["", "hello", "AADSTS999999: something new", "room 700016", "part 0x80040220-7", "12", "status 429"],
)
def test_nothing_known_is_unrecognised(text):
    assert diagnose(text).verdict == "unrecognised"


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("AADSTS50126: no", "likely"),
        ("AADSTS50126 while signing in to Dynamics 365", "certain"),
        ("az: AADSTS50126 for https://graph.microsoft.com", "possible"),
        ("it says 0x80040265", "possible"),
        ("it says AuthenticationFailed", "possible"),
        ("writing to MarketplaceLeads: AuthenticationFailed", "certain"),
        ("Partner Center says ServerBusy", "certain"),
        ("AuthenticationFailed", "likely"),
        ("triggerinputschemamismatch ", "likely"),
        (
            "acct.queue.core.windows.net: This request is not authorized to perform this operation.",
            "possible",
        ),
        ("acct.table.core.windows.net: This request is not authorized to perform this operation.", "likely"),
        ("acct.table.core.windows.net: certificate verify failed: certificate has expired", "likely"),
        ("The server is currently unable to receive requests. Please retry your request.", "likely"),
        ("azure storage: AuthenticationFailed", "possible"),
        ("azure storage: the table service says KeyBasedAuthenticationNotPermitted", "possible"),
        ("KeyBasedAuthenticationNotPermitted: Key based authentication is not permitted on it.", "possible"),
        ("Key based authentication is not permitted on this storage account.", "likely"),
        ("our lead flow: WorkflowNotFound: The workflow 'x' could not be found.", "likely"),
        ("Dataverse says 0x80040265", "certain"),
        ("0x80072560: The user is not a member of the organization.", "likely"),
        ("Dynamics: The user is not a member of the organization.", "likely"),
        (
            "AADSTS500011: The resource principal named api://x was not found in the tenant named Y.",
            "possible",
        ),
    ],
)
def test_confidence_follows_from_the_context(text, confidence):
    assert diagnose(text).matches[0].confidence == confidence


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        (
            "Could not save the lead to Dynamics CRM using AAD. Exception:: AADSTS999999: new",
            "sign-in-refused",
        ),
        ("Could not save the lead to Dynamics CRM. LastCRMError: something new", "instance-refused"),
    ],
)
def test_an_unknown_reason_is_named_as_such(text, entry):
    found = diagnose(text)
    assert (found.verdict, [match.entry.id for match in found.matches]) == ("possible", [entry])


@pytest.mark.parametrize(("status", "entry"), [(429, "service-throttled"), (503, "service-unavailable")])
def test_the_status_is_the_last_thing_to_go_by(status, entry):
    match = diagnose("<html>try later</html>", status=status).matches[0]
    assert (match.entry.id, match.confidence, match.why) == (entry, "likely", f"HTTP status {status}")
    assert listed('{"error":{"code":"0x80040333"}}', status=status) == ["duplicate-detected"]
    assert diagnose("unknown words", status=403).verdict == "unrecognised"


def test_the_facts_are_read_from_the_text():
    answer = next(answer for answer in ANSWERS if answer["case"] == "token_app_not_found")
    found = diagnose(answer["body"])
    assert found.codes == ("AADSTS700016",)
    assert found.identifiers == ("8060e3ec-cbe3-4174-94cf-80065f998444",)
    assert found.timestamp == "2026-05-24 13:34:39Z"
    assert found.correlation_id == "a8c89392-6a00-4bb6-ba69-21ec99450aac"
    assert found.trace_id == "188cb9ad-d9b2-4524-8782-25869db52800"


def test_identifiers_are_ids_hosts_and_domains_but_not_dataverses_own():
    found = diagnose(
        "leads@fabrikam.onmicrosoft.com may not use 00000007-0000-0000-c000-000000000000 at "
        "https://Fabrikam.crm4.dynamics.com/api for 3C9E1D77-60B8-4F2A-8A45-0B7D2E6F9C13"
    )
    assert found.identifiers == (
        *("fabrikam.onmicrosoft.com", "fabrikam.crm4.dynamics.com", "3c9e1d77-60b8-4f2a-8a45-0b7d2e6f9c13"),
    )


def test_a_long_log_is_read_at_both_ends():
    noise = "INFO nothing to see here\n" * 100_000
    assert first(f"AADSTS7000222 {noise}") == "client-secret-expired"
    assert first(f"{noise} AADSTS7000222") == "client-secret-expired"
    assert first(f"{noise} AADSTS7000222 {noise}") is None


@pytest.mark.parametrize(
    "seed",
    [
        *(
            "a",
            "a-",
            "'",
            "error_codes [",
            "application '",
            "entity '",
            "user account does not exist in the ",
        ),
        *(
            "tenant not found ",
            "requested tenant identifier ",
            "0123abcd-",
            "connect to ",
            "1",
            "correlation id ",
        ),
        *("unable to sign in to dynamics crm ", "error validating credentials", "\u2019", "&quot;", "\\n"),
    ],
)
def test_hostile_text_takes_no_longer_than_any_other(seed, within_a_second):
    text = (seed * (400_000 // len(seed))) + " invalid username or password was not found in the directory"
    with within_a_second():
        diagnose(text)
