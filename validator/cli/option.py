"""How an option is declared."""

from __future__ import annotations

from typing import Any

import typer


def option(name: str, *more: str, **details: Any) -> Any:  # noqa: ANN401 - typer's own
    """Declare an option that the environment can set too."""
    variable = "LEADCHECK_" + name.removeprefix("--").upper().replace("-", "_")
    return typer.Option(name, *more, envvar=variable, show_envvar=False, **details)
