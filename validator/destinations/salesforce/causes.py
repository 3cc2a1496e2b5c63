"""Why a lead that Web-to-Lead took may never be stored, without a word to whoever sent it.

Source: Salesforce's help on Web-to-Lead and its list of what keeps AppExchange's leads from an organisation,
which are sent in the same way as the marketplace's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from validator.destinations.salesforce.evidence import COUNTRIES, DUPLICATES, FIELDS

if TYPE_CHECKING:
    from validator.destinations.salesforce.attempt import Attempt


class Cause(NamedTuple):
    """A question that only the organisation can answer. `shown_by`: the evidence that answers it."""

    question: str
    shown_by: frozenset[str] = frozenset()


DESCRIPTION: Final = "the API's description of Lead"
SIGN_IN: Final = "the API client's sign-in"

CAUSES: Final = (
    Cause(
        "Whether the identifier is that of your organisation: compare it in Salesforce under Setup > Company "
        "Information. Web-to-Lead takes leads for one that does not exist.",
        frozenset({SIGN_IN}),
    ),
    Cause(
        "Whether Web-to-Lead is on, and has a default lead creator: see Setup > Web-to-Lead > Edit. Without "
        "either, Salesforce drops the lead."
    ),
    Cause(
        "Whether Require reCAPTCHA Verification is off: see Setup > Web-to-Lead > Edit. The marketplace "
        "solves none, so every lead of its would be dropped."
    ),
    Cause(
        "Whether fewer than 500 leads came within 24 hours: the others wait, and the default lead creator "
        "gets a mail for each."
    ),
    Cause(
        "Whether Lead has required fields that the marketplace never sends, picklists above all: see Setup > "
        "Object Manager > Lead > Fields & Relationships. Make them optional.",
        frozenset({FIELDS, DESCRIPTION}),
    ),
    Cause(
        "Whether a restricted picklist refuses what the marketplace sends, such as Lead Source: see Setup > "
        "Object Manager > Lead > Fields & Relationships.",
        frozenset({FIELDS, DESCRIPTION}),
    ),
    Cause(
        "Whether country picklists are on and know “US” as an integration value: see Setup > State and "
        "Country/Territory Picklists.",
        frozenset({COUNTRIES, DESCRIPTION}),
    ),
    Cause(
        "Whether a validation rule refuses the lead: see Setup > Object Manager > Lead > Validation Rules.",
        frozenset({FIELDS}),
    ),
    Cause(
        "Whether a duplicate rule blocks the lead, or alerts: see Setup > Duplicate Rules. To report alone "
        "is harmless.",
        frozenset({DUPLICATES}),
    ),
)
"""All of them, the ones that no evidence shows included."""

HIDDEN: Final = (
    "Whether fields of Lead that the API client's user may not see are required: the description leaves "
    "them out."
)


def open_questions(attempt: Attempt) -> list[str]:
    """Give the questions that the evidence at hand does not answer."""
    shown = {SIGN_IN: attempt.signed_in, DESCRIPTION: attempt.described}
    had = {name for name, there in shown.items() if there} | attempt.evidence.answers
    asked = [cause.question for cause in CAUSES if not cause.shown_by & had]
    return asked + [HIDDEN] * (attempt.described and FIELDS not in had)
