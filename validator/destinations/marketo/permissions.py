"""Stage *permissions*: the form takes leads, and asks for what the marketplace sends and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from validator.destinations.marketo import fields
from validator.destinations.marketo.envelope import DENIED, OK
from validator.http import Refused, answers
from validator.rehearsal import Skip, naming

if TYPE_CHECKING:
    from collections.abc import Callable

    from validator.destinations.marketo.attempt import Attempt
    from validator.model import Finding

T = TypeVar("T")

NO_ASSETS: Final = "the API user may not read forms, for want of the permission Read-Only Assets"
NO_FORM: Final = "Marketo shows no fields of such a form"

APPROVED: Final = frozenset({"approved", "approved with draft"})
DRAFT: Final = "draft"

UNSEEN: Final = (
    "Whether the form exists, is approved, has the documented fields, and requires no others: open it in "
    "Marketo's Design Studio."
)


def form(attempt: Attempt) -> list[Finding]:
    """Look at the form: nobody can submit one that is not approved."""
    found = _shown(attempt, attempt.account.form, UNSEEN)
    if found is None:
        seen = f"account {attempt.munchkin} has no form {attempt.form}"
        return [attempt.climb.finding("marketo-form-not-found", observed=seen)]
    status = answers.text(found, "status")
    if status == DRAFT:
        seen = f"form {attempt.form} ({answers.text(found, 'name')}) is a draft"
        return [attempt.climb.finding("marketo-form-not-approved", observed=seen)]
    if status not in APPROVED:
        raise Refused(OK, "the answer does not say whether the form is approved")
    return []


def form_fields(attempt: Attempt) -> list[Finding]:
    """Compare the form's fields with the documented ones."""
    listed = _shown(attempt, attempt.account.fields)
    if not listed:
        raise Skip(NO_FORM)
    attempt.names = fields.mapped(listed)
    wrong = {
        "marketo-form-fields-missing": fields.missing(listed),
        "marketo-form-requires-more": fields.demanded(listed),
    }
    return [
        attempt.climb.finding(entry, observed=f"form {attempt.form}: {', '.join(titles)}")
        for entry, titles in wrong.items()
        if titles
    ]


def _shown(attempt: Attempt, question: Callable[[str], T], *unseen: str) -> T:
    """Ask about the form; a role that may not see assets says nothing of it, so that it stays `unseen`."""
    if attempt.closed:
        raise Skip(attempt.closed)
    try:
        key = question.__name__, attempt.form, attempt.account.identity
        answer = attempt.climb.shared(key, lambda: question(attempt.form))
    except Refused as refused:
        if DENIED not in refused.codes:
            raise
        attempt.climb.unproven += unseen
        found = naming.refused(attempt.climb, "marketo-assets-unreadable", refused)
        raise Skip(NO_ASSETS, found) from None
    attempt.let_in = True
    return answer
