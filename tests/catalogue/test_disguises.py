"""A message is known in whatever a portal, a log, a mail, a browser or a terminal makes of it."""

import html
import json
import re
import textwrap
import urllib.parse
from pathlib import Path

import pytest

from validator.catalogue import diagnose, entries

NOISE = [
    "2026-11-20T10:00:0{n}.123Z [INFO] publish: step {n} of the certification is done",
    "2026-11-20 10:00:0{n},456 DEBUG worker-{n} GET /api/offers/crm-addin/submissions 200 in {n}3 ms",
    "[10:00:0{n}] Build: the package was signed and uploaded ({n} MB)",
    "##[debug]Evaluating condition for step: 'Publish {n}'",
    "Nov 20 10:00:0{n} agent systemd[1]: Started session {n} of user build.",
]


def buried(text, lines=200):
    """Put the text in the middle of a log, after the prefix that its logger writes."""
    noise = [NOISE[n % len(NOISE)].format(n=n % 10) for n in range(lines)]
    return "\n".join(
        [*noise[: lines // 2], f"2026-11-20T10:00:05.000Z [ERROR] publish: {text}", *noise[lines // 2 :]]
    )


def log_lines(text):
    """Wrap at 60 columns, each line behind a logger's prefix."""
    return "\n".join(
        f"2026-11-20T10:00:00.000Z [ERROR] {line}" for line in textwrap.wrap(text, 60, break_long_words=False)
    )


def mail(text):
    """Quote in a reply to a reply."""
    return "He wrote:\r\n" + "\r\n".join(
        f"> > {line}" for line in textwrap.wrap(text, 50, break_long_words=False)
    )


def quoted_printable(text):
    """Send as mail is sent: soft line breaks at any place."""
    words = text.replace("=", "=3D").replace("'", "=E2=80=99")
    return "=\n".join(words[at : at + 70] for at in range(0, len(words), 70)) + "=\n"


def window(text):
    """Cut at the 80th column, inside words."""
    return "\n".join(text[at : at + 80] for at in range(0, len(text), 80))


def page(text):
    """Show on a page of HTML, parts of it bold."""
    words = html.escape(text, quote=True)
    bold = re.sub(r"\b(not|identifier|credentials|failed)\b", r"<b>\1</b>", words)
    return f'<div class="error"><p>{bold}<br/>Try again.</p></div>'


def source(text):
    """Copy from the source of a page whose text was escaped twice."""
    return html.escape(html.escape(text, quote=True))


def entities(text):
    """Write quotation marks as named and numbered entities, as a portal does."""
    return text.replace("'", "&rsquo;").replace('"', "&#x22;").replace(" ", "&nbsp;")


def nested(text):
    """Put JSON in JSON in JSON."""
    return json.dumps({"error": json.dumps({"message": json.dumps({"Message": text})})})


def unicode_escaped(text):
    """Escape the signs that some encoders escape, typographic ones included."""
    words = text.replace("'", "\u2019")
    return json.dumps(words).replace("<", "\\u003c").replace("&", "\\u0026")


def address(text):
    """Carry in the query of an address."""
    return "https://localhost/callback?" + urllib.parse.urlencode({"error_description": text})


def twice_quoted(text):
    """Quote for an address twice."""
    return urllib.parse.quote(urllib.parse.quote(text))


def coloured(text):
    """Colour words as a terminal does."""
    return re.sub(r"\b(not|error|failed|credentials|AADSTS)", "\x1b[1;31m\\1\x1b[0m", text)


def colourless(text):
    """Copy from a log viewer that shows the colours' digits."""
    return re.sub(r"\b(not|error|failed|credentials)\b", r"[31m\1[0m", text)


def doubled(text):
    """Leave an empty line after each line."""
    return "\r\n\r\n".join(textwrap.wrap(text, 40, break_long_words=False))


def escaped_breaks(text):
    """Write the line breaks as a JSON viewer shows them."""
    return "\\r\\n".join(textwrap.wrap(text, 40, break_long_words=False))


def mojibake(text):
    """Read UTF-8 as Windows does."""
    return text.replace("'", "\u00e2\u20ac\u2122")


def replaced(text):
    """Lose what a character set lacks."""
    return text.replace("'", "\ufffd")


def wide(text):
    """Read UTF-16 as if it were bytes."""
    return "".join(f"{character}\0" for character in text)


DISGUISES = [
    *(buried, log_lines, mail, quoted_printable, window, page, source, entities, nested, unicode_escaped),
    *(address, twice_quoted, coloured, colourless, doubled, escaped_breaks, mojibake, replaced, wide),
]

GUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
HIDDEN = ["***", "", "[REDACTED]", "<id>", "{guid}", "(masked)", "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"]
"""What stands where a name or an identifier was taken out."""


def masked(text, by):
    """Take out identifiers, and names in quotation marks."""
    return re.sub(r"'[^' ]{1,60}'", f"'{by}'", re.sub(GUID, by, text))


def unquoted(text):
    """Take the quotation marks away."""
    return text.replace("'", "")


def bracketed(text):
    """Put names in brackets in place of quotation marks."""
    return re.sub(r"'([^' ]{1,60})'", r"[\1]", text)


ANSWERS = json.loads(Path(__file__).with_name("answers.json").read_text("utf-8"))
PORTAL = json.loads(Path(__file__).with_name("portal.json").read_text("utf-8"))

WORDLESS = {"no_or_invalid_token", "marketo.identity_bad_secret", "marketo.identity_unknown_client"}
"""What anybody's web server answers: nobody knows it without its status, or the service's name."""

TOLD_BY_A_NAME = {
    *("certificate-wrong-host", "endpoint-host-not-found", "instance-host-not-found", "lead-table-missing"),
    *("storage-account-not-found", "endpoint-bearer-wanted", "endpoint-flow-deleted", "endpoint-flow-off"),
    *("tenant-empty", "tenant-part-of-address"),
}
"""Entries that nothing but a name in quotation marks tells from others: masked, nobody can know them."""

TEXTS = [
    *((f"answer {a['case']}", a["entry"], a["body"]) for a in ANSWERS if a["case"] not in WORDLESS),
    *(
        (f"example of {entry.id}", entry.id, example.text)
        for entry in entries().values()
        for example in entry.examples
        if example.status is None and not entry.question
    ),
]
"""What each text is, the entry it means, and the text."""

CHANGES = [*DISGUISES, unquoted, bracketed]


def first(text):
    matches = diagnose(text).matches
    return matches[0].entry.id if matches else None


def number(text):
    """Give the number of the documented error that the text certainly is."""
    match = diagnose(text).matches[0]
    return match.entry.documented.number if match.confidence == "certain" else None


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("message", PORTAL, ids=lambda message: message["text"][-30:])
def test_a_portals_message_gives_its_number_with_certainty(message, change):
    assert number(change(message["text"])) == message["number"]


WHOLE = [change for change in CHANGES if change not in {buried, window}]
"""Encoded once more, a log or a window's lines are something that was cut to pieces."""


@pytest.mark.parametrize("inner", WHOLE, ids=lambda change: change.__name__)
@pytest.mark.parametrize("outer", [buried, nested, address])
def test_one_disguise_may_be_worn_over_another(inner, outer):
    for message in PORTAL:
        assert number(outer(inner(message["text"]))) == message["number"]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_every_answer_and_example_is_known_in_disguise(change):
    missed = [what for what, entry, text in TEXTS if first(change(text)) != entry]
    assert missed == []


@pytest.mark.parametrize("by", HIDDEN)
def test_names_may_be_masked_or_missing(by):
    missed = [
        what
        for what, entry, text in TEXTS
        if first(masked(text, by)) != entry and entry not in TOLD_BY_A_NAME
    ]
    assert missed == []


@pytest.mark.parametrize("by", HIDDEN)
def test_a_masked_name_makes_nothing_certain_that_is_wrong(by):
    for _, entry, text in TEXTS:
        matches = diagnose(masked(text, by)).matches
        sure = [match.entry.id for match in matches if match.confidence == "certain"]
        assert entry in sure or not sure or matches[0].entry.id == entry


@pytest.mark.parametrize("end", ["", "...", "\u2026", " [truncated]", '"}'])
@pytest.mark.parametrize(
    ("number_", "text", "enough"),
    [
        (1, "Check the Dynamics CRM account settings. LastCRMError: Unable to Login to Dynamics CRM", ""),
        (2, "User does not have create permissions for the leadsourcecode attri", ""),
        (3, "Exception:: Tenant not found. This inst", " using AAD"),
        (4, "LastCRMError: SecLib::RetrievePrivilegeForUser failed - no ro", ""),
        (5, "Exception:: Application with identifier was not fo", " using AAD"),
        (6, "Exception:: Requested tenant identifier is not valid and no", " using AAD"),
        (7, "Exception:: Error validating credentials.: Invalid client secret is", " using Azure AD"),
        (8, "LastCRMError: The request channel timed out while waiting for a reply after", ""),
    ],
)
def test_a_message_may_be_cut(number_, text, enough, end):
    assert number(f"Could not save the lead to Dynamics CRM{enough}. {text}{end}") == number_


@pytest.mark.parametrize(
    "text",
    [
        "Tenant not\n",
        "=" * 200 + "\n" + "=" * 200,
        "%%%%" * 50,
        "&#0;&#55296;&#9999999;&unknown;",
        "\\" * 99,
        "<" * 99,
        "\x1b",
        "a=\nb",
        "%ff%fe",
        "\\ud83d",
    ],
)
def test_what_only_looks_encoded_is_let_be(text):
    assert diagnose(text).verdict == "unrecognised"


def test_a_time_below_its_label_is_no_prefix():
    found = diagnose("AADSTS7000222: expired.\r\nTimestamp:\r\n2026-11-20 10:00:00Z")
    assert found.timestamp == "2026-11-20 10:00:00Z"


def test_two_short_lines_are_no_window():
    assert first("AADSTS50126\nfor the application") == "password-wrong"


def test_two_lines_of_one_length_are_two_lines_of_a_log():
    line = "2026-11-20T10:00:00.000Z [ERROR] lead writer: " + "x" * 49 + " tenant"
    found = diagnose(f"{line}\n2026-11-20T10:00:00.000Z [ERROR] not found. AADSTS90002")
    assert found.matches[0].entry.id == "tenant-not-found"
    assert found.codes == ("AADSTS90002",)


@pytest.mark.parametrize("offer", ["crm-addin", "lead-crm", "crmhub"])
def test_an_offer_named_after_a_crm_makes_no_fault_one_of_dynamics(offer):
    noise = f"GET /api/offers/{offer}/submissions 200\n" * 100
    for fault in ("Connection refused", "Connection to 10.0.0.1 timed out", "certificate has expired"):
        assert not [match for match in diagnose(f"{noise}{fault}\n{noise}").matches if match.entry.documented]


def test_what_a_log_is_about_may_be_said_above_it():
    noise = "GET /api/health 200\n" * 200
    assert first(f"Dynamics 365:\n{noise}Connection refused\n{noise}") == "instance-connection-refused"
    assert first(f"{noise}dynamics\n{noise}Connection refused\n{noise}") is None
