"""The URL of an endpoint as a setting: what is accepted, what is remarked, and each fault once."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator import catalogue
from validator.destinations.https_endpoint.settings.address import read
from validator.destinations.https_endpoint.settings.endpoint_url import remarks
from validator.model import Severity

ID = "5b1e0c7a94d24f0e8a63d2f7c1b09e48"
HOST = "default8f0d3c5e2a414b679d3e51c0a7e9b2.14.environment.api.powerplatform.com"
PATH = f"/powerautomate/automations/direct/workflows/{ID}/triggers/manual/paths/invoke"
SIG = "hunter2-hunter2_hunter2-hunter2_hunter2-hun"
SIGNED = f"sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig={SIG}"
FLOW = f"https://{HOST}:443{PATH}?api-version=1&{SIGNED}"
OLD = f"https://prod-42.westeurope.logic.azure.com:443/workflows/{ID}/triggers/manual/paths/invoke"
LOGIC_APP = f"{OLD}?api-version=2016-10-01&{SIGNED}"
SOVEREIGN = LOGIC_APP.replace("westeurope.logic.azure.com", "usgovtexas.logic.azure.us")
STANDARD = (
    f"https://fabrikam.azurewebsites.net:443/api/leads/triggers/Bei_HTTP/invoke?api-version=2022-05-01"
    f"&sp=%2Ftriggers%2FBei_HTTP%2Frun&sv=1.0&sig={SIG}"
)
FUNCTION = "https://fabrikam-leads.azurewebsites.net/api/leads"
OWN = "https://leads.fabrikam.com/marketplace"

CHARACTER = "endpoint-url-character-refused"
MALFORMED = "endpoint-url-malformed"
MISSING = "endpoint-url-scheme-missing"
NOT_HTTPS = "endpoint-url-not-https"
LEFT = "variable-not-filled-in"
SAMPLE = "documentation-sample"
PAGE = "endpoint-url-page"
PRIVATE = "endpoint-host-private"
CUT = "endpoint-signature-cut"
NO_SIGNATURE = "endpoint-signature-missing"
PARAMETERS = "endpoint-parameters-missing"
DOUBLE = "endpoint-url-double-encoded"
FRAGMENT = "endpoint-url-fragment"
RETIRED = "endpoint-flow-url-retired"
LONG = "endpoint-url-long"


def ids(url, *allowed):
    return [remark.entry for remark in remarks(url, frozenset(allowed))]


def severity(remark):
    return remark.severity or catalogue.lookup(remark.entry).severity


@pytest.mark.parametrize(
    "url",
    [
        *(SOVEREIGN, STANDARD, OWN, f"{FUNCTION}?code=hunter2==", f"{FUNCTION}?Code=hunter2"),
        *("https://hooks.zapier.com/hooks/catch/12345/hunter2/", "https://leads.fabrikam.com:8443/"),
        *("https://fabrikam.com/caf%C3%A9t%C3%A9?x=%E4%B8%AD", "https://xn--bcher-kva.de/a'b|c^d`e{"),
        *("https://leads.fabrikam.com/100%25?a=b&amp;c=d", "https://fabrikam.azurewebsites.net/leads"),
        *("https://www.contoso.fabrikam.com/", "https://contoso.azurewebsites.net/leads"),
        *("https://leads.fabrikam.com/a/runs/1", "https://fabrikam.azurewebsites.net/api/a/runs/1?code=x"),
        SOVEREIGN.replace("sig=", "SIG=").replace("sv=", "Sv="),
        SOVEREIGN.replace("manual%2F", "R%C3%A9ception_d%27une_requ%C3%AAte%2F"),
    ],
)
def test_an_address_in_order(url):
    assert ids(url) == []


def test_an_address_of_a_flow_is_long_and_in_order():
    [remark] = remarks(FLOW)
    assert (remark.entry, severity(remark)) == (LONG, Severity.NOTE)
    assert "290 characters" in remark.observed
    assert ids(OWN + "/" * (256 - len(OWN))) == [LONG]
    assert ids(OWN + "/" * (255 - len(OWN))) == []


def test_the_address_of_a_logic_app_may_be_that_of_a_flow_of_old():
    [remark] = remarks(LOGIC_APP)
    assert (remark.entry, severity(remark)) == (RETIRED, Severity.WARNING)


@pytest.mark.parametrize(
    ("url", "entry"),
    [
        *((empty, "endpoint-url-empty") for empty in ("", " \n", '""', "' '", "\ufeff")),
        *(
            (f" {OWN}", CHARACTER),
            (f"{OWN}\n", CHARACTER),
            (f"{OWN}\u200b", CHARACTER),
            (f"'{OWN}'", CHARACTER),
        ),
        *((f" \u201c {OWN} \u201d", CHARACTER), (f"<{OWN}>", CHARACTER), (f'"{OWN}', MALFORMED)),
        *(
            (f"{OWN} x", CHARACTER),
            (f"{OWN}\nx", CHARACTER),
            (f'{OWN}"', CHARACTER),
            (f"{OWN}\0x", CHARACTER),
        ),
        *((f"{OWN}/\u00fc", CHARACTER), ("https://b\u00fccher.de/", CHARACTER), (f"{OWN}\ud800", CHARACTER)),
        *((f"{OWN}\u202ex", CHARACTER), (f"{OWN}/\u2026", CHARACTER)),
        *(
            ("leads.fabrikam.com/x", MISSING),
            ("//leads.fabrikam.com/x", MISSING),
            ("fabrikam.com:8443", MISSING),
        ),
        *(("hunter2.hunter2", MISSING), (FLOW.removeprefix("https://"), MISSING)),
        *(("https.fabrikam.com", MISSING), ("http://leads.fabrikam.com:80/", NOT_HTTPS)),
        *((f"http://{HOST}{PATH}?api-version=1&{SIGNED}", NOT_HTTPS), ("HTTP://fabrikam.com", NOT_HTTPS)),
        *(("HttpS://fabrikam.com/", NOT_HTTPS), ("ftp://fabrikam.com", NOT_HTTPS), ("wss://x", NOT_HTTPS)),
        *(("x", MALFORMED), ("leads@fabrikam.com", MALFORMED), ("mailto:leads@fabrikam.com", MALFORMED)),
        *(("localhost", MISSING + PRIVATE), ("hunter2/hunter2", MALFORMED), ("a b", MALFORMED)),
        *(("https://", MALFORMED), ("https//", MALFORMED), ("https:/fabrikam.com", MALFORMED)),
        *(
            ("https:fabrikam.com", MALFORMED),
            ("https;//fabrikam.com", MALFORMED),
            ("https:///x.de", MALFORMED),
        ),
        *(
            (f"https://{OWN}", MALFORMED),
            (f"http://{OWN}", MALFORMED),
            ("https://fabrikam.com\\x", MALFORMED),
        ),
        *(("https://fabrikam.com:99999", MALFORMED), ("https://fabri!kam.com", MALFORMED)),
        *(("https://a.com,https://b.com", MALFORMED), ("x" * 10_000, MALFORMED), (OWN * 400, MALFORMED)),
        *(("https://{tenant}.fabrikam.com", LEFT), ("https://fabrikam.com/{{ key }}", LEFT)),
        *(("<your url>", LEFT), ("https://fabrikam.com/?sig=<signature>", LEFT), ("${LEAD_URL}", LEFT)),
        *(("https://[your host]/x", LEFT), ("https://%HOST%/x", LEFT), ("https://fabrikam.com/%ADDR%", LEFT)),
        *(("https://fabrikam.com/$(key)", LEFT), (FLOW.replace(SIG, "{sig}"), LEFT)),
        *(("https://www.your-crm.com/triggers/invoke", SAMPLE), ("https://contoso.com", SAMPLE)),
        *(
            ("https://leads.contoso.com/", SAMPLE),
            ("https://example.org/", SAMPLE),
            ("https://a.example", SAMPLE),
        ),
        *(("http://www.your-crm.com/#x", SAMPLE), ("https://me@www.example.com:8443", SAMPLE)),
        *(("https://make.powerautomate.com/environments/x/flows/y/details", PAGE),),
        *(("https://emea.flow.microsoft.com/manage/x", PAGE), ("make.powerapps.com/environments/x", PAGE)),
        *(("https://portal.azure.com/#view/HubsExtension", PAGE), ("https://zapier.com/app/zaps", PAGE)),
        *(("https://zapier.com/editor/1/published", PAGE), ("https://x.scm.azurewebsites.net/api/x", PAGE)),
        *(("https://management.azure.com/subscriptions/x/triggers/manual/listCallbackUrl?x=1", PAGE),),
        *((f"{OLD.partition('/triggers')[0]}/runs/08585/actions", PAGE), (f"{OLD}/../../histories/1", PAGE)),
        *(
            ("https://localhost/", PRIVATE),
            ("https://leads/", PRIVATE),
            ("https://leads.fabrikam.local", PRIVATE),
        ),
        *(("https://a.internal/", PRIVATE), ("https://a.lan", PRIVATE), ("https://a.home.arpa", PRIVATE)),
        *(("https://a.localhost", PRIVATE), ("https://a.test/", PRIVATE), ("https://a.invalid./", PRIVATE)),
        *((f"https://{ip}/x", PRIVATE) for ip in ("127.0.0.1", "10.0.0.5", "172.16.0.1", "192.168.1.1")),
        *((f"https://{ip}/x", PRIVATE) for ip in ("169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1")),  # noqa: S104 - nobody binds
        *((f"https://{ip}/x", PRIVATE) for ip in ("127.1", "0x7f000001", "2130706433", "0177.0.0.1", "0")),
        *((f"https://[{ip}]/x", PRIVATE) for ip in ("::1", "::", "fe80::1", "fd00::1", "ff02::1")),
        *((f"https://[{ip}]/x", PRIVATE) for ip in ("::ffff:10.0.0.5", "::ffff:7f00:1")),
        *(
            (f"https://{ip}/x", "endpoint-host-ip-address")
            for ip in ("20.50.2.1", "0x14320201", "[2603:1020::1]")
        ),
        *(("https://hunter2@leads.fabrikam.com/", "endpoint-url-user-info"),),
        *((FLOW.replace("://", "://me:hunter2@"), "endpoint-url-user-info"),),
        *((f"{OWN}#", FRAGMENT), (f"{OWN}/#/hunter2", FRAGMENT), (f"{FLOW}#hunter2", FRAGMENT)),
        *((FLOW.replace("?", "#?"), FRAGMENT), (FLOW.replace("&sig", "#sig"), FRAGMENT)),
        *((FLOW.replace("%2F", "%252F"), DOUBLE), (FLOW.replace("%2F", "%25252f"), DOUBLE)),
        *((f"{OWN}?a=%252F", DOUBLE), (f"{FUNCTION}?code=a%253D", DOUBLE)),
        *((FLOW.partition("?")[0], NO_SIGNATURE), (FLOW.partition("&")[0], NO_SIGNATURE)),
        *((FLOW.partition("&sig")[0], NO_SIGNATURE), (FLOW.replace(SIG, ""), NO_SIGNATURE)),
        *((FLOW.partition("/workflows")[0], NO_SIGNATURE), (STANDARD.partition("&sig")[0], NO_SIGNATURE)),
        *(
            (FLOW[:-1], CUT),
            (FLOW.replace(SIG, "h"), CUT),
            (f"{FLOW}=", CUT),
            (f"{FLOW}.", CUT),
            (f"{FLOW}%3D", CUT),
        ),
        *((FLOW.replace("-hunter2_", "+hunter2/", 1), CUT), (STANDARD[:-9], CUT)),
        *((FLOW.replace("&sv=1.0", ""), PARAMETERS), (FLOW.replace("sp=", "ps="), PARAMETERS)),
        *((FLOW.replace("api-version=1&", ""), PARAMETERS), (FLOW.replace("%2Frun", ""), PARAMETERS)),
        *((FLOW.replace("sp=%2F", "sp="), PARAMETERS), (FLOW.replace("&", "&amp;"), PARAMETERS)),
        *((FLOW.replace("&", "\\u0026"), PARAMETERS), (FLOW.replace("sp=%2Ftriggers", "sp="), PARAMETERS)),
        *(
            (FUNCTION, "endpoint-function-key-missing"),
            (f"{FUNCTION}?code=", "endpoint-function-key-missing"),
        ),
        (f"{FUNCTION}?a=1&amp;code=hunter2", "endpoint-function-key-missing"),
        ("https://app-a1b2.westeurope-01.azurewebsites.net/api/leads?key=x", "endpoint-function-key-missing"),
    ],
)
def test_one_fault_is_one_remark(url, entry):
    assert "".join(ids(url)) == entry
    for remark in remarks(url):
        assert remark.observed
        assert "hunter2" not in remark.observed


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (FLOW[:-1], Severity.ERROR),
        (FLOW + "x", Severity.WARNING),
        (FLOW.replace("-hunter2_", "+hunter2/", 1), Severity.WARNING),
        (FLOW.replace("%2F", "%252F"), Severity.ERROR),
        (f"{OWN}?a=%252F", Severity.WARNING),
        (FUNCTION, Severity.WARNING),
        ("https://10.0.0.5/", Severity.ERROR),
        ("https://20.50.2.1/", Severity.ERROR),
    ],
)
def test_how_bad_it_is(url, expected):
    [remark] = remarks(url)
    assert severity(remark) is expected


@pytest.mark.parametrize(
    ("url", "repaired"),
    [
        (f" {FLOW}\r\n", FLOW),
        (f'"{FLOW}"', FLOW),
        (f"\u201c '{OWN}' \u201d", OWN),
        (f"<{OWN}>", OWN),
        (FLOW.removeprefix("https://"), FLOW),
        (FLOW.removeprefix("https:"), FLOW),
        (FLOW.replace("https", "HTTPS"), FLOW),
        (FLOW.replace("https", "http"), FLOW),
        (FLOW.replace("https", "http").replace(":443", ":80"), None),
        (OWN.replace("https", "http"), None),
        ("http://leads.fabrikam.com/#", None),
        ("http://", None),
        ("ftp://leads.fabrikam.com", None),
        (f"https://{FLOW}", FLOW),
        (f"http://{FLOW}", None),
        (FLOW.replace("://", ":/"), FLOW),
        ("https:/", None),
        (f"{OWN}?a b", None),
        (FLOW.replace("%2F", "%252F"), FLOW),
        (FLOW.replace("%2F", "%2525252F"), FLOW),
        (f"{OWN}?a=%252F", None),
        (FLOW.replace("&", "&amp;"), FLOW),
        (FLOW.replace("&", "\\U0026"), FLOW),
        (f"{FLOW}#", FLOW),
        (f"{FLOW}#top", FLOW),
        (FLOW.replace("?", "#?"), None),
        (f"{OWN}#", OWN),
        (f"{OWN}#top", None),
        (FLOW[:-1], None),
        (FLOW.replace("://", "://me@"), None),
    ],
)
def test_only_what_is_certain_is_repaired(url, repaired):
    assert remarks(url)[-1].repaired == repaired


def test_repairs_of_several_faults_are_one():
    url = f" {FLOW.replace('https', 'http').replace('%2F', '%252F')}#"
    found = remarks(url)
    assert [remark.entry for remark in found] == [CHARACTER, NOT_HTTPS, DOUBLE, FRAGMENT]
    assert {remark.repaired for remark in found} == {FLOW}


@pytest.mark.parametrize(
    ("url", "entries"),
    [
        (
            f" http://me@leads.fabrikam.local/#x {FLOW[:0]}",
            [CHARACTER, NOT_HTTPS, PRIVATE, "endpoint-url-user-info", FRAGMENT],
        ),
        (f"{LOGIC_APP[:-1]}\n", [CHARACTER, CUT, RETIRED]),
        (f"{FLOW[:-1]}".replace("&sv=1.0", ""), [CUT, PARAMETERS]),
        (FLOW[:-1].replace("%2F", "%252F"), [DOUBLE, CUT]),
        (FLOW.replace("&", "&amp;").replace("sv=1.0", ""), [PARAMETERS]),
        (f" {OWN} x", [CHARACTER]),
        ("http://fabrikam.com/a b", [NOT_HTTPS, CHARACTER]),
        ("http://fabri!kam.com/", [NOT_HTTPS, MALFORMED]),
    ],
)
def test_independent_faults_are_all_told_at_once(url, entries):
    assert ids(url) == entries


@pytest.mark.parametrize(
    ("url", "allowed", "expected"),
    [
        ("https://localhost:8444/", "localhost:8444", Severity.NOTE),
        ("https://LOCALHOST:8444/", "localhost:8444", Severity.NOTE),
        ("https://localhost/", "localhost", Severity.NOTE),
        ("https://localhost/", "localhost:443", Severity.NOTE),
        ("https://127.0.0.1:8444/", "127.0.0.1:8444", Severity.NOTE),
        ("https://[::1]:8444/", "::1:8444", Severity.NOTE),
        ("https://localhost:8444/", "localhost", Severity.ERROR),
        ("https://localhost/", "localhost:8444", Severity.ERROR),
        ("https://leads.local/", "local", Severity.ERROR),
    ],
)
def test_an_allowed_host_need_not_be_public(url, allowed, expected):
    [remark] = remarks(url, frozenset({allowed}))
    assert (remark.entry, severity(remark)) == (PRIVATE, expected)


@pytest.mark.parametrize(
    ("url", "seen"),
    [
        ("https://0x7f.1/", "the host is 0x7f.1, that is 127.0.0.1, not on the public internet"),
        ("https://10.0.0.5/", "the host is 10.0.0.5, not on the public internet"),
        ("https://leads.fabrikam.local/x", "the host is leads.fabrikam.local, a name of a private network"),
        ("https://hunter2/", "the host is a single name"),
        (FLOW[:-3], "sig has 40 characters; a signature has 43"),
        (FLOW.partition("?")[0], "the query lacks api-version, sp, sv and sig"),
        (FLOW.partition("&sig")[0], "the query lacks sig"),
        (FLOW.partition("&sv")[0], "the query lacks sv and sig"),
        (f"{OWN}\r\n", "white space or a line break stands after the address"),
        (f"{OWN}\u00a0x", "white space stands inside the address"),
        (f"{OWN}\u202ex", "the address holds a character that nobody sees"),
        (f"{OWN}\u00fc", "the address holds a character outside ASCII"),
        (f'{OWN}"x', "a quotation mark stands inside the address"),
        (f"https://{OWN}", "https:// stands there twice"),
    ],
)
def test_what_was_seen(url, seen):
    assert seen in [remark.observed for remark in remarks(url)]


PATTERN = re.compile(r"https://[a-zA-Z0-9/?$+-~!@#%^&*()_='.:[\]@,;]+")
CHARACTERS = st.integers(0, 0x10FFFF).map(chr)
PIECES = st.sampled_from(
    [
        *(
            "https://",
            "http://",
            "HTTPS:",
            "//",
            ":",
            "@",
            "#",
            "?",
            "&",
            "/",
            "%25",
            "%2F",
            "&amp;",
            '"',
            "'",
            "<",
        ),
        *(
            ">",
            "{",
            "}",
            "[",
            "]",
            " ",
            "\n",
            "\0",
            "\ud800",
            ".",
            "a",
            "0x7f",
            "127",
            "::1",
            ":443",
            "localhost",
        ),
        *("fabrikam.com", HOST, PATH, "prod-1.x.logic.azure.com", "a.azurewebsites.net/api/", "sig=", "sp="),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, CHARACTERS), max_size=30).map("".join)
exhaustive = settings(max_examples=1000, database=None, deadline=None, derandomize=True)


@exhaustive
@given(TEXTS)
def test_what_partner_center_refuses_is_an_error(text):
    found = [severity(remark) for remark in remarks(text)]
    assert PATTERN.fullmatch(text) or Severity.ERROR in found
    assert not found or read(text) or Severity.ERROR in found


@exhaustive
@given(TEXTS, TEXTS)
def test_nothing_but_a_host_is_ever_quoted(before, after):
    url = f"{before}hunter2{after}"
    quoted = [remark for remark in remarks(url) if "hunter2" in remark.observed]
    assert all(re.search(r"the host is \S*hunter2\S*\.", remark.observed) for remark in quoted)
    assert not quoted or "hunter2" in re.sub(r"^.*?//", "", url).lower().partition("/")[0]


@exhaustive
@given(TEXTS)
def test_a_repair_makes_it_better(text):
    for remark in remarks(text):
        if remark.repaired is not None:
            assert remark.repaired != text
            assert remark.entry not in ids(remark.repaired)


@pytest.mark.parametrize(
    "piece",
    [
        "https://",
        "http:",
        "%25",
        "%",
        "@",
        "<",
        "{",
        "$(",
        "[",
        "//[",
        "&amp;",
        "a.",
        "-",
        "'",
        '"',
        "/x/runs",
        "1.",
    ],
)
@pytest.mark.parametrize("start", ["", "https://", FLOW, LOGIC_APP.partition("?")[0]])
def test_hostile_text_takes_no_time(piece, start):
    for length in (8000, 100_000):
        remarks((start + piece * length)[:length])
