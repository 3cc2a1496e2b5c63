"""What stands between a caller and the API, whatever is asked for: limits, lists, and Marketo's own days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from validator.sandbox.marketo.refusals import error
from validator.sandbox.marketo.subscription import AT_ONCE, DAILY, RATE, now

if TYPE_CHECKING:
    from validator.sandbox.marketo.subscription import ApiService, Subscription


def admit(subscription: Subscription) -> None:
    """Let a call in, and count it. Raise Refused."""
    if not subscription.exists:
        raise error("614")
    if subscription.closed_to_our_network:
        raise error("603")
    if subscription.trouble:
        raise error(subscription.trouble)
    if subscription.calls_under_way >= AT_ONCE:
        raise error("615")
    if subscription.calls_today >= DAILY:
        raise error("607")
    _keep_to_the_rate(subscription)
    subscription.calls_today += 1


def _keep_to_the_rate(subscription: Subscription) -> None:
    most, seconds = RATE
    since = now() - timedelta(seconds=seconds)
    subscription.moments = [moment for moment in subscription.moments if moment > since]
    if len(subscription.moments) + subscription.calls_lately >= most:
        raise error("606", f"Max rate limit '{most}' exceeded with in '{seconds}' secs")
    subscription.moments.append(now())


def permit(service: ApiService, permission: str) -> None:
    """Refuse what the role of a service's user does not allow."""
    if not service.permissions.get(permission):
        raise error("603")
