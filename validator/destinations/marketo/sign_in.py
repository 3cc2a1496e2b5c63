"""Stage *sign-in*: the API service gets a token. The marketplace signs in as the same one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.destinations.marketo.attempt import NO_CLIENT
from validator.rehearsal import Skip

if TYPE_CHECKING:
    from validator.destinations.marketo.attempt import Attempt


def sign_in(attempt: Attempt) -> None:
    """Sign in. Without both credentials there is nothing to try, and no more to say than the settings did."""
    if not attempt.configured:
        raise Skip(NO_CLIENT)
    attempt.account.sign_in(attempt.climb.shared(attempt.account.identity, attempt.account.grant))
    attempt.closed = None
