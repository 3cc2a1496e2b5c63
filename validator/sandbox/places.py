"""What stands at an address: a service, or what one finds there instead of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from werkzeug import Response

from validator.sandbox.dataverse import Dataverse
from validator.sandbox.endpoint.flow import Kind
from validator.sandbox.endpoint.function import FunctionApp
from validator.sandbox.endpoint.receiver import WebService
from validator.sandbox.endpoint.trigger import Triggers
from validator.sandbox.entra import Entra
from validator.sandbox.marketo import RestApi as Marketo
from validator.sandbox.salesforce import RestApi, WebToLead
from validator.sandbox.storage import Blobs, TableService

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from validator.sandbox.state import Host, State

_WEBSITE: Final = (
    "<!DOCTYPE html><html><head><title>Fabrikam</title></head><body>Welcome to Fabrikam</body></html>"
)
_OUTAGE: Final = (
    "<html><head><title>Service Unavailable</title></head><body>The service is unavailable.</body></html>"
)
_FORBIDDEN: Final = (
    "<html><head><title>403 Forbidden</title></head><body>Blocked by policy FBK-17</body></html>"
)


class Places:
    """Finds the application of a host, whatever a world has put there."""

    def __init__(self, state: State) -> None:
        self._apps: dict[str, WSGIApplication] = {
            "entra": Entra(state),
            "dataverse": Dataverse(state, state.environments["fabrikam"]),
            "table": TableService(state.storage["fabrikam"]),
            "blob": Blobs(state.storage["fabrikam"]),
            "flow": Triggers(Kind.POWER_AUTOMATE, state.flows),
            "logic_app": Triggers(Kind.LOGIC_APP, state.flows),
            "logic_app_standard": Triggers(Kind.LOGIC_APP_STANDARD, state.flows),
            "function": FunctionApp(state.functions["leads"]),
            "receiver": WebService(state.receivers["leads"]),
            "web_to_lead": WebToLead(state.salesforce),
            "salesforce": RestApi(state.salesforce["fabrikam"]),
            "marketo": Marketo(state.marketo["fabrikam"]),
            "website": Response(_WEBSITE, 200, content_type="text/html; charset=utf-8"),
            "outage": Response(_OUTAGE, 503, content_type="text/html"),
            "gateway": Response(_FORBIDDEN, 403, content_type="text/html"),
        }

    def __call__(self, host: Host) -> WSGIApplication:
        """Give what stands there now."""
        return self._apps[host.serves]
