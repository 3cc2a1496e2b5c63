"""The two readers behind one door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.config import json_reader
from validator.config.decoding import decode
from validator.config.document import Malformed
from validator.config.naming import name

if TYPE_CHECKING:
    from validator.config.document import Document


def documents(data: bytes | str, *, strict: bool = False) -> list[Document]:
    """Read every document of a file that is neither empty nor contradicts itself. Raises `Malformed`.

    `strict`: what looks like JSON has to be JSON, as whoever asked for such a file will read it.
    """
    text = decode(data)
    found = _json(text, strict=strict) if text.lstrip()[0] in "{[" else _yaml(text)
    for document in found:
        for twice in document.duplicates:
            raise Malformed(
                f"the key “{name(twice.rpartition('/')[2])}” stands here twice", document.keys[twice]
            )
    return found


def _json(text: str, *, strict: bool) -> list[Document]:
    """Read JSON, or the flow style of YAML (no quotes, comments, a last comma) where that gives a mapping."""
    try:
        return json_reader.read(text)
    except Malformed as error:
        if error.certain or strict:
            raise
        return _flow(text, error)


def _flow(text: str, refused: Malformed) -> list[Document]:
    try:
        found = _yaml(text)
    except Malformed as error:
        raise (error if error.certain else refused) from None
    if not all(isinstance(document.values, dict) for document in found):
        raise refused from None
    return found


def _yaml(text: str) -> list[Document]:
    from validator.config import yaml_reader  # noqa: PLC0415 - PyYAML takes 15 ms that JSON need not pay

    return yaml_reader.read(text)
