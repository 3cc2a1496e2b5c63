"""The report as a page: what is in it, and what can not get in. `test_browser` opens it."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from validator.model import Verdict
from validator.reporters import FORMATS

ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "article"),
    *("h1", "h2", "h3", "h4", "p", "dl", "dt", "dd", "ul", "ol", "li", "a", "code", "span", "blockquote"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "href", "rel", "class", "scope"}
VOID = {"meta"}


class Page(HTMLParser):
    """Reads a page, and fails where an element is not closed in its turn."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.links, self.meta, self.words = [], [], [], {}, []
        self.attributes = set()
        self.style = ""
        self.feed(text)
        self.close()
        assert self.open == []
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        known = dict(attrs)
        self.attributes |= set(known)
        self.links += [known["href"]] if "href" in known else []
        if tag == "meta":
            self.meta[known.get("http-equiv") or known.get("name") or "charset"] = known.get("content")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] == "style":
            self.style += data
        else:
            self.words.append(data)


def page_of(report):
    return Page(FORMATS["html"](report))


def test_it_is_sound_html_of_known_elements(sample):
    page = page_of(sample)
    assert set(page.tags) <= ELEMENTS
    assert page.attributes <= ATTRIBUTES
    assert [page.tags.count(tag) for tag in ("header", "main", "footer", "h1", "title")] == [1] * 5


def test_nothing_outside_the_file_is_named_but_pages_of_the_documentation(sample):
    page = page_of(sample)
    assert all(link.startswith("https://learn.microsoft.com/") for link in page.links)
    assert not re.search(r"url\(|@import|expression", page.style)


def test_the_policy_allows_its_own_style_and_nothing_else(reports):
    page = page_of(reports["injected"])
    digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    assert page.meta["Content-Security-Policy"].split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_findings_fixes_ladder_lead_and_requests_are_there(reports):
    page = page_of(reports["not-ready"])
    for words in (
        "not ready : repair 1 error before publishing",
        "error : The client secret is not one of the application's secrets",
        "lead-destination.yaml:7:19",
        "error 7 of Microsoft's documentation: Could not save the lead",
        "AADSTS7000215: Invalid client secret provided.",
        "bbbb2222-0000-4000-8000-000000000002",
        "Copy the secret's value, not its id, into the field Application key",
        "instance-url-page : by --ignore",
        "the application signs in to the tenant sign-in failed 0.0 the client secret was refused",
        "https://fabrikam.crm4.dynamics.com/api/data/v9.2/ GET 401 181",
        "MSFT_TEST_638996256000000000",
    ):
        assert words in page.text
    assert page.text.index("client-secret-invalid") < page.text.index("instance-url-page")


def test_the_rest_is_there_too(reports):
    assert "offers.json:41, product softwareAsAService/crm add-in" in page_of(reports["unproven"]).text
    assert "Whether Partner Center holds the same values" in page_of(reports["unproven"]).text
    assert "Repaired instance-url-page at lead-destination.yaml:3:16" in page_of(reports["fixed"]).text
    assert "probe a missing company is refused" in page_of(reports["accepted"]).text
    assert "Leads to an unknown destination" not in page_of(reports["ready"]).text
    assert "missing.yaml : there is no such file" in page_of(reports["unreadable"]).text
    assert page_of(reports["several"]).text.count("All configurations") == 1
    assert "no answer 3" in page_of(reports["injected"]).text


def test_a_run_in_the_sandbox_says_so_first(reports):
    words = page_of(reports["sandbox"]).text
    assert words.index("sandbox: a pass here proves nothing") < words.index("1 configuration")


@pytest.mark.parametrize("name", ["injected", "injected-input"])
def test_hostile_text_reads_as_it_is(name, reports):
    page = page_of(reports[name])
    assert "<script>alert(1)</script> <img src=http://evil.example/a>" in page.text
    assert "&lt; \"quoted\" 'too'" in page.text
    raw = FORMATS["html"](reports[name])
    assert not re.search(r"[\x00\x1b\u202e]|##\[", raw)


def test_every_verdict_has_a_page(reports):
    assert {result.verdict for report in reports.values() for result in report.results} == set(Verdict)
    assert all(page_of(report).text for report in reports.values())
