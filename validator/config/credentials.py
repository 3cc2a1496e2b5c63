"""Credentials: from the command line, a variable or the file, into the `Secret` type."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from validator.config.document import HALF
from validator.config.fault import Fault, Path, get, leaves, put, to_pointer
from validator.config.placeholders import PLACEHOLDER, REFERENCE
from validator.config.secrets import Secret, Secrets
from validator.config.suggestions import folded
from validator.config.vocabulary import BLOCKS, CREDENTIALS, EXTRA, Credential, is_secret
from validator.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from validator.config.configuration import Configuration

_MASK: Final = re.compile(r"\*+")
"""Exports show asterisks instead of a secret; sent back, they would be taken for it."""


_KEYED: Final = re.compile(r"[?&](?:sig|code)=")
"""What lets callers in, in the address of a flow and of a function."""


@dataclass(frozen=True)
class Given:
    """Where the credentials of a run come from. `supplied`: by key name or JSON pointer, from `--secret`."""

    environ: Mapping[str, str] = field(repr=False)
    supplied: Mapping[str, str] = field(repr=False)
    offline: bool
    secrets: Secrets


@dataclass(frozen=True)
class Resolved:
    """The credentials of one configuration, by path; what is wrong with them; which FIELDs were used.

    `plain`: the paths of secrets that stand in the file itself.
    """

    secrets: dict[Path, Secret]
    faults: list[Fault]
    supplied: frozenset[str]
    plain: tuple[Path, ...] = ()


def resolve(
    values: dict[str, Any], destination: str | None, given: Given, *, omitted: bool = False
) -> Resolved:
    """Put every credential's true value into `values`: the schema looks at what the service would get.

    `omitted`: the file's format leaves secrets out, so that none of them is missing by mistake.
    """
    secrets: dict[Path, Secret] = {}
    faults: list[Fault] = []
    used, plain = set(), []
    for credential in [each for each in CREDENTIALS if each.path[0] in values]:
        holder = get(values, credential.path[:-1])
        if not isinstance(holder, dict):
            continue
        key, wanted = credential.path[-1], _wanted(credential, values, destination)
        if (supplier := _supplier(credential, given)) and (key in holder or wanted):
            used.add(supplier)
            secrets[credential.path] = Secret(given.supplied[supplier])
        elif omitted and wanted and is_secret(key) and key not in holder:
            secrets[credential.path] = Secret(None)
            observed = f"“{key}” is left out, as this format's exports do it"
            faults.append(Fault("secret-masked", credential.path, observed, _mildly(given)))
        elif isinstance(written := holder.get(key, 0) or "", str) and key in holder:
            secret, fault = _read(written, credential.path, given)
            faults += [fault] if fault and wanted else []
            secrets |= {credential.path: secret} if secret else {}
            plain += [credential.path] if not fault and _opens(written, key) else []
            holder[key] = written
        if credential.path in secrets:
            holder[key] = secrets[credential.path].reveal()
            given.secrets.add(holder[key])
        elif isinstance(holder.get(key), str):
            given.secrets.add_inside(holder[key])
    return Resolved(secrets, faults, frozenset(used), tuple(plain))


def _opens(written: str, key: str) -> bool:
    """Whether a text that stands in the file opens something: a secret, or an address that holds one."""
    text = written.strip()
    return bool(text) and not REFERENCE.fullmatch(text) and (is_secret(key) or bool(_KEYED.search(text)))


def _wanted(credential: Credential, values: Mapping[str, Any], destination: str | None) -> bool:
    """Whether the configuration uses this credential: it is no leftover of another destination or sign-in."""
    if credential.path[0] not in (EXTRA, BLOCKS.get(destination or "")):
        return False
    kind = get(values, (credential.path[0], "authentication"))
    return credential.kind is None or (isinstance(kind, str) and folded(kind) == folded(credential.kind))


def _supplier(credential: Credential, given: Given) -> str | None:
    names = (to_pointer(credential.path), credential.path[-1]) if given.supplied else ()
    return next((name for name in names if name in given.supplied), None)


def _read(written: str, path: Path, given: Given) -> tuple[Secret | None, Fault | None]:
    """Read what a file has for a credential. None: no secret, as a user name spelled out is none."""
    text, key = written.strip(), path[-1]
    if reference := REFERENCE.fullmatch(text):
        return _variable(reference[1], path, given)
    if not text and is_secret(key):
        return Secret(None), Fault("secret-empty", path, f"“{key}” is empty")
    if _MASK.fullmatch(text):
        return Secret(None), Fault(
            "secret-masked", path, f"“{key}” holds nothing but asterisks", _mildly(given)
        )
    if PLACEHOLDER.fullmatch(text):
        return Secret(None), Fault("variable-not-filled-in", path, f"“{key}” holds a placeholder")
    if REFERENCE.search(text):
        observed = f"the reference in “{key}” is replaced only where it is the whole value"
        return Secret(None), Fault("variable-misplaced", path, observed)
    return (Secret(written) if is_secret(key) else None), None


def _variable(name: str, path: Path, given: Given) -> tuple[Secret, Fault | None]:
    value = given.environ.get(name)
    if state := _useless(value):
        observed = f"the environment variable {name} {state}"
        return Secret(None), Fault("variable-unset", path, observed, _mildly(given))
    if _MASK.fullmatch(value or ""):
        observed = f"the environment variable {name} holds nothing but asterisks"
        return Secret(None), Fault("secret-masked", path, observed, _mildly(given))
    return Secret(value), None


def _useless(value: str | None) -> str | None:
    if value is None:
        return "is not set"
    if not value:
        return "is empty, as GitHub passes a secret it does not have"
    return "is not UTF-8" if HALF.search(value) else None


def _mildly(given: Given) -> Severity | None:
    """Make a missing secret a note where nothing is sent: an export masks it, and a pull request lacks it."""
    return Severity.NOTE if given.offline else None


def strays(values: Mapping[str, Any], known: Mapping[Path, Secret]) -> Iterator[tuple[Path, Secret]]:
    """Find secrets under misspelt keys, of the wrong type, or in blocks left over: they are hidden, too."""
    for path, value in leaves(values):
        if isinstance(value, str | int | float) and path not in known and is_secret(_named(path)):
            yield path, Secret(None if _MASK.fullmatch(str(value)) else str(value))


def _named(path: Path) -> str | int:
    """Give the key that a value stands under; of what stands in a list, the list's."""
    return next((key for key in reversed(path) if isinstance(key, str)), "")


def hide(values: dict[str, Any], resolved: Resolved, given: Given) -> None:
    """Replace every secret in `values` by a `Secret`, and have the run hide it wherever it appears."""
    secrets = resolved.secrets | dict(strays(values, resolved.secrets))
    for path, secret in secrets.items():
        put(values, path, secret)
        given.secrets.add(secret.reveal())


def unmatched(supplied: Iterable[str], configurations: Iterable[Configuration]) -> tuple[str, ...]:
    """Give the FIELDs of `--secret FIELD=…` that are a credential of none of the configurations."""
    taken = {field for configuration in configurations for field in configuration.supplied}
    return tuple(field for field in supplied if field not in taken)
