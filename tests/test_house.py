"""The house rules that no linter keeps."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "validator"
MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if path.stat().st_size]
NAMES = [path.relative_to(PACKAGE).as_posix() for path in MODULES]
each_module = pytest.mark.parametrize("module", MODULES, ids=NAMES)

LADDER = (
    "terms",
    "model",
    "foreign",
    "fingerprint",
    "catalogue",
    "config",
    "http",
    "lead",
    "rehearsal",
    "destinations",
)
"""Each part may import those before it. `terms` and `foreign` import nothing of ours."""

MAY_IMPORT = {part: set(LADDER[:n]) | {part} for n, part in enumerate(LADDER)} | {
    "terms": set(),
    "foreign": set(),
    "fingerprint": {"model"},
    "reporters": {"terms", "model", "foreign", "fingerprint", "catalogue", "lead", "reporters"},
    "sandbox": {"sandbox"},
    "receiver": {"terms", "foreign", "config", "lead", "sandbox", "receiver"},
    "fixing": {*LADDER, "fixing"},
    "comparing": {"terms", "model", "foreign", "catalogue", "config", "comparing"},
    "api": {*LADDER, "fixing", "sandbox", "api"},
    "cli": {*LADDER, "comparing", "api", "reporters", "sandbox", "receiver", "cli"},
    "__init__": {"api"},
    "__main__": {"cli"},
}

GENERATED = {
    "validator.catalogue.build": ["validator/catalogue/catalogue.json", "docs/catalogue.md"],
    "validator.cli.manual": ["docs/cli.md"],
}
"""The modules that write files when they are run, and the files, which are committed."""

WORKPLACE = [
    r"(?<![\w.])/wo" + r"rk(?![\w-])",
    r"/tm" + r"p/",
    r"\bsha" + r"red/(?:facts|seeds|prototypes|hooks|contract|design)",
    r"pypi\.o" + r"rg",
    r"pythonhosted\.o" + r"rg",
    r"registry\.npm" + r"js",
]


@cache
def tree(module):
    return ast.parse(module.read_text("utf-8"))


def functions(module):
    return [
        node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def part(module):
    first, *rest = module.relative_to(PACKAGE).parts
    return first if rest else Path(first).stem


def imports(module):
    """Give the parts of the package that a module imports, those for the type checker included."""
    package = ("validator", *module.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(tree(module)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            origin = ".".join([*above, *filter(None, [node.module])])
            names = [f"{origin}.{alias.name}" for alias in node.names] if origin == "validator" else [origin]
        yield from (name.split(".")[1] for name in names if name.startswith("validator."))


def lines(node):
    return node.end_lineno - node.lineno + 1


def tracked():
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("these are not the files of a git checkout")
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_modules_are_short():
    sizes = {
        name: len(path.read_text("utf-8").splitlines()) for name, path in zip(NAMES, MODULES, strict=True)
    }
    assert {name: size for name, size in sizes.items() if size > 300} == {}
    assert median(sizes.values()) <= 120


def test_functions_are_short():
    sizes = {f"{module.name}:{f.lineno} {f.name}": lines(f) for module in MODULES for f in functions(module)}
    assert {name: size for name, size in sizes.items() if size > 50} == {}
    assert median(sizes.values()) <= 10


@pytest.mark.parametrize("name", ["util", "utils", "helper", "helpers", "base", "manager", "common", "misc"])
def test_modules_are_named_after_a_subject(name):
    assert not [path for path in PACKAGE.rglob("*") if name in re.split(r"[_.]", path.name)]


@each_module
def test_imports_point_one_way(module):
    own = part(module)
    assert own in MAY_IMPORT, f"say in MAY_IMPORT what validator/{own} may import"
    assert set(imports(module)) - {"__version__"} <= MAY_IMPORT[own]


@each_module
def test_coverage_excuses_are_not_scattered(module):
    assert "pragma: no cover" not in module.read_text("utf-8")


@each_module
def test_only_the_command_line_prints(module):
    calls = [node for node in ast.walk(tree(module)) if isinstance(node, ast.Call)]
    prints = [node.lineno for node in calls if isinstance(node.func, ast.Name) and node.func.id == "print"]
    assert part(module) == "cli" or prints == []


@each_module
def test_whatever_is_public_says_why_it_exists(module):
    kinds = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    top = [node for node in tree(module).body if isinstance(node, kinds)]
    members = [
        node for each in top if isinstance(each, ast.ClassDef) and each.name[0] != "_" for node in each.body
    ]
    public = [node for node in (*top, *members) if isinstance(node, kinds) and not node.name.startswith("_")]
    settled = [node for node in public if not any("overload" in ast.unparse(d) for d in node.decorator_list)]
    assert ast.get_docstring(tree(module))
    assert [f"{node.lineno} {node.name}" for node in settled if not ast.get_docstring(node)] == []


def test_no_file_names_the_place_where_it_was_made():
    found = re.compile("|".join(WORKPLACE))
    told = []
    for path in tracked():
        text = path.read_bytes().decode("utf-8", "replace")
        told += [f"{path.relative_to(ROOT)}: {match[0]}" for match in found.finditer(text)]
    assert told == []


@pytest.mark.parametrize("generator", GENERATED)
def test_generated_files_are_current(generator, tmp_path):
    if not (ROOT / generator.replace(".", "/")).with_suffix(".py").exists():
        pytest.skip(f"{generator} is not there yet")
    for folder in ("validator", "schemas", "docs", "examples"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "README.md", tmp_path)
    subprocess.run([sys.executable, "-m", generator], cwd=tmp_path, check=True, capture_output=True)
    for name in GENERATED[generator]:
        new = tmp_path / name
        assert not new.exists() or new.read_text("utf-8") == (ROOT / name).read_text("utf-8"), (
            f"run: python -m {generator}"
        )


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 200


@pytest.mark.parametrize("heading", ["Try it", "Test it"])
def test_the_readme_shows_one_way(heading):
    sections = re.split(r"^## ", (ROOT / "README.md").read_text("utf-8"), flags=re.MULTILINE)
    section = next((text for text in sections if text.startswith(heading + "\n")), None)
    if section is None:
        pytest.skip(f"the README has no section '{heading}' yet")
    assert re.findall(r"^```(\w*)$", section, re.MULTILINE)[::2] == ["sh"]
