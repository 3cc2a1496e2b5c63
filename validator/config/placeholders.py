"""References to variables: where they count, and where somebody forgot to fill one in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from validator.config.fault import Fault, Path, leaves
from validator.config.naming import name
from validator.config.vocabulary import BLOCKS, EXTRA, FREE_TEXT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

REFERENCE: Final = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}", re.ASCII)

PLACEHOLDER: Final = re.compile(
    r"""\$?\{\{[^{}]{0,200}\}\}     # GitHub Actions, Jinja, Helm
    | \$\{[^{}]{0,200}\}            # Terraform and others, where it is no reference of ours
    | \$\([^()]{0,200}\)            # Azure Pipelines
    | %(?![A-F][0-9A-F]%)[A-Za-z_][A-Za-z0-9_]{0,99}% # Windows; %C3% is a byte of an address
    | <[^<>@]{1,200}>               # a document's <your secret>; with @ it is a mailbox
    """,
    re.VERBOSE,
)
"""The lengths are bounded so that a hostile file cannot make the search quadratic."""

_OPENING: Final = re.compile("[{(%<]")
"""One of them stands in each, and in hardly any other value."""

_MARKUP: Final = re.compile(r"<(?:form|input|script)\b[^<>]*=", re.IGNORECASE)
"""A tag of HTML that was pasted: the judge of the destination looks for the value in it."""

_BRACKETS: Final = (("${{", "}}"), ("{{", "}}"), ("${", "}"), ("$(", ")"), ("%", "%"), ("<", ">"))

_PLAIN_KEYS: Final = ("leadDestination", "product", "resourceName")


def unfilled(values: Mapping[str, Any], destination: str | None, known: Collection[Path]) -> Iterator[Fault]:
    """Find what was left in the destination's block and in ours, but for the credentials in `known`."""
    for block in (*_PLAIN_KEYS, BLOCKS.get(destination or "", ""), EXTRA):
        for path, value in leaves(values[block], (block,)) if block in values else ():
            if not (isinstance(value, str) and _OPENING.search(value)):
                continue
            if path not in known and path[-1] not in FREE_TEXT:
                yield from _left_in(value, path)


def _left_in(value: str, path: Path) -> Iterator[Fault]:
    if reference := REFERENCE.search(value):
        observed = f"the reference ${{{name(reference[1])}}} is not replaced in this field"
        yield Fault("variable-misplaced", path, observed)
    elif (placeholder := PLACEHOLDER.search(value)) and not _MARKUP.search(value):
        yield Fault("variable-not-filled-in", path, f"{_shape(placeholder[0])} was left in the value")


def _shape(placeholder: str) -> str:
    """Describe a placeholder without its content: somebody may have put the secret inside."""
    opening, closing = next(pair for pair in _BRACKETS if placeholder.startswith(pair[0]))
    return f"the placeholder {opening}…{closing}"
