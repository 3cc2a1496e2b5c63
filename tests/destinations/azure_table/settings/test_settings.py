"""The connection string as publishers paste it: one slip gives one finding, which shows nothing of it."""

import json

import pytest

from validator import catalogue
from validator.config import load
from validator.destinations.azure_table.settings import judge, remarks
from validator.model import Severity, Stage

KEY_NAME = "storageAccountConnectionString"
FIELD = f"/tableLeadConfiguration/{KEY_NAME}"
IN_YAML = f"leadDestination: table\ntableLeadConfiguration:\n  {KEY_NAME}: {{}}\n"
KEY = "YSBrZXkgb2YgNjQgYnl0ZXMgdGhhdCB3YXMgbWFkZSB1cCBmb3IgdGVzdHMgYW5kIG9wZW5zIG5vdGhpbmcuLg=="
PROTOCOL, ACCOUNT, ACCOUNT_KEY, SUFFIX = PARTS = (
    "DefaultEndpointsProtocol=https",
    "AccountName=fabrikamleads",
    f"AccountKey={KEY}",
    "EndpointSuffix=core.windows.net",
)
PORTAL = ";".join(PARTS)
TABLES = "https://fabrikamleads.table.core.windows.net"
BLOBS = "https://fabrikamleads.blob.core.windows.net"
SECOND = "http://fabrikamleads-secondary.table.core.windows.net"


def swapped(old, new):
    assert old in PORTAL
    return PORTAL.replace(old, new)


FORM = {
    "json": (f'{{"connectionString":"{PORTAL}"}}', "json-wrapped", "JSON"),
    "json, without the suffix": (
        f'{{"connectionString":"{";".join(PARTS[:3])}"}}',
        "json-wrapped",
        "JSON",
    ),
    "json in single quotes": (f"{{'connectionString': '{PORTAL}'}}", "json-wrapped", "JSON"),
    "json, spaced and quoted": (f' \'{{"connectionString":"{PORTAL}"}}\'', "json-wrapped", "quotation"),
    "quotes": (f'"{PORTAL}"', "quoted", "quotation marks"),
    "single quotes": (f"'{PORTAL}'", "quoted", "quotation marks"),
    "typographic quotes": (f"\u201c{PORTAL}\u201d", "quoted", "quotation marks"),
    "quotes and blanks": (f' "{PORTAL}"', "quoted", "white space stands before"),
    "a quote at one end": (f'{PORTAL}"', "quoted", "quotation marks"),
    "a blank before": (f" {PORTAL}", "spaced", "white space stands before"),
    "a blank after": (f"{PORTAL} ", "spaced", "white space stands after"),
    "a line break after": (f"{PORTAL}\r\n", "spaced", "a line break stands after"),
    "a blank that nobody sees": (f"\ufeff{PORTAL}", "spaced", "white space stands before"),
    "line breaks": (PORTAL.replace(";", ";\n"), "broken", "line breaks"),
    "blanks": (PORTAL.replace(";", "; "), "broken", "blanks"),
    "blanks at an equals sign": (swapped("AccountName=", "AccountName = "), "broken", "blanks"),
    "a wrapped key": (swapped(KEY, f"{KEY[:40]}\n{KEY[40:]}"), "broken", "line breaks"),
    "http": (swapped("=https", "=http"), "not-https", "is http"),
    "HTTP": (swapped("=https", "=HTTP"), "not-https", "is http"),
    "no protocol known": (swapped("=https", "=ftp"), "not-https", "is not https"),
    "an empty protocol": (swapped("=https", "="), "not-https", "is not https"),
    "an endpoint": (f"{PORTAL};TableEndpoint={TABLES}/", "endpoints", "TableEndpoint is given"),
    "all endpoints": (
        f"{PORTAL};BlobEndpoint={BLOBS}/;TableEndpoint={TABLES}:443/;TableSecondaryEndpoint={SECOND}",
        "endpoints",
        "BlobEndpoint and TableEndpoint and TableSecondaryEndpoint are given",
    ),
    "a name in lower case": (swapped("AccountName", "accountname"), "spelling", "AccountName"),
    "names in capitals": (
        swapped("AccountKey", "ACCOUNTKEY").replace("AccountName", "ACCOUNTNAME"),
        "spelling",
        "AccountName and AccountKey",
    ),
    "HTTPS": (swapped("=https", "=HTTPS"), "spelling", "DefaultEndpointsProtocol"),
    "a suffix in capitals": (swapped("core.windows", "Core.Windows"), "spelling", "EndpointSuffix"),
    "another order": (
        f"{ACCOUNT};{ACCOUNT_KEY};{PROTOCOL};{SUFFIX}",
        "order",
        "AccountName, AccountKey, DefaultEndpointsProtocol, EndpointSuffix",
    ),
    "a semicolon after the suffix": (f"{PORTAL};", "trailing-semicolon", "at the end"),
    "lines instead of semicolons": (PORTAL.replace(";", "\r\n"), "broken", "line breaks"),
    "commas instead of semicolons": (PORTAL.replace(";", ","), "broken", "other signs than semicolons"),
    "blanks instead of semicolons": (PORTAL.replace(";", " "), "broken", "blanks"),
    "two semicolons at the end": (";".join(PARTS[:3]) + ";;", "trailing-semicolon", "at the end"),
    "a semicolon before": (f";{PORTAL}", "trailing-semicolon", "inside"),
    "two semicolons inside": (PORTAL.replace(";", ";;", 1), "trailing-semicolon", "inside"),
    "no protocol": (";".join(PARTS[1:]), "incomplete", "DefaultEndpointsProtocol is missing"),
    "the documents' slip": (swapped("core.windows", "core.screens"), "suffix-sample", "core.screens.net"),
}
"""What means an account without any doubt: text, entry, words."""

OTHER = {
    "an empty key": (swapped(KEY, ""), "key-malformed", "empty"),
    "a key without its equals sign": (
        "AccountKey".join([f"{PROTOCOL};{ACCOUNT};", ""]),
        "key-malformed",
        "empty",
    ),
    "a key cut off": (swapped(KEY, KEY[:-3]), "key-malformed", "85 characters"),
    "two keys in one": (swapped(KEY, KEY[:-2] + KEY), "key-malformed", "174 characters"),
    "a key of 65 bytes": (swapped(KEY, KEY[:-2] + "A="), "key-malformed", "does not end"),
    "a key from a URL": (swapped(KEY, KEY.replace("=", "%3D")), "key-malformed", "percent-encoded"),
    "a key of another alphabet": (swapped(KEY, "-_" + KEY[2:]), "key-malformed", "no key holds"),
    "a key in quotes": (swapped(KEY, f'"{KEY}"'), "key-malformed", "no key holds"),
    "a key with a blank for a plus": (swapped(KEY, f"{KEY[:9]} {KEY[10:]}"), "broken", "place of each +"),
    "a blank in the name": (swapped("fabrikam", "fabrikam "), "broken", "inside AccountName"),
    "capitals": (swapped("fabrikam", "Fabrikam"), "account-malformed", "capital letters"),
    "a hyphen": (swapped("fabrikam", "fabrikam-"), "account-malformed", "other than"),
    "letters of other languages": (swapped("fabrikam", "f\u00e4brikam"), "account-malformed", "other than"),
    "a name too short": (swapped("fabrikamleads", "fl"), "account-malformed", "2 characters"),
    "a name too long": (swapped("fabrikamleads", "f" * 25), "account-malformed", "25 characters"),
    "no name": (swapped("fabrikamleads", ""), "account-malformed", "empty"),
    "a host for a name": (swapped("fabrikamleads", TABLES[8:]), "account-malformed", "address"),
    "a URL for a name": (swapped("fabrikamleads", TABLES), "account-malformed", "address"),
    "a suffix cut off": (swapped("core.windows.net", "core.windows"), "suffix-unknown", "is core.windows;"),
    "a suffix misspelt": (
        swapped("core.windows.net", "core.window.net"),
        "suffix-unknown",
        "did you mean core.windows.net?",
    ),
    "a suffix of one's own, in capitals": (
        swapped("core.windows.net", "Local"),
        "suffix-unknown",
        "no domain",
    ),
    "no suffix": (swapped("core.windows.net", ""), "suffix-unknown", "is empty"),
    "a suffix of one's own": (
        swapped("core.windows.net", "local.azurestack.external"),
        "suffix-unknown",
        "azure",
    ),
    "a URL for a suffix": (swapped("core.windows.net", TABLES), "suffix-unknown", "no domain"),
    "an endpoint elsewhere": (
        f"{PORTAL};TableEndpoint=https://contosoleads.table.core.windows.net/",
        "endpoints",
        "TableEndpoint leads to another address",
    ),
    "endpoints elsewhere": (
        f"{PORTAL};TableEndpoint=https://leads.contoso.com;QueueEndpoint={TABLES}",
        "endpoints",
        "TableEndpoint and QueueEndpoint lead to another",
    ),
    "a part misspelt": (swapped("AccountName", "AcountName"), "unknown-part", "did you mean AccountName?"),
    "the last part misspelt": (swapped("Suffix", "Sufix"), "unknown-part", "did you mean EndpointSuffix?"),
    "a part too many": (f"{PORTAL};TableName=leads", "unknown-part", "TableName is no part"),
    "a variable's name before it": (f"STORAGE_CONNECTION={PORTAL}", "unknown-part", "STORAGE_CONNECTION is"),
    "a part without a name": (f"{PORTAL};={KEY}", "unknown-part", "no name"),
    "a key without a name": (swapped("AccountKey=", ""), "unknown-part", "AccountKey is missing"),
    "no key": (f"{PROTOCOL};{ACCOUNT};{SUFFIX}", "incomplete", "AccountKey is missing"),
    "no account and no key": (f"{PROTOCOL};{SUFFIX}", "incomplete", "AccountName and AccountKey are missing"),
    "an address in a part": (f"TableEndpoint={TABLES}/", "incomplete", "AccountName and AccountKey"),
    "a part twice": (f"{PORTAL};{ACCOUNT}", "malformed", "AccountName stands in the value twice"),
    "two strings": (f"{PORTAL}\n;{PORTAL}", "malformed", "AccountKey and EndpointSuffix stand"),
    "an address": (TABLES, "malformed", "an address"),
    "a bare key": (KEY, "malformed", "account key"),
    "a bare name": ("fabrikamleads", "malformed", "single word"),
    "JSON of another kind": ('{"a": {"b": "c"}}', "malformed", "JSON"),
    "another service's string": ("Server=tcp:db.example;Password=hunter2", "malformed", "none of the parts"),
    "no words": (";;;", "malformed", "none of the parts"),
    "something long": ("AccountName=" + "x" * 5000, "malformed", "far longer"),
    "a signature": (f"{PROTOCOL};{ACCOUNT};SharedAccessSignature=sv=1&sig=hunter2", "sas", "signature"),
    "a signature for tables": (f"TableEndpoint={TABLES}/;SharedAccessSignature=x", "sas", "signature"),
    "a URL with a signature": (f"{TABLES}/?sv=2022&sig=hunter2", "sas", "signature"),
    "a bare signature": ("sv=2022-11-02&ss=t&sig=hunter2", "sas", "signature"),
    "cosmos": (f"AccountEndpoint=https://x.documents.azure.com:443/;{ACCOUNT_KEY}", "cosmos", "Cosmos DB"),
    "cosmos, tables": (
        f"{PORTAL};TableEndpoint=https://fabrikamleads.table.cosmos.azure.com:443/",
        "cosmos",
        "Cosmos DB",
    ),
    "cosmos, a URL": ("https://fabrikamleads.table.cosmos.azure.cn", "cosmos", "Cosmos DB"),
    "service bus": (
        f"Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey={KEY}",
        "service-bus",
        "sb://",
    ),
    "the emulator": ("UseDevelopmentStorage=true", "development", "emulator"),
    "the emulator's proxy": ("DevelopmentStorageProxyUri=http://me", "development", "emulator"),
    "the emulator's account": (swapped("fabrikamleads", "devstoreaccount1"), "development", "emulator"),
    "the emulator's address": (f"{PORTAL};TableEndpoint=http://127.0.0.1:10002/x", "development", "emulator"),
}
"""What nobody but the publisher can put right: text, entry, words."""

ANYWHERE = {
    "the documents' sample": (
        swapped("fabrikamleads", "myAccountName").replace(KEY, "myAccountKey"),
        "documentation-sample",
        "AccountName holds",
    ),
    "the documents' sample of 2022": (
        f"{PROTOCOL};AccountName=myAccountName;AccountKey=myAccountKey;EndpointSuffix=core.screens.net",
        "documentation-sample",
        "AccountKey holds",
    ),
    "the documents' key alone": (swapped(KEY, "myAccountKey"), "documentation-sample", "AccountKey holds"),
    "a document's words": (
        swapped("fabrikamleads", "<your account>"),
        "variable-not-filled-in",
        "AccountName",
    ),
    "braces": (swapped(KEY, "{account key}"), "variable-not-filled-in", "AccountKey"),
    "a reference": (swapped(KEY, "${STORAGE_KEY}"), "variable-not-filled-in", "AccountKey"),
    "a pipeline's variable": (swapped(KEY, "$(storageKey)"), "variable-not-filled-in", "AccountKey"),
    "a choice": (swapped("=https", "=[http|https]"), "variable-not-filled-in", "DefaultEndpointsProtocol"),
    "a suffix to fill in": (
        swapped("core.windows.net", "<suffix>"),
        "variable-not-filled-in",
        "EndpointSuffix",
    ),
    "a placeholder for all": ("<connection string>", "variable-not-filled-in", "placeholder"),
    "a masked key": (swapped(KEY, "*****"), "secret-masked", "AccountKey is masked"),
    "a masked key of an export": (swapped(KEY, "*********"), "secret-masked", "AccountKey is masked"),
    "a key half masked": (swapped(KEY, KEY[:4] + "***"), "secret-masked", "AccountKey is masked"),
    "bullets": (swapped(KEY, "\u2022" * 9), "secret-masked", "AccountKey is masked"),
    "a mask for all": ("\u2022" * 9, "secret-masked", "nothing but a mask"),
    "asterisks for all": ("*********", "secret-masked", ""),
    "blanks alone": (" \n", "secret-empty", "empty"),
}
"""What may be in any credential; its entries are not ours alone."""


def table(rows, prefix=""):
    return [
        pytest.param(text, f"{prefix}{entry}", words, id=name) for name, (text, entry, words) in rows.items()
    ]


SLIPS = [*table(FORM, "connection-string-"), *table(OTHER, "connection-string-"), *table(ANYWHERE)]


def configured(text, **options):
    (found,) = load("lead.yaml", text, **{"environ": {}, **options})
    return found


def referring(value):
    """Hand a value over in a variable, where nothing has a look at it before."""
    return configured(IN_YAML.format("${LEAD_STORAGE}"), environ={"LEAD_STORAGE": value})


def written(value, form):
    """Write a value into a file itself; give the configuration."""
    if form == "json":
        values = {"leadDestination": "table", "tableLeadConfiguration": {KEY_NAME: value}}
        return configured(json.dumps(values, indent=2))
    return configured(IN_YAML.format(json.dumps(value)))


@pytest.mark.parametrize(
    "text",
    [
        PORTAL,
        ";".join(PARTS[:3]),
        ";".join(PARTS[:3]) + ";",
        swapped("core.windows.net", "core.chinacloudapi.cn"),
        swapped("core.windows.net", "core.usgovcloudapi.net"),
        swapped("fabrikamleads", "abc"),
        swapped("fabrikamleads", "0" * 24),
        swapped(KEY, "+/" + KEY[2:]),
    ],
)
def test_a_string_in_order(text):
    assert judge(referring(text)) == []


def test_a_cloud_that_is_closed_is_a_warning():
    (finding,) = judge(referring(swapped("core.windows.net", "core.cloudapi.de")))
    assert (finding.id, finding.severity) == ("connection-string-cloud-retired", Severity.WARNING)


@pytest.mark.parametrize(("text", "entry", "words"), SLIPS)
def test_one_slip_gives_one_finding_at_its_field(text, entry, words):
    configuration = referring(text)
    (finding,) = [*configuration.findings, *judge(configuration)]
    assert (finding.id, finding.stage, finding.severity) == (entry, Stage.SETTINGS, Severity.ERROR)
    assert words in finding.observed
    location = finding.location
    assert (location.pointer, location.line, location.column) == (FIELD, 3, 35)


@pytest.mark.parametrize(("form", "place"), [("yaml", (3, 35)), ("json", (4, 39))])
@pytest.mark.parametrize(("text", "entry"), [slip.values[:2] for slip in SLIPS])
def test_the_same_slip_in_a_file(text, entry, form, place):
    """What the reading itself understands, a reference or a mask, it tells in its own words."""
    configuration = written(text, form)
    (finding,) = [*configuration.findings, *judge(configuration)]
    expected = "variable-misplaced" if "${" in text else entry
    assert finding.id == expected
    assert (finding.location.pointer, finding.location.line, finding.location.column) == (FIELD, *place)


@pytest.mark.parametrize("text", [text for text, _, _ in FORM.values()], ids=FORM)
def test_where_the_account_is_certain_the_whole_value_is_repaired(text):
    (remark,) = remarks(text)
    assert remark.repaired == PORTAL
    assert remarks(remark.repaired) == []


@pytest.mark.parametrize("text", [text for text, _, _ in (*OTHER.values(), *ANYWHERE.values())])
def test_an_account_or_a_key_is_never_guessed(text):
    (remark,) = remarks(text)
    assert remark.repaired is None


def test_a_closed_cloud_is_nothing_to_repair():
    german = swapped("core.windows.net", "core.cloudapi.de")
    retired = "connection-string-cloud-retired"
    assert [(each.entry, each.repaired) for each in remarks(f"{german};")] == [
        ("connection-string-trailing-semicolon", german),
        (retired, None),
    ]


def test_slips_of_one_form_are_one_fault():
    (remark,) = remarks(";".join(reversed(PARTS)) + ";")
    assert remark.entry == "connection-string-order"
    assert "semicolon" in remark.observed
    assert remark.repaired == PORTAL


def test_faults_of_several_parts_are_several():
    broken = f"AccountName=Fabrikam;DefaultEndpointsProtocol=http;AccountKey=x;{SUFFIX}"
    assert [each.entry for each in remarks(broken)] == [
        "connection-string-order",
        "connection-string-not-https",
        "connection-string-account-malformed",
        "connection-string-key-malformed",
    ]
    assert {each.repaired for each in remarks(broken)} == {None}


def test_of_many_unknown_parts_a_few_are_told():
    (remark,) = remarks(PORTAL + "".join(f";Part{name}=x" for name in ("One", "Two", "Three", "Four")))
    assert "PartThree" in remark.observed
    assert "PartFour" not in remark.observed


def test_what_the_reading_reported_is_not_judged_again():
    configuration = written(f"${{A}}{PORTAL}", "yaml")
    assert [finding.id for finding in configuration.findings] == ["variable-misplaced"]
    assert judge(configuration) == []


@pytest.mark.parametrize(
    "allowed", [frozenset(), frozenset({"127.0.0.1:10002", "fabrikamleads.table.local"})]
)
def test_an_allowed_host_is_not_allowed_by_partner_center(allowed):
    stack = referring(swapped("core.windows.net", "local"))
    assert [finding.id for finding in judge(stack, allowed)] == ["connection-string-suffix-unknown"]


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, (text, *_) in (FORM | OTHER).items()])
@pytest.mark.parametrize("form", ["yaml", "json"])
def test_no_finding_shows_the_key(text, form):
    for configuration in (referring(text), written(text, form)):
        told = repr([*configuration.findings, *judge(configuration)])
        assert not any(KEY[at : at + 12] in told for at in range(len(KEY) - 12))
        assert "hunter2" not in told


SECRET = "9f8Q~hunter2hunter2+x/Yz=="


@pytest.mark.parametrize(
    "text",
    [
        swapped("AccountKey", SECRET.rstrip("=")),
        swapped("AccountName", SECRET.rstrip("=")),
        swapped("fabrikamleads", SECRET),
        swapped("core.windows.net", SECRET),
        swapped("https", SECRET),
        f"{PORTAL};{SECRET}",
        f"{PORTAL};{SECRET.replace('=', '')}=x",
        f"{PORTAL};{'hunter' * 7}=x",
        f"{PORTAL};TableEndpoint={SECRET}",
        f'{{"{SECRET}":"{PORTAL}"}}',
        f'{{"a":"{SECRET}"}}',
        f"{SECRET};{SECRET}",
        f"<{SECRET}>",
        f"https://fabrikam:{SECRET}@leads.example",
    ],
)
def test_a_secret_that_went_astray_is_not_told_by_any_remark(text):
    found = remarks(text)
    assert found
    assert not any("hunter" in remark.observed for remark in found)


@pytest.mark.parametrize(
    "text",
    [
        ";" * 1_000_000,
        "=" * 1_000_000,
        " " * 1_000_000 + PORTAL,
        f"{PORTAL}{' ' * 500_000}x{' ' * 500_000}",
        '"' * 1_000_000,
        "{" * 500_000 + "}" * 500_000,
        '{"a":"' * 150_000,
        f'{{"a":"{" " * 1_000_000}"}}',
        f'{{"a":"{";" * 1_000_000}"}}',
        "a=b;" * 250_000,
        "AccountName=" + "<" * 1_000_000,
        "AccountKey=" + "A" * 1_000_000,
        "https://" + "a." * 500_000,
        "?sig" * 250_000,
        "\\u" * 500_000,
    ],
    ids=lambda text: f"{text[:7]}{len(text)}",
)
def test_a_hostile_megabyte_is_judged_in_a_second(text, within_a_second):
    with within_a_second():
        assert remarks(text)


ROWS = [
    entry
    for entry in catalogue.entries().values()
    if entry.sample and entry.id.startswith("connection-string-")
]


@pytest.mark.parametrize("entry", ROWS, ids=lambda entry: entry.id)
def test_the_sample_of_a_row_shows_its_fault(entry):
    (value,) = entry.sample.change.values()
    configuration = written(value, "json")
    (finding,) = [*configuration.findings, *judge(configuration)]
    assert (finding.id, finding.location.pointer) == (entry.id, entry.field)


def test_every_fault_that_is_told_has_a_row():
    told = {entry for _, entry, _ in (*FORM.values(), *OTHER.values())} | {"cloud-retired"}
    assert {f"connection-string-{entry}" for entry in told} == {entry.id for entry in ROWS}
