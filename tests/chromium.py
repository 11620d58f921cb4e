"""Finds Chromium for the browser tests, or installs Debian's; `python -m tests.chromium`."""

import ctypes
import os
import shutil
import subprocess
import sys

# The shell has no window to draw around each page, which takes less time.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
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


def install() -> bool:
    """Install Debian's shell of Chromium with what Playwright lacks; say whether that went well."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    fetch = ["apt-get", "-qq", "-o", "Acquire::http::Timeout=20", "-o", "Acquire::Retries=1"]
    packages = [SHELL, "fonts-noto-core", "libatomic1"]
    commands = ([*fetch, "update"], [*fetch, "install", "-y", "--no-install-recommends", *packages])
    try:
        for command in commands:
            subprocess.run(command, check=True, env=quiet, stdout=subprocess.DEVNULL)
    except subprocess.CalledProcessError:
        return False
    return True


def can_drive() -> bool:
    """Say whether Playwright's own program finds the one library it does not bring."""
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return False
    return True


if __name__ == "__main__":
    ready = bool(find()) and can_drive()
    is_best = ready and (os.environ.get("CHROMIUM") or shutil.which(SHELL))
    if not is_best and not install() and not ready:
        sys.exit("Tests need libatomic1 and Chromium (or its path in CHROMIUM): install them.")
