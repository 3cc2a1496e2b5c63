"""Stage *sign-in*: the API client gets a token, and its organisation is the one that the leads go to.

The client is leadcheck's own means of looking. That it is not let in says nothing of the marketplace's leads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.destinations.salesforce.attempt import NO_CLIENT
from validator.destinations.salesforce.settings import API
from validator.http import Reason, Refused, Unreachable
from validator.model import Stage
from validator.rehearsal import Skip, naming

if TYPE_CHECKING:
    from validator.destinations.salesforce.attempt import Attempt
    from validator.model import Finding


def sign_in(attempt: Attempt) -> list[Finding]:
    """Sign in, and compare the identifiers: a token is the strongest proof of whose it is."""
    if not attempt.configured:
        raise Skip(NO_CLIENT)
    text = attempt.climb.configuration.text
    client = text(f"{API}/clientId"), text(f"{API}/clientSecret")
    try:
        token, owner = attempt.climb.shared(
            (attempt.organization.account, client), lambda: attempt.organization.grant(*client)
        )
    except (Refused, Unreachable) as failure:
        return [_named(attempt, failure)]
    if owner != attempt.identifier[: len(owner)]:
        seen = f"the API client belongs to the organisation {owner}"
        return [attempt.climb.finding("salesforce-other-organization", observed=seen)]
    attempt.organization.sign_in(token)
    attempt.signed_in, attempt.closed = True, None
    return []


def _named(attempt: Attempt, failure: Refused | Unreachable) -> Finding:
    """Name a failure as a finding that may be ignored: a lead can be sent without anybody to look for it."""
    if isinstance(failure, Unreachable) and failure.reason is Reason.NAME:
        # the network is there: Web-to-Lead was reached over it
        return attempt.climb.finding("salesforce-domain-not-found", observed=str(failure))
    return naming.of(attempt.climb, failure, Stage.SIGN_IN)
