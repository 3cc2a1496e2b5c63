"""The control of an experiment: whether anybody answers on this network where the destination does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.http import answers
from validator.http.failures import Unreachable
from validator.http.hosts import SIGN_IN

if TYPE_CHECKING:
    from validator.http.session import Session

ANONYMOUS: Final = "/common/v2.0/.well-known/openid-configuration"
"""Entra's discovery document: anybody may read it, from anywhere, and nobody mistakes another page for it."""


def control(session: Session, host: str, login_host: str) -> Unreachable | bool:
    """Say whether Entra answers, on the way to `host` and in its own form, or why no answer came."""
    if not same_way(session, host, login_host):
        return False
    try:
        answer = session.ask("GET", f"https://{login_host}{ANONYMOUS}", within=SIGN_IN)
    except Unreachable as failure:
        return failure
    return answers.text(answers.document(answer) or {}, "issuer") is not None


def same_way(session: Session, *hosts: str) -> bool:
    """Whether one way leads to all the hosts: over different proxies, one says nothing of another."""
    return len({session.route(f"https://{host}/") for host in hosts}) == 1
