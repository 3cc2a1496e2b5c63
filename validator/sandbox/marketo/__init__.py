"""Marketo: the REST API of one subscription, and the identity service beside it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from werkzeug import Request, Response
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from validator.sandbox.marketo import forms, refusals
from validator.sandbox.marketo.admission import admit, permit
from validator.sandbox.marketo.sign_in import caller, grant
from validator.sandbox.marketo.subscription import READ_ASSETS, READ_LEADS, WRITE_LEADS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from validator.sandbox.marketo.subscription import Subscription

_PEOPLE: Final = "/rest/v1/leads.json"
_MAP: Final = Map(
    [
        Rule("/identity/oauth/token", endpoint="token", methods=["GET", "POST"]),
        Rule("/rest/asset/v1/form/<number>.json", endpoint="form", methods=["GET"]),
        Rule("/rest/asset/v1/form/<number>/fields.json", endpoint="fields", methods=["GET"]),
        Rule("/rest/v1/leads/submitForm.json", endpoint="submit", methods=["POST"]),
        Rule(_PEOPLE, endpoint="people", methods=["GET", "POST"]),
        Rule(_PEOPLE, endpoint="delete", methods=["DELETE"]),
    ],
)
_NEEDS: Final = {
    "form": READ_ASSETS,
    "fields": READ_ASSETS,
    "people": READ_LEADS,
    "submit": WRITE_LEADS,
    "delete": WRITE_LEADS,
}
"""The permission that each endpoint asks for."""

_USUAL: Final = "updatedAt,lastName,email,createdAt,firstName"
"""The fields of a person that are shown to who asks for none."""


class RestApi:
    """The WSGI application of one subscription's host."""

    def __init__(self, subscription: Subscription) -> None:
        self._subscription = subscription

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        try:
            answer = self._answer(Request(environ))
        except refusals.Refused as refused:
            answer = refusals.reply(refused.body, refused.status)
        return answer(environ, start)

    def _answer(self, request: Request) -> Response:
        try:
            endpoint, asked = _MAP.bind_to_environ(request.environ).match()
        except HTTPException:
            endpoint, asked = "", {}
        if endpoint == "token":
            return grant(request, self._subscription)
        service = caller(request, self._subscription)
        admit(self._subscription)
        if endpoint not in _NEEDS or (endpoint == "submit" and not self._subscription.takes_forms):
            raise refusals.error("610")
        permit(service, _NEEDS[endpoint])
        answer: Response = getattr(self, f"_{endpoint}")(request, **asked)
        return answer

    def _form(self, _: Request, number: str) -> Response:
        form = forms.found(self._subscription, number)
        return refusals.assets(forms.described(number, form)) if form else refusals.assets()

    def _fields(self, _: Request, number: str) -> Response:
        form = forms.found(self._subscription, number)
        return refusals.assets(*forms.fields(form)) if form else refusals.assets()

    def _submit(self, request: Request) -> Response:
        said = _document(request)
        for name in ("formId", "input"):
            if not said.get(name):
                raise refusals.error("701", f"{name} cannot be blank")
        form = forms.found(self._subscription, str(said["formId"]))
        if form is None:
            raise refusals.error("1013")
        if form.status == "draft" or self._subscription.business_rule:
            raise refusals.error("709", self._subscription.business_rule or "Form is not approved")
        filled = (one.get("leadFormFields") or {} for one in said["input"])
        submit = partial(forms.submitted, self._subscription, form)
        return refusals.result(*(_result(partial(submit, one)) for one in filled))

    def _people(self, request: Request) -> Response:
        """Find people; a long question may come as a form, with the method that is meant in it."""
        asked = request.values
        if request.method == "POST" and asked.get("_method") != "GET":
            raise refusals.error("610")
        key, wanted = asked.get("filterType", ""), asked.get("filterValues", "").lower().split(",")
        if key not in {"id", *self._subscription.fields}:
            raise refusals.error("1003", f"Invalid filterType '{key}'")
        names = asked.get("fields", _USUAL).split(",")
        people = ({"id": number, **person} for number, person in self._subscription.people.items())
        return refusals.result(
            *(
                {"id": person["id"], **{name: person.get(name) for name in names}}
                for person in people
                if str(person.get(key)).lower() in wanted
            )
        )

    def _delete(self, request: Request) -> Response:
        numbers = [one.get("id") for one in _document(request).get("input", [])]
        return refusals.result(*(_result(partial(self._gone, number)) for number in numbers))

    def _gone(self, number: int) -> Mapping[str, Any]:
        if self._subscription.people.pop(number, None) is None:
            raise refusals.Skipped("1004")
        return {"id": number, "status": "deleted"}


def _document(request: Request) -> dict[str, Any]:
    if request.mimetype != "application/json":
        raise refusals.error("612")
    said = request.get_json(silent=True)
    if not isinstance(said, dict):
        raise refusals.error("609")
    return said


def _result(act: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
    """Tell what became of one person."""
    try:
        return act()
    except refusals.Skipped as skipped:
        return {"status": "skipped", "reasons": [skipped.reason]}
