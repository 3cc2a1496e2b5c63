"""An HTTPS endpoint: each lead is posted as JSON to an address of the publisher's."""

from __future__ import annotations

from functools import partial
from typing import Final

from validator.destinations.https_endpoint.settings import FIELD, judge
from validator.http import Reason
from validator.model import Stage
from validator.rehearsal import Blame, Check, Destination, later

_wire = partial(later, __name__)

REACHED: Final = (
    "Whether the marketplace's servers reach the endpoint as this machine does: a firewall in front of it "
    "must let in more than your own network."
)
ENTERED: Final = (
    "Whether Partner Center holds this very URL: compare it under Offer setup > Customer leads, and choose "
    "Validate there."
)

BLAME: Final = Blame(
    FIELD,
    {
        Reason.NAME: "endpoint-host-not-found",
        Reason.PRIVATE: "endpoint-host-private",
        Reason.CONNECT: "endpoint-connection-refused",
        Reason.TIMEOUT: "endpoint-no-answer",
        Reason.CLOSED: "endpoint-closed-connection",
    },
    prefix="endpoint-",
    version="endpoint-tls-version",
)

DESTINATION: Final = Destination(
    name="httpsEndpoint",
    judge=judge,
    start=_wire("attempt.Attempt"),
    checks=(
        Check(
            "https-endpoint-connection",
            Stage.REACH,
            "the endpoint is reached, and its certificate holds",
            _wire("reach.reach"),
            needed=True,
        ),
        Check(
            "https-endpoint-test-lead",
            Stage.TEST_LEAD,
            "the endpoint takes the MSFT_TEST lead",
            _wire("delivery.write_lead"),
        ),
        Check(
            "https-endpoint-arrival", Stage.ARRIVAL, "the test lead is read back", _wire("delivery.find_lead")
        ),
    ),
    generic=tuple(
        (stage, "endpoint-lead-refused")
        for stage in (Stage.SIGN_IN, Stage.PERMISSIONS, Stage.TEST_LEAD, Stage.ARRIVAL)
    ),
    blame=BLAME,
    unproven=(REACHED, ENTERED),
)
