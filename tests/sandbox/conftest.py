"""Other people's clients, pointed at a sandbox; and the certainty that it leaves nothing behind."""

from __future__ import annotations

import contextlib
import threading

import pytest
import requests

from validator.sandbox import Sandbox

TENANT = "8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214"
APPLICATION = "3c9e1d77-60b8-4f2a-8a45-0b7d2e6f9c13"
PUBLIC_CLIENT = "51f81489-12ee-4a9e-aaae-a2591f45987d"
USER = "leads@fabrikam.onmicrosoft.com"
INSTANCE = "https://fabrikam.crm4.dynamics.com"
SIGN_IN = "https://login.microsoftonline.com"


class Client(requests.Session):
    """The `requests` library behind the sandbox's proxy; `form` holds what a token request sends."""

    def __init__(self, sandbox):
        super().__init__()
        self.sandbox, self.state = sandbox, sandbox.state
        self.trust_env = False
        self.proxies, self.verify = {"https": sandbox.proxy, "http": sandbox.proxy}, sandbox.ca_file
        self.forms = {
            "application": {
                "grant_type": "client_credentials",
                "client_id": APPLICATION,
                "client_secret": sandbox.credentials["LEAD_APPLICATION_KEY"],
                "scope": f"{INSTANCE}/.default",
            },
            "person": {
                "grant_type": "password",
                "client_id": PUBLIC_CLIENT,
                "username": USER,
                "password": sandbox.credentials["LEAD_PASSWORD"],
                "scope": f"{INSTANCE}/.default offline_access openid profile",
            },
        }

    def request(self, *arguments, **more):
        return super().request(*arguments, **{"timeout": 10, **more, "allow_redirects": False})

    def ask_token(self, who="application", tenant=TENANT, **changes):
        form = {name: value for name, value in {**self.forms[who], **changes}.items() if value is not None}
        return self.post(f"{SIGN_IN}/{tenant}/oauth2/v2.0/token", data=form)

    def sign_in(self, who="application"):
        self.headers["Authorization"] = f"Bearer {self.ask_token(who).json()['access_token']}"
        return self

    def api(self, path, method="GET", host=INSTANCE, **more):
        return self.request(method, f"{host}/api/data/v9.2/{path}", **more)

    def create(self, **more):
        values = {"subject": "MSFT_TEST_1", "lastname": "MSFT_TEST_1", "companyname": "MSFT_TEST_1"}
        values |= {"description": "MSFT_TEST_1", "leadsourcecode": 8, **more.pop("values", {})}
        return self.api("leads", "POST", json=values, **more)

    def me(self, what=""):
        return self.api(f"systemusers({self.api('WhoAmI').json()['UserId']}){what}")


@pytest.fixture
def start():
    """Start sandboxes: `start("world", …)` gives a client; all are closed, and no thread may remain."""
    before = set(threading.enumerate())
    with contextlib.ExitStack() as stack:

        def started(*worlds, **options):
            sandbox = stack.enter_context(Sandbox(worlds, **options))
            return stack.enter_context(Client(sandbox))

        yield started
    assert set(threading.enumerate()) <= before


@pytest.fixture
def client(start):
    return start()
