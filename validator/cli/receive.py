"""`leadcheck receive`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Any

import typer

from validator.cli.exits import wrong
from validator.cli.listening import address, announce, ending, wait
from validator.cli.option import option

if TYPE_CHECKING:
    from validator.receiver.arrival import Arrival


class Format(StrEnum):
    """How to tell what arrives."""

    TEXT = "text"
    JSON = "json"


def receive(
    *,
    listen: Annotated[
        str, option("--listen", metavar="HOST:PORT", help="Loopback address; port 0 is any.")
    ] = "127.0.0.1:8444",
    ca_file: Annotated[
        Path | None, option("--ca-file", metavar="PATH", help="Where to write the certificate to trust.")
    ] = None,
    ready_file: Annotated[
        Path | None, option("--ready-file", metavar="PATH", help="Where to write the first line too.")
    ] = None,
    format: Annotated[Format, option("--format", help="How to tell what arrives.")] = Format.TEXT,  # noqa: A002 - the option's name
) -> None:
    """Receive leads on this machine until interrupted: show each, and say what is wrong with it.

    The first line is JSON: the address to post to, and the CA file. What a strict reader would refuse is
    refused; everything else is taken. The last line counts.
    """
    receiver, arrivals = _modules()
    host, port = address(listen)
    tally = arrivals.Tally()

    def tell(arrival: Arrival) -> None:
        tally.add(arrival)
        try:
            typer.echo(arrivals.as_json(arrival) if format is Format.JSON else arrivals.as_text(arrival))
        except OSError:  # nobody reads any more, or the disk is full: the last line finds out which
            done.set()

    try:
        with receiver(tell, host=host, port=port, ca_file=str(ca_file) if ca_file else None) as running:
            done = ending()
            announce(running.ready(), ready_file)
            running.start()
            wait(done)
    except OverflowError as error:
        wrong(str(error))
    except OSError as error:
        wrong(f"cannot listen on {listen}, or write the files: {error.strerror}")
    typer.echo(tally.as_json() if format is Format.JSON else tally.as_text())


def _modules() -> tuple[Any, Any]:
    try:
        from validator.receiver.server import Receiver  # noqa: PLC0415 - an extra
    except ImportError:
        wrong("the receiver needs the extra of the sandbox: pip install 'leadcheck[sandbox]'")
    from validator.receiver import arrival  # noqa: PLC0415 - --help does not need it

    return Receiver, arrival
