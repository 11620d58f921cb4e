"""Programs of Debian that tests and benchmarks need: found, or installed where that is allowed."""

import fcntl
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

PACKAGES = {"nginx": "nginx-light", "openssl": "openssl", "wrk": "wrk"}


class ProgramMissingError(RuntimeError):
    """A program is not there and cannot be installed; the text says what to do."""


def program(name: str) -> str:
    """Return the path of a program; install its package first if it is missing and we are root."""
    if not _path_of(name):
        with (Path(tempfile.gettempdir()) / "portal-apt.lock").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)  # of several test processes
            if not _path_of(name):
                _install(PACKAGES[name])
    if not (path := _path_of(name)):
        raise ProgramMissingError(
            f"{name} is missing: install Debian's package {PACKAGES[name]} and try again"
        )
    return path


def _path_of(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")


def _install(package: str) -> None:
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return
    fetch = ["apt-get", "-qq", "-o", "Acquire::http::Timeout=20", "-o", "Acquire::Retries=1"]
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", package]):
        subprocess.run([*fetch, *command], env=quiet, stdout=subprocess.DEVNULL, check=False)
