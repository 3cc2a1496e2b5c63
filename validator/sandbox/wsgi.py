"""From a request on the wire to a WSGI application, and its answer back."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler

    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

MOST: Final = 4 << 20
"""Bytes of a request body that are taken; nothing that creates a lead comes near."""

Answer = tuple[str, list[tuple[str, str]], bytes]


def environ(request: BaseHTTPRequestHandler, host: str) -> WSGIEnvironment:
    """Describe a request and its whole body as WSGI does. ValueError: it is no HTTP, or too large."""
    path, _, query = request.path.partition("?")
    body = _body(request)
    described: WSGIEnvironment = {
        "REQUEST_METHOD": request.command.replace("HEAD", "GET"),  # the body is dropped at the very end
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "REQUEST_URI": request.path,  # no part of WSGI, but what some signatures are made over
        "SERVER_NAME": host,
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": request.request_version,
        "REMOTE_ADDR": request.client_address[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "https",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in request.headers.items():
        key = f"HTTP_{name.upper().replace('-', '_')}"
        described[key] = f"{described[key]},{value}" if key in described else value
    described["CONTENT_TYPE"] = described.pop("HTTP_CONTENT_TYPE", "")
    described["CONTENT_LENGTH"] = str(len(body))
    described.pop("HTTP_TRANSFER_ENCODING", None)
    return described


def run(app: WSGIApplication, described: WSGIEnvironment) -> Answer:
    """Call an application, and gather its whole answer."""
    head: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], _: object = None) -> type[None]:
        head.append((status, headers))
        return type(None)

    body = b"".join(app(described, start))
    return *head[-1], body


def _body(request: BaseHTTPRequestHandler) -> bytes:
    if request.headers.get("Transfer-Encoding", "").lower() == "chunked":
        return _chunks(request.rfile)
    length = int(request.headers.get("Content-Length") or 0)
    if not 0 <= length <= MOST:
        raise ValueError("a body of an impossible size")
    return request.rfile.read(length)


def _chunks(stream: io.BufferedIOBase) -> bytes:
    body = b""
    while size := int(stream.readline(20).partition(b";")[0], 16):
        if not 0 < size <= MOST - len(body):
            raise ValueError("a chunk of an impossible size")
        body += stream.read(size)
        stream.readline(3)
    while stream.readline(1000).strip():
        pass  # trailers say nothing here
    return body
