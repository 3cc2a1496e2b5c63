"""How often a rehearsal waits for answers before it can ask on: written down, and seen on the wire.

The services hold every request back until no other comes for a while, then answer all of them: requests
that need nothing of each other come in with one tide. Tides are round trips, and the time that a rehearsal
takes is their number times the latency.
"""

from __future__ import annotations

import threading
import time

import pytest

from validator.model import Verdict

QUIET = 0.3
"""Seconds without a request, after which those who wait are answered."""


class Tides:
    def __init__(self):
        self.seen = []
        self._changed = threading.Condition()
        self._open, self._last = None, 0.0

    def arrive(self, request):
        """Wait with the others of this tide; the answer itself is the service's."""
        with self._changed:
            if self._open is None:
                self._open = []
                self.seen.append(self._open)
            tide, self._last = self._open, time.monotonic()
            tide.append(named(request))
            while self._open is tide:
                left = self._last + QUIET - time.monotonic()
                if left <= 0:
                    self._open = None
                    self._changed.notify_all()
                else:
                    self._changed.wait(left)


def named(request):
    """Name what is asked: the method, and the last word of the path without keys and format."""
    word = request.path.rstrip("/").rpartition("/")[2].partition("(")[0]
    return f"{request.method} {word.removeprefix('Microsoft.Dynamics.CRM.').removesuffix('.json')}"


READ_BACK = ["GET leads", "GET leads"]
"""The record itself, and beside it the test leads that others left."""

PERMISSIONS = [
    "GET Attributes",
    "GET RetrieveUserPrivilegeByPrivilegeName",
    "GET RetrieveUserPrivileges",
    "GET solutions",
    "GET systemuserroles_association",
    "GET teammembership_association",
]

TRIPS = {
    "dynamics": [
        ["GET openid-configuration", "GET v9.2"],
        ["POST token"],
        ["GET WhoAmI"],
        PERMISSIONS,
        ["POST leads"],
        READ_BACK,
    ],
    "dynamics-office365": [
        ["GET openid-configuration", "GET v9.2"],
        [
            "GET leads@fabrikam.onmicrosoft.com"
        ],  # at the cloud that the instance named, and before the password
        ["POST token"],
        ["GET WhoAmI"],
        PERMISSIONS,
        ["POST leads"],
        READ_BACK,
    ],
    "salesforce": [["POST servlet.WebToLead"]],
    "salesforce-api": [
        ["POST token"],
        ["GET describe"],
        ["POST servlet.WebToLead"],
        ["GET query", "GET query"],
    ],
    "marketo": [["POST token"], ["GET 1013", "GET fields"], ["POST submitForm"], ["GET leads"]],
    "azure-table": [
        ["GET Tables"],
        ["POST MarketplaceLeads"],
        ["GET MarketplaceLeads", "GET MarketplaceLeads"],
    ],
    "https-endpoint": [["POST invoke"]],
}
"""What is asked at the same time, in the order of the round trips. To connect is none: nothing is asked."""


@pytest.mark.parametrize("example", TRIPS)
def test_a_rehearsal_waits_no_more_often_than_it_has_to(example, stage):
    tides = Tides()
    stage.odd("", tides.arrive)
    result = stage.result(example)
    assert result.verdict in {Verdict.READY, Verdict.ACCEPTED}
    assert [sorted(tide) for tide in tides.seen] == TRIPS[example]
