from __future__ import annotations

import json
import re
import socket
import sys

import pytest

from validator.reporters import FORMATS

OFFLINE = ("validate", "--offline", "--format", "json")
SANDBOX = ("validate", "examples/dynamics.yaml", "--sandbox", "--format", "json")
COLOUR = "\x1b["


def files(ended):
    return [configuration["source"]["file"] for configuration in ended.json["configurations"]]


def problems(ended):
    return [problem["file"] for problem in ended.json["problems"]]


# Which files


def test_the_default_is_a_file_of_this_folder(leadcheck, folder, azure_ad):
    ended = leadcheck(*OFFLINE, cwd=folder("lead-destination.yaml", azure_ad))
    assert (ended.code, files(ended)) == (0, ["lead-destination.yaml"])
    assert ended.only["verdict"] == "settings-ok"


def test_a_missing_default_is_said_to_be_the_default(leadcheck, tmp_path):
    ended = leadcheck("validate", cwd=tmp_path)
    assert ended.code == 2
    assert "lead-destination.yaml: it is not here; name a file or a folder" in ended.out


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["a.yaml"], ["a.yaml"]),
        (["b.json", "a.yaml"], ["b.json", "a.yaml"]),
        (["sub"], ["sub/c.yml"]),
        (["."], ["a.yaml", "b.json", "sub/c.yml"]),
        (["*.yaml"], ["a.yaml", "other.yaml"]),
        (["**/*.yml"], ["sub/c.yml"]),
        ([".", "a.yaml"], ["a.yaml", "b.json", "sub/c.yml"]),
    ],
)
def test_paths(paths, expected, leadcheck, folder, azure_ad):
    values = {"leadDestination": "email", "emailLeadConfiguration": {"contactEmail": ["leads@fabrikam.com"]}}
    here = folder(
        *("a.yaml", azure_ad, "b.json", json.dumps(values), "sub/c.yml", azure_ad),
        *("other.yaml", "just: something\n", "notes.txt", azure_ad, ".hidden/d.yaml", azure_ad),
    )
    ended = leadcheck(*OFFLINE, *paths, cwd=here)
    assert sorted(files(ended) + problems(ended)) == sorted(expected)
    assert problems(ended) == [name for name in expected if name == "other.yaml"]


def test_standard_input(leadcheck, azure_ad):
    ended = leadcheck(*OFFLINE, "-", stdin=azure_ad.encode())
    assert (ended.code, files(ended)) == (0, ["-"])


def test_a_folder_without_configurations_is_no_success(leadcheck, folder):
    ended = leadcheck("validate", "--offline", ".", cwd=folder("other.yaml", "just: something\n"))
    assert ended.code == 2
    assert "cannot read .: no lead-destination configuration" in ended.out


def test_a_broken_configuration_in_a_folder_is_not_passed_over(leadcheck, folder, azure_ad):
    here = folder("a.yaml", azure_ad, "b.yaml", "leadDestination: [\n")
    ended = leadcheck("validate", "--offline", ".", cwd=here)
    assert ended.code == 2
    assert "cannot read b.yaml" in ended.out
    assert "a.yaml" in ended.out


def test_a_finding_says_where_it_is(leadcheck, folder, typo):
    ended = leadcheck("validate", "--offline", "a.yaml", cwd=folder("a.yaml", typo))
    assert ended.code == 1
    assert "error tenant-malformed" in ended.out
    assert "a.yaml:5:16" in ended.out
    assert "documented   error 6" in ended.out


# Exit codes


STUCK = ("validate", "--sandbox", "--world", "service-throttled", "--format", "json")
"""Leads to Dynamics 365 cannot be tried: the instance takes no requests for a while."""


@pytest.fixture
def mixed(folder, root, azure_ad, typo):
    """Give a folder of configurations that end in every way."""
    good = (root / "examples/azure-table.yaml").read_text("utf-8")
    return folder("good", good, "stuck", azure_ad, "typo", typo, "broken", "a: [")


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["good"], 0),
        (["good", "stuck"], 3),
        (["good", "stuck", "typo"], 1),
        (["good", "stuck", "typo", "broken"], 2),
        (["broken", "good"], 2),
        (["absent", "stuck"], 2),
    ],
)
def test_the_worst_exit_code_counts_and_all_are_checked(names, code, leadcheck, mixed):
    ended = leadcheck(*STUCK, *names, cwd=mixed)
    assert ended.code == code
    assert files(ended) + problems(ended) == sorted(names, key=["broken", "absent"].__contains__)


@pytest.mark.parametrize(
    ("names", "code"),
    [(["typo"], 0), (["stuck"], 3), (["broken", "typo"], 2), (["good"], 0), (["typo", "stuck"], 0)],
)
def test_exit_zero_maps_1_alone(names, code, leadcheck, mixed):
    assert leadcheck(*STUCK, "--exit-zero", *names, cwd=mixed).code == code


@pytest.mark.parametrize("style", FORMATS)
def test_exit_codes_are_the_same_in_every_format(style, leadcheck, folder, typo):
    here = folder("lead-destination.yaml", typo)
    assert leadcheck("validate", "--offline", "--format", style, cwd=here).code == 1


@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("warning", 1)])
def test_fail_on(fail_on, code, leadcheck, folder, warned):
    ended = leadcheck(*OFFLINE, "--fail-on", fail_on, cwd=folder("lead-destination.yaml", warned))
    assert ended.ids == ["instance-url-page"]
    assert (ended.code, ended.only["verdict"]) == (code, "settings-ok")


@pytest.mark.parametrize(
    ("leads", "verdict"),
    [
        ("none", "nothing-to-check"),
        ("email", "nothing-to-check"),
        ("blob", "not-ready"),
    ],
)
@pytest.mark.parametrize("offline", [["--offline"], ["--sandbox"]])
def test_destinations_without_a_ladder(leads, verdict, offline, leadcheck, played):
    blocks = {
        "email": {"emailLeadConfiguration": {"contactEmail": ["leads@fabrikam.com"]}},
        "blob": {"blobLeadConfiguration": {"containerName": "leads"}},
    }
    text = json.dumps({"leadDestination": leads, **blocks.get(leads, {})})
    ended = leadcheck(
        "validate", "-", "--format", "json", *offline, "--ignore", "missing-key", stdin=text.encode()
    )
    assert ended.only["verdict"] == verdict
    assert ended.code == {"nothing-to-check": 0, "not-ready": 1}[verdict]
    assert ended.only["testLead"] is None
    assert ("blob-retired" in ended.ids) == (leads == "blob")
    assert played.requests == []


# Which findings count


@pytest.mark.parametrize(
    ("option", "counts"),
    [
        (["--select", "instance-url-page"], {"instance-url-page"}),
        (["--ignore", "tenant-malformed"], {"instance-url-page"}),
        (["--ignore", "tenant-malformed", "--ignore", "instance-url-page"], set()),
        (["--select", "tenant-malformed", "--ignore", "tenant-malformed"], set()),
    ],
)
def test_select_and_ignore(option, counts, leadcheck, folder, typo):
    here = folder("lead-destination.yaml", typo.replace(".com", ".com/main.aspx"))
    ended = leadcheck(*OFFLINE, *option, cwd=here)
    findings = {found["id"]: found["suppressed"] for found in ended.only["findings"]}
    assert set(findings) == {"tenant-malformed", "instance-url-page"}
    assert {name for name, suppressed in findings.items() if not suppressed} == counts
    assert {suppressed["by"] for suppressed in findings.values() if suppressed} <= {"--ignore", "--select"}
    assert ended.code == 0


def test_what_the_file_ignores_is_shown_with_its_reason(leadcheck, folder, typo):
    accepted = "leadcheck:\n  ignore:\n    - id: tenant-malformed\n      reason: it is rotated tonight\n"
    here = folder("lead-destination.yaml", typo + accepted)
    ended = leadcheck(*OFFLINE, cwd=here)
    [found] = ended.only["findings"]
    assert found["suppressed"] == {"by": "configuration", "reason": "it is rotated tonight"}
    assert (ended.code, ended.json["summary"]["findings"]["error"]) == (0, 0)
    told = leadcheck("validate", "--offline", cwd=here).out
    assert "it is rotated tonight" in " ".join(told.split())
    assert "tenant-malformed" in told


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_id_that_no_finding_has_is_refused(option, leadcheck):
    ended = leadcheck("validate", "examples/dynamics.yaml", "--offline", option, "no-such-finding")
    assert (ended.code, ended.out) == (2, "")
    assert "no-such-finding" in ended.err


@pytest.fixture
def two_products(folder):
    def resource(product, tenant):
        return {
            "$schema": "https://schema.mp.microsoft.com/schema/customer-leads/2022-03-01-preview2",
            "product": product,
            "leadDestination": "dynamics",
            "dynamicsLeadConfiguration": {
                "instanceUrl": "https://fabrikam.crm4.dynamics.com",
                "authentication": "azureAD",
                "directoryId": tenant,
                "applicationId": "3c9e1d77-60b8-4f2a-8a45-0b7d2e6f9c13",
                "applicationKey": "********",
            },
        }

    good = resource("product/1111", "8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214")
    return folder("good.json", json.dumps(good), "bad.json", json.dumps(resource("product/2222", "8f0d")))


def test_product_picks_one_of_many(two_products, leadcheck, monkeypatch):
    monkeypatch.setenv("KEY_OF_LEADS", "a~8Q~secret")
    arguments = [*OFFLINE, ".", "--secret", "applicationKey=env:KEY_OF_LEADS", "--product"]
    ended = leadcheck(*arguments, "product/1111", cwd=two_products)
    assert (ended.code, ended.only["product"]) == (0, "product/1111")
    assert leadcheck(*arguments, "product/2222", cwd=two_products).code == 1


def test_a_product_that_is_not_there_is_refused(two_products, leadcheck):
    ended = leadcheck(*OFFLINE, ".", "--product", "product/3333", cwd=two_products)
    assert (ended.code, ended.out) == (2, "")
    assert "product/1111, product/2222" in ended.err


# Secrets from elsewhere


@pytest.mark.parametrize("field", ["applicationKey", "/dynamicsLeadConfiguration/applicationKey"])
@pytest.mark.parametrize("source", ["env:KEY_OF_LEADS", "file:key.txt", "-"])
@pytest.mark.parametrize("written", ["'*****'", "''", "${NOT_SET}", None])
def test_a_secret_that_the_file_masks_or_leaves_out(
    written, source, field, leadcheck, folder, azure_ad, monkeypatch
):
    monkeypatch.setenv("KEY_OF_LEADS", "a~8Q~secret")
    kept = [line for line in azure_ad.splitlines() if written or "applicationKey" not in line]
    text = "\n".join(kept).replace("${LEAD_APPLICATION_KEY}", written or "")
    here = folder("lead-destination.yaml", text, "key.txt", "a~8Q~secret\n")
    assert leadcheck(*OFFLINE, cwd=here).ids != []
    ended = leadcheck(*OFFLINE, "--secret", f"{field}={source}", stdin=b"a~8Q~secret\r\n", cwd=here)
    assert (ended.code, ended.ids) == (0, [])


@pytest.mark.parametrize(
    ("secret", "sentence"),
    [
        ("applicationKey", "FIELD=env:NAME"),
        ("=env:HOME", "FIELD=env:NAME"),
        ("applicationKey=", "FIELD=env:NAME"),
        ("applicationKey=the-secret-itself", "FIELD=env:NAME"),
        ("applicationKey=env:", "FIELD=env:NAME"),
        ("applicationKey=file:", "FIELD=env:NAME"),
        ("applicationKey=env:NOT_SET_AT_ALL", "applicationKey is empty"),
        ("applicationKey=file:absent.txt", "absent.txt cannot be read"),
        ("applicationKey=file:nul\0byte", "cannot be read"),
        ("applicationKey=file:latin.txt", "not UTF-8"),
        ("applicationKey=-", "applicationKey is empty"),
        ("colour=env:KEY_OF_LEADS", "no configuration has a credential colour"),
        ("marketoLeadConfiguration=env:KEY_OF_LEADS", "no configuration has a credential"),
    ],
)
def test_misuse_of_secret(secret, sentence, leadcheck, folder, azure_ad, monkeypatch):
    monkeypatch.setenv("KEY_OF_LEADS", "a~8Q~secret")
    here = folder("lead-destination.yaml", azure_ad, "latin.txt", b"\xe9\xff")
    ended = leadcheck(*OFFLINE, "--secret", secret, cwd=here)
    assert (ended.code, ended.out) == (2, "")
    assert sentence in ended.err
    assert "the-secret-itself" not in ended.err


def test_a_secret_is_not_utf_8(leadcheck, folder, azure_ad, monkeypatch):
    here = folder("lead-destination.yaml", azure_ad)
    assert leadcheck(*OFFLINE, "--secret", "applicationKey=-", stdin=b"\xff\xfe", cwd=here).code == 2
    monkeypatch.setenv("KEY_OF_LEADS", "\udcff")
    assert leadcheck(*OFFLINE, "--secret", "applicationKey=env:KEY_OF_LEADS", cwd=here).code == 2


def test_a_variable_that_is_not_utf_8_is_a_finding_or_a_secret_and_no_crash(
    leadcheck, folder, azure_ad, monkeypatch
):
    monkeypatch.setenv("LEAD_APPLICATION_KEY", "\udcff\udcfe")
    assert leadcheck(*OFFLINE, cwd=folder("lead-destination.yaml", azure_ad)).code in {0, 1}


def test_standard_input_cannot_be_both(leadcheck, azure_ad):
    ended = leadcheck(*OFFLINE, "-", "--secret", "applicationKey=-", stdin=azure_ad.encode())
    assert ended.code == 2
    assert "standard input" in ended.err


@pytest.mark.parametrize(("offline", "code", "severity"), [(True, 0, "note"), (False, 1, "error")])
def test_a_variable_that_is_not_set(
    offline, code, severity, leadcheck, folder, azure_ad, played, monkeypatch
):
    monkeypatch.setenv("LEAD_KEY_EMPTY", "")
    for name in ("LEAD_KEY_NOT_SET", "LEAD_KEY_EMPTY"):
        here = folder("lead-destination.yaml", azure_ad.replace("LEAD_APPLICATION_KEY", name))
        how = "--offline" if offline else "--sandbox"
        ended = leadcheck("validate", "--format", "json", how, cwd=here)
        [found] = ended.only["findings"]
        assert (ended.code, found["id"], found["severity"]) == (code, "variable-unset", severity)
        assert name in found["observed"]
    assert played.requests == []


# What is sent


def test_offline_opens_no_socket(leadcheck, folder, azure_ad, typo, monkeypatch):
    def refuse(*_, **__):
        pytest.fail("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    here = folder("a.yaml", azure_ad, "b.yaml", typo)
    assert leadcheck(*OFFLINE, ".", cwd=here).code == 1


@pytest.mark.parametrize("example", ["dynamics.yaml", "dynamics-office365.yaml"])
def test_without_a_test_lead(example, leadcheck, played):
    ended = leadcheck("validate", f"examples/{example}", "--sandbox", "--no-test-lead", "--format", "json")
    assert (ended.code, ended.only["verdict"], ended.only["testLead"]) == (0, "permitted", None)
    notes = {check["stage"]: check["note"] for check in ended.only["checks"]}
    assert "--no-test-lead" in notes["test-lead"]
    assert "--no-test-lead" in notes["arrival"]
    assert played.leads == []
    [signed_in] = [request for request in played.requests if not request.startswith("GET ")]
    assert signed_in.endswith("/oauth2/v2.0/token")


def test_the_test_lead_stays(leadcheck, played):
    ended = leadcheck(*SANDBOX)
    assert ended.only["testLead"]["cleanedUp"] is False
    assert len(played.leads) == 1


def test_cleanup_deletes_the_test_lead_alone(leadcheck, played):
    ended = leadcheck(*SANDBOX, "--cleanup")
    assert (ended.code, ended.only["verdict"]) == (0, "ready")
    assert ended.only["testLead"]["outcome"] == "confirmed"
    assert ended.only["testLead"]["cleanedUp"] is True
    assert played.leads == []
    assert sum(request.startswith("DELETE") for request in played.requests) == 1
    assert played.posted == 1


def test_the_example_keeps_its_contents_out_of_the_lead(leadcheck, played):
    leadcheck(*SANDBOX)
    [lead] = played.leads
    [sandbox] = played.sandboxes
    assert "Fabrikam CRM add-in" in json.dumps(lead)
    assert not [value for value in sandbox.credentials.values() if value in json.dumps(lead)]


def test_several_at_once(leadcheck, folder, azure_ad, played):
    here = folder(*[part for n in range(6) for part in (f"{n}.yaml", azure_ad)])
    ended = leadcheck("validate", ".", "--sandbox", "--jobs", "3", "--format", "json", cwd=here)
    assert ended.code == 0
    assert files(ended) == [f"{n}.yaml" for n in range(6)]
    assert ended.json["summary"]["verdicts"] == {"ready": 6}
    tokens = {configuration["testLead"]["token"] for configuration in ended.json["configurations"]}
    assert len(tokens) == len(played.leads) == played.posted == 6


def test_several_at_once_in_words(leadcheck, folder, azure_ad, typo):
    here = folder("a.yaml", azure_ad, "b.yaml", typo)
    ended = leadcheck("validate", ".", "--offline", cwd=here)
    assert ended.code == 1
    assert "2 configurations: 1 not ready, 1 settings ok" in ended.out


# The sandbox and its worlds


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--world", "no-security-role"], "--world breaks the sandbox, so it needs --sandbox"),
        (["--sandbox", "--world", "no-such-world"], "no-such-world"),
        (["--sandbox", "--world", "no-security-rolle"], "Did you mean no-security-role"),
        (
            ["--sandbox", "--world", "no-security-role", "--world", "lead-writer-role-missing"],
            "The worlds no-security-role and lead-writer-role-missing contradict each other",
        ),
    ],
)
def test_worlds_that_cannot_be(arguments, sentence, leadcheck):
    ended = leadcheck("validate", "examples/dynamics.yaml", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert sentence in ended.err


def test_worlds_add_up(leadcheck):
    worlds = ["--world", "marketplace-solution-missing", "--world", "client-secret-expired"]
    assert leadcheck(*SANDBOX, *worlds).ids == ["client-secret-expired"]
    worlds = ["--world", "marketplace-solution-missing", "--world", "column-security-on-leadsourcecode"]
    assert set(leadcheck(*SANDBOX, *worlds).ids) == {
        "marketplace-solution-missing",
        "column-security-on-leadsourcecode",
    }


def test_the_sandbox_is_named_on_the_first_line(leadcheck):
    ended = leadcheck("validate", "examples/dynamics.yaml", "--sandbox")
    assert ended.out.startswith("sandbox: a pass here proves nothing about a real tenant\n")
    assert (
        "sandbox" not in leadcheck("validate", "examples/dynamics.yaml", "--offline").out.partition("\n")[0]
    )


def test_the_sandbox_needs_its_extra(leadcheck, monkeypatch):
    for name in [name for name in sys.modules if name.startswith("validator.sandbox")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr("validator.sandbox")
    monkeypatch.setitem(sys.modules, "trustme", None)
    for arguments in (["validate", "examples/dynamics.yaml", "--sandbox"], ["sandbox"]):
        ended = leadcheck(*arguments)
        assert (ended.code, ended.out) == (2, "")
        assert "pip install 'leadcheck[sandbox]'" in ended.err


# Reports


def test_reports_in_files(leadcheck, tmp_path):
    outputs = ["--output", f"json:{tmp_path}/a.json", "--output", f"text:{tmp_path}/a:b.txt"]
    ended = leadcheck("validate", "examples/dynamics.yaml", "--offline", *outputs)
    assert ended.code == 0
    report = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert report["configurations"][0]["verdict"] == "settings-ok"
    assert (tmp_path / "a:b.txt").read_text("utf-8") == ended.out


@pytest.mark.parametrize("output", ["json", "json:", ":x", "pdf:x", "json:absent/x.json", "json:."])
def test_an_output_that_cannot_be_is_refused_before_anything_is_sent(output, leadcheck, played):
    ended = leadcheck(*SANDBOX, "--output", output)
    assert (ended.code, ended.out, played.sandboxes) == (2, "", [])
    assert ended.err.startswith("leadcheck: --output ")


def test_a_file_that_cannot_be_written_takes_the_report_from_nobody(leadcheck, tmp_path):
    full = tmp_path / "full"
    full.symlink_to("/dev/full")
    if not full.exists():
        pytest.skip("this system has no device that is always full")
    outputs = ["--output", f"json:{full}", "--output", f"json:{tmp_path}/good.json"]
    ended = leadcheck(*SANDBOX, *outputs)
    assert ended.code == 2
    assert ended.only["verdict"] == "ready"
    assert f"the report cannot be written to {full}" in ended.err
    assert json.loads((tmp_path / "good.json").read_text("utf-8"))["configurations"]


@pytest.mark.parametrize(
    ("arguments", "environ", "terminal", "coloured"),
    [
        ([], {}, False, False),
        ([], {}, True, True),
        ([], {"NO_COLOR": "1"}, True, False),
        ([], {"NO_COLOR": ""}, True, True),
        ([], {"FORCE_COLOR": "1"}, False, True),
        ([], {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        (["--color", "always"], {"NO_COLOR": "1"}, False, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, True, False),
        (["--color", "auto"], {}, True, True),
        (["--color", "always", "--format", "json"], {}, True, False),
    ],
)
def test_colour(arguments, environ, terminal, coloured, leadcheck, monkeypatch):
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    ended = leadcheck("validate", "examples/dynamics.yaml", "--offline", *arguments, terminal=terminal)
    assert (COLOUR in ended.out) == coloured


def test_files_are_never_coloured(leadcheck, tmp_path):
    output = ["--output", f"text:{tmp_path}/a.txt", "--color", "always"]
    leadcheck("validate", "examples/dynamics.yaml", "--offline", *output)
    assert COLOUR not in (tmp_path / "a.txt").read_text("utf-8")


def test_quiet_leaves_findings_and_verdicts(leadcheck, folder, typo):
    here = folder("lead-destination.yaml", typo)
    ended = leadcheck("validate", "--offline", "-q", cwd=here)
    assert "error tenant-malformed" in ended.out
    assert "not ready" in ended.out
    assert "skip" not in ended.out
    assert ended.err == ""


def test_standard_error_is_silent_unless_asked(leadcheck):
    assert leadcheck("validate", "examples/dynamics.yaml", "--sandbox", terminal=True).err == ""


def test_verbose_tells_the_checks_and_their_times(leadcheck):
    ended = leadcheck("validate", "examples/dynamics.yaml", "--sandbox", "-v")
    assert re.search(
        r"^passed the MSFT_TEST lead is written \(\d\.\d\d s\): examples/dynamics\.yaml$",
        ended.err,
        re.MULTILINE,
    )
    assert "https://" not in ended.err
    assert re.search(r"the MSFT_TEST lead is written \(\d\.\d s\)", ended.out)


def test_more_verbose_tells_each_request(leadcheck, played):
    ended = leadcheck(*SANDBOX, "-vv")
    told = re.findall(r"^(GET|POST) https://(\S+?)(/\S*) (\d{3}) \d+ ms$", ended.err, re.MULTILINE)
    assert len(told) == len(played.requests)
    assert ("POST", "fabrikam.crm4.dynamics.com", "/api/data/v9.2/leads", "204") in told
    exchanges = [exchange for check in ended.only["checks"] for exchange in check["exchanges"]]
    assert len(exchanges) == len(told)
    assert ended.code == 0


# Options


@pytest.mark.parametrize(
    ("variable", "value", "seen"),
    [
        ("LEADCHECK_FORMAT", "json", lambda out: out.startswith("{")),
        ("LEADCHECK_QUIET", "1", lambda out: "reach" not in out),
        ("LEADCHECK_COLOR", "always", lambda out: COLOUR in out),
        ("LEADCHECK_VERBOSE", "1", lambda out: "(0.0 s)" in out),
    ],
)
def test_the_environment_sets_options(variable, value, seen, leadcheck, monkeypatch):
    arguments = ("validate", "examples/dynamics.yaml", "--offline")
    assert not seen(leadcheck(*arguments).out)
    monkeypatch.setenv(variable, value)
    assert seen(leadcheck(*arguments).out)


def test_the_environment_sets_options_of_the_run(leadcheck, played, monkeypatch):
    for name, value in {"SANDBOX": "1", "WORLD": "client-secret-expired", "FORMAT": "json"}.items():
        monkeypatch.setenv(f"LEADCHECK_{name}", value)
    ended = leadcheck("validate", "examples/dynamics.yaml")
    assert (ended.code, ended.ids) == (1, ["client-secret-expired"])
    monkeypatch.setenv("LEADCHECK_EXIT_ZERO", "true")
    assert leadcheck("validate", "examples/dynamics.yaml").code == 0
    monkeypatch.setenv("LEADCHECK_OFFLINE", "true")
    asked = len(played.requests)
    assert leadcheck("validate", "examples/dynamics.yaml").ids == []
    assert len(played.requests) == asked


def test_the_command_line_beats_the_environment(leadcheck, monkeypatch):
    monkeypatch.setenv("LEADCHECK_FORMAT", "json")
    ended = leadcheck("validate", "examples/dynamics.yaml", "--offline", "--format", "text")
    assert ended.out.startswith("Leads to")


@pytest.mark.parametrize("option", ["--timeout", "--deadline"])
@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "0", "-1", "1e400", "1e12", "soon", ""])
def test_times_that_are_none(option, value, leadcheck, played):
    ended = leadcheck(*SANDBOX, f"{option}={value}")
    assert (ended.code, ended.out, played.sandboxes) == (2, "", [])
    assert option in ended.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--jobs", "0"],
        ["--jobs", "many"],
        ["--format", "pdf"],
        ["--fail-on", "note"],
        ["--color", "blue"],
        ["--no-such-option"],
    ],
)
def test_wrong_usage(arguments, leadcheck):
    ended = leadcheck("validate", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert "Traceback" not in ended.err
    assert ended.err


@pytest.mark.parametrize("content", [None, "", "no certificate\n", b"\0\xff"])
def test_a_ca_bundle_that_cannot_be_read(content, leadcheck, folder, azure_ad):
    here = folder("lead-destination.yaml", azure_ad, *(() if content is None else ("ca.pem", content)))
    ended = leadcheck("validate", "--ca-bundle", "ca.pem", cwd=here)
    assert (ended.code, ended.out) == (2, "")
    assert "the CA bundle cannot be read" in ended.err


def test_what_is_told_about_a_wrong_option_is_fit_for_a_terminal(leadcheck):
    ended = leadcheck("validate", "--output", "json:absent\x1b[31m\n::error::/x")
    assert ended.code == 2
    assert "\x1b" not in ended.err
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["validate", "--help"]])
def test_help(arguments, leadcheck):
    ended = leadcheck(*arguments)
    assert ended.code == 0
    assert "Usage: leadcheck" in ended.out


@pytest.mark.parametrize("arguments", [["--version"], ["-V"], ["--version", "--help"]])
def test_version(arguments, leadcheck):
    ended = leadcheck(*arguments)
    assert (ended.code, ended.out) == (0, "leadcheck 0.1.0\n")
