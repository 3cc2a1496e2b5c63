"""The formats of a report. A new one is a module with a `render` function and its name in the list below."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.model import Report


class Reporter(Protocol):
    """Turns a report into text that ends with a newline; it prints nothing.

    `width` is in columns. `verbosity` is -1 (findings and verdicts only), 0 or more.
    Formats that machines read ignore all three.
    """

    def __call__(
        self, report: Report, /, *, colour: bool = False, width: int = 80, verbosity: int = 0
    ) -> str:
        """Give the whole report."""
        ...


def _later(name: str) -> Reporter:
    """Import the format's module at its first use: most runs need one format, and start-up time counts."""

    def render(report: Report, /, *, colour: bool = False, width: int = 80, verbosity: int = 0) -> str:
        reporter: Reporter = import_module(f"{__name__}.{name}").render
        return reporter(report, colour=colour, width=width, verbosity=verbosity)

    return render


EXACT: Final = frozenset({"sarif", "github"})
"""Formats that show where a value ends."""

FORMATS: Final[Mapping[str, Reporter]] = {
    name: _later(name)
    for name in (
        "text",
        "json",
        "sarif",
        "junit",
        "github",
        "markdown",
        "html",
    )
}
