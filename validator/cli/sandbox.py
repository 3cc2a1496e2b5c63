"""`leadcheck sandbox`."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated, Any, Final

import typer

from validator.cli.exits import wrong
from validator.cli.listening import address, announce, ending, wait
from validator.cli.option import option

THOUSAND: Final = 1000


def sandbox(  # noqa: PLR0913 - each is an option
    *,
    listen: Annotated[
        str, option("--listen", metavar="HOST:PORT", help="Loopback address; port 0 is any.")
    ] = "127.0.0.1:8443",
    world: Annotated[
        list[str] | None, option("--world", metavar="NAME", help="What is broken; may be repeated.")
    ] = None,
    ca_file: Annotated[
        Path | None, option("--ca-file", metavar="PATH", help="Where to write the certificate to trust.")
    ] = None,
    latency: Annotated[
        int, option("--latency", metavar="MS", min=0, help="Milliseconds before each answer.")
    ] = 0,
    ready_file: Annotated[
        Path | None, option("--ready-file", metavar="PATH", help="Where to write the first line too.")
    ] = None,
    list: Annotated[bool, typer.Option("--list", help="List the worlds and end.")] = False,  # noqa: A002 - the option's name
) -> None:
    """Run the emulated services until interrupted, for any client that can use an HTTPS proxy.

    The first line is JSON: the proxy, the CA file, the hosts, and the credentials that the examples need.
    """
    module = _module()
    if list:
        for name, each in module.WORLDS.items():
            typer.echo(f"{name:34} {each.summary}")
        return
    host, port = address(listen)
    try:
        running = module.Sandbox(
            world or [],
            host=host,
            port=port,
            latency=latency / THOUSAND,
            ca_file=str(ca_file) if ca_file else None,
        )
        with running:
            done = ending()
            announce(running.ready(), ready_file)
            wait(done)
    except (ValueError, OverflowError) as error:
        wrong(str(error))
    except OSError as error:
        wrong(f"cannot listen on {listen}, or write the files: {error.strerror}")


def _module() -> Any:  # noqa: ANN401 - a module that may be missing
    try:
        from validator import sandbox as module  # noqa: PLC0415 - an extra
    except ImportError:
        wrong("the sandbox needs its extra: pip install 'leadcheck[sandbox]'")
    return module
