"""A secret goes to the service it belongs to, and nowhere else: not one connection is made."""

from __future__ import annotations

import pytest
from requests import PreparedRequest

from validator.http import Reason, Unreachable
from validator.http.hosts import DATAVERSE, SERVICES, SIGN_IN, allowed

TOKEN = {"Authorization": "Bearer a-token-for-dynamics"}

STRANGERS = [
    "https://evil.example/",
    "https://evil.example:443/",
    "https://EVIL.EXAMPLE/",
    "https://evildynamics.com/",
    "https://dynamics.com/",
    "https://fabrikam.crm4.dynamics.com.evil.example/",
    "https://fabrikam.crm4.dynamics.com:8443/",
    "https://fabrikam.crm4.dynamics.com@evil.example/",
    "https://login.microsoftonline.com@evil.example/",
    "https://login.microsoftonline.com:443@evil.example/",
    "https://login.microsoftonline.com%2f@evil.example/",
    "https://login.microsoftonline.com:8443/",
    "https://not-login.microsoftonline.com/",
    "https://login.microsoftonline.com.evil.example./",
    "https://loginmicrosoftonline.com/",
    "https://xn--lgin-5qa.microsoftonline.com/",
    "https://127.0.0.1/",
    "https://[::1]/",
    "http://login.microsoftonline.com/",
    "http://fabrikam.crm4.dynamics.com:443/",
    "HTTP://fabrikam.crm4.dynamics.com/",
]

TWO_FACED = "https://login.microsoftonline.com\\@evil.example/"
"""Where this leads depends on who reads it."""

SENT_TO = {
    "https://fabrikam.crm4.dynamics.com/": b"CONNECT fabrikam.crm4.dynamics.com:443 ",
    "https://FABRIKAM.CRM4.DYNAMICS.COM/": b"CONNECT fabrikam.crm4.dynamics.com:443 ",
    "https://fabrikam.crm4.dynamics.com./": b"CONNECT fabrikam.crm4.dynamics.com.:443 ",
    "https://evil.example@fabrikam.crm4.dynamics.com/": b"CONNECT fabrikam.crm4.dynamics.com:443 ",
    "https://login.microsoftonline.com#@evil.example:444/": b"CONNECT login.microsoftonline.com:443 ",
    "https://login.microsoftonline.us:443/": b"CONNECT login.microsoftonline.us:443 ",
}


@pytest.fixture
def proxy(listen, odd):
    """A proxy that sees whatever leaves, and lets nothing pass."""
    return listen(odd.says(odd.answer(502)), tls=None)


@pytest.mark.parametrize("url", [*STRANGERS, TWO_FACED])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nothing_is_sent_to_strangers(url, method, proxy, connect):
    session = connect(proxies={"https": f"http://{proxy.place}", "http": f"http://{proxy.place}"})
    with pytest.raises(Unreachable) as refused:
        session.ask(method, url, headers=TOKEN)
    assert refused.value.reason is Reason.NOT_ALLOWED
    assert refused.value.never_sent
    assert proxy.connections == 0


@pytest.mark.parametrize("url", STRANGERS)
def test_a_request_that_somebody_else_prepared_passes_the_same_list(url, proxy, connect):
    session = connect(proxies={"https": f"http://{proxy.place}", "http": f"http://{proxy.place}"})
    request = PreparedRequest()
    request.prepare("GET", url, headers=TOKEN)
    with pytest.raises(Unreachable, match="nothing was sent"):
        session.send(request)
    assert proxy.connections == 0


@pytest.mark.parametrize(
    "host", ["evil.my.salesforce.com", "evil.mktorest.com", "evil.table.core.windows.net"]
)
@pytest.mark.parametrize("within", [SIGN_IN, DATAVERSE])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_is_meant_for_one_service_goes_to_no_other(host, within, method, proxy, connect):
    session = connect(proxies={"https": f"http://{proxy.place}"})
    with pytest.raises(Unreachable, match="nothing was sent") as refused:
        session.ask(method, f"https://{host}/", within=within, headers=TOKEN)
    assert refused.value.reason is Reason.NOT_ALLOWED
    assert proxy.connections == 0


def test_the_user_s_own_host_may_stand_for_any_service(listen, connect):
    server = listen()
    assert connect(server).ask("GET", server.url, within=DATAVERSE).ok
    assert allowed("crm.example", 443, frozenset({"crm.example"}), DATAVERSE)


def test_a_service_s_hosts_are_its_own():
    assert allowed("login.microsoftonline.com", 443, frozenset(), SIGN_IN)
    assert not allowed("login.microsoftonline.com", 443, frozenset(), DATAVERSE)
    assert allowed("fabrikam.crm4.dynamics.com", 443, frozenset(), DATAVERSE)
    assert not allowed("fabrikam.crm4.dynamics.com", 443, frozenset(), SIGN_IN)


@pytest.mark.parametrize("url", SENT_TO)
def test_what_looks_odd_goes_to_the_service_or_nowhere(url, proxy, connect):
    session = connect(proxies={"https": f"http://{proxy.place}"})
    with pytest.raises(Unreachable, match="502"):
        session.ask("GET", url, headers=TOKEN)
    (request,) = proxy.requests
    assert request.startswith(SENT_TO[url])
    assert b"a-token-for-dynamics" not in request


@pytest.mark.parametrize("url", ["https:///path", "https://", "no address", "https://a b/", "https://[/"])
def test_what_is_no_address_is_no_crash(url, connect):
    with pytest.raises(Unreachable) as refused:
        connect().ask("GET", url)
    assert refused.value.reason is Reason.NOT_ALLOWED


@pytest.mark.parametrize(
    ("extra", "host", "port"),
    [
        ("crm.example", "crm.example", 443),
        ("crm.example:443", "crm.example", 443),
        ("crm.example:8443", "crm.example", 8443),
    ],
)
def test_the_user_may_widen_the_list(extra, host, port):
    assert allowed(host, port, frozenset({extra}))
    assert not allowed(host, port, frozenset())


@pytest.mark.parametrize(
    ("extra", "host", "port"),
    [
        ("crm.example", "crm.example", 8443),
        ("crm.example:8443", "crm.example", 443),
        ("crm.example", "sub.crm.example", 443),
        ("crm.example", "evilcrm.example", 443),
        ("fabrikam.crm4.dynamics.com", "fabrikam.crm4.dynamics.com", 8443),
    ],
)
def test_the_user_s_host_is_that_host_at_that_port(extra, host, port):
    assert not allowed(host, port, frozenset({extra}))


def test_a_host_of_the_user_s_own_is_spoken_to(listen, connect):
    server = listen()
    assert connect(server).ask("GET", server.url).json() == {}
    assert server.methods == ["GET"]


@pytest.mark.parametrize("host", [*sorted(SIGN_IN), *(f"fabrikam{suffix}" for suffix in SERVICES)])
def test_the_services_are_spoken_to_over_https_alone(host):
    assert allowed(host, 443, frozenset())
    assert not allowed(host, 80, frozenset())
    assert not allowed(f"evil{host}.example", 443, frozenset())


@pytest.mark.parametrize("suffix", SERVICES)
def test_nobody_s_name_ends_like_a_service_s(suffix):
    assert not allowed(f"evil{suffix[1:]}", 443, frozenset())
