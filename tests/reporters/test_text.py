from __future__ import annotations

import re
from dataclasses import replace

import pytest

from validator.model import Delivery, Report, Status
from validator.reporters import FORMATS

ANSI = re.compile(r"\x1b\[[0-9;]*m")


def render(report, **look):
    return FORMATS["text"](report, **look)


def flat(report, **look):
    return " ".join(render(report, **look).split())


def test_a_ready_run_shows_the_ladder_the_lead_and_the_verdict(reports):
    assert (
        render(reports["ready"])
        == """\
Leads to Dynamics 365: lead-destination.yaml

  settings     ok    the settings are well formed
  reach        ok    the instance URL answers as Dynamics 365
  sign-in      ok    the application signs in to the tenant
  permissions  ok    the user may create leads
               ok    the user holds the supporting privileges
  test-lead    ok    the MSFT_TEST lead is written
  arrival      ok    the test lead is found in Dynamics 365

  test lead    MSFT_TEST_638996256000000000: written and read back
  where        https://fabrikam.crm4.dynamics.com/main.aspx?etn=lead&pagetype=entityrecord&id=7b1c2f3d
  earlier      4 MSFT_TEST leads of other runs: 2026-11-19T08:00:00Z,
               2026-11-18T08:00:00Z, 2026-11-17T08:00:00Z and 1 more

ready: the test lead was written and read back
"""
    )


def test_a_documented_error_is_told_in_full_and_before_lesser_findings(reports):
    assert (
        render(reports["not-ready"])
        == """\
Leads to Dynamics 365: lead-destination.yaml

  settings     ok    the settings are well formed
  reach        ok    the instance URL answers as Dynamics 365
  sign-in      FAIL  the application signs in to the tenant: the client secret
                     was refused
  permissions  skip  the user may create leads: the sign-in failed
               skip  the user holds the supporting privileges
  test-lead    skip  the MSFT_TEST lead is written
  arrival      skip  the test lead is found in Dynamics 365

error client-secret-invalid: The client secret is not one of the application's
  secrets
  at           lead-destination.yaml:7:19 (applicationKey)
  documented   error 7 of Microsoft's documentation:
               | Could not save the lead to Dynamics CRM using AAD. Exception::
               | Error validating credentials.: Invalid client secret is
               | provided.
  seen         | AADSTS7000215: Invalid client secret provided. Ensure the
               | secret being sent in the request is the client secret value,
               | not the client secret ID, for a secret added to app
               | '3c9e1d77-60b8-4f2a-8a45-0b7d2e6f9c13'.
  cause        The application key belongs to another application, was copied
               only in part, or was replaced.
  fix          1. In the Azure portal, open the application and add a client
                  secret.
               2. Copy the secret's value, not its id, into the field
                  `Application key`.
                  https://learn.microsoft.com/en-us/partner-center/marketplace-offers/commercial-marketplace-lead-management-instructions-dynamics
               3. Publish the offer again.
  support      codes           AADSTS7000215, 7000215
               request id      aaaa1111-0000-4000-8000-000000000001
               correlation id  bbbb2222-0000-4000-8000-000000000002
               time            2026-11-20

warning instance-url-page: The instance URL is the address of a page
  at           lead-destination.yaml:3:16 (instanceUrl)
  cause        Everything after the host was copied along from the browser.
  fix          1. Keep the address up to `.dynamics.com`.

  ignored      instance-url-page: by --ignore

  test lead    MSFT_TEST_638996256000000000: not sent

not ready: repair 1 error before publishing; 1 warning, 1 ignored
"""
    )


def test_what_nobody_could_know(reports):
    assert (
        render(reports["unproven"])
        == """\
Leads to Dynamics 365: offers.json:41, product softwareAsAService/crm add-in

  settings     ok    the settings are well formed
  reach        ?     the instance URL answers as Dynamics 365: the service asked
                     to wait
  sign-in      BUG   the application signs in to the tenant: KeyError

note service-throttled: The service asked to wait
  cause        Too many requests reached this instance.
  fix          1. Run leadcheck again in a few minutes.
  support      request id      cccc3333-0000-4000-8000-000000000003

  unproven     - Whether a workflow moves new leads elsewhere: look for the test
                 lead among the leads.
               - Whether Partner Center holds the same values: compare them.

unproven: nothing is proven wrong, but not everything could be checked; 1 note
"""
    )


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("settings-ok", "settings ok: only the settings were checked, nothing was sent"),
        ("permitted", "permitted: nothing before the test lead was refused, and no lead was written"),
        ("accepted", "accepted: the service took the test lead, which cannot be read back from here"),
        ("nothing", "nothing to check: no service stands behind this destination"),
        ("empty", "nothing to check: no lead-destination configuration was found"),
        ("fixed", "settings ok: only the settings were checked, nothing was sent; 1 note"),
    ],
)
def test_the_last_line_is_the_verdict(reports, name, last):
    assert render(reports[name]).splitlines()[-1] == last


def test_the_first_line_of_a_sandbox_run_says_so(reports):
    warning = "sandbox: a pass here proves nothing about a real tenant"
    assert render(reports["sandbox"]).splitlines()[0] == warning
    assert render(reports["sandbox"], verbosity=-1).splitlines()[0] == warning
    assert "sandbox" not in render(reports["ready"])


def test_a_lead_that_cannot_be_read_back_is_ready_by_the_id_it_got(reports):
    result = reports["ready"].results[0]
    skipped = replace(result.checks[-1], status=Status.SKIPPED, note="the account may not read")
    for checks in (result.checks[:-1], (*result.checks[:-1], skipped)):
        report = replace(reports["ready"], results=(replace(result, checks=checks),))
        assert render(report).endswith("\nready: the test lead was written, and the service gave its id\n")


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Delivery.ACCEPTED, "taken by the service, not read back"),
        (Delivery.REFUSED, "refused, so it was not written"),
        (Delivery.UNKNOWN, "sent, but nobody could see whether it was written"),
        (Delivery.NOT_SENT, "not sent"),
    ],
)
def test_what_became_of_the_test_lead(reports, outcome, words):
    result = reports["ready"].results[0]
    lead = replace(result.test_lead, outcome=outcome, earlier=("2026-11-19T08:00:00Z",))
    text = flat(replace(reports["ready"], results=(replace(result, test_lead=lead),)))
    assert f"MSFT_TEST_638996256000000000: {words} where" in text
    assert "1 MSFT_TEST lead of other runs: 2026-11-19T08:00:00Z ready:" in text


def test_a_lead_that_was_cleaned_up_and_its_probes(reports):
    text = flat(reports["accepted"])
    assert "not read back, then deleted" in text
    assert "probe a missing company is refused" in text


def test_slow_checks_show_their_time_and_verbose_shows_all(reports):
    assert "the MSFT_TEST lead is written (3.1 s)\n" in render(reports["accepted"])
    assert "answers as Dynamics 365\n" in render(reports["ready"])
    assert "answers as Dynamics 365 (0.2 s)\n" in render(reports["ready"], verbosity=1)


def test_repaired_findings_take_a_line_each(reports):
    line = "fixed instance-url-page at lead-destination.yaml:3:16: The instance URL is the address of a page"
    assert line in flat(reports["fixed"])


def test_an_ignored_finding_shows_its_place_and_reason(reports):
    text = flat(reports["hostile"])
    assert "y.yaml:2:2: our proxy strips the path" in text
    assert "address of a page" not in text


def test_several_configurations_are_summed_up(reports):
    text = render(reports["several"])
    assert "\nsettings ok: lead-destination.yaml\nnothing to check: lead-destination.yaml\n" in text
    assert flat(reports["several"]).endswith(
        "5 configurations: 1 not ready, 1 settings ok, 1 permitted, 1 ready, 1 nothing to check; "
        "1 error, 1 warning; 3 inputs could not be read"
    )


def test_several_configurations_in_verbose_all_show_their_ladder(reports):
    text = render(reports["several"], verbosity=1)
    assert text.count("  settings     ok    the settings are well formed") == 4


def test_inputs_that_could_not_be_read(reports):
    first, second = render(reports["unreadable"]).splitlines()[:2]
    assert first == "cannot read broken.yaml:3:1: the key `instanceUrl` is written twice"
    assert second == "cannot read missing.yaml: there is no such file"


def test_quiet_leaves_findings_and_verdict(reports):
    text = render(reports["not-ready"], verbosity=-1)
    assert text.startswith("error client-secret-invalid: ")
    assert text.endswith("\nnot ready: repair 1 error before publishing; 1 warning, 1 ignored\n")
    assert "FAIL" not in text
    assert "MSFT_TEST" not in text
    assert render(reports["ready"], verbosity=-1) == "ready: the test lead was written and read back\n"


def test_quiet_still_tells_several_configurations_apart(reports):
    text = render(reports["several"], verbosity=-1)
    assert text.count("Leads to Dynamics 365: lead-destination.yaml") == 3
    assert "5 configurations" not in text


@pytest.mark.parametrize("name", ["ready", "not-ready", "unproven", "accepted", "fixed", "several", "empty"])
@pytest.mark.parametrize("width", [1, 40, 80, 200])
def test_only_what_cannot_be_broken_is_wider_than_the_page(reports, name, width):
    for line in render(reports[name], width=width).splitlines():
        words = line.strip(" |").rsplit(maxsplit=1)
        assert len(line) <= width or len(words) == 1 or width < 80 or "://" in line or "y.yaml:1:1:" in line
    assert " ".join(render(reports[name], width=width).replace(" | ", " ").split()) == " ".join(
        render(reports[name], width=10000).replace(" | ", " ").split()
    )


def test_names_and_addresses_are_never_cut(reports):
    text = render(reports["long"], width=40)
    assert "a" * 120 + ".yaml" in text
    assert "(applicationKey)" in text
    assert "x" * 100 in text
    name = "my lead destination, the second one.yaml"
    result = reports["ready"].results[0]
    spaced = replace(result, source=result.source._replace(file=name), product=name)
    text = render(replace(reports["ready"], results=(spaced,)), width=20)
    assert f"{name},\n  product {name}\n" in text


def test_nothing_foreign_starts_a_line_or_drives_a_terminal(reports):
    for width in (20, 47, 80):
        text = render(reports["hostile"], width=width) + render(reports["unreadable"], width=width)
        assert text.replace("\n", "").isprintable()
        assert "##" not in text
        assert not [line for line in text.splitlines() if line.strip().startswith("::")]


@pytest.mark.parametrize("verbosity", [-1, 0, 1])
def test_colour_changes_nothing_but_colour(sample, verbosity):
    plain, coloured = (render(sample, colour=colour, verbosity=verbosity) for colour in (False, True))
    assert "\x1b[" not in plain
    assert ANSI.sub("", coloured) == plain


def test_the_worst_is_red_and_the_best_green(reports):
    not_ready, ready = (render(reports[name], colour=True) for name in ("not-ready", "ready"))
    assert "\x1b[1;31merror\x1b[0m client-secret-invalid: " in not_ready
    assert "\x1b[1;31mFAIL  \x1b[0m" in not_ready
    assert "\x1b[2mskip  \x1b[0m\x1b[2mthe user holds the supporting privileges\x1b[0m" in not_ready
    assert ": \x1b[1mThe client secret is not one of the application's\x1b[0m" in not_ready
    assert "\x1b[32mready: the test lead was written and read back\x1b[0m" in ready


def test_marks_and_lines_of_ours_survive_a_windows_console(reports):
    assert render(reports["several"]).encode("cp1252")


def test_a_destination_without_a_name_of_ours_is_shown_as_it_is(reports):
    result = replace(reports["ready"].results[0], destination="carrierPigeon")
    assert render(replace(reports["ready"], results=(result,))).startswith(
        "Leads to carrierPigeon: lead-destination.yaml\n"
    )


def test_a_destination_that_may_not_be_shown_is_said_to_be_unknown(reports):
    result = replace(reports["ready"].results[0], destination="")
    assert render(replace(reports["ready"], results=(result,))).startswith(
        "Leads to an unknown destination: lead-destination.yaml\n"
    )


def test_a_report_ends_with_one_newline(sample: Report):
    text = render(sample)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\n\n\n" not in text
