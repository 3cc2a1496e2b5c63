"""Web-to-Lead on the wire: a form is posted, and one header tells whether it was taken.

The answer is 200 whatever happens; the header `Is-Processed` is absent or `true`, and names an exception
where the form was refused. What becomes of a form that was taken, no answer says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.http import Refused, answers
from validator.http.hosts import WEB_TO_LEAD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from requests import Response

    from validator.http.session import Session

URL: Final = f"https://{WEB_TO_LEAD}/servlet/servlet.WebToLead?encoding=UTF-8"
"""As the generated form of a production organisation has it. The marketplace posts to production alone."""

HEADER: Final = "Is-Processed"
OK: Final = 200


def post(session: Session, form: Mapping[str, str]) -> None:
    """Post a form, once. Raise Refused where it was not taken, and Unreachable."""
    answer = session.ask("POST", URL, within={WEB_TO_LEAD}, data=form)
    processed = answer.headers.get(HEADER)
    if answer.status_code != OK:
        raise _refused(answer, answers.words(answer) or answer.reason)
    if processed is not None and "exception" in processed.lower():
        raise Refused(OK, f"{HEADER}: {processed}", own=True)
    if processed is None and answers.words(answer).strip():
        raise _refused(answer, "a page, where Web-to-Lead answers with none")


def _refused(answer: Response, words: str) -> Refused:
    return Refused(answer.status_code, words, retry_after=answers.retry_after(answer))
