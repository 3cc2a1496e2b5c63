"""What can go wrong on the wire."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from validator.model import Trace

T = TypeVar("T")


class Reason(StrEnum):
    """The step at which no answer came."""

    NAME = "name"
    PRIVATE = "private"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    STALLED = "stalled"
    CLOSED = "closed"
    PROXY = "proxy"
    NOT_ALLOWED = "not-allowed"
    DEADLINE = "deadline"


class Failure(Exception):
    """A request that did not get what it asked for."""


class Unreachable(Failure):
    """No answer came. `verify_code` is OpenSSL's, for a certificate that was not accepted.

    `tls_reason`: OpenSSL's word for any other fault of TLS, such as `WRONG_VERSION_NUMBER`.
    `never_sent`: the request cannot have reached the service.
    """

    def __init__(  # noqa: PLR0913 - the parts of one failure, by name
        self,
        reason: Reason,
        host: str,
        detail: str,
        verify_code: int | None = None,
        *,
        tls_reason: str | None = None,
        never_sent: bool = True,
    ) -> None:
        super().__init__(f"{host}: {detail}")
        self.reason = reason
        self.host = host
        self.detail = detail
        self.verify_code = verify_code
        self.tls_reason = tls_reason
        self.never_sent = never_sent


class Refused(Failure):
    """The answer says no, in `message` and `codes`; `retry_after` is in seconds.

    `own`: in the service's own form, as all that carries its codes. The page of a gateway, a portal or a
    proxy is not, and proves nothing.
    """

    def __init__(  # noqa: PLR0913 - the parts of one answer, by name
        self,
        status: int,
        message: str,
        *,
        codes: tuple[str, ...] = (),
        trace: Trace | None = None,
        retry_after: int | None = None,
        own: bool = False,
    ) -> None:
        super().__init__(f"HTTP {status}: {message}")
        self.status = status
        self.message = message
        self.codes = codes
        self.trace = trace
        self.retry_after = retry_after
        self.own = own or bool(codes)


def settled(question: Callable[[], T]) -> T | Refused | Unreachable:
    """Give what the question gives, or the failure itself: for questions whose failing is an answer too."""
    try:
        return question()
    except (Refused, Unreachable) as failure:
        return failure
