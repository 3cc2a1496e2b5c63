"""What the saved Web-to-Lead form says against the configuration that names it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.destinations.remark import Remark
from validator.destinations.salesforce.settings.pasted import SANDBOX
from validator.destinations.salesforce.settings.record_id import SHORT, of_organisation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.destinations.salesforce.evidence.form import Form

OTHER: Final = "web-to-lead-form-other-organization"

SANDBOX_DOMAIN: Final = ".sandbox.my.salesforce.com"

MOST: Final = 8
"""Picklists listed; of more, the number is told."""


def remarks(form: Form, identifier: str) -> list[Remark]:
    """Judge a form. `identifier`: the configured one, empty where it is none anyway.

    The form of another organisation tells nothing of this one.
    """
    if identifier and of_organisation(form.oid) and form.oid[:SHORT] != identifier[:SHORT]:
        sandbox = f", and it posts to {form.host}" if _for_sandbox(form) else ""
        return [Remark(OTHER, f"the form's oid is {form.oid}{sandbox}")]
    return list(_remarks(form))


def _remarks(form: Form) -> Iterator[Remark]:
    if _for_sandbox(form):
        yield Remark("web-to-lead-form-sandbox", f"the form posts to {form.host}")
    if form.captcha:
        yield Remark("web-to-lead-form-recaptcha", "the form holds a reCAPTCHA")
    if form.picklists:
        named = ", ".join(form.picklists[:MOST]) + (", …" if len(form.picklists) > MOST else "")
        yield Remark("web-to-lead-form-picklists", f"{len(form.picklists)} in the form: {named}")


def _for_sandbox(form: Form) -> bool:
    return form.host == SANDBOX or form.host.endswith(SANDBOX_DOMAIN)
