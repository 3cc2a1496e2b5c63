"""A file becomes configurations: read, recognised, its credentials resolved, its shape judged."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from validator.config import comments, schema
from validator.config.configuration import Configuration, Ignored
from validator.config.contacts import contacts
from validator.config.credentials import Given, hide, resolve
from validator.config.destination import destination
from validator.config.document import Document, Malformed, Unreadable
from validator.config.fault import Fault, Path, get, to_pointer
from validator.config.formats import Part, cut, mentioned, recognise
from validator.config.ignoring import ignored, unknown, unknown_ids
from validator.config.leftovers import leftovers
from validator.config.naming import identifier, names
from validator.config.placeholders import unfilled
from validator.config.places import Places
from validator.config.reading import documents
from validator.config.secrets import Secret, Secrets
from validator.config.vocabulary import EXTRA
from validator.foreign import shown
from validator.model import Finding, Location, Problem, Repair, Source, Stage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path as FolderPath


def load(  # noqa: PLR0913 - all but the first two by name
    name: str,
    data: bytes | str,
    *,
    environ: Mapping[str, str],
    supplied: Mapping[str, str] | None = None,
    offline: bool = False,
    secrets: Secrets | None = None,
    named: bool = True,
    folder: FolderPath | None = None,
) -> list[Configuration]:
    """Read the configurations of a file, one for each document that is one.

    Raises `Unreadable` for a text that cannot be read and, where the user `named` the file, for one without
    a configuration. A file that was only met in a folder has to look like a configuration to be read at all.
    """
    file = shown(name)
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    if not named and not mentioned(raw):
        return []
    try:
        read = documents(data, strict=name.lower().endswith(".json"))
    except Malformed as error:
        raise Unreadable(Problem(file, str(error), *(error.place or ()))) from None
    given = Given(environ, supplied or {}, offline, Secrets() if secrets is None else secrets)
    found = [
        _configuration(
            Source(file, names(one.at), document.places[one.at][0], row.name, number),
            cut(document, one),
            given,
            {"folder": folder, "data": raw},
        )
        for number, document in enumerate(read)
        for row, one in recognise(document.values)
    ]
    if named and not found:
        raise Unreadable(Problem(file, _nothing_in(read)))
    return _commented(found, raw)


def _nothing_in(read: list[Document]) -> str:
    mapping = any(isinstance(document.values, dict) for document in read)
    what = (
        "no lead-destination configuration in it" if mapping else "not a configuration: no keys with values"
    )
    return f"{what}; the key leadDestination is expected"


def _commented(found: list[Configuration], data: bytes) -> list[Configuration]:
    """Give each configuration what the comments in it accept: those from its first line to the next one's."""
    accepted = comments.accepted(found[0].source.file, data, found[0].secrets) if found else []
    starts = [one.source.line for one in found[1:]]
    own: defaultdict[int, list[Ignored]] = defaultdict(list)
    for each in accepted:
        own[bisect_right(starts, each.line or 0)].append(each)
    return [_accepting(one, own[number]) for number, one in enumerate(found)] if accepted else found


def _accepting(configuration: Configuration, accepted: list[Ignored]) -> Configuration:
    return replace(
        configuration,
        ignored=(*configuration.ignored, *accepted),
        findings=(*configuration.findings, *unknown(configuration, accepted)),
    )


def _configuration(source: Source, part: Part, given: Given, file: Mapping[str, Any]) -> Configuration:
    """Make one configuration. `file`: what all of a file have in common."""
    values = part.values
    for path in schema.JUDGED:
        if path[0] in values:
            _fill(values, path)
    meant, faults = destination(values)
    resolved = resolve(values, meant, given, omitted=part.found.omits_secrets)
    shape = schema.faults(None if meant == "blob" else meant, values)
    names = [fault for fault in shape if fault.at_key]
    left = unfilled(values, meant, resolved.secrets)
    faults = [*names, *left, *faults, *resolved.faults, *contacts(values, meant), *shape]
    faults += [*leftovers(values, meant), *unknown_ids(values)]
    once = {fault.path: fault for fault in reversed(faults)}  # of several about one place, the first counts
    _classify(values, part.found.offer_type)
    hide(values, resolved, given)
    for fault in once.values():
        _amend(values, fault)
    configuration = Configuration(
        source=source,
        destination=meant or identifier(values.get("leadDestination")),
        values=values,
        places=Places(source.file, part),
        names=part.found.names,
        product=_product(part.found.product or values.get("product"), given.secrets),
        secrets=given.secrets,
        supplied=resolved.supplied,
        plain=tuple(map(to_pointer, resolved.plain)),
        reported=frozenset(to_pointer(fault.path) for fault in once.values() if not fault.at_key),
        **file,
    )
    found = [_finding(configuration, fault, part) for fault in (*once.values(), *part.found.faults)]
    return replace(configuration, findings=tuple(sorted(found, key=_order)), ignored=ignored(configuration))


def _classify(values: dict[str, Any], offer_type: object) -> None:
    """Note what kind of offer it is, where an export says so beside the configuration."""
    if isinstance(offer_type, str) and EXTRA not in values:
        values[EXTRA] = {"offer": {"type": offer_type}}


def _fill(values: dict[str, Any], path: Path) -> None:
    """Read a key without a value as one with an empty text: what an empty field of the portal sends."""
    holder = get(values, path[:-1])
    if isinstance(holder, dict) and holder.get(path[-1], "") is None:
        holder[path[-1]] = ""


def _amend(values: dict[str, Any], fault: Fault) -> None:
    """Leave out a value that a finding is about, or put what was meant in its place."""
    holder, key = get(values, fault.path[:-1]), fault.path[-1]
    if fault.at_key or not isinstance(holder, dict):
        return
    if isinstance(holder.get(key), Secret):
        holder[key] = Secret(None)
    elif fault.meant is not None:
        holder[key] = fault.meant
    elif len(fault.path) > 1:
        holder.pop(key, None)


def _product(written: object, secrets: Secrets) -> str | None:
    if isinstance(written, dict):
        written = written.get("externalId") or written.get("resourceName")
    return shown(secrets.hide(written), 80) or None if isinstance(written, str) else None


def _finding(configuration: Configuration, fault: Fault, part: Part) -> Finding:
    pointer = to_pointer(fault.path)
    found = configuration.finding(
        fault.id, Stage.SETTINGS, pointer=pointer, observed=fault.observed, severity=fault.severity
    )
    if fault.repair:
        found = replace(found, repair=Repair(pointer, *fault.repair))
    if not fault.at_key:
        return found
    location = Location(configuration.source.file, names(part.spelled(pointer)), *part.keys[pointer])
    return replace(found, location=location)


def _order(finding: Finding) -> tuple[int, int]:
    return (finding.location.line, finding.location.column) if finding.location else (0, 0)
