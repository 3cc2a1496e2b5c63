"""Whose fault a missing answer is: one that is everywhere the network's, one alone the destination's."""

from __future__ import annotations

import pytest

from validator.http import Reason, Unreachable
from validator.rehearsal import Blame
from validator.rehearsal.reaching import blamed

BLAME = Blame(
    "/dynamicsLeadConfiguration/instanceUrl", {Reason.NAME: "instance-host-not-found"}, prefix="endpoint-"
)


def failing(reason, code=None, tls=None):
    return Unreachable(reason, "leads.example", "what happened", code, tls_reason=tls)


@pytest.mark.parametrize(
    ("failure", "control", "entry"),
    [
        (failing(Reason.NAME), True, "instance-host-not-found"),
        (failing(Reason.NAME), False, "network-unavailable"),
        (failing(Reason.NAME), failing(Reason.NAME), "network-unavailable"),
        (failing(Reason.TIMEOUT), True, "network-unavailable"),
        (failing(Reason.PROXY), True, "proxy-failed"),
        (failing(Reason.TLS, 20), True, "endpoint-certificate-unknown-issuer"),
        (failing(Reason.TLS, 20), False, "endpoint-certificate-unknown-issuer"),
        (failing(Reason.TLS, 20), failing(Reason.NAME), "endpoint-certificate-unknown-issuer"),
        (failing(Reason.TLS, 20), failing(Reason.TLS, 20), "tls-inspected"),
        (failing(Reason.TLS, 10), failing(Reason.TLS, 10), "clock-wrong"),
        (failing(Reason.TLS, 10), failing(Reason.TLS, 20), "endpoint-certificate-expired"),
        (failing(Reason.TLS, 62), failing(Reason.TLS, 62), "tls-inspected"),
        (failing(Reason.TLS, 99), failing(Reason.TLS, 99), "endpoint-tls-failed"),
        (failing(Reason.TLS, tls="X"), failing(Reason.TLS, tls="X"), "network-unavailable"),
        (failing(Reason.TLS, tls="X"), failing(Reason.TLS, tls="Y"), "endpoint-tls-failed"),
        (failing(Reason.PRIVATE), True, "network-unavailable"),
        (failing(Reason.TLS, tls="WRONG_VERSION_NUMBER"), True, "endpoint-tls-failed"),
        (failing(Reason.TLS, tls="TLSV1_ALERT_PROTOCOL_VERSION"), True, "tls-failed"),
    ],
)
def test_who_is_to_blame(failure, control, entry, ladder):
    climb = ladder.climb(ladder.rung(), more={"blame": BLAME})
    climb._group = (ladder.rung(),)
    found = blamed(climb, failure, control)
    assert found.id == entry
    assert found.observed.startswith("leads.example: what happened")
