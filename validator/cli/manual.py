"""Write `docs/cli.md` from the commands' own help: `python -m validator.cli.manual [--check]`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

TITLE: Final = """# The command line

Generated from `--help` by `python -m validator.cli.manual`. Every option of `validate` can also be set in the
environment as `LEADCHECK_<OPTION>`, for example `LEADCHECK_DEADLINE=60`.
"""

PAGE: Final = Path("docs/cli.md")

WIDTH: Final = 100


def manual() -> str:
    """Give the whole page."""
    os.environ["TERMINAL_WIDTH"] = os.environ["COLUMNS"] = str(WIDTH)
    from typer.main import get_command  # noqa: PLC0415 - reads the width when it is loaded

    from validator.cli.app import COMMANDS, load  # noqa: PLC0415 - loads typer

    command = get_command(load(*COMMANDS))
    pages = [TITLE, _help(command, "leadcheck")]
    pages += [_help(inner, f"leadcheck {name}") for name, inner in command.commands.items()]  # type: ignore[attr-defined] # a group
    return "\n".join(pages)


def _help(command: object, name: str) -> str:
    context = command.make_context(name, [], resilient_parsing=True)  # type: ignore[attr-defined] # click is vendored
    context.max_content_width = WIDTH
    return f"## `{name}`\n\n```text\n{context.get_help().rstrip()}\n```\n"


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    if "--check" in sys.argv:
        sys.exit(PAGE.read_text(encoding="utf-8") != manual())
    PAGE.write_text(manual(), encoding="utf-8")
