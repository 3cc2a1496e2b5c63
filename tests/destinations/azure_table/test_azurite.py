"""Azurite, an independent table service: our client creates, writes, reads and deletes there, over TLS.

It stands behind a proxy that answers for the production name, as the sandbox's does. `.ci/run` installs it
and names its folder in AZURITE; without that the tests are skipped, and fail in a pipeline.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import socket
import socketserver
import subprocess
import threading
import time
from base64 import b64encode
from pathlib import Path

import pytest
import trustme

HOST = "fabrikamleads.table.core.windows.net"
KEY = b64encode(bytes(range(64))).decode()
STRING = (
    f"DefaultEndpointsProtocol=https;AccountName=fabrikamleads;AccountKey={KEY};"
    "EndpointSuffix=core.windows.net"
)

MAIN = Path(os.environ.get("AZURITE", "."), "node_modules/azurite/dist/src/table/main.js")

START = 30
"""Seconds in which it has to listen: half of one on an idle machine."""


class Tunnel(socketserver.StreamRequestHandler):
    """CONNECT, to Azurite alone; any other name does not exist."""

    def handle(self):
        asked = self.rfile.readline().split()[1].decode()
        while self.rfile.readline().strip():
            pass
        if asked != f"{HOST}:443":
            self.wfile.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
            return
        with socket.create_connection(("127.0.0.1", self.server.behind)) as there:
            self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            pipe(self.connection, there)


def pipe(one, other):
    with contextlib.suppress(OSError):
        while ready := select.select([one, other], [], [], 10)[0]:
            for sock in ready:
                piece = sock.recv(1 << 16)
                if not piece:
                    return
                (other if sock is one else one).sendall(piece)


def listening(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture(scope="module")
def azurite(tmp_path_factory):
    """Give the port of a running Azurite, and the file of the authority that vouches for it."""
    if not shutil.which("node") or not MAIN.is_file():
        missing = "Azurite is not here: npm install azurite, and name the folder in AZURITE"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    folder, port = tmp_path_factory.mktemp("azurite"), free_port()
    authority = trustme.CA()
    issued = authority.issue_cert(HOST)
    authority.cert_pem.write_to_path(folder / "ca.pem")
    issued.private_key_pem.write_to_path(folder / "key.pem")
    for blob in issued.cert_chain_pems:
        blob.write_to_path(folder / "cert.pem", append=True)
    options = ["--tableHost", "127.0.0.1", "--tablePort", str(port), "--inMemoryPersistence", "--silent"]
    options += ["--disableTelemetry", "--cert", folder / "cert.pem", "--key", folder / "key.pem"]
    accounts = {"AZURITE_ACCOUNTS": f"fabrikamleads:{KEY}"}
    with subprocess.Popen(["node", MAIN, *options], env={**os.environ, **accounts}, cwd=folder) as running:
        until = time.monotonic() + START
        while not listening(port):
            assert running.poll() is None, "Azurite ended"
            assert time.monotonic() < until, "Azurite does not listen"
            time.sleep(0.05)
        yield port, folder / "ca.pem"
        running.terminate()


@pytest.fixture
def validate(azurite, leadcheck, tmp_path, monkeypatch):
    """Rehearse against it, as a user does, with a file that holds the connection string itself."""
    port, authority = azurite
    (tmp_path / "lead.yaml").write_text(
        f"leadDestination: table\ntableLeadConfiguration:\n  storageAccountConnectionString: {STRING}\n",
        "utf-8",
    )
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Tunnel) as proxy:
        proxy.daemon_threads, proxy.behind = True, port
        thread = threading.Thread(target=proxy.serve_forever, args=(0.02,))
        thread.start()
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.server_address[1]}")

        def run(*options):
            arguments = ["--ca-bundle", authority, "--format", "json", *options]
            return leadcheck("validate", "lead.yaml", *arguments, cwd=tmp_path)

        yield run
        proxy.shutdown()
        thread.join()


def test_the_whole_ladder_and_what_it_leaves(validate):
    looked = validate("--no-test-lead")
    assert (looked.code, looked.only["verdict"], looked.ids) == (
        0,
        "permitted",
        ["secret-in-file", "leads-table-missing"],
    )

    first = validate()
    assert (first.code, first.only["verdict"], first.ids) == (0, "ready", ["secret-in-file"])
    assert first.only["testLead"]["outcome"] == "confirmed"
    assert first.only["testLead"]["earlier"] == []

    second = validate("--cleanup")
    assert (second.only["verdict"], second.only["testLead"]["cleanedUp"]) == ("ready", True)
    assert len(second.only["testLead"]["earlier"]) == 1  # the first one, which was kept

    third = validate("--cleanup")
    assert len(third.only["testLead"]["earlier"]) == 1  # the second one was really deleted
    assert KEY not in json.dumps(third.json)


def test_a_wrong_key_is_refused_there_too(validate):
    wrong = b64encode(bytes(64)).decode()
    os.environ["LEAD_STRING"] = STRING.replace(KEY, wrong)
    try:
        ended = validate("--secret", "storageAccountConnectionString=env:LEAD_STRING")
    finally:
        del os.environ["LEAD_STRING"]
    assert (ended.code, ended.only["verdict"]) == (1, "not-ready")
    assert [check["status"] for check in ended.only["checks"]][:3] == ["passed", "passed", "failed"]
