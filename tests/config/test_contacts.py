from __future__ import annotations

import pytest

TEXT = "leadDestination: email\nemailLeadConfiguration:\n  contactEmail: {}\n"
KEY = "/emailLeadConfiguration/contactEmail"


@pytest.mark.parametrize(
    "addresses",
    [
        "[leads@fabrikam.com]",
        "[a@b.co, c@b.co]",
        "[first.last+leads@mail.fabrikam.co.uk]",
        "['1_x@xn--bcher-kva.de']",
    ],
)
def test_addresses(addresses, read):
    assert read(TEXT.format(addresses)).findings == ()


@pytest.mark.parametrize(
    ("written", "index", "words"),
    [
        ("[leads]", 0, "not an e-mail address"),
        ("[leads@fabrikam]", 0, "not an e-mail address"),
        ("[a@b.co, '@b.co']", 1, "not an e-mail address"),
        ("[a@b@c.de]", 0, "not an e-mail address"),
        ("['']", 0, "not an e-mail address"),
        ("['a@b.co;c@d.co']", 0, "holds several addresses"),
        ("['a@b.co, c@d.co']", 0, "holds several addresses"),
        ("[' a@b.co']", 0, "has blanks around it"),
    ],
)
def test_what_is_no_address(written, index, words, read):
    [found] = read(TEXT.format(written)).findings
    assert (found.id, found.location.pointer) == ("contact-email-malformed", f"{KEY}/{index}")
    assert words in found.observed
    assert (found.repair is not None) is ("blanks" in words)


def test_an_address_twice_is_a_note(read):
    [found] = read(TEXT.format("[a@b.co, c@d.co, A@B.co]")).findings
    assert (found.id, found.severity, found.location.pointer) == (
        "contact-email-repeated",
        "note",
        f"{KEY}/2",
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("a@b.co", ("a@b.co",)),
        ("a@b.co; c@d.co", ("a@b.co", "c@d.co")),
        ("'a@b.co,c@d.co;'", ("a@b.co", "c@d.co")),
        ("a@b.co; Ann", None),
        ("''", None),
    ],
)
def test_one_text_becomes_a_list_where_that_is_certain(written, meant, read):
    [found] = read(TEXT.format(written)).findings
    assert found.id == "wrong-type"
    assert (found.repair and found.repair.new) == meant


@pytest.mark.parametrize(
    ("name", "text", "after"),
    [
        ("lead.yaml", TEXT.format("a@b.co; c@d.co  # both"), TEXT.format('["a@b.co", "c@d.co"]  # both')),
        (
            "lead.json",
            '{"leadDestination": "Email",\n "emailLeadConfiguration": {"contactEmail": "a@b.co"}}',
            '{"leadDestination": "email",\n "emailLeadConfiguration": {"contactEmail": ["a@b.co"]}}',
        ),
    ],
)
def test_it_is_written_into_the_file(name, text, after, tmp_path, leadcheck):
    (tmp_path / name).write_text(text, "utf-8")
    ended = leadcheck("validate", name, "--offline", "--fix", "--format", "json", cwd=tmp_path)
    assert (tmp_path / name).read_text("utf-8") == after
    assert (ended.code, ended.only["findings"]) == (0, [])
    assert {found["id"] for found in ended.only["fixed"]} <= {"wrong-type", "unknown-destination"}
