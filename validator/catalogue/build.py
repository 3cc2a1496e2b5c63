"""Make what is generated from the YAML files beside this: `python -m validator.catalogue.build [--check]`.

That is catalogue.json, which is read at run time, and docs/catalogue.md, where there is a folder docs.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, Final

import yaml

from validator.catalogue.diagnosis import diagnosis
from validator.catalogue.markdown import page
from validator.catalogue.rows import COMPILED, Rows
from validator.catalogue.sources import Invalid, compiled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

FOLDER: Final = COMPILED.parent


def build(folder: Path) -> dict[Path, str]:
    """Give the files and their content; raise Invalid where a row breaks a rule or misses its own example."""
    content = compiled(folder)
    wordings = yaml.safe_load((folder / "documented.yaml").read_text(encoding="utf-8"))
    rows = Rows(content)
    wrong = [*_misdiagnosed(rows), *_misnumbered(rows, wordings)]
    if wrong:
        raise Invalid("\n".join(wrong))
    made = {folder / COMPILED.name: json.dumps(content, ensure_ascii=False, indent=1) + "\n"}
    docs = folder.parents[1] / "docs"
    return {**made, docs / "catalogue.md": page(rows)} if docs.is_dir() else made


def _misdiagnosed(rows: Rows) -> Iterator[str]:
    for entry in rows.values():
        for example in entry.examples:
            found = diagnosis(rows, example.text, status=example.status).matches
            if not found or found[0].entry is not entry:
                first = found[0].entry.id if found else "nothing"
                yield f"{entry.id}: this example is diagnosed as {first}: {example.text}"


def _misnumbered(rows: Rows, wordings: dict[int, dict[str, Any]]) -> Iterator[str]:
    for number, eras in wordings.items():
        for years, wording in eras.items():
            found = diagnosis(rows, wording).matches
            documented = found[0].entry.documented if found else None
            if documented is None or documented.number != number:
                yield f"documented error {number}, the wording of {years}, is diagnosed as another"


def main(arguments: Sequence[str], folder: Path = FOLDER) -> int:
    """Write the files, or with `--check` only say which are stale; 1 where one is or none can be made."""
    try:
        files = build(folder)
    except Invalid as error:
        sys.stderr.write(f"{error}\n")
        return 1
    stale = [file for file, content in files.items() if not file.is_file() or _read(file) != content]
    if "--check" in arguments:
        sys.stderr.writelines(f"{file} is stale: run python -m validator.catalogue.build\n" for file in stale)
        return int(bool(stale))
    for file in stale:
        file.write_text(files[file], encoding="utf-8")
    return 0


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
