"""YAML with positions and duplicate keys, built from the events of the parser in one bounded pass.

Composing a tree first would crash: libyaml's composer recurses, and ends the process at 30,000 levels.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

import yaml
from yaml.events import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from validator.config.document import (
    HALF,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_NODES,
    NO_CHARACTER,
    Document,
    Lines,
    Malformed,
    Place,
    pointer,
)

_CONTROL: Final = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_TAG: Final = "tag:yaml.org,2002:"
_SCALARS: Final = {f"{_TAG}{kind}" for kind in ("str", "int", "float", "bool", "null")}
_TAGS: Final = _SCALARS | {None, "!", f"{_TAG}map", f"{_TAG}seq"}

_EXPLAINED: Final = (
    ("that cannot start any token", "a value cannot begin with this character; put the value in quotes"),
    (
        "mapping values are not allowed",
        "a second colon here; check the indentation, or put the value in quotes",
    ),
    ("could not find expected ':'", "a key without a colon and a space after it"),
    ("unexpected end of stream", "a quote or bracket is opened and never closed"),
    ("unexpected document separator", "a quote or bracket is opened and never closed"),
    (
        "found unknown escape character",
        r"an unknown escape in double quotes; write \\ for \, or use single quotes",
    ),
    ("invalid Unicode character", NO_CHARACTER),
    ("<block end>", "the indentation does not fit the lines above"),
    ("block mapping", "the indentation does not fit the lines above"),
    ("block collection", "the indentation does not fit the lines above"),
    ("tag", "a value that begins with ! has to stand in quotes"),
    ("alias", "a value that begins with & or * has to stand in quotes"),
    ("anchor", "a value that begins with & or * has to stand in quotes"),
)
"""What the parser says, and what it means. Its own words are never passed on: some repeat the value."""


def read(text: str) -> list[Document]:
    """Read every document of a text. Raises `Malformed`, with line and column where they are known."""
    if control := _CONTROL.search(text):
        raise Malformed("a control character, which YAML does not allow", Lines(text).place(control.start()))
    loader = _loader(text)
    try:
        return list(_documents(loader))
    except yaml.MarkedYAMLError as error:
        raise _explained(error, text) from None
    except yaml.YAMLError:
        raise Malformed("a character that YAML does not allow") from None
    except (ValueError, OverflowError):  # the Python parser asked chr() for one beyond the last
        raise Malformed(NO_CHARACTER) from None
    finally:
        loader.dispose()


def _loader(text: str) -> Any:  # noqa: ANN401 - two unrelated classes of one shape
    """Give the C parser where PyYAML has it (eight times as fast), with dates left as text."""
    return _loader_class(getattr(yaml, "CSafeLoader", yaml.SafeLoader))(text)


@cache
def _loader_class(parser: Any) -> Any:  # noqa: ANN401 - the same
    rules = {
        first: [(tag, pattern) for tag, pattern in kinds if tag != f"{_TAG}timestamp"]
        for first, kinds in parser.yaml_implicit_resolvers.items()
    }
    return type("Loader", (parser,), {"yaml_implicit_resolvers": rules})


def _documents(loader: Any) -> Any:  # noqa: ANN401 - the same
    nodes = 0
    while not isinstance(event := loader.get_event(), StreamEndEvent):
        if isinstance(event, DocumentStartEvent):
            reader = _Reader(loader, nodes)
            values = reader.value(loader.get_event(), "", 0)
            yield Document(values, reader.places, reader.keys, tuple(reader.duplicates))
            nodes = reader.nodes


class _Reader:
    """One document, event by event."""

    def __init__(self, loader: Any, nodes: int) -> None:  # noqa: ANN401 - the same
        self._loader = loader
        self._telling = loader.yaml_implicit_resolvers.keys()
        """The first characters of what is no text. Asking about every text would take as long as reading."""
        self.nodes = nodes
        self.places: dict[str, Place] = {}
        self.keys: dict[str, Place] = {}
        self.duplicates: list[str] = []

    def value(self, event: Any, at: str, depth: int) -> Any:  # noqa: ANN401 - a file may hold anything
        self.places[at] = self._checked(event, depth)
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        if isinstance(event, MappingStartEvent):
            return self._mapping(at, depth)
        return self._sequence(at, depth)

    def _checked(self, event: Any, depth: int) -> Place:  # noqa: ANN401 - the same
        """Count a value or a key, and say where it begins."""
        self.nodes += 1
        place = _place(event.start_mark)
        if event.anchor:  # an alias has one, too
            message = "anchors and aliases (& and *) are not read here; put a value that begins so in quotes"
        elif depth > MAX_DEPTH:
            message = f"nested more than {MAX_DEPTH} levels deep"
        elif self.nodes > MAX_NODES:
            message = f"more than {MAX_NODES} values"
        elif event.tag not in _TAGS:
            message = "a value that begins with ! has to stand in quotes"
        elif isinstance(event, ScalarEvent) and not event.value.isascii() and HALF.search(event.value):
            message = NO_CHARACTER
        else:
            return place
        raise Malformed(message, place, certain=True)

    def _mapping(self, at: str, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := self._loader.get_event(), MappingEndEvent):
            place = self._checked(event, depth)
            if not isinstance(event, ScalarEvent):
                raise Malformed("a key has to be text", place)
            here = pointer(at, event.value)
            if event.value in found:
                self.duplicates.append(here)
            self.keys[here] = place
            found[event.value] = self.value(self._loader.get_event(), here, depth + 1)
        return found

    def _sequence(self, at: str, depth: int) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := self._loader.get_event(), SequenceEndEvent):
            found.append(self.value(event, pointer(at, len(found)), depth + 1))
        return found

    def _scalar(self, event: Any) -> Any:  # noqa: ANN401 - the same
        tag = event.tag
        if tag is None and event.value[:1] not in self._telling:
            return event.value
        if tag in (None, "!"):
            tag = self._loader.resolve(yaml.ScalarNode, event.value, event.implicit)
        if tag not in _SCALARS or tag == f"{_TAG}str":
            return event.value
        try:
            return self._construct(tag, event.value)
        except (ValueError, KeyError):  # an explicit tag that does not fit
            place = _place(event.start_mark)
            raise Malformed("a number that cannot be read; put it in quotes", place, certain=True) from None

    def _construct(self, tag: str, written: str) -> Any:  # noqa: ANN401 - the same
        if len(written) > MAX_DIGITS:
            raise ValueError
        return self._loader.construct_object(yaml.ScalarNode(tag, written))


def _place(mark: Any) -> Place:  # noqa: ANN401 - the two parsers' marks are unrelated
    return mark.line + 1, mark.column + 1


def _explained(error: yaml.MarkedYAMLError, text: str) -> Malformed:
    place = line, column = _place(error.problem_mark)
    before = "".join(text.splitlines()[line - 1 : line])[max(column - 2, 0) : column]
    if before == "${":  # flow style reads the brace of a reference as a mapping
        message = 'inside { } or [ ] a reference has to stand in quotes: "${NAME}"'
        return Malformed(message, place, certain=True)
    if before.endswith("\t"):
        return Malformed("a tab cannot indent YAML; use spaces", place)
    words = f"{error.problem} {error.context}"
    return Malformed(
        next((meaning for part, meaning in _EXPLAINED if part in words), "this is not YAML"), place
    )
