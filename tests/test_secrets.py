"""A secret goes where it belongs, and nowhere else: into no report, log or traceback, to no foreign host."""

from __future__ import annotations

import json
import logging
import socket
import subprocess
import sys
import threading
from urllib.parse import quote, quote_plus

import pytest

from validator.config.composite import inside
from validator.destinations.dynamics.dataverse import Dataverse
from validator.reporters import FORMATS
from validator.sandbox import WORLDS, Sandbox, dataverse, entra

AZURE_AD, OFFICE_365 = "examples/dynamics.yaml", "examples/dynamics-office365.yaml"
MARKETO = "examples/marketo.yaml"

OPEN = {"https://leads.fabrikam.com/marketplace"}
"""An address without anything in it that opens it."""

STALLING = ("service-stalled", "test-lead-outcome-unknown-at-endpoint")

CREDENTIALS = ("/applicationKey", "/storageAccountConnectionString", "/httpsEndpointUrl")

PLANTED = "pl4nted~8Q~\"quoted\\ and % + & 'spaced' é密"

CRASH = """
import sys
from validator.destinations.dynamics.dataverse import Dataverse
from validator.cli import main

def probe(self):
    raise RuntimeError(f"it broke over {sys.argv[-1]!r} and " + open(0).read())

Dataverse.probe = probe
sys.argv[1:] = sys.argv[1:-1]
main()
"""
"""A process in which a check has a bug, whose exception holds the secret of standard input."""


def forms(secret):
    """Give the ways in which a service, a URL, JSON or Python may repeat a secret."""
    told = {secret, quote(secret), quote(secret, safe=""), quote_plus(secret), repr(secret)[1:-1]}
    return told | {json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}


@pytest.fixture
def check_silence(caplog, tmp_path):
    """Fail where one of the secrets is in an output, in a file of the run, or in a log."""

    def check(ended, *secrets):
        told = [ended.out, ended.err, caplog.text]
        told += [path.read_text("utf-8") for path in tmp_path.glob("report.*")]
        leaked = [form for secret in secrets for form in forms(secret) if any(form in text for text in told)]
        assert leaked == []

    caplog.set_level(logging.DEBUG)
    return check


@pytest.fixture
def loud(leadcheck, tmp_path):
    """Run `validate` with all it can tell, on its streams and in files."""

    def run(*arguments, **options):
        files = [part for name in FORMATS for part in ("--output", f"{name}:{tmp_path}/report.{name}")]
        return leadcheck("validate", *arguments, "-vv", *files, **options)

    return run


@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.usefixtures("impatient")
def test_no_world_makes_a_secret_visible(name, loud, played, check_silence, conforms, tmp_path):
    world = WORLDS[name]
    stalls = ["--timeout", "0.5"] if name.startswith(STALLING) else []
    stalls += ["--deadline", "4"] if world.example == "salesforce-api.yaml" else []  # leads wait in a queue

    ended = loud(f"examples/{world.example}", "--sandbox", "--world", name, *stalls)

    texts = {path.suffix[1:]: path.read_text("utf-8") for path in tmp_path.iterdir()}
    assert set(texts) == set(FORMATS)
    conforms(texts)
    assert ended.err
    [sandbox] = played.sandboxes
    overridden = [value for pointer, value in sandbox.overrides.items() if pointer.endswith(CREDENTIALS)]
    held = [*sandbox.credentials.values(), *(value for value in overridden if value not in OPEN)]
    parts = [part for value in held for part in inside(value) if part]
    others = (*sandbox.state.salesforce.values(), *sandbox.state.marketo.values())
    tokens = [*sandbox.state.tokens, *(token for each in others for token in each.tokens)]
    assert tokens or parts or ended.code
    check_silence(ended, *held, *parts, *tokens)


@pytest.mark.parametrize("example", [AZURE_AD, OFFICE_365])
def test_json_on_standard_output_is_as_silent(example, leadcheck, played, check_silence):
    ended = leadcheck("validate", example, "--sandbox", "-vv", "--format", "json")
    [sandbox] = played.sandboxes
    assert ended.code == 0
    assert sandbox.state.tokens
    check_silence(ended, *sandbox.credentials.values(), *sandbox.state.tokens)


@pytest.fixture(params=["env:PLANTED_LEAD_SECRET", "file:", "-"])
def where(request, tmp_path, monkeypatch):
    """Plant the secret where `--secret` may find it."""
    monkeypatch.setenv("PLANTED_LEAD_SECRET", PLANTED)
    (tmp_path / "secret").write_text(PLANTED + "\n", "utf-8")
    return request.param.replace("file:", f"file:{tmp_path}/secret")


@pytest.mark.parametrize(("example", "field"), [(AZURE_AD, "applicationKey"), (OFFICE_365, "password")])
def test_a_supplied_secret_is_used_and_not_shown(example, field, where, loud, check_silence, monkeypatch):
    asked = []
    monkeypatch.setattr(entra, "_form", lambda request: asked.append(request.form.to_dict()) or asked[-1])
    ended = loud(example, "--sandbox", "--secret", f"{field}={where}", stdin=PLANTED.encode())
    assert ended.code == 1
    assert PLANTED in asked[0].values()
    check_silence(ended, PLANTED)


def test_a_secret_in_the_file_itself_is_not_shown(loud, check_silence, tmp_path, root):
    written = (root / AZURE_AD).read_text("utf-8").replace("${LEAD_APPLICATION_KEY}", json.dumps(PLANTED))
    (tmp_path / "lead-destination.yaml").write_text(written, "utf-8")
    ended = loud("--sandbox", cwd=tmp_path)
    assert ended.code == 1
    check_silence(ended, PLANTED)


def test_a_service_that_repeats_the_secret_is_not_repeated(loud, check_silence, monkeypatch, outside):
    outside.state.change("tenants.fabrikam.applications.leads.secrets.current.value", PLANTED)
    outside.state.change("environments.fabrikam.plug_in", f"You said {' or '.join(sorted(forms(PLANTED)))}")
    monkeypatch.setenv("LEAD_APPLICATION_KEY", PLANTED)
    ended = loud(AZURE_AD)
    assert ended.code == 1
    assert "You said" in ended.out
    check_silence(ended, PLANTED)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("MARKETO_CLIENT_ID", "No client with requested id"),
        ("MARKETO_CLIENT_SECRET", "Bad client credentials"),
    ],
)
def test_what_marketo_repeats_of_its_client_is_not_repeated(
    name, words, loud, check_silence, monkeypatch, outside
):
    assert outside.credentials[name]
    monkeypatch.setenv(name, PLANTED)
    ended = loud(MARKETO)
    assert ended.code == 1
    assert words in ended.out
    check_silence(ended, PLANTED, *outside.credentials.values())


def test_the_token_of_marketo_is_shown_nowhere(loud, check_silence, outside):
    ended = loud(MARKETO)
    assert ended.code == 0
    [token] = outside.state.marketo["fabrikam"].tokens
    check_silence(ended, token, *outside.credentials.values())


def test_a_bug_in_a_check_shows_no_secret(loud, check_silence, tmp_path, monkeypatch):
    def probe(_):
        raise RuntimeError(f"it broke over {PLANTED}")

    monkeypatch.setattr(Dataverse, "probe", probe)
    monkeypatch.setenv("PLANTED_LEAD_SECRET", PLANTED)

    ended = loud(AZURE_AD, "--sandbox", "--secret", "applicationKey=env:PLANTED_LEAD_SECRET")

    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    checks = report["configurations"][0]["checks"]
    assert ended.code == 3
    assert [check["status"] for check in checks][1] == "crashed"
    assert "bug in leadcheck" in ended.out
    check_silence(ended, PLANTED)


@pytest.mark.parametrize("development", ["", "1"])
def test_a_bug_in_a_process_shows_no_secret(development, root):
    arguments = ["validate", AZURE_AD, "--sandbox", "-vv", "--secret", "applicationKey=env:PLANTED"]
    done = subprocess.run(
        [sys.executable, "-c", CRASH, *arguments, PLANTED],
        input=PLANTED.encode(),
        env={"PYTHONDEVMODE": development, "PLANTED": PLANTED, "PYTHONUTF8": "1"},
        cwd=root,
        capture_output=True,
        check=False,
    )
    told = done.stdout.decode() + done.stderr.decode()
    assert done.returncode == 3
    assert "bug in leadcheck" in told
    assert "Traceback" not in told
    assert [form for form in forms(PLANTED) if form in told] == []


class Stranger:
    """A TCP server on loopback that remembers who connects, and what it is told."""

    def __init__(self):
        self.heard = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = "127.0.0.1:{1}".format(*self._socket.getsockname())
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self):
        while True:
            connection, _ = self._socket.accept()
            with connection:
                connection.settimeout(5)
                said = connection.recv(10_000)
            if said == b"enough":
                return
            self.heard.append(said)

    def close(self):
        with socket.create_connection(self._socket.getsockname()) as last:
            last.sendall(b"enough")
        self._thread.join()
        self._socket.close()


@pytest.fixture
def stranger():
    listening = Stranger()
    yield listening
    listening.close()


@pytest.fixture
def outside(monkeypatch):
    """Play the services outside the command; what is on loopback is reached directly, past the proxy."""
    with Sandbox() as sandbox:
        monkeypatch.setenv("HTTPS_PROXY", sandbox.proxy)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
        monkeypatch.setenv("SSL_CERT_FILE", sandbox.ca_file)
        for name, value in sandbox.credentials.items():
            monkeypatch.setenv(name, value)
        yield sandbox


@pytest.fixture
def validate(leadcheck, played, tmp_path, root):
    """Validate an example with some words replaced, whatever its settings are found to be."""

    def run(example, *arguments, **replaced):
        text = (root / example).read_text("utf-8")
        for old, new in replaced.items():
            known = {
                "instance": "fabrikam.crm4.dynamics.com",
                "tenant": "8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214",
            }
            known |= {"domain": "fabrikam.onmicrosoft.com"}
            assert known[old] in text
            text = text.replace(known[old], new)
        (tmp_path / "lead-destination.yaml").write_text(text, "utf-8")
        blind = leadcheck("validate", "--offline", "--format", "json", cwd=tmp_path).ids
        ignored = [part for each in blind for part in ("--ignore", each)]
        ended = leadcheck("validate", "--timeout", "2", *ignored, *arguments, cwd=tmp_path)
        assert played.requests  # the ladder was climbed
        return ended

    return run


@pytest.mark.usefixtures("outside")
def test_a_foreign_instance_hears_nothing(stranger, validate):
    assert validate(AZURE_AD, instance=stranger.address).code in {1, 3}
    assert validate(OFFICE_365, instance=stranger.address).code in {1, 3}
    assert stranger.heard == []


@pytest.mark.usefixtures("outside")
def test_the_user_alone_may_let_another_host_in(stranger, validate):
    """And the tests around this one are worth something: this way, the stranger is heard from."""
    assert validate(AZURE_AD, "--allow-host", stranger.address, instance=stranger.address).code in {1, 3}
    assert stranger.heard
    assert all(said.startswith(b"\x16\x03") for said in stranger.heard)  # a TLS greeting, and no more


@pytest.mark.usefixtures("outside")
@pytest.mark.parametrize("form", ["https://{}/x", "{}", "//{}/x", "../{}", "x@{}", "\\\\{}\\x", "?{}#"])
def test_a_foreign_tenant_hears_nothing(form, stranger, validate):
    assert validate(AZURE_AD, tenant=json.dumps(form.format(stranger.address))).code in {1, 3}
    assert stranger.heard == []


def test_a_foreign_user_is_not_signed_in_elsewhere(stranger, validate, outside):
    assert validate(OFFICE_365, domain=stranger.address).code in {1, 3}
    assert stranger.heard == []
    assert not outside.state.tokens


def test_a_federation_server_hears_nothing(stranger, validate, outside, monkeypatch):
    """The realm sends the user to another server for a WS-Trust sign-in, which leadcheck never speaks."""
    real = entra.Entra._realm

    def realm(self, request, user):
        answer = real(self, request, user)
        answer.set_data(
            answer.get_data(as_text=True).replace("adfs.fabrikam.onmicrosoft.com", stranger.address)
        )
        return answer

    monkeypatch.setattr(entra.Entra, "_realm", realm)
    outside.state.change("tenants.fabrikam.federated", True)
    ended = validate(OFFICE_365)
    assert ended.code == 1
    assert stranger.address in ended.out
    assert stranger.heard == []


@pytest.mark.usefixtures("outside")
@pytest.mark.parametrize("example", [AZURE_AD, OFFICE_365])
def test_a_token_endpoint_elsewhere_hears_nothing(example, stranger, validate, monkeypatch):
    real = entra._metadata
    elsewhere = f"https://{stranger.address}/token"
    monkeypatch.setattr(entra, "_metadata", lambda *named: real(*named) | {"token_endpoint": elsewhere})
    ended = validate(example)
    assert ended.code == 1
    assert "host-not-allowed" in ended.out
    assert stranger.heard == []


@pytest.mark.parametrize("example", [AZURE_AD, OFFICE_365])
def test_an_authority_elsewhere_hears_nothing(example, stranger, validate, monkeypatch, outside):
    """The instance's own 401 names where to sign in: a stranger."""

    def unauthorized(tenant, host):
        answer = real(tenant, host)
        header = answer.headers["WWW-Authenticate"]
        answer.headers["WWW-Authenticate"] = header.replace("login.microsoftonline.com", stranger.address)
        return answer

    real = dataverse.unauthorized
    monkeypatch.setattr(dataverse, "unauthorized", unauthorized)
    assert validate(example).code == 0
    outside.state.change("tenants.fabrikam.exists", False)
    assert validate(example).code == 1
    assert stranger.heard == []
