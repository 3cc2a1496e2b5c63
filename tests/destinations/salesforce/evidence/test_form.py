"""The saved Web-to-Lead form, as generated and as people change it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

OID = "00D000000000001"
OTHER = "00D5e000000HabC"
HOST = "https://webto.salesforce.com/servlet/servlet.WebToLead?encoding=UTF-8"


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("plain", []),
        ("plain-orgid", []),
        ("recaptcha", ["web-to-lead-form-recaptcha"]),
        ("sandbox", ["web-to-lead-form-sandbox"]),
        ("country-picklist-and-custom", ["country-picklist-enabled", "web-to-lead-form-picklists"]),
    ],
)
def test_a_form_as_it_is_generated(name, ids, samples, form):
    assert sorted(form((samples / "webtolead" / f"{name}.html").read_bytes())) == ids


def test_the_lists_of_a_form_are_named(samples, form):
    found = form((samples / "webtolead" / "country-picklist-and-custom.html").read_bytes())
    assert "lead_source" in found["web-to-lead-form-picklists"]["observed"]
    assert "Industry" in found["web-to-lead-form-picklists"]["observed"]
    assert found["web-to-lead-form-picklists"]["severity"] == "note"
    assert "country" not in found["web-to-lead-form-picklists"]["observed"]


def test_many_lists_are_counted(form):
    lists = "".join(f"<select name=L{n}></select>" for n in range(12))
    found = form(f'<form action="{HOST}"><input name=oid value={OID}>{lists}')
    assert found["web-to-lead-form-picklists"]["observed"].startswith("12 in the form: L0, ")


WRITTEN = {
    "without quotes": "<form action={url} method=POST><input type=hidden name=oid value={oid}></form>",
    "single quotes": "<form action='{url}'><input type='hidden' name='oid' value='{oid}'></form>",
    "capitals": '<FORM ACTION="{url}"><INPUT TYPE="hidden" NAME="oid" VALUE="{oid}"></FORM>',
    "blanks around the sign": '<form action = "{url}"><input name = "oid" value = "{oid}" /></form>',
    "value first": '<form action="{url}"><input value="{oid}" type="hidden" name="oid"></form>',
    "several lines": '<form\n action="{url}">\n<input\n  name="oid"\n  value="{oid}"\n>',
    "JSX": '<form action={{"{url}"}}><input type="hidden" name="oid" value={{"{oid}"}} /></form>',
    "a JSX comment before": '{{/* <input name="oid" value="00Dxxxxxxxxxxxx"> */}}<form action="{url}">'
    '<input name="oid" value="{oid}"/>',
    "a PHP string": 'echo "<form action=\\"{url}\\"><input name=\\"oid\\" value=\\"{oid}\\">";',
    "escaped": '&lt;form action="{url}"&gt;&lt;input name="oid" value="{oid}"&gt;',
    "wholly in a comment": '<!-- <form action="{url}"><input name="oid" value="{oid}"></form> -->',
    "an old one in a comment": '<!-- <input name="oid" value="00D5e000000XyzQ"> --><form action="{url}">'
    '<input name="oid" value="{oid}">',
    "a comment without end": '<form action="{url}"><input name="oid" value="{oid}"><!-- the rest',
    "a quote without end": '<form action="{url}"><input name="oid" value="{oid}"><input title="',
    "a mark of the editor's": '\ufeff<form action="{url}"><input name="oid" value="{oid}">',
}


@pytest.mark.parametrize("way", WRITTEN)
def test_a_form_as_people_write_it(way, form):
    text = WRITTEN[way].format(url=HOST, oid=OID)
    assert form(text) == {}
    [finding] = form(text, identifier=OTHER).values()
    assert finding["id"] == "web-to-lead-form-other-organization"
    assert f"the form's oid is {OID}" in finding["observed"]
    assert finding["location"]["pointer"] == "/leadcheck/salesforce/webToLeadForm"


def test_the_longer_identifier_is_the_same(form):
    assert form(f'<form action="{HOST}"><input name="oid" value="00D000000000001EAA">') == {}


def test_another_organisation_s_sandbox_is_one_finding(samples, form):
    found = form((samples / "webtolead" / "sandbox.html").read_bytes(), identifier=OTHER)
    assert list(found) == ["web-to-lead-form-other-organization"]
    assert "test.salesforce.com" in found["web-to-lead-form-other-organization"]["observed"]


@pytest.mark.parametrize("host", ["fabrikam--uat.sandbox.my.salesforce.com", "TEST.salesforce.com"])
def test_hosts_of_sandboxes(host, form):
    text = f'<form action="https://{host}/servlet/servlet.WebToLead"><input name="oid" value="{OID}">'
    assert list(form(text)) == ["web-to-lead-form-sandbox"]


@pytest.mark.parametrize("action", ["https://[", "/servlet/servlet.WebToLead", ""])
def test_an_address_that_is_none_says_nothing(action, form):
    assert form(f'<form action="{action}servlet.WebToLead"><input name="oid" value="{OID}">') == {}


def test_an_oid_that_a_program_fills_in_cannot_be_compared(form):
    assert form(f'<form action="{HOST}"><input name="oid" value={{process.env.OID}} />', OTHER) == {}


def test_a_broken_identifier_is_not_compared(form):
    found = form(f'<form action="{HOST}"><input name="oid" value="{OID}">', "nonsense")
    assert list(found) == ["salesforce-id-malformed"]


@pytest.mark.parametrize(
    "mark",
    [
        "<script src=https://www.google.com/recaptcha/api.js></script>",
        '<div class="wide g-recaptcha" data-sitekey="x"></div>',
        "<div className='g-recaptcha'></div>",
        "<input type=hidden name='captcha_settings' value='{\"ts\":\"\"}'>",
    ],
)
def test_signs_of_a_recaptcha(mark, form):
    found = form(f'<form action="{HOST}"><input name="oid" value="{OID}">{mark}')
    assert {name: finding["severity"] for name, finding in found.items()} == {
        "web-to-lead-form-recaptcha": "warning"
    }


@pytest.mark.parametrize("text", ["", "hello", "<form></form>", f'<input name="orgid" value="{OID}">'])
def test_a_page_without_a_form_is_an_error(text, form):
    [finding] = form(text).values()
    assert (finding["id"], finding["severity"]) == ("salesforce-evidence-unreadable", "error")
    assert "oid" in finding["observed"]


def test_a_country_in_the_form_and_in_the_metadata_is_one_finding(samples, form, judged, tmp_path):
    form((samples / "webtolead" / "country-picklist-and-custom.html").read_bytes())
    (tmp_path / "settings").mkdir()
    settings_ = tmp_path / "settings/Address.settings"
    settings_.write_bytes((samples / "mdapi/src/settings/Address.settings").read_bytes())
    found = judged(webToLeadForm="form.html", metadata="settings/..")
    assert found["country-picklist-enabled"]["severity"] == "warning"
    settings_.write_text(settings_.read_text("utf-8").replace(">United States<", ">US<", 1), "utf-8")
    assert "country-picklist-enabled" not in judged(webToLeadForm="form.html", metadata=".")


def test_a_form_with_a_text_for_the_country_takes_the_doubt_away(samples, form, judged, tmp_path):
    form(f'<form action="{HOST}"><input name="oid" value="{OID}"><input name="country">')
    (tmp_path / "settings").mkdir()
    settings_ = (samples / "mdapi/src/settings/Address.settings").read_bytes()
    (tmp_path / "settings/Address.settings").write_bytes(settings_)
    assert judged(webToLeadForm="form.html", metadata=".") == {}


HOSTILE = [
    "<input '",
    '<input "',
    "<input x=",
    "<!--",
    "{/*",
    "<form action=",
    "<",
    "&lt;",
    "\\'",
    "<div class={",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_page_costs_no_time(piece, form, within_a_second):
    with within_a_second():
        form(piece * (500_000 // len(piece)))


def test_a_page_may_have_half_a_mebibyte(form):
    [finding] = form("x" * (512 * 1024 + 1)).values()
    assert "512 KiB" in finding["observed"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([*HOSTILE, "oid", "name=", ">", OID]) | st.text(max_size=5), max_size=20))
def test_no_text_makes_it_crash(form, pieces):
    form("".join(pieces))
