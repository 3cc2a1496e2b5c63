"""What the configurations of a run share: the tokens that were sent, and what is not to count."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import starmap

import pytest

from validator import catalogue, lead
from validator.config import Configuration, Ignored
from validator.model import Source, Stage, Suppression
from validator.rehearsal import Options, Run

SOURCE = Source("lead-destination.yaml", "", 1, "customer-leads")


def test_no_two_test_leads_of_a_run_have_the_same_token():
    run = Run()
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: run.token(), range(1000)))
    assert len(set(made)) == 1000
    assert run.sent == set(made)
    assert abs(lead.moment(made[-1]) - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("options", "reasons", "expected"),
    [
        (Options(), {}, None),
        (Options(), {"ids-equal": "one of them"}, Suppression("configuration", "one of them")),
        (Options(), {"tenant-empty": None}, None),
        (Options(ignore=frozenset({"ids-equal"})), {}, Suppression("--ignore")),
        (Options(ignore=frozenset({"tenant-empty"})), {}, None),
        (Options(select=frozenset({"ids-equal"})), {}, None),
        (Options(select=frozenset({"tenant-empty"})), {}, Suppression("--select")),
        (
            Options(ignore=frozenset({"ids-equal"})),
            {"ids-equal": None},
            Suppression("configuration"),
        ),
        (
            Options(ignore=frozenset({"ids-equal"}), select=frozenset({"tenant-empty"})),
            {},
            Suppression("--ignore"),
        ),
    ],
)
def test_who_asked_for_a_finding_not_to_count(options, reasons, expected):
    configuration = Configuration(SOURCE, "none", {}, {}, ignored=tuple(starmap(Ignored, reasons.items())))
    assert options.suppression(catalogue.finding("ids-equal", Stage.SETTINGS), configuration) == expected
