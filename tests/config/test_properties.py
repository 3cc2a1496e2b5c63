"""Whatever a file holds: it is read or refused; a repair changes nothing but what it names."""

from __future__ import annotations

import json
from pathlib import Path

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from validator import api
from validator.config import Unreadable, load
from validator.destinations import destination

ROOT = Path(__file__).parents[2]
FILES = {
    path.name: path.read_bytes()
    for folder in ("examples", "tests/config/samples")
    for path in (ROOT / folder).iterdir()
    if path.is_file()
}
ENVIRON = {"LEAD_APPLICATION_KEY": "not~a~real~secret~of~any~tenant~0001"}

KEYS = st.sampled_from(
    [
        *("leadDestination", "destinationType", "dynamicsLeadConfiguration", "marketoLeadConfiguration"),
        *("leadcheck", "ignore", "offer", "salesforce", "api", "product", "resources", "root", "definition"),
        *("microsoft-azure-marketplace.leadDestination", "x.crmLeadConfiguration", "resourceType", "value"),
        *(
            "$schema",
            "instanceUrl",
            "authentication",
            "applicationKey",
            "contactEmail",
            "id",
            "reason",
            "uri",
        ),
    ]
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=12),
    st.sampled_from(
        ["dynamics", "none", "Email", "${X}", "***", "azureAD", "/customer-leads/", "a@b.co;c@d.co"]
    ),
    st.sampled_from(
        ["SalesForceLeadConfiguration", "DynamicsLeadConfiguration", "https://x.crm.dynamics.com"]
    ),
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(KEYS, st.text(max_size=8)), inner, max_size=6),
    ),
    max_leaves=30,
)


def judged(name, data):
    """Read and judge as a run does; give nothing where the text was refused, with a sentence."""
    try:
        found = load(name, data, environ=ENVIRON, offline=True)
    except Unreadable:
        return []
    run = api.Run(api.Options(offline=True))
    climbs = [api.Climb(run, one, destination(one.destination)) for one in found]
    for climb in climbs:
        climb.climb()
    results = [climb.result() for climb in climbs]
    assert not any(check.status == "crashed" for result in results for check in result.checks)
    return results


@settings(max_examples=500, deadline=None)
@given(TREES, st.booleans())
def test_no_tree_makes_it_crash(tree, as_yaml):
    if as_yaml:
        judged("lead.yaml", yaml.safe_dump(tree, allow_unicode=True).encode("utf-8", "surrogatepass"))
    else:
        judged("lead.json", json.dumps(tree).encode())


@settings(max_examples=500, deadline=None)
@given(st.data())
def test_no_mutation_of_a_file_makes_it_crash(data):
    name = data.draw(st.sampled_from(sorted(FILES)))
    text = bytearray(FILES[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text) - 1))
        match data.draw(st.sampled_from(["change", "cut", "repeat", "insert"])):
            case "change":
                text[at] = data.draw(st.integers(0, 255))
            case "cut":
                del text[at : at + data.draw(st.integers(1, 40))]
            case "repeat":
                text[at:at] = text[at : at + data.draw(st.integers(1, 40))]
            case _:
                text[at:at] = data.draw(st.binary(min_size=1, max_size=6))
        if not text:
            break
    judged(name, bytes(text))


REPAIRED = {
    "leadDestination": ["Dynamics", "dynamics"],
    "instanceUrl": [
        "https://fabrikam.crm4.dynamics.com/main.aspx?appid=1",
        " https://fabrikam.crm4.dynamics.com ",
        "fabrikam.crm4.dynamics.com",
        "https://https://fabrikam.crm4.dynamics.com",
    ],
    "authentication": ["AzureAD", "azuread", "azureAD"],
    "directoryId": [
        "{8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214}",
        "https://login.microsoftonline.com/8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214",
        " 8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214",
    ],
    "applicationId": ["3c9e1d77-60b8-4f2a-8a45-0b7d2e6f9c13 ", "'3c9e1d77-60b8-4f2a-8a45-0b7d2e6f9c13'"],
    "contactEmail": ["a@b.co; c@d.co", "a@b.co"],
}
LINES = ["# ours\t", "", "# \u00e9 \U0001f600", "# leadcheck: nothing"]


def file(values, lines, end, *, marked):
    """Write a configuration with other lines around and between, as an editor of any machine does."""
    block = [f"  {key}: {json.dumps(value)}" for key, value in values.items() if key != "leadDestination"]
    whole = [*lines, f"leadDestination: {values['leadDestination']}", "dynamicsLeadConfiguration:", *block]
    whole += ["  applicationKey:\t${LEAD_APPLICATION_KEY}  # kept elsewhere", *lines[::-1][:1]]
    text = end.join(whole) + end
    return (b"\xef\xbb\xbf" if marked else b"") + text.encode()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    values=st.fixed_dictionaries({key: st.sampled_from(values) for key, values in REPAIRED.items()}),
    lines=st.lists(st.sampled_from(LINES), max_size=4, unique=True),
    end=st.sampled_from(["\n", "\r\n"]),
    marked=st.booleans(),
)
def test_a_repair_is_made_once_and_touches_no_other_line(values, lines, end, marked, leadcheck, tmp_path):
    path, before = tmp_path / "lead.yaml", file(values, lines, end, marked=marked)
    path.write_bytes(before)
    arguments = ("validate", path, "--offline", "--fix", "--format", "json")
    first = leadcheck(*arguments).only
    once = path.read_bytes()
    again = leadcheck(*arguments).only

    assert path.read_bytes() == once
    assert again["fixed"] == []
    places = {(found["id"], found["location"]["pointer"]) for found in first["fixed"]}
    assert not places & {(found["id"], found["location"]["pointer"]) for found in again["findings"]}
    touched = {found["location"]["line"] for found in first["fixed"]}
    old, new = before.split(b"\n"), once.split(b"\n")
    assert len(old) == len(new)
    changed = {n for n, pair in enumerate(zip(old, new, strict=True), start=1) if pair[0] != pair[1]}
    assert changed == touched
    assert all(line.endswith(b"\r") for line in new[:-1]) or end == "\n"
    assert once.startswith(b"\xef\xbb\xbf") is marked
