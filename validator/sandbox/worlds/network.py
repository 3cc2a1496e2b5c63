"""Worlds in which the fault lies between the client and the services, or in front of them."""

from __future__ import annotations

from typing import Final

from validator.sandbox.certificates import Certificate
from validator.sandbox.state import Fault
from validator.sandbox.worlds import tls
from validator.sandbox.worlds.world import AZURE_AD, World

_INSTANCE: Final = "network.dataverse"
_SIGN_IN: Final = "network.entra"
_WHO_AM_I: Final = {f"{_INSTANCE}.fault_at": "GET /api/data/v9.2/WhoAmI"}
_TOKEN: Final = {f"{_SIGN_IN}.fault_at": "POST /"}


WORLDS: Final = (
    World("instance-host-not-found", "the instance's name does not resolve", {f"{_INSTANCE}.connect": 502}),
    World(
        "instance-connection-refused",
        "nothing listens at the instance's address",
        {f"{_INSTANCE}.connect": 503},
    ),
    World(
        "instance-no-answer", "the instance's address answers no connection", {f"{_INSTANCE}.connect": 504}
    ),
    World(
        "instance-closed-connection",
        "the instance closes each connection without an answer",
        {f"{_INSTANCE}.fault": Fault.CLOSE_BEFORE},
    ),
    World(
        "not-a-dynamics-instance",
        "a web site stands at the instance's address",
        {f"{_INSTANCE}.serves": "website"},
    ),
    World(
        "not-a-dynamics-instance",
        "a gateway before the instance turns us away",
        {f"{_INSTANCE}.serves": "gateway"},
        variant="but-a-gateway",
    ),
    *tls.worlds("dataverse", "the instance", AZURE_AD),
    World(
        "tls-inspected",
        "every host shows a certificate of one unknown issuer: the network looks into TLS",
        {f"{place}.certificate": Certificate.UNKNOWN_ISSUER for place in (_INSTANCE, _SIGN_IN)},
    ),
    World(
        "clock-wrong",
        "no certificate is valid yet, whoever shows it: the client's clock is behind",
        {f"{place}.certificate": Certificate.NOT_YET_VALID for place in (_INSTANCE, _SIGN_IN)},
    ),
    World(
        "network-unavailable",
        "no name resolves at all",
        {f"{place}.connect": 502 for place in (_INSTANCE, _SIGN_IN)},
    ),
    World(
        "proxy-failed",
        "the proxy wants credentials of its own",
        {f"{place}.connect": 407 for place in (_INSTANCE, _SIGN_IN)},
    ),
    World("service-unavailable", "the instance is down (503)", {f"{_INSTANCE}.serves": "outage"}),
    World(
        "service-unavailable",
        "Entra ID is down (503)",
        {f"{_SIGN_IN}.serves": "outage"},
        variant="at-sign-in",
    ),
    World(
        "answer-not-understood",
        "something on the way cuts the instance's answer in half",
        {f"{_INSTANCE}.fault": Fault.CUT, **_WHO_AM_I},
    ),
    World(
        "service-stalled",
        "the instance accepts a request and never answers it",
        {f"{_INSTANCE}.fault": Fault.STALL, **_WHO_AM_I},
    ),
    World(
        "service-stalled",
        "the instance sends the head of its answer a byte at a time, for ever",
        {f"{_INSTANCE}.fault": Fault.DRIP_HEADERS, **_WHO_AM_I},
        variant="dripping",
    ),
    World(
        "service-stalled",
        "the instance sends the body of its answer a byte at a time, for ever",
        {f"{_INSTANCE}.fault": Fault.DRIP_BODY, **_WHO_AM_I},
        variant="dripping-body",
    ),
    World(
        "service-stalled",
        "Entra ID accepts a token request and never answers it",
        {f"{_SIGN_IN}.fault": Fault.STALL, **_TOKEN},
        variant="at-sign-in",
    ),
)
