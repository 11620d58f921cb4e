"""Finds Chromium for the browser tests, or installs Debian's; `python -m tests.chromium`."""

import ctypes
import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
]


def find() -> str | None:
    """Return the path of a Chromium, CHROMIUM from the environment first, or None."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def install() -> None:
    if not shutil.which("apt-get") or os.geteuid() != 0:
        sys.exit("Tests need libatomic1 and Chromium (or its path in CHROMIUM): install them.")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        "update -qq",
        "install -qq -y --no-install-recommends chromium fonts-noto-core libatomic1",
    ):
        subprocess.run(
            ["apt-get", *command.split()], check=True, env=quiet, stdout=subprocess.DEVNULL
        )


def can_drive() -> bool:
    """Say whether Playwright's own program finds the one library it does not bring."""
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return False
    return True


if __name__ == "__main__":
    if not find() or not can_drive():
        install()
