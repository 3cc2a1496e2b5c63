#!/usr/bin/env bash
# Install leadcheck from the Action's own files: the version that runs is the one that the workflow pins.
set -euo pipefail
home="$RUNNER_TEMP/leadcheck"
"${PYTHON:-python3}" -m venv "$home"
python="$home/bin/python"
[ -x "$python" ] || python="$home/Scripts/python.exe" # Windows
"$python" -m pip install --quiet --disable-pip-version-check "$GITHUB_ACTION_PATH"
echo "python=$python" >> "$GITHUB_OUTPUT"
