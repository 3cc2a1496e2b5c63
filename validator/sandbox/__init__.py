"""A rehearsal stage on loopback: every service that leads go to, and those before them, by their own names.

The receivers are a flow of Power Automate, Logic Apps, an Azure Function, and a web service.

    with Sandbox(["client-secret-expired"]) as sandbox:
        environment = {"HTTPS_PROXY": sandbox.proxy, "CURL_CA_BUNDLE": sandbox.ca_file}
        subprocess.run(["curl", "https://fabrikam.crm4.dynamics.com/api/data/v9.2/"], env=environment)

Any client that can use an HTTPS proxy runs unchanged. Nothing here is shared with the program under test,
and nothing ever leaves the machine. Needs the extra `sandbox` (werkzeug, trustme).
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from validator.sandbox import healthy
from validator.sandbox.places import Places
from validator.sandbox.proxy import Proxy
from validator.sandbox.worlds import HEALTHY, WORLDS, Contradiction, UnknownWorld, World, merged

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["WORLDS", "Contradiction", "Sandbox", "UnknownWorld", "World"]


class Sandbox:
    """The emulated services while the `with` block lasts.

    `worlds` names what is broken, all in one state; `latency` (seconds) passes before each answer;
    `ca_file` is where the certificate to trust is written (by default a private place, removed at the end).
    Raises UnknownWorld and Contradiction at once, OSError when the address is taken.
    """

    def __init__(
        self,
        worlds: Sequence[str] = (),
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        latency: float = 0,
        ca_file: str | None = None,
    ) -> None:
        changes, self.overrides = merged(worlds)
        self.worlds = tuple(dict.fromkeys(worlds)) or (HEALTHY.name,)
        self.state = healthy.state()
        for path, value in changes.items():
            self.state.change(path, value)
        self.credentials = dict(healthy.CREDENTIALS)
        self.hosts = [name for place in self.state.network.values() for name in place.names]
        self._address, self._latency = (host, port), latency
        self.ca_file = ca_file or ""
        self.proxy = ""

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as stack:
            proxy = Proxy(self._address, self.state.network, Places(self.state), self._latency)
            stack.enter_context(contextlib.closing(proxy))
            if not self.ca_file:
                folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="leadcheck-sandbox-"))
                self.ca_file = str(Path(folder, "ca.pem"))
            Path(self.ca_file).write_bytes(proxy.authority.pem)
            proxy.start()
            self.proxy = f"http://{proxy.server_name}:{proxy.server_port}"
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def ready(self) -> dict[str, Any]:
        """Describe the running sandbox, as the command's first line does."""
        return {
            "proxy": self.proxy,
            "caFile": self.ca_file,
            "worlds": list(self.worlds),
            "hosts": self.hosts,
            "credentials": self.credentials,
            "pid": os.getpid(),
        }
