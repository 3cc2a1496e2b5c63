"""Stage *reach*: the account's API is there, at the host that the Munchkin ID names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.rehearsal.reaching import connect

if TYPE_CHECKING:
    from validator.destinations.marketo.attempt import Attempt
    from validator.model import Finding


def reach(attempt: Attempt) -> list[Finding]:
    """Connect to the account's host, and send nothing."""
    return connect(attempt.climb, attempt.account.url)
