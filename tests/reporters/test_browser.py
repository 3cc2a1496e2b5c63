"""The page in headless Chromium: it asks nobody for anything, runs no script, and everybody can read it.

`.ci/run` installs Chromium, playwright-core and axe-core, and names their folder in BROWSER_TOOLS.
Without them the tests are skipped, and fail in a pipeline. SCREENSHOTS names a folder that gets the pictures.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from validator.reporters import FORMATS

SCRIPT = Path(__file__).with_name("inspect.mjs")

MODULES = Path(os.environ.get("BROWSER_TOOLS", "."))
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
NODE = shutil.which("node")
KEPT = os.environ.get("SCREENSHOTS")
PIPELINE = bool(os.environ.get("CI"))

SHOWN = [
    "ready",
    "not-ready",
    "unproven",
    "accepted",
    "several",
    "sandbox",
    "injected-input",
    "long",
    "empty",
]
each_page = pytest.mark.parametrize("name", SHOWN)

PATIENCE = 240
"""Seconds for all pages: ten on an idle machine."""


@pytest.fixture(scope="module")
def met(reports, tmp_path_factory):
    """What Chromium met on each page."""
    if not (CHROMIUM and NODE and (MODULES / "node_modules/axe-core").is_dir()):
        (pytest.fail if PIPELINE else pytest.skip)(
            "needs Chromium, Node.js, and axe-core in the folder BROWSER_TOOLS"
        )
    folder = tmp_path_factory.mktemp("pages")
    for name in SHOWN:
        (folder / f"{name}.html").write_text(FORMATS["html"](reports[name]), "utf-8")
    command = [NODE, SCRIPT, MODULES.resolve(), CHROMIUM, folder]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    if KEPT:
        shutil.copytree(folder, KEPT, dirs_exist_ok=True)
    return json.loads(done.stdout)


@each_page
def test_nothing_but_the_file_is_asked_for(name, met):
    [request] = met[name]["requests"]
    assert request.startswith("file:///")
    assert request.endswith(f"/{name}.html")


@each_page
def test_no_script_runs_and_nothing_breaks_the_policy(name, met):
    assert met[name]["errors"] == []


@each_page
def test_its_own_style_passes_the_policy(name, met):
    assert met[name]["margin"] == "0px"


@each_page
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_landmarks_and_headings_hold(name, scheme, met):
    assert met[name][scheme]["violations"] == []


@each_page
def test_light_and_dark_differ(name, met):
    assert met[name]["light"]["background"] != met[name]["dark"]["background"]


@each_page
def test_a_telephone_shows_it_without_scrolling_sideways(name, met):
    assert not met[name]["wide"]


def test_findings_and_fixes_are_seen(met):
    seen = met["not-ready"]["visible"]
    assert "The client secret is not one of the application's secrets" in seen
    assert "Copy the secret's value, not its id" in seen
    assert "<script>alert(1)</script>" in met["injected-input"]["visible"]
