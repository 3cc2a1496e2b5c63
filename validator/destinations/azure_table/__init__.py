"""Azure Table storage: leads become rows of the table `MarketplaceLeads` in a storage account."""

from __future__ import annotations

from functools import partial
from typing import Final

from validator.destinations.azure_table.settings import FIELD, judge
from validator.http import Reason
from validator.model import Stage
from validator.rehearsal import Blame, Check, Destination, later

_wire = partial(later, __name__)

FIREWALL: Final = (
    "Whether the account's firewall lets the marketplace in: it let this machine in. On the account's page "
    "Networking, only public access from all networks is certain."
)
ENTERED: Final = (
    "Whether Partner Center holds this very connection string: compare it under Offer setup > Customer "
    "leads, and choose Validate there."
)

BLAME: Final = Blame(
    FIELD,
    {
        Reason.NAME: "storage-account-not-found",
        Reason.CONNECT: "storage-connection-refused",
        Reason.TIMEOUT: "storage-no-answer",
        Reason.CLOSED: "storage-closed-connection",
    },
)

DESTINATION: Final = Destination(
    name="table",
    judge=judge,
    start=_wire("attempt.Attempt"),
    checks=(
        Check(
            "azure-table-account",
            Stage.REACH,
            "the storage account has a table service",
            _wire("account.reach"),
            needed=True,
        ),
        Check(
            "azure-table-key",
            Stage.SIGN_IN,
            "the account key opens it",
            _wire("account.sign_in"),
            needed=True,
        ),
        Check(
            "azure-table-leads-table",
            Stage.PERMISSIONS,
            "the table MarketplaceLeads is there, or can be made",
            _wire("leads.table"),
        ),
        Check(
            "azure-table-test-lead",
            Stage.TEST_LEAD,
            "the MSFT_TEST lead is written",
            _wire("leads.write_lead"),
        ),
        Check(
            "azure-table-arrival",
            Stage.ARRIVAL,
            "the test lead is found in the table",
            _wire("leads.find_lead"),
        ),
    ),
    generic=tuple(
        (stage, "storage-refused")
        for stage in (Stage.SIGN_IN, Stage.PERMISSIONS, Stage.TEST_LEAD, Stage.ARRIVAL)
    ),
    blame=BLAME,
    unproven=(FIREWALL, ENTERED),
)
