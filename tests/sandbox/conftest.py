"""Other people's clients, pointed at a sandbox; and the certainty that it leaves nothing behind."""

from __future__ import annotations

import contextlib
import hmac
import threading
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from validator.sandbox import Sandbox

TENANT = "8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214"
APPLICATION = "3c9e1d77-60b8-4f2a-8a45-0b7d2e6f9c13"
PUBLIC_CLIENT = "51f81489-12ee-4a9e-aaae-a2591f45987d"
USER = "leads@fabrikam.onmicrosoft.com"
INSTANCE = "https://fabrikam.crm4.dynamics.com"
SIGN_IN = "https://login.microsoftonline.com"
TABLES = "https://fabrikamleads.table.core.windows.net"


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


class Storage:
    """The tables of a storage account behind a client; each request is signed with a key (`key1`, or one)."""

    def __init__(self, client):
        self.client, self.account = client, client.state.storage["fabrikam"]

    @property
    def rows(self):
        return self.account.tables["MarketplaceLeads"].rows

    def sign(self, text, key="key1"):
        secret = b64decode(self.account.keys.get(key, key))
        return b64encode(hmac.digest(secret, text.encode(), "sha256")).decode()

    def ask(
        self,
        path,
        method="GET",
        *,
        key="key1",
        scheme="SharedKeyLite",
        date=None,
        signed=None,
        timeout=10,
        **more,
    ):
        """Sign and send; `signed` differs from what is sent, and a header that is None is left out."""
        date = date or format_datetime(datetime.now(UTC), usegmt=True)
        sent = {
            "x-ms-date": date,
            "x-ms-version": "2019-02-02",
            "Accept": "application/json;odata=nometadata",
        }
        sent |= more.pop("headers", {})
        request = self.client.prepare_request(
            requests.Request(method, f"{TABLES}/{path}", headers=sent, **more)
        )
        url, content = urlsplit(request.url), request.headers.get("Content-Type", "")
        comp = "".join(f"?comp={value}" for value in parse_qs(url.query).get("comp", []))
        text = f"{date}\n/fabrikamleads{url.path}{comp}"
        if scheme == "SharedKey":
            seen = {"method": method, "content": content, **(signed or {})}
            text = f"{seen['method']}\n\n{seen['content']}\n{text}"
        if "Authorization" not in sent:
            request.headers["Authorization"] = f"{scheme} fabrikamleads:{self.sign(text, key)}"
        return self.client.send(request, timeout=timeout, allow_redirects=False)

    def insert(self, partition, key, **more):
        row = {"PartitionKey": partition, "RowKey": key, **more}
        answer = self.ask("MarketplaceLeads", "POST", json=row, headers={"Prefer": "return-no-content"})
        assert answer.status_code == 204, answer.text
        return answer


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


@pytest.fixture
def storage(start):
    """Start sandboxes, and give the tables of their storage account."""
    return lambda *worlds: Storage(start(*worlds))


@pytest.fixture
def tables(storage):
    return storage()
