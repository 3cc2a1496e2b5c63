"""One lead-destination configuration, whatever the format it was written in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from validator import catalogue
from validator.config.naming import name
from validator.config.secrets import Secret, Secrets
from validator.foreign import shown
from validator.model import Stage, Trace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from validator.model import Finding, Location, Severity, Source


class Ignored(NamedTuple):
    """A finding that the file itself accepts: under `leadcheck.ignore`, or in a comment about one `line`."""

    id: str
    reason: str | None = None
    location: Location | None = None
    line: int | None = None

    def hides(self, finding: Finding) -> bool:
        """Whether this is about a finding."""
        at = finding.location.line if finding.location else None
        return self.id == finding.id and self.line in {None, at}


@dataclass(frozen=True)
class Configuration:
    """The values in the vocabulary of Microsoft's `customer-leads` resource, and where each one stands.

    Pointers are JSON pointers into that vocabulary (`/dynamicsLeadConfiguration/applicationKey`);
    `places` leads from them to the file as it was written. Credentials among the values are `Secret`s.
    A value that one of `findings` is already about is left out (a credential: is a `Secret` without value),
    so that whoever judges the values passes over what is absent, and no fault is named twice.
    """

    source: Source
    destination: str
    values: Mapping[str, Any]
    places: Mapping[str, Location]
    names: Mapping[str, str] = field(default_factory=dict)
    """The file's names of keys, by those of `customer-leads`, where it is in another format."""
    product: str | None = None
    findings: tuple[Finding, ...] = ()
    reported: frozenset[str] = frozenset()
    """Pointers of the values that `findings` are about."""
    secrets: Secrets = field(default_factory=Secrets)
    ignored: tuple[Ignored, ...] = ()
    plain: tuple[str, ...] = ()
    """Pointers of the secrets that stand in the file itself."""
    supplied: frozenset[str] = frozenset()
    """The FIELDs of `--secret FIELD=…` that found a credential here."""
    fixed: tuple[Finding, ...] = ()
    """What `--fix` has repaired in the file."""
    data: bytes = field(default=b"", repr=False)
    """The whole file."""
    folder: Path | None = None
    """Where the file lies, which its paths of evidence start from; None for standard input."""

    def get(self, pointer: str) -> Any:  # noqa: ANN401 - a file may hold anything
        """Give the value at a pointer, or None where there is none."""
        value: Any = self.values
        for key in pointer.split("/")[1:]:
            value = value.get(key) if isinstance(value, dict) else None
        return value

    def text(self, pointer: str) -> str:
        """Give the text at a pointer, a credential's included; the empty string where there is none."""
        value = self.get(pointer)
        if isinstance(value, Secret):
            return value.reveal()
        return value if isinstance(value, str) else ""

    def at(self, pointer: str) -> Location | None:
        """Say where a value stands, or the nearest thing around it where it is missing."""
        while pointer and pointer not in self.places:
            pointer = pointer.rpartition("/")[0]
        return self.places.get(pointer)

    def finding(  # noqa: PLR0913 - all but the first two by name
        self,
        entry: str,
        stage: Stage,
        *,
        pointer: str | None = None,
        observed: str | None = None,
        codes: tuple[str, ...] = (),
        trace: Trace | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        """Report a catalogue entry at its own field or at `pointer`; foreign text is made fit to show."""
        at = pointer if pointer is not None else catalogue.lookup(entry).field
        return catalogue.finding(
            entry,
            stage,
            observed=self._fit(self._in_its_names(observed, stage)),
            codes=tuple(shown(self.secrets.hide_foreign(code)) for code in codes),
            trace=Trace(*map(self._fit, trace)) if trace else None,
            location=None if at is None else self.at(at),
            severity=severity,
        )

    def _in_its_names(self, observed: str | None, stage: Stage) -> str | None:
        """Name keys as the file does. What a service says may use the same words for something else."""
        if not (observed and self.names):
            return observed
        ours = "|".join(map(re.escape, self.names))
        pattern = rf"\b(?:{ours})\b" if stage is Stage.SETTINGS else f"(?<=“)(?:{ours})(?=”)"
        return re.sub(pattern, lambda found: name(self.names[found[0]]), observed)

    def _fit(self, text: str | None) -> str | None:
        return None if text is None else shown(self.secrets.hide_foreign(text))

    def changed(self, overrides: Mapping[str, Any]) -> Configuration:
        """Give this configuration with other values at some pointers: how a sandbox world breaks it."""
        values: dict[str, Any] = dict(self.values)
        for pointer, value in overrides.items():
            *blocks, key = pointer.split("/")[1:]
            inner = values
            for block in blocks:
                inner[block] = dict(inner[block])
                inner = inner[block]
            if isinstance(inner.get(key), Secret):
                self.secrets.add(value)
                value = Secret(value)  # noqa: PLW2901 - the same value, kept apart
            inner[key] = value
        return replace(self, values=values)
