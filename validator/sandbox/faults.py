"""How a host can mistreat a client on a sound connection: silence, drops of bytes, a closed door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.sandbox.state import Fault, Host

if TYPE_CHECKING:
    import threading
    from io import BufferedIOBase

DROP: Final = 0.05
"""Seconds between two bytes: often enough to defeat a timeout that each byte starts anew."""

_HEAD: Final = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def met(host: Host, request: str) -> Fault:
    """Say which fault a request (`METHOD path`) meets at this host."""
    return host.fault if request.startswith(host.fault_at) else Fault.NONE


def play(fault: Fault, stream: BufferedIOBase, closing: threading.Event) -> None:
    """Mistreat the client until it leaves (an OSError) or the sandbox closes."""
    if fault is Fault.STALL:
        closing.wait()
    elif fault is Fault.DRIP_HEADERS:
        _drip(stream, _HEAD + b"X-Drip: ", closing)
    elif fault is Fault.DRIP_BODY:
        _drip(stream, _HEAD + b"Content-Length: 1000000\r\n\r\n", closing)


def _drip(stream: BufferedIOBase, start: bytes, closing: threading.Event) -> None:
    stream.write(start)
    stream.flush()
    while not closing.wait(DROP):
        stream.write(b" ")
        stream.flush()
