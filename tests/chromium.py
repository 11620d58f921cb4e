"""Finds Chromium for the browser tests, or installs Debian's; `python -m tests.chromium`."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find() -> str | None:
    """Return the path of a Chromium, CHROMIUM from the environment first, or None."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def install() -> None:
    if not shutil.which("apt-get") or os.geteuid() != 0:
        sys.exit("Tests need Chromium: install it, or name its path in CHROMIUM.")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        "update -qq",
        "install -qq -y --no-install-recommends chromium fonts-noto-core",
    ):
        subprocess.run(
            ["apt-get", *command.split()], check=True, env=quiet, stdout=subprocess.DEVNULL
        )


if __name__ == "__main__":
    if not find():
        install()
