"""What one climb towards a Marketo account knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.destinations.marketo.rest import Account
from validator.destinations.marketo.settings import BLOCK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.destinations.marketo.delivery import Leads
    from validator.rehearsal import Climb

NO_CLIENT: Final = "clientId and clientSecret are not both in the file, so nobody can sign in"
NOT_IN: Final = "nobody is signed in"


class Attempt:
    """The account and the form of one configuration. `closed`: why its API cannot be asked; None: it can."""

    leads: Leads
    """What the form takes, and what the API shows of it, from the test lead on."""
    let_in = False
    """Whether the API has allowed anything to the user that it was asked for."""

    def __init__(self, climb: Climb) -> None:
        text = climb.configuration.text
        self.climb = climb
        self.session = climb.session
        self.munchkin = text(f"{BLOCK}/munchkinId").strip()
        self.form = text(f"{BLOCK}/formId").strip()
        client = text(f"{BLOCK}/clientId").strip(), text(f"{BLOCK}/clientSecret").strip()
        self.configured = all(client)
        self.closed: str | None = NOT_IN if self.configured else NO_CLIENT
        self.account = Account(climb.session, self.munchkin, *client)
        self.names: Mapping[str, str] = {}
        """The names that this form has for the documented fields, by their usual ones."""
