"""Many configurations in one run: what is the same for all is asked once, and each has a lead of its own."""

from __future__ import annotations

from collections import Counter

import pytest

from validator import api
from validator.model import Verdict

TIMES = 6

SHARED = [
    "GET Attributes",
    "GET RetrieveUserPrivilegeByPrivilegeName",
    "GET RetrieveUserPrivileges",
    "GET WhoAmI",
    "GET openid-configuration",
    "GET solutions",
    "GET systemuserroles_association",
    "GET teammembership_association",
    "GET v9.2",
    "POST token",
]
"""What the offers of one publisher have in common: the account, what it may do, and what others left."""


@pytest.fixture
def fleet(tmp_path, root):
    """Write configurations of one account; `changed` replaces text in the last of them."""

    def written(*changed, example="dynamics"):
        text = (root / f"examples/{example}.yaml").read_text("utf-8")
        for index in range(TIMES):
            (tmp_path / f"{index}.yaml").write_text(text, "utf-8")
        if changed:
            (tmp_path / f"{TIMES - 1}.yaml").write_text(text.replace(*changed), "utf-8")
        return [str(tmp_path)]

    return written


def named(request):
    method, _, path = request.partition(" ")
    word = path.partition("?")[0].rstrip("/").rpartition("/")[2]
    return f"{method} {word.partition('(')[0].removeprefix('Microsoft.Dynamics.CRM.')}"


def asked(played):
    return Counter(map(named, played.requests))


def run(paths, worlds=(), **options):
    return api.run(api.Order(paths, api.Options(**{"jobs": TIMES} | options), worlds=worlds)).results


def test_what_is_the_same_for_all_is_asked_once(fleet, played):
    results = run(fleet())
    assert [result.verdict for result in results] == [Verdict.READY] * TIMES
    own = {"POST leads": TIMES, "GET leads": TIMES + 1}  # what others left is read once, beside each record
    assert asked(played) == dict.fromkeys(SHARED, 1) | own


def test_each_has_a_test_lead_of_its_own(fleet, played):
    tokens = {result.test_lead.token for result in run(fleet())}
    assert len(tokens) == TIMES
    descriptions = " ".join(row["description"] for row in played.leads)
    assert all(token in descriptions for token in tokens)


def test_the_leads_of_this_run_are_none_of_other_runs(fleet):
    assert [result.test_lead.earlier for result in run(fleet(), jobs=1)] == [()] * TIMES


def test_each_tells_the_requests_that_its_verdict_rests_on(fleet):
    told = [
        sorted(f"{sent.method} {sent.url.rpartition('/')[2].partition('?')[0]}" for sent in sent_by(result))
        for result in run(fleet())
    ]
    assert len(told[0]) == len(SHARED) + 3
    assert "GET WhoAmI" in told[0]
    assert "POST token" in told[0]
    assert [len(each) for each in told] == [len(told[0])] * TIMES


def sent_by(result):
    return [sent for check in result.checks for sent in check.exchanges]


def test_another_secret_is_another_account(fleet, played, monkeypatch):
    monkeypatch.setenv("OTHER", "Kx9~another.Secret_of-this.test-0123456789")
    *others, last = run(fleet("LEAD_APPLICATION_KEY", "OTHER"))
    assert [result.verdict for result in others] == [Verdict.READY] * (TIMES - 1)
    assert [found.id for found in last.findings] == ["client-secret-invalid"]
    assert asked(played)["POST token"] == 2


WORLDS = [
    "instance-connection-refused",
    "instance-in-another-tenant",
    "client-secret-invalid",
    "service-throttled-at-sign-in",
    "user-not-member",
    "lead-writer-role-missing",
    "marketplace-solution-missing",
    "write-only-role",
    "service-unavailable",
]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("world", WORLDS)
def test_in_company_each_is_told_what_it_would_be_told_alone(world, fleet):
    paths = fleet()
    alone = told(run([f"{paths[0]}/0.yaml"], worlds=[world]))
    assert alone[0][1] != []
    assert told(run(paths, worlds=[world])) == alone * TIMES


def told(results):
    return [
        (
            result.verdict,
            [(found.id, found.codes) for found in result.findings],
            [(check.id, check.status, len(check.exchanges)) for check in result.checks],
        )
        for result in results
    ]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("example", "shared"),
    [
        ("dynamics-office365", ["GET leads@fabrikam.onmicrosoft.com", "POST token", "GET WhoAmI"]),
        ("salesforce-api", ["POST token", "GET describe"]),
        ("marketo", ["POST token", "GET 1013.json", "GET fields.json"]),
    ],
)
def test_the_others_share_an_account_too(example, shared, fleet, played):
    results = run(fleet(example=example))
    assert [result.verdict for result in results] == [Verdict.READY] * TIMES
    counted = asked(played)
    assert {name: counted[name] for name in shared} == dict.fromkeys(shared, 1)
    assert sum(counted.values()) > len(shared) + TIMES
