"""Guards for every test (nothing beyond loopback, a clean environment), and the command to be tested."""

from __future__ import annotations

import io
import ipaddress
import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import jsonschema
import pytest
from lxml import etree

from validator import sandbox
from validator.cli import main
from validator.http import session
from validator.rehearsal import sending
from validator.sandbox import Sandbox, faults

ROOT = Path(__file__).parents[1]

COMMAND = Path(sys.executable).with_name("leadcheck")
"""The command that was installed with the package."""

PATIENCE = 30
"""Seconds after which a process of a test is given up: far more than any takes on a busy machine."""

OURS = re.compile(r"LEADCHECK_|.*LEAD_|SF_|MARKETO_|GITHUB_|CI$|(NO|FORCE)_COLOR$|COLUMNS$", re.IGNORECASE)
NETWORK = re.compile(r".*_PROXY$|(REQUESTS|CURL)_CA_BUNDLE$|SSL_CERT_(FILE|DIR)$", re.IGNORECASE)


def near(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return name == "localhost"


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch):
    """Fail the test, past any `except Exception`, that looks up or dials another machine."""

    def guarded(dial):
        def connect(sock, address):
            if sock.family in {socket.AF_INET, socket.AF_INET6} and not near(address[0]):
                pytest.fail(f"the test dials {address}")
            return dial(sock, address)

        return connect

    def look_up(host, *rest, **more):
        if not near(host):
            pytest.fail(f"the test looks up {host}")
        return real(host, *rest, **more)

    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
    monkeypatch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    for name in os.environ:
        if OURS.match(name) or NETWORK.match(name):
            monkeypatch.delenv(name)


@dataclass
class Played:
    """What the emulated services saw: each request as `METHOD path`."""

    requests: list[str] = field(default_factory=list)
    sandboxes: list[Sandbox] = field(default_factory=list)

    @property
    def posted(self):
        """Count the requests that write a lead: what is posted is one, a sign-in, or a table."""
        posts = [request for request in self.requests if request.startswith("POST ")]
        return sum("/oauth" not in request and request != "POST /Tables" for request in posts)

    @property
    def leads(self):
        """Give the leads that are in the instance now."""
        [only] = self.sandboxes
        return list(only.state.environments["fabrikam"].leads.values())


@dataclass(frozen=True)
class Ended:
    """How a run of the command ended, as a shell sees it."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def only(self):
        """Give what the JSON report says of its one configuration."""
        [configuration] = self.json["configurations"]
        return configuration

    @property
    def ids(self):
        return [found["id"] for found in self.only["findings"]]


class Stream(io.TextIOWrapper):
    """A standard stream in memory, which may pass for a terminal."""

    def __init__(self, data=b"", *, terminal=False):
        super().__init__(io.BytesIO(data), encoding="utf-8", write_through=True)
        self.terminal = terminal

    def isatty(self):
        return self.terminal

    def written(self):
        return self.buffer.getvalue().decode()


@pytest.fixture
def leadcheck():
    """Run the command line in this process, in the project's folder: `leadcheck("validate", …)`."""

    def run(*arguments, stdin=b"", cwd=ROOT, terminal=False):
        out, err = Stream(terminal=terminal), Stream(terminal=terminal)
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(cwd)
            patch.setattr(sys, "argv", ["leadcheck", *map(str, arguments)])
            for name, stream in (("stdin", Stream(stdin)), ("stdout", out), ("stderr", err)):
                patch.setattr(sys, name, stream)
            try:
                main()
                code = 0
            except SystemExit as end:
                code = end.code or 0
        return Ended(code, out.written(), err.written())

    return run


def _heeding_interrupts():
    """Undo what a pipeline's `&` leaves behind: what a parent ignores, its children ignore too."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def process():
    """Start the installed command: where signals, its start or an interpreter's end matter."""
    with ExitStack() as stack:

        def started(*arguments, cwd=ROOT, **environ):
            running = subprocess.Popen(
                [COMMAND, *map(str, arguments)],
                cwd=cwd,
                env={**os.environ, **environ},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                preexec_fn=_heeding_interrupts,  # noqa: PLW1509 - it takes no lock
            )
            stack.enter_context(running)  # waits for it, and closes its pipes
            stack.callback(running.kill)
            return running

        yield started


@pytest.fixture
def command(process):
    """Run the installed command as a process, to its end."""

    def run(*arguments, stdin=b"", **options):
        running = process(*arguments, **options)
        out, err = running.communicate(stdin, timeout=PATIENCE)
        return Ended(running.returncode, out.decode(), err.decode())

    return run


@pytest.fixture(scope="session")
def untraced():
    """Give what keeps coverage out of a process whose time is measured: it has other tests to look at."""
    return {name: "" for name in os.environ if name.startswith("COVERAGE_")}


@pytest.fixture
def within_a_second(untraced):
    """Give what fails a block that costs more than a second of processor time.

    What it starts counts, too. The second is that of the budgets' machine, on which Python starts in 9 ms:
    one that is slower, or busier at the moment, has longer.
    """

    @contextmanager
    def bound():
        before = spent()
        yield
        seconds = spent() - before
        assert seconds < 1 or seconds < start(untraced) / 0.009

    return bound


def spent():
    """Give the seconds of processor time until now; coverage's tracer triples what this process takes."""
    own, children = (
        sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own / (3 if "coverage" in sys.modules else 1) + children


def start(environ, times=10):
    """Measure the seconds of processor time that Python takes to start, at this moment."""
    before = spent()
    for _ in range(times):
        subprocess.run([sys.executable, "-c", "pass"], env={**os.environ, **environ}, check=True)
    return (spent() - before) / times


@pytest.fixture
def played(monkeypatch):
    """Give what the sandboxes of this test were asked (`requests`), and the sandboxes themselves."""
    seen = Played()

    class Watched(Sandbox):
        def __enter__(self):
            seen.sandboxes.append(self)
            return super().__enter__()

    def met(host, request):
        seen.requests.append(request)
        return real(host, request)

    real = faults.met
    monkeypatch.setattr(sandbox, "Sandbox", Watched)
    monkeypatch.setattr(faults, "met", met)
    return seen


@pytest.fixture
def impatient(monkeypatch):
    """Shorten the pauses between two tries, which prove nothing on loopback."""
    monkeypatch.setattr(session, "PAUSE", 0.01)
    monkeypatch.setattr(sending, "BETWEEN", 0.01)


@pytest.fixture(scope="session")
def conforms():
    """Check reports, by format, against the schemas of those formats that have one."""
    data = ROOT / "tests/reporters/data"
    report = jsonschema.Draft202012Validator(
        json.loads((ROOT / "schemas/report.schema.json").read_text("utf-8"))
    )
    sarif = jsonschema.Draft4Validator(json.loads((data / "sarif-schema-2.1.0.json").read_text("utf-8")))
    junit = etree.XMLSchema(etree.parse(data / "JUnit.xsd"))

    def check(texts):
        report.validate(json.loads(texts["json"]))
        sarif.validate(json.loads(texts["sarif"]))
        junit.assertValid(etree.fromstring(texts["junit"].encode()))

    return check


@pytest.fixture(scope="session")
def root():
    """Give the project's folder."""
    return ROOT
