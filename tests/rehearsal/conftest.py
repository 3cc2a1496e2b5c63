"""Ladders made for a test: real climbs, real threads, a real session, and checks that do as they are told."""

from __future__ import annotations

import pytest

from validator.config import Configuration, Secrets
from validator.config.configuration import Ignored
from validator.http.session import Network
from validator.http.wire import tls_context
from validator.model import Location, Source, Stage
from validator.rehearsal import Check, Climb, Destination, Options, Run

SECRET = "planted-secret-of-this-test"


class Ladder:
    """Builds climbs; `rung` makes a check that gives catalogue entries, or calls what it is given."""

    secret = SECRET

    def __init__(self, network):
        self.network = network
        self.asked = []

    def configured(self, file="lead-destination.yaml", *, accepted=(), findings=()):
        return Configuration(
            source=Source(file, "", 1, "customer-leads"),
            destination="dynamics",
            values={"leadDestination": "dynamics", "dynamicsLeadConfiguration": {}},
            places={"": Location(file, "", 1, 1)},
            secrets=Secrets(SECRET),
            ignored=tuple(Ignored(name, "we know") for name in accepted),
            findings=tuple(findings),
        )

    def rung(self, *entries, name="rung", stage=Stage.REACH, act=None, **options):
        def run(state):
            self.asked.append(name)
            found = act(state) if act else None
            return [*(found or []), *(state.finding(entry) for entry in entries)]

        return Check(name, stage, f"the {name} holds", run, **options)

    def climb(
        self, *checks, judged=(), file="lead-destination.yaml", accepted=(), run=None, more=None, **options
    ):
        """Prepare a climb; `judged` and `accepted` are the settings' faults, `more` is the destination's."""

        def judge(configuration, _):
            return [configuration.finding(entry, Stage.SETTINGS) for entry in judged]

        run = run or Run(Options(**options), None if options.get("offline") else self.network)
        destination = Destination("dynamics", **{"judge": judge, "checks": checks} | (more or {}))
        return Climb(run, self.configured(file, accepted=accepted), destination)

    def result(self, *checks, **more):
        """Climb, and say how it went."""
        climb = self.climb(*checks, **more)
        climb.climb()
        return climb.result()


@pytest.fixture
def ladder():
    return Ladder(Network(tls_context(None, {}), {}))


@pytest.fixture
def told():
    """Say shortly how each check ended."""

    def say(result):
        return [f"{outcome.id} {outcome.status}" for outcome in result.checks]

    return say
