"""What one climb to one endpoint knows: its address, what kind of receiver stands there, how it is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from validator.destinations.https_endpoint.settings import FIELD, address, kinds
from validator.destinations.https_endpoint.settings.place import PRIVATE, unreachable
from validator.http import Refused, answers
from validator.model import Trace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from requests import Response

    from validator.rehearsal import Climb

SUCCESS: Final = range(200, 300)

NAME: Final = re.compile(r"[A-Za-z]{3,60}")
"""What a code of Logic Apps looks like."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an endpoint answered to a lead."""

    status: int
    headers: Mapping[str, str]
    refused: Refused | None
    """Why it was not taken; None for a success."""
    spoken: bool
    """Whether the receiver's own program speaks, in JSON: then no status says what its host would mean."""


class Attempt:
    """The endpoint of one configuration."""

    def __init__(self, climb: Climb) -> None:
        self.climb = climb
        self.session = climb.session
        self.url = climb.configuration.text(FIELD).strip()
        self.within = climb.session.open_to(self.url)
        self.address = address.read(self.url)
        self.kind = kinds.kind(self.address) if self.address else kinds.Kind.OTHER
        self.place = self.address.origin if self.address else "the endpoint"

    @property
    def name(self) -> str:
        """The destination, as the catalogue calls it."""
        return self.climb.destination.name

    @property
    def at_home(self) -> str:
        """Say why nobody outside reaches the host, unless the user allowed it; empty where somebody does.

        A proxy would ask for it all the same, and a file may ignore the finding of the settings.
        """
        remark = unreachable(self.address, self.climb.run.options.allow_hosts) if self.address else None
        private = remark and remark.entry == PRIVATE and remark.severity is None
        return remark.observed if remark and private else ""

    @property
    def once_a_flow(self) -> bool:
        """Whether flows of Power Automate had such addresses, until the end of November 2025."""
        return self.address is not None and self.address.host.endswith(".logic.azure.com")

    def post(self, lead: Mapping[str, object]) -> Answer:
        """Send a lead, once, as the marketplace does: JSON, and nothing else that could open a door."""
        answer = self.session.ask("POST", self.url, within=self.within, json=lead)
        taken = answer.status_code in SUCCESS
        refused = None if taken else _refusal(answer)
        return Answer(answer.status_code, answer.headers, refused, answers.document(answer) is not None)


def _refusal(answer: Response) -> Refused:
    """Read the form in which Logic Apps and Power Automate refuse; anybody else's words stand as they are."""
    error = (answers.document(answer) or {}).get("error")
    said = error if isinstance(error, dict) else {}
    code = answers.text(said, "code") or ""
    headers = answer.headers
    return Refused(
        answer.status_code,
        answers.text(said, "message") or answers.words(answer) or answer.reason or "an empty answer",
        codes=(code,) if NAME.fullmatch(code) else (),
        trace=Trace(
            request_id=headers.get("x-ms-request-id"),
            correlation_id=headers.get("x-ms-correlation-request-id") or headers.get("x-ms-correlation-id"),
            timestamp=headers.get("Date"),
        ),
        retry_after=answers.retry_after(answer),
        own=True,
    )
