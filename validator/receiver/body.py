"""The body of a request: whole, of a length that is told and true, and not too large."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from email.message import Message
    from io import BufferedIOBase

MOST: Final = 1 << 20
"""Bytes. A lead has one thousand."""

TRAILERS: Final = 100
"""Lines after a chunked body; they say nothing here."""

_LINE: Final = 4096
"""Bytes of such a line, and of one that tells the size of a chunk."""

_LENGTH: Final = re.compile(r"0*([0-9]{1,9})")
_SIZE: Final = re.compile(rb"0*([0-9a-fA-F]{1,8})[ \t]*(;[^\n]*)?\r?\n")


class Unfit(Exception):
    """A request that is answered with `status`, and why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def read(headers: Message, stream: BufferedIOBase) -> bytes:
    """Read the body that the headers announce. Raises Unfit."""
    coding = headers.get("Transfer-Encoding", "").strip().lower()
    lengths = {each.strip() for each in headers.get_all("Content-Length", [])}
    if len(lengths) + bool(coding) > 1:
        raise Unfit(400, "The headers tell the length of the body in more than one way.")
    try:
        if coding:
            return _chunked(coding, stream)
        return _exactly(stream, _length(lengths.pop() if lengths else "0"))
    except TimeoutError:
        raise Unfit(408, "The body was not there in time.") from None
    except OSError:
        raise Unfit(400, "The connection broke off inside the body.") from None


def _length(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise Unfit(400, "Content-Length is no number.")
    length = _LENGTH.fullmatch(text)
    return _fit(int(length[1]) if length else MOST + 1)


def _fit(size: int) -> int:
    if size > MOST:
        raise Unfit(413, "The body is larger than 1 MiB, which no lead is.")
    return size


def _exactly(stream: BufferedIOBase, size: int) -> bytes:
    body = stream.read(size)
    if len(body) < size:
        raise Unfit(400, f"The body ended after {len(body)} of {size} bytes.")
    return body


def _chunked(coding: str, stream: BufferedIOBase) -> bytes:
    if coding != "chunked":
        raise Unfit(400, "The transfer encoding is another than chunked.")
    body = bytearray()
    while size := _size(stream.readline(_LINE)):
        _fit(len(body) + size)
        body += _exactly(stream, size)
        if stream.readline(3) not in {b"\r\n", b"\n"}:
            raise Unfit(400, "A chunk of the body is longer than its size tells.")
    for _ in range(TRAILERS):
        if not stream.readline(_LINE).strip():
            return bytes(body)
    raise Unfit(400, "The body is followed by too many lines.")


def _size(line: bytes) -> int:
    size = _SIZE.fullmatch(line)
    if not size:
        raise Unfit(400, "A chunk of the body begins without its size.")
    return int(size[1], 16)
