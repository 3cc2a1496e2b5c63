from __future__ import annotations

import ast
import dataclasses
import itertools
import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import requests

import validator.sandbox
from validator.sandbox import WORLDS, Contradiction, Sandbox, UnknownWorld

ROOT = Path(__file__).parents[2]

INSTANCE = "https://fabrikam.crm4.dynamics.com"
WHO_AM_I = f"{INSTANCE}/api/data/v9.2/WhoAmI"
DISCOVERY = "https://login.microsoftonline.com/fabrikam.com/v2.0/.well-known/openid-configuration"


@pytest.mark.parametrize("name", WORLDS)
def test_a_world_is_named_after_what_it_produces(name):
    world = WORLDS[name]
    assert world.name == name
    assert name.startswith(world.produces or "healthy")
    assert (ROOT / "examples" / world.example).is_file()
    assert world.summary
    assert name == "healthy" or world.changes or world.overrides


@pytest.mark.parametrize("name", [name for name in WORLDS if name != "healthy"])
def test_a_world_changes_the_state_or_the_configuration_and_nothing_else(name):
    broken, healthy = Sandbox([name]), Sandbox()
    assert broken.overrides == WORLDS[name].overrides
    states = [json.dumps(dataclasses.asdict(box.state), default=str) for box in (broken, healthy)]
    assert (states[0] != states[1]) == bool(WORLDS[name].changes)


@pytest.mark.parametrize(
    ("name", "overrides"),
    [
        ("tenant-malformed", {"/dynamicsLeadConfiguration/directoryId": "not-a-tenant-at-all!"}),
        (
            "ids-swapped",
            {
                "/dynamicsLeadConfiguration/directoryId": "3c9e1d77-60b8-4f2a-8a45-0b7d2e6f9c13",
                "/dynamicsLeadConfiguration/applicationId": "8f0d3c5e-2a41-4b67-9d3e-51c0a7e9b214",
            },
        ),
        ("user-domain-unknown", {"/dynamicsLeadConfiguration/username": "leads@fabrikan.onmicrosoft.com"}),
        (
            "client-secret-id-entered",
            {"/dynamicsLeadConfiguration/applicationKey": "e2b4f6a8-1c3d-4e5f-9a7b-8c6d0e1f2a3b"},
        ),
    ],
)
def test_faults_of_the_configuration_are_overrides(name, overrides):
    assert Sandbox([name]).overrides == overrides


def test_no_change_lies_inside_another():
    """Or two worlds could undo each other unnoticed."""
    paths = {path for world in WORLDS.values() for path in world.changes}
    assert not [(a, b) for a, b in itertools.permutations(paths, 2) if b.startswith(f"{a}.")]


def test_what_one_sandbox_changes_no_other_sees():
    one, two = Sandbox(["duplicate-detected"]), Sandbox(["duplicate-detected"])
    one.state.environments["fabrikam"].leads.clear()
    one.credentials.clear()
    assert two.state.environments["fabrikam"].leads
    assert two.credentials
    assert Sandbox(["duplicate-detected"]).state.environments["fabrikam"].leads


@pytest.mark.parametrize(
    ("names", "where"),
    [
        (("instance-host-not-found", "instance-no-answer"), "network.dataverse.connect"),
        (("no-security-role", "write-only-role"), "environments.fabrikam.accounts.application.roles"),
        (("administration-mode", "organization-disabled"), "environments.fabrikam.mode"),
        (("ids-swapped", "tenant-malformed"), "/dynamicsLeadConfiguration/directoryId"),
    ],
)
def test_worlds_that_contradict_each_other_are_refused(names, where):
    with pytest.raises(Contradiction) as refused:
        Sandbox(names)
    assert str(refused.value) == f"The worlds {names[0]} and {names[1]} contradict each other: {where}."


def test_worlds_that_agree_are_one_state(start):
    client = start(
        "test-lead-answer-lost", "write-only-role", "test-lead-outcome-unknown", "certificate-expired"
    )
    assert client.sandbox.worlds[0] == "test-lead-answer-lost"
    assert len(client.sandbox.worlds) == 4
    assert client.state.network["dataverse"].certificate == "expired"


def test_an_unknown_world_is_refused_with_those_that_look_like_it():
    with pytest.raises(
        UnknownWorld, match=r"There is no world named 'pasword-wrong'\. Did you mean password-wrong"
    ):
        Sandbox(["pasword-wrong"])
    with pytest.raises(UnknownWorld, match=r"named 'x'\.$"):
        Sandbox(["x"])


def test_a_world_can_change_nothing_that_does_not_exist():
    state = Sandbox().state
    with pytest.raises(AttributeError):
        state.change("tenants.fabrikam.colour", "blue")
    with pytest.raises(KeyError):
        state.change("tenants.adventure_works", None)


@pytest.mark.parametrize(
    ("world", "answer"),
    [
        ("instance-host-not-found", "502 Bad Gateway"),
        ("instance-connection-refused", "503 Service Unavailable"),
        ("instance-no-answer", "504 Gateway Timeout"),
        ("network-unavailable", "502 Bad Gateway"),
        ("proxy-failed", "407 Proxy Authentication Required"),
    ],
)
def test_the_proxy_stands_for_the_network(start, world, answer):
    client = start(world)
    with pytest.raises(requests.exceptions.ProxyError, match=f"Tunnel connection failed: {answer}"):
        client.get(WHO_AM_I)
    if world in {"network-unavailable", "proxy-failed"}:
        with pytest.raises(requests.exceptions.ProxyError, match=answer):
            client.get(DISCOVERY)
    else:
        assert client.get(DISCOVERY).status_code == 200


@pytest.mark.parametrize(
    ("world", "status", "words"),
    [
        ("not-a-dynamics-instance", 200, "Welcome to Fabrikam"),
        ("service-unavailable", 503, "The service is unavailable."),
        ("not-a-dynamics-instance-but-a-gateway", 403, "Blocked by policy"),
    ],
)
def test_something_else_stands_at_the_address(start, world, status, words):
    answer = start(world).get(f"{INSTANCE}/api/data/v9.2/")
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("text/html")
    assert words in answer.text


def test_the_sign_in_host_can_be_down(start):
    client = start("service-unavailable-at-sign-in")
    assert client.get(DISCOVERY).status_code == client.ask_token().status_code == 503


def test_the_instance_can_close_every_connection(start):
    with pytest.raises(
        requests.exceptions.ConnectionError, match="Remote end closed connection without response"
    ):
        start("instance-closed-connection").get(f"{INSTANCE}/api/data/v9.2/")


def test_half_an_answer_can_arrive(start):
    client = start("answer-not-understood").sign_in()
    answer = client.get(WHO_AM_I)
    assert answer.status_code == 200
    with pytest.raises(requests.exceptions.JSONDecodeError):
        answer.json()
    assert client.create().status_code == 204


def test_the_instance_can_stall_on_one_request_alone(start):
    client = start("service-stalled").sign_in()
    assert client.get(f"{INSTANCE}/api/data/v9.2/").status_code == 200
    with pytest.raises(requests.exceptions.ReadTimeout):
        client.get(WHO_AM_I, timeout=0.3)


def test_a_dripping_head_defeats_a_timeout_for_each_byte(start):
    client = start("service-stalled-dripping").sign_in()
    asking = threading.Thread(target=client.get, args=(WHO_AM_I,), kwargs={"timeout": 0.2})
    asking.start()
    asking.join(timeout=0.6)
    assert asking.is_alive()
    client.sandbox.__exit__()
    asking.join()


def test_a_dripping_body_begins_and_never_ends(start):
    client = start("service-stalled-dripping-body").sign_in()
    with client.get(WHO_AM_I, timeout=0.2, stream=True) as answer:
        drops = [drop for drop, _ in zip(answer.iter_content(1), range(8), strict=False)]
    assert answer.headers["Content-Length"] == "1000000"
    assert drops == [b" "] * 8


def test_the_sign_in_can_stall(start):
    client = start("service-stalled-at-sign-in")
    assert client.get(DISCOVERY).status_code == 200
    with pytest.raises(requests.exceptions.ReadTimeout):
        client.post("https://login.microsoftonline.com/common/oauth2/v2.0/token", timeout=0.3)


def test_every_world_is_driven_at_the_wire():
    """Each world's name stands in a test, which shows what a client meets there."""
    told = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert [name for name in WORLDS if f'"{name}"' not in told] == []


def test_ready_says_all_that_a_client_needs(start):
    sandbox = start().sandbox
    ready = json.loads(json.dumps(sandbox.ready()))
    assert ready == {
        "proxy": sandbox.proxy,
        "caFile": sandbox.ca_file,
        "worlds": ["healthy"],
        "hosts": [
            "login.microsoftonline.com",
            "fabrikam.crm4.dynamics.com",
            "fabrikam.api.crm4.dynamics.com",
            "fabrikamleads.table.core.windows.net",
            "fabrikamleads.blob.core.windows.net",
            "default8f0d3c5e2a414b679d3e51c0a7e9b2.14.environment.api.powerplatform.com",
            "prod-42.westeurope.logic.azure.com",
            "fabrikam-workflows.azurewebsites.net",
            "fabrikam-leads.azurewebsites.net",
            "leads.fabrikam.com",
            "webto.salesforce.com",
            "fabrikam.my.salesforce.com",
            "427-fkm-190.mktorest.com",
        ],
        "credentials": {
            "LEAD_APPLICATION_KEY": sandbox.state.tenants["fabrikam"]
            .applications["leads"]
            .secrets["current"]
            .value,
            "LEAD_PASSWORD": sandbox.state.tenants["fabrikam"].people["leads"].password,
            "LEAD_STORAGE_CONNECTION": (
                "DefaultEndpointsProtocol=https;AccountName=fabrikamleads;"
                f"AccountKey={sandbox.state.storage['fabrikam'].keys['key1']};EndpointSuffix=core.windows.net"
            ),
            "LEAD_ENDPOINT_URL": (
                "https://default8f0d3c5e2a414b679d3e51c0a7e9b2.14.environment.api.powerplatform.com:443"
                "/powerautomate/automations/direct/workflows/6b7c1b1e5a574f0e9d8a0c6d3f5e2a41/triggers/manual"
                "/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0"
                f"&sig={sandbox.state.flows['leads'].signature}"
            ),
            "SF_CLIENT_ID": sandbox.state.salesforce["fabrikam"].apps["leadcheck"].client_id,
            "SF_CLIENT_SECRET": sandbox.state.salesforce["fabrikam"].apps["leadcheck"].client_secret,
            "MARKETO_CLIENT_ID": sandbox.state.marketo["fabrikam"].services["partner_center"].client_id,
            "MARKETO_CLIENT_SECRET": sandbox.state.marketo["fabrikam"]
            .services["partner_center"]
            .client_secret,
        },
        "pid": os.getpid(),
    }


def test_the_certificate_lies_in_a_private_place_and_goes():
    with Sandbox() as sandbox:
        path = Path(sandbox.ca_file)
        assert path.read_text().startswith("-----BEGIN CERTIFICATE-----")
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert not path.parent.exists()


def test_the_certificate_can_lie_where_it_is_wanted_and_stays(tmp_path):
    wanted = tmp_path / "ca.pem"
    with Sandbox(ca_file=str(wanted)) as sandbox:
        assert sandbox.ca_file == str(wanted)
    assert wanted.exists()


def test_a_certificate_that_cannot_be_written_leaves_nothing_open(tmp_path):
    with pytest.raises(FileNotFoundError), Sandbox(ca_file=str(tmp_path / "nowhere" / "ca.pem")):
        pass


def test_an_address_that_is_taken_is_an_error(start):
    port = int(start().sandbox.proxy.rpartition(":")[2])
    with pytest.raises(OSError, match="in use"), Sandbox(port=port):
        pass


def test_a_sandbox_can_be_given_its_address(start):
    client = start()
    port = int(client.sandbox.proxy.rpartition(":")[2])
    client.sandbox.__exit__()
    assert start(port=port).sandbox.proxy == f"http://127.0.0.1:{port}"


def test_the_sandbox_imports_nothing_of_ours():
    for path in Path(validator.sandbox.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("validator"):
                assert node.module.startswith("validator.sandbox"), path


@pytest.mark.parametrize("missing", ["werkzeug", "trustme"])
def test_without_its_extra_the_sandbox_cannot_be_imported(missing):
    code = f"import sys; sys.modules[{missing!r}] = None; import validator.sandbox"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert f"ModuleNotFoundError: import of {missing} halted" in done.stderr
