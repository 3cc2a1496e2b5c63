"""A lead as the documents show it, and receivers that must leave nothing behind."""

from __future__ import annotations

import contextlib
import copy
import socket
import ssl
import threading

import pytest

from validator.receiver.server import Receiver

DOCUMENTED = {
    "UserDetails": {
        "FirstName": "Some",
        "LastName": "One",
        "Email": "someone@contoso.com",
        "Phone": "16175555555",
        "Country": "USA",
        "Company": "Contoso",
        "Title": "Esquire",
    },
    "LeadSource": "AzureMarketplace",
    "ActionCode": "INS",
    "OfferTitle": "Test Microsoft",
    "Description": "Test run through Power Automate",
}
"""The sample of Microsoft's pages of 2020 to 2022."""

REPORTED = {
    "userDetails": {
        "firstName": "Some",
        "lastName": "One",
        "email": "someone@contoso.com",
        "phone": "16175555555",
        "country": "USA",
        "company": "Contoso",
        "title": "Chief MS Documentation Tester",
    },
    "leadSource": "AzureMarketplace",
    "actionCode": "INS",
    "offerTitle": "Test Microsoft",
    "description": "Test run through Power Automate",
}
"""What a reader of those pages found on the wire in 2020."""


class Running:
    """A receiver, what it told so far, and bare connections to it."""

    def __init__(self, receiver, arrivals):
        self.receiver, self.arrivals = receiver, arrivals
        self.url, self.ca_file = receiver.url, receiver.ca_file
        self.port = int(receiver.url.rstrip("/").rpartition(":")[2])
        self.trusting = ssl.create_default_context(cafile=receiver.ca_file)

    @property
    def said(self):
        """Give the first sentence about each arrival."""
        return [arrival.judgement.remarks[0].sentence for arrival in self.arrivals]

    @contextlib.contextmanager
    def connected(self):
        with (
            socket.create_connection(("127.0.0.1", self.port), timeout=10) as bare,
            self.trusting.wrap_socket(bare, server_hostname="localhost") as tls,
        ):
            yield tls

    def send(self, data):
        """Send bytes, and give all that is answered."""
        with self.connected() as tls:
            tls.sendall(data)
            return b"".join(iter(lambda: tls.recv(4096), b"")).decode()


@pytest.fixture
def lead():
    return copy.deepcopy(DOCUMENTED)


@pytest.fixture
def reported():
    return copy.deepcopy(REPORTED)


@pytest.fixture
def start():
    """Start receivers: `start(host="::1")`; all are closed, and no thread may remain."""
    before = set(threading.enumerate())
    with contextlib.ExitStack() as stack:

        def started(tell=None, **options):
            arrivals = []
            receiver = stack.enter_context(Receiver(tell or arrivals.append, **options))
            receiver.start()
            return Running(receiver, arrivals)

        yield started
    assert set(threading.enumerate()) <= before


@pytest.fixture
def running(start):
    return start()
