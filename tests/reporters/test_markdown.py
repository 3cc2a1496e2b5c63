"""Markdown, as GitHub renders it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from validator.model import Verdict
from validator.reporters import FORMATS
from validator.reporters.markdown import code, own

GITHUB = MarkdownIt("gfm-like")


class Rendered(HTMLParser):
    """What a reader sees, and which elements make it."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.links, self.words = [], [], []
        self.feed(GITHUB.render(text))
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data):
        self.words.append(data)


def rendered(report):
    return Rendered(FORMATS["markdown"](report))


def test_the_verdict_the_findings_and_their_fixes_are_there(reports):
    page = rendered(reports["not-ready"])
    assert page.tags.count("table") == 1
    for words in (
        "1 configuration: 1 not ready",
        "not ready: repair 1 error before publishing",
        "The client secret is not one of the application's secrets",
        "lead-destination.yaml:7:19",
        "Error 7 of Microsoft's documentation",
        "AADSTS7000215: Invalid client secret provided.",
        "Copy the secret's value, not its id, into the field Application key",
        "Ignored:",
        "by --ignore",
    ):
        assert words in page.text
    assert "Application key" in " ".join(page.words)
    assert all(link.startswith("https://learn.microsoft.com/") for link in page.links)
    assert page.links


def test_what_is_unproven_repaired_or_not_read_is_there(reports):
    assert "Whether Partner Center holds the same values" in rendered(reports["unproven"]).text
    assert "Repaired:" in rendered(reports["fixed"]).text
    assert "missing.yaml : there is no such file" in rendered(reports["unreadable"]).text
    assert "offers.json:41, softwareAsAService/crm add-in" in rendered(reports["unproven"]).text


def test_a_run_in_the_sandbox_says_so(reports):
    assert "sandbox: a pass here proves nothing" in rendered(reports["sandbox"]).text


@pytest.mark.parametrize("name", ["injected", "injected-input", "hostile"])
def test_hostile_text_is_text(name, reports):
    page = rendered(reports[name])
    assert set(page.tags) <= {
        *("h2", "h3", "h4", "p", "table", "thead", "tbody", "tr", "th", "td", "ul", "ol", "li"),
        *("blockquote", "code", "a", "br"),
    }
    assert all(link.startswith("https://learn.microsoft.com/") for link in page.links)
    assert page.tags.count("td") == 3 * len(reports[name].results)


def test_hostile_text_reads_as_it_is(reports):
    page = rendered(reports["injected"])
    assert "<script>alert(1)</script>" in page.text
    assert "``two`` %0A%0D ![p](http://evil.example/p)" in page.text


def test_nobody_is_mentioned(reports):
    """A mention is looked for in the rendered text; a comment between the sign and the name ends it."""
    text = FORMATS["markdown"](reports["injected"])
    outside = [part for number, part in enumerate(text.split("`")) if number % 2 == 0]
    assert "&#64;<!-- -->everyone" in text
    assert "@everyone" not in "".join(line for line in outside if "evil" not in line)


def test_code_that_begins_or_ends_with_backticks():
    assert Rendered(code("`a` and ``b``")).text == "`a` and ``b``"
    assert code("") == ""


def test_a_backtick_that_stands_alone_marks_nothing():
    assert Rendered(own("`a` and ` b")).tags == ["p"]
    assert Rendered(own("`a` and `b`")).tags == ["p", "code", "code"]


def test_no_line_is_a_command_of_a_pipeline(sample):
    for line in FORMATS["markdown"](sample).splitlines():
        assert not line.strip().startswith("::")
        assert "##[" not in line
        assert "##vso[" not in line


def test_every_verdict_is_told(reports):
    told = {result.verdict for report in reports.values() for result in report.results}
    assert told == set(Verdict)
    assert all(rendered(report).text.startswith("leadcheck") for report in reports.values())
