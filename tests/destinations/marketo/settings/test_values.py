"""The values as publishers paste them: one slip, one remark, and what was meant where that is certain."""

import pytest

from validator import catalogue
from validator.destinations.marketo.settings.values import remarks
from validator.model import Severity

MUNCHKIN, FORM, SERVER = "427-FKM-190", "1013", "sj12"
CLIENT, SECRET = "4b1d7a52-0c3e-4f86-9a77-2e5d8c6f1b30", "hunter2hunter2HUNTER2hunter2hunt"
SOUND = {"munchkinId": MUNCHKIN, "formId": FORM, "clientId": CLIENT, "clientSecret": SECRET}
OLD = {"serverId": SERVER, "munchkinId": MUNCHKIN, "formId": FORM}

DOCUMENTED = (
    '<form id="mktoForm_1179"></form> <script>MktoForms2.loadForm('
    '"("//app-ys12.marketo.com", "123-PQR-789", 1179);</script>'
)
"""The embed code of Microsoft's instructions, with its slip."""

MARKETO = """\
<script src="//app-sj12.marketo.com/js/forms2/js/forms2.min.js"></script>
<form id="mktoForm_1013"></form>
<script>MktoForms2.loadForm("//app-sj12.marketo.com", "427-FKM-190", 1013);</script>
"""
"""The embed code as Marketo gives it."""

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

MUNCHKINS = {
    "empty": ("", "munchkin-id-malformed", ERROR, None, "is empty"),
    "lower case": ("427-fkm-190", "munchkin-id-spelling", WARNING, MUNCHKIN, "lower case"),
    "mixed case": ("427-Fkm-190", "munchkin-id-spelling", WARNING, MUNCHKIN, "lower case"),
    "en dashes": ("427\u2013FKM\u2013190", "munchkin-id-spelling", ERROR, MUNCHKIN, "than a hyphen"),
    "em dashes": ("427\u2014FKM\u2014190", "munchkin-id-spelling", ERROR, MUNCHKIN, "than a hyphen"),
    "minus signs": ("427\u2212FKM\u2212190", "munchkin-id-spelling", ERROR, MUNCHKIN, "than a hyphen"),
    "hyphens of print": ("427\u2010FKM\u2011190", "munchkin-id-spelling", ERROR, MUNCHKIN, "than a hyphen"),
    "dashes, lower case": ("427\u2013fkm\u2013190", "munchkin-id-spelling", ERROR, MUNCHKIN, "than a hyphen"),
    "one dash": ("427-FKM\u2013190", "munchkin-id-spelling", ERROR, MUNCHKIN, "than a hyphen"),
    "blanks round hyphens": ("427 - FKM - 190", "munchkin-id-spelling", ERROR, MUNCHKIN, "than a hyphen"),
    "no dashes": ("427FKM190", "munchkin-id-spelling", ERROR, MUNCHKIN, "missing"),
    "no dashes, lower case": ("427fkm190", "munchkin-id-spelling", ERROR, MUNCHKIN, "missing"),
    "the REST host": (
        "https://427-FKM-190.mktorest.com",
        "munchkin-id-malformed",
        ERROR,
        MUNCHKIN,
        "account's host",
    ),
    "the REST endpoint": (
        "https://427-fkm-190.mktorest.com/rest",
        "munchkin-id-malformed",
        ERROR,
        MUNCHKIN,
        "account's host",
    ),
    "the pages' host": (
        "427-FKM-190.mktoweb.com",
        "munchkin-id-malformed",
        ERROR,
        MUNCHKIN,
        "account's host",
    ),
    "a digit missing": ("42-FKM-190", "munchkin-id-malformed", ERROR, None, "10"),
    "a digit for a letter": ("427-FK1-190", "munchkin-id-malformed", ERROR, None, "digits, letters, digits"),
    "a letter for a digit": ("4O7-FKM-190", "munchkin-id-malformed", ERROR, None, "digits, letters, digits"),
    "letters that look alike": (
        "427-F\u041aM-190",
        "munchkin-id-malformed",
        ERROR,
        None,
        "digits, letters, digits",
    ),
    "a letter that folds": ("427-F\u212aM-190", "munchkin-id-malformed", ERROR, None, "digits, letters"),
    "other digits": ("42\u0667-FKM-190", "munchkin-id-malformed", ERROR, None, "digits, letters, digits"),
    "a name": ("fabrikam", "munchkin-id-malformed", ERROR, None, "three groups"),
    "Marketo's site": ("https://www.marketo.com/", "munchkin-id-malformed", ERROR, None, "names no account"),
    "a landing page": ("https://pages.fabrikam.com/offer", "landing-page", ERROR, None, "outside Marketo"),
    "a landing page's host": ("//pages.fabrikam.com", "landing-page", ERROR, None, "outside Marketo"),
    "another's REST host": ("427-FKM-190.example.com", "landing-page", ERROR, None, "outside Marketo"),
    "the form's number": (FORM, "fields-swapped", ERROR, None, "has the form of formId"),
    "the form's element": ("mktoForm_1013", "fields-swapped", ERROR, None, "has the form of formId"),
    "the server": ("https://app-sj12.marketo.com", "fields-swapped", ERROR, None, "form of serverId"),
    "the client ID": (CLIENT, "fields-swapped", ERROR, None, "has the form of clientId"),
    "the embed code": (MARKETO, "embed-code", ERROR, MUNCHKIN, "holds munchkinId"),
    "far too much": ("427-FKM-190" * 1000, "munchkin-id-malformed", ERROR, None, "far longer"),
}

FORMS = {
    "empty": ("", "form-id-malformed", ERROR, None, "is empty"),
    "the element": ("mktoForm_1013", "form-id-pasted", ERROR, FORM, "before the number"),
    "the documents' element": ("mktoForm_1179", "form-id-pasted", ERROR, "1179", "before the number"),
    "the selector": ("#mktoForm_1013", "form-id-pasted", ERROR, FORM, "before the number"),
    "in lower case": ("mktoform_1013", "form-id-pasted", ERROR, FORM, "before the number"),
    "a label": ("Form ID: 1013", "form-id-pasted", ERROR, FORM, "before the number"),
    "a number sign": ("#1013", "form-id-pasted", ERROR, FORM, "before the number"),
    "zero": ("0", "form-id-malformed", ERROR, None, "is zero"),
    "zeros": ("00000000", "form-id-malformed", ERROR, None, "is zero"),
    "zeros before": ("0001013", "form-id-malformed", WARNING, None, "zeros stand before"),
    "nine digits": ("123456789", "form-id-malformed", ERROR, None, "9 digits"),
    "a decimal": ("11.5", "form-id-malformed", ERROR, None, "of length 4"),
    "a negative": ("-5", "form-id-malformed", ERROR, None, "something else than digits"),
    "other digits": ("\u0661\u0660\u0661\u0663", "form-id-malformed", ERROR, None, "else than digits"),
    "the form's name": ("MarketplaceLeadBackend", "form-id-malformed", ERROR, None, "else than digits"),
    "an address": ("https://pages.fabrikam.com/1013", "form-id-malformed", ERROR, None, "an address"),
    "the Munchkin ID": (MUNCHKIN, "fields-swapped", ERROR, None, "form of munchkinId"),
    "the REST host": ("427-fkm-190.mktorest.com", "fields-swapped", ERROR, None, "form of munchkinId"),
    "the embed code": (MARKETO, "embed-code", ERROR, FORM, "holds formId"),
    "the form alone": ('<form id="mktoForm_1013"></form>', "embed-code", ERROR, FORM, "holds formId"),
    "two forms": (MARKETO + MARKETO.replace("1013", "1014"), "embed-code", ERROR, None, "not name formId"),
    "far too much": ("1" * 5000, "form-id-malformed", ERROR, None, "far longer"),
}

SERVERS = {
    "the address": ("https://app-sj12.marketo.com", "server-id-pasted", WARNING, SERVER, "server's address"),
    "the address of the code": (
        "//app-sj12.marketo.com",
        "server-id-pasted",
        WARNING,
        SERVER,
        "server's address",
    ),
    "a page of it": (
        "https://app-sj12.marketo.com/index.php/form",
        "server-id-pasted",
        WARNING,
        SERVER,
        "server's address",
    ),
    "the host in capitals": ("APP-SJ12.MARKETO.COM", "server-id-pasted", WARNING, SERVER, "server's address"),
    "APP- before": ("APP-SJ12", "server-id-pasted", NOTE, SERVER, "app-"),
    "app- before": ("app-sj12", "server-id-pasted", NOTE, SERVER, "app-"),
    "blanks inside": ("sj 12", "server-id-pasted", WARNING, None, "no server's ID"),
    "far too much": ("sj" * 5000, "server-id-pasted", WARNING, None, "far longer"),
    "Marketo's domain": ("marketo.com", "landing-page", ERROR, None, "names no server"),
    "Marketo's site": ("https://www.marketo.com", "landing-page", ERROR, None, "names no server"),
    "a landing page": ("https://pages.fabrikam.com/offer", "landing-page", ERROR, None, "names no server"),
    "not quite Marketo": ("app-sj12.notmarketo.com", "landing-page", ERROR, None, "names no server"),
    "Marketo in a path": ("pages.fabrikam.com/.marketo.com", "landing-page", ERROR, None, "names no server"),
    "the REST host": ("https://427-FKM-190.mktorest.com", "fields-swapped", ERROR, None, "munchkinId"),
    "the pages' host": ("//427-FKM-190.mktoweb.com", "fields-swapped", ERROR, None, "munchkinId"),
    "the Munchkin ID": (MUNCHKIN, "fields-swapped", ERROR, None, "form of munchkinId"),
    "the embed code": (MARKETO, "embed-code", ERROR, SERVER, "holds serverId"),
    "the embed code of a page": (
        MARKETO.replace("app-sj12.marketo.com", "pages.fabrikam.com"),
        "embed-code",
        ERROR,
        None,
        "does not name serverId",
    ),
}

CLIENTS = {
    "empty": ("", "client-id-unusual", ERROR, None, "is empty"),
    "a name": ("partner-center", "client-id-unusual", WARNING, None, "of length 14"),
    "a GUID cut off": (CLIENT[:-1], "client-id-unusual", WARNING, None, "of length 35"),
    "digits": ("1013", "client-id-unusual", WARNING, None, "of length 4"),
    "zeros": ("00000000-0000-0000-0000-000000000000", "client-id-unusual", WARNING, None, "zero"),
    "the Munchkin ID": (MUNCHKIN, "fields-swapped", ERROR, None, "form of munchkinId"),
    "the same as the secret": (SECRET, "fields-swapped", ERROR, None, "the same value"),
    "the embed code": (MARKETO, "embed-code", ERROR, None, "does not name clientId"),
    "far too much": ("a" * 5000, "client-id-unusual", WARNING, None, "far longer"),
}

SLIPS = [
    pytest.param(field, block, *case, id=f"{field}: {name}")
    for field, block, cases in (
        ("munchkinId", SOUND, MUNCHKINS),
        ("formId", SOUND, FORMS),
        ("serverId", OLD, SERVERS),
        ("clientId", SOUND, CLIENTS),
    )
    for name, case in cases.items()
]


def judged(block, **changes):
    """Give field, entry, severity, repair and words of each remark; the old connector is told elsewhere."""
    values = block | changes
    leftover = "clientId" in values or "clientSecret" in values
    return [
        (field, found.entry, found.severity or catalogue.lookup(found.entry).severity, found)
        for field, found in remarks(values, leftover=leftover)
    ]


@pytest.mark.parametrize(
    "block", [SOUND, OLD, SOUND | {"serverId": ""}, SOUND | {"clientId": CLIENT.upper()}]
)
def test_values_in_order(block):
    assert judged(block) == []


@pytest.mark.parametrize(("field", "block", "text", "entry", "severity", "repaired", "words"), SLIPS)
def test_a_slip_is_one_remark(field, block, text, entry, severity, repaired, words):
    [(where, told, weight, found)] = judged(block, **{field: text})
    assert (where, told, weight, found.repaired) == (field, f"marketo-{entry}", severity, repaired)
    assert words in found.observed


@pytest.mark.parametrize("text", ["fabrikam", "na-sjst", "SJ12", "eu-west-12"])
def test_a_server_of_a_name_that_was_not_seen_yet_is_taken(text):
    assert judged(OLD, serverId=text) == []


@pytest.mark.parametrize("field", ["munchkinId", "formId", "serverId"])
def test_the_embed_code_of_the_instructions_is_read_in_spite_of_its_slip(field):
    [(_, entry, _, found)] = judged(OLD, **{field: DOCUMENTED})
    expected = {"munchkinId": "123-PQR-789", "formId": "1179", "serverId": "ys12"}
    assert (entry, found.repaired) == ("marketo-embed-code", expected[field])


@pytest.mark.parametrize(
    "code",
    [
        MARKETO.replace('"', "'"),
        MARKETO.replace('"', "&quot;"),
        MARKETO.replace(' "427', "\u201c427").replace('190"', "190\u201d"),
        MARKETO.replace("427-FKM-190", "427\u2013fkm\u2013190"),
        'MktoForms2.loadForm("https://app-sj12.marketo.com", "427-FKM-190", 1013, function (form) {});',
        'MktoForms2.loadForm(\n  "//app-sj12.marketo.com",\n  "427-FKM-190",\n  1013\n)',
    ],
    ids=["single quotes", "html", "typographic quotes", "en dashes", "callback", "lines"],
)
def test_the_embed_code_as_pages_and_mails_hold_it(code):
    found = {field: remark.repaired for field, *_, remark in judged(dict.fromkeys(OLD, code))}
    assert found == {"serverId": SERVER, "munchkinId": MUNCHKIN, "formId": FORM}


@pytest.mark.parametrize("code", ["MktoForms2", "loadForm(1013)", "<form>", "forms2.min.js"])
def test_a_piece_of_the_embed_code_names_nothing(code):
    [(_, entry, _, found)] = judged(SOUND, munchkinId=code)
    assert (entry, found.repaired) == ("marketo-embed-code", None)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"munchkinId": FORM, "formId": MUNCHKIN}, {"munchkinId": MUNCHKIN, "formId": FORM}),
        ({"munchkinId": "#1013", "formId": "427fkm190"}, {"munchkinId": MUNCHKIN, "formId": FORM}),
        (
            {"munchkinId": "app-sj12.marketo.com", "serverId": MUNCHKIN},
            {"munchkinId": MUNCHKIN, "serverId": SERVER},
        ),
        (
            {"munchkinId": FORM, "formId": "//app-sj12.marketo.com", "serverId": MUNCHKIN},
            {"munchkinId": MUNCHKIN, "formId": FORM, "serverId": SERVER},
        ),
        ({"munchkinId": SERVER, "serverId": MUNCHKIN}, {"munchkinId": MUNCHKIN, "serverId": None}),
        ({"munchkinId": "", "formId": MUNCHKIN}, {"munchkinId": MUNCHKIN, "formId": None}),
        ({"formId": MUNCHKIN, "serverId": FORM}, {"formId": FORM, "serverId": None}),
        ({"serverId": MUNCHKIN}, {"serverId": None}),
    ],
)
def test_values_in_each_others_fields_are_put_in_their_own(changes, expected):
    found = judged(OLD, **changes)
    assert {entry for _, entry, *_ in found} == {"marketo-fields-swapped"}
    assert {field: remark.repaired for field, *_, remark in found} == expected


def test_a_value_that_two_fields_hold_is_not_moved():
    found = judged({"munchkinId": "", "formId": MUNCHKIN, "serverId": "427-FKM-191"})
    assert {field: remark.repaired for field, *_, remark in found} == dict.fromkeys(
        ("munchkinId", "formId", "serverId")
    )


def test_a_number_that_partner_center_takes_is_not_replaced_by_another():
    found = judged(OLD, munchkinId="1014", formId="007")
    assert [(field, entry) for field, entry, *_ in found] == [
        ("munchkinId", "marketo-fields-swapped"),
        ("formId", "marketo-form-id-malformed"),
    ]


def test_a_client_id_is_not_moved_either():
    found = judged(SOUND, clientId=MUNCHKIN, munchkinId=CLIENT)
    assert {field: remark.repaired for field, *_, remark in found} == {"munchkinId": None, "clientId": None}


def test_client_id_and_client_secret_in_each_others_fields():
    [(field, entry, severity, found)] = judged(SOUND, clientId=SECRET, clientSecret=CLIENT)
    assert (field, entry, severity) == ("clientId", "marketo-fields-swapped", Severity.ERROR)
    assert found.repaired is None  # a secret is not written where anybody may read it


@pytest.mark.parametrize("secret", ["9d3b6f0e-77c1-4a25-8e12-5f60b9a4c7d8", "1013", MUNCHKIN, "a" * 5000])
def test_a_secret_may_be_anything(secret):
    assert judged(SOUND, clientSecret=secret) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{} ", "white space stands after"),
        (" {}", "white space stands before"),
        ("{}\n", "a line break stands after"),
        ("\t{}\r\n", "a line break stands after"),
        ("\ufeff{}", "white space stands before"),
        ("{}\u00a0", "white space stands after"),
        ('"{}"', "quotation marks"),
        ("'{}'", "quotation marks"),
        (" \u201c{}\u201d", "quotation marks"),
        ('{}"', "quotation marks"),
    ],
)
@pytest.mark.parametrize("field", ["munchkinId", "formId", "serverId", "clientId", "clientSecret"])
def test_what_stands_around_a_value(field, text, words):
    block = OLD if field == "serverId" else SOUND
    [(where, entry, severity, found)] = judged(block, **{field: text.format(block[field])})
    assert (where, entry) == (field, "marketo-value-spaced")
    assert severity is (WARNING if field in {"clientId", "clientSecret"} else ERROR)
    assert words in found.observed
    doubtful = field == "clientSecret" and "quotation" in words
    assert found.repaired == (None if doubtful else block[field])


@pytest.mark.parametrize(
    ("text", "entry", "repaired"),
    [
        (' "427\u2013fkm\u2013190"\n', "munchkin-id-spelling", MUNCHKIN),
        (" https://427-FKM-190.mktorest.com ", "munchkin-id-malformed", MUNCHKIN),
        (" 42-FKM-190", "munchkin-id-malformed", None),
        ('""', "munchkin-id-malformed", None),
        ("  ", "munchkin-id-malformed", None),
    ],
)
def test_two_slips_have_one_repair(text, entry, repaired):
    found = judged(SOUND, munchkinId=text)
    assert [told for _, told, *_ in found] == ["marketo-value-spaced", f"marketo-{entry}"]
    assert {remark.repaired for *_, remark in found} == {repaired}


@pytest.mark.parametrize(
    ("block", "changes", "expected"),
    [
        (SOUND, {"munchkinId": "123-PQR-789"}, [("munchkinId", ERROR)]),
        (SOUND, {"munchkinId": " 123-PQR-789 "}, [("munchkinId", ERROR)]),
        (SOUND, {"munchkinId": "123-PQR-789", "formId": "1179"}, [("munchkinId", ERROR), ("formId", ERROR)]),
        (SOUND, {"formId": "1179"}, [("formId", WARNING)]),
        (OLD, {"serverId": "ys12"}, [("serverId", WARNING)]),
        (OLD, {"serverId": "app-ys12"}, [("serverId", WARNING)]),
        (
            OLD,
            {"munchkinId": "123-PQR-789", "serverId": "ys12"},
            [("serverId", ERROR), ("munchkinId", ERROR)],
        ),
        (
            SOUND,
            {"munchkinId": "123-PQR-789", "serverId": "ys12"},
            [("munchkinId", ERROR), ("serverId", WARNING)],
        ),
    ],
)
def test_samples_of_the_documents(block, changes, expected):
    found = judged(block, **changes)
    assert {entry for _, entry, *_ in found} == {"documentation-sample"}
    assert [(field, severity) for field, _, severity, _ in found] == expected


@pytest.mark.parametrize("text", ["{Munchkin ID}", "https://{Munchkin ID}.mktorest.com", "[munchkin id]"])
def test_a_placeholder_of_documents(text):
    [(field, entry, *_)] = judged(SOUND, munchkinId=text)
    assert (field, entry) == ("munchkinId", "variable-not-filled-in")


@pytest.mark.parametrize("text", [text for text, *_ in SERVERS.values()])
def test_a_server_id_beside_todays_credentials_is_no_error(text):
    [(field, _, severity, _)] = judged(SOUND, serverId=text)
    assert field == "serverId"
    assert severity is not ERROR


STRAY = "Hunter2-hunter2.Hunter2"


@pytest.mark.parametrize("field", [*SOUND, "serverId"])
@pytest.mark.parametrize(
    "form",
    [
        *("{}", " {} ", '"{}"', "https://{}", "https://{}/x", "https://app-sj12.marketo.com/?key={}"),
        *("https://leads:{}@427-FKM-190.mktorest.com", "mktoForm_{}", "MktoForms2.loadForm({})", "<form {}>"),
        *("{{{}}}", "[{}]", "427-FKM-{}", "app-{}", "app-{}.marketo.com", "{}.mktorest.com"),
    ],
)
def test_a_secret_that_went_astray_is_not_told(field, form):
    told = judged(SOUND | {"serverId": SERVER}, **{field: form.format(STRAY)})
    assert not any("hunter" in found.observed.lower() for *_, found in told)


@pytest.mark.parametrize("size", [4_000, 1_000_000])
@pytest.mark.parametrize(
    "text",
    [
        *("1", "-", "\u2013", ".", "a.", "a-", " ", '"', "<", "{", "{a", "(", "loadForm(", "loadForm", "&"),
        *("mktoForm_", 'loadForm("//', 'loadForm("//a","', "427-FKM-190", "https://", "app-", "\ud800", "\0"),
    ],
)
def test_hostile_text_is_judged_in_a_second(text, size, within_a_second):
    hostile = text * (size // len(text))
    with within_a_second():
        assert judged(dict.fromkeys([*SOUND, "serverId"], hostile))
