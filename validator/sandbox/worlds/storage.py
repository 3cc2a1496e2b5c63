"""Worlds in which a storage account is not there, is not open to its key, or has no place for leads."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Final

from validator.sandbox.certificates import Certificate
from validator.sandbox.state import Fault
from validator.sandbox.worlds.world import AZURE_TABLE, World

if TYPE_CHECKING:
    from collections.abc import Mapping

_TABLE: Final = "network.table"
_BLOB: Final = "network.blob"
_ACCOUNT: Final = "storage.fabrikam"
_LEADS: Final = f"{_ACCOUNT}.tables.MarketplaceLeads"

_LIST: Final = {f"{_TABLE}.fault_at": "GET /Tables"}
_ANSWER_LOST: Final = {
    f"{_TABLE}.fault": Fault.CLOSE_AFTER,
    f"{_TABLE}.fault_at": "POST /MarketplaceLeads",
}
_ROWS_CONSUMED: Final = {f"{_ACCOUNT}.rows_consumed": True}
_ROTATED: Final = {
    f"{_ACCOUNT}.keys.{name}": b64encode(f"The new {name}".encode().ljust(64, b".")).decode()
    for name in ("key1", "key2")
}


def _world(produces: str, summary: str, changes: Mapping[str, object], variant: str = "") -> World:
    return World(produces, summary, changes, example=AZURE_TABLE, variant=variant)


WORLDS: Final = (
    _world(
        "storage-account-not-found",
        "no account has this name: neither its tables' host nor its blobs' resolves",
        {f"{_TABLE}.connect": 502, f"{_BLOB}.connect": 502},
    ),
    _world(
        "storage-account-without-tables",
        "the account is of the kind BlobStorage, which has no host for tables",
        {f"{_TABLE}.connect": 502},
    ),
    _world(
        "storage-connection-refused",
        "nothing listens at the address of the account's tables",
        {f"{_TABLE}.connect": 503},
    ),
    _world(
        "storage-no-answer",
        "the address of the account's tables answers no connection",
        {f"{_TABLE}.connect": 504},
    ),
    _world(
        "storage-closed-connection",
        "something before the table service ends each connection at once",
        {f"{_TABLE}.certificate": Certificate.HANG_UP},
    ),
    _world(
        "answer-not-understood",
        "a web site stands at the address of the account's tables",
        {f"{_TABLE}.serves": "website"},
        variant="website-at-storage",
    ),
    _world(
        "certificate-expired",
        "the table service's certificate has expired",
        {f"{_TABLE}.certificate": Certificate.EXPIRED},
        "at-storage",
    ),
    _world(
        "tls-failed",
        "what listens at the address of the account's tables does not speak TLS",
        {f"{_TABLE}.certificate": Certificate.NONE},
        "at-storage",
    ),
    _world("account-key-wrong", "both keys of the account were rotated", _ROTATED),
    _world(
        "storage-clock-skewed",
        "the account's clock is two hours ahead of the client's",
        {f"{_ACCOUNT}.clock": 7200},
    ),
    _world(
        "storage-firewall",
        "the account's network rules keep our addresses out",
        {f"{_ACCOUNT}.firewalled": True},
    ),
    _world(
        "storage-key-access-disabled",
        "the account takes no signature by a key any more",
        {f"{_ACCOUNT}.shared_key_allowed": False},
    ),
    _world(
        "storage-account-disabled", "the account's subscription has ended", {f"{_ACCOUNT}.disabled": True}
    ),
    _world(
        "storage-account-restricted", "the account's state allows nothing", {f"{_ACCOUNT}.operable": False}
    ),
    _world(
        "storage-account-restricted",
        "the account's state does not allow to read",
        {f"{_ACCOUNT}.may_read": False},
        "for-reading",
    ),
    _world(
        "storage-account-restricted",
        "the account's state does not allow to write",
        {f"{_ACCOUNT}.may_write": False},
        "for-writing",
    ),
    _world(
        "storage-refused",
        "the account stands in a data centre of one's own, years behind: it speaks old versions only",
        {f"{_ACCOUNT}.newest_version": "2017-11-09"},
    ),
    _world(
        "leads-table-missing",
        "no lead ever came, so there is no table for leads (shows with --no-test-lead)",
        {f"{_LEADS}.exists": False},
    ),
    _world(
        "leads-table-elsewhere",
        "somebody made a table named Leads, and there is none that the marketplace writes to",
        {f"{_LEADS}.exists": False, f"{_ACCOUNT}.tables.Leads.exists": True},
    ),
    _world(
        "leads-table-being-deleted",
        "somebody has just deleted the table for leads",
        {f"{_LEADS}.being_deleted": True},
    ),
    _world(
        "service-throttled",
        "the table service takes no more requests for five minutes (503 ServerBusy)",
        {f"{_ACCOUNT}.retry_after": 300},
        "at-storage",
    ),
    _world(
        "service-unavailable", "the table service is down (503)", {f"{_TABLE}.serves": "outage"}, "at-storage"
    ),
    _world(
        "service-stalled",
        "the table service accepts a request and never answers it",
        {f"{_TABLE}.fault": Fault.STALL, **_LIST},
        "at-storage",
    ),
    _world(
        "answer-not-understood",
        "something on the way cuts the table service's answer in half",
        {f"{_TABLE}.fault": Fault.CUT, **_LIST},
        "at-storage",
    ),
    _world(
        "test-lead-not-found",
        "a program takes new rows out of the table at once",
        _ROWS_CONSUMED,
        "in-table",
    ),
    _world("test-lead-answer-lost", "the row is written, and the answer is lost", _ANSWER_LOST, "at-storage"),
    _world(
        "test-lead-outcome-unknown",
        "the row is written, the answer is lost, and a program takes the row away at once",
        {**_ANSWER_LOST, **_ROWS_CONSUMED},
        "at-storage",
    ),
    _world(
        "test-lead-not-deleted",
        "the account lets nobody delete rows (shows with --cleanup)",
        {f"{_ACCOUNT}.may_delete": False},
        "at-storage",
    ),
)
