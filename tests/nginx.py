"""Debian's nginx with a configuration of ours, in a folder and on ports of its own."""

import contextlib
import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from tests.debian import program

SHIPPED = Path(__file__).resolve().parent.parent / "deploy/nginx.conf"
SECONDS = 10  # to start in
# Sends files as Debian's own nginx.conf has it.
AROUND = """
{user}
daemon off;
worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 2048; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log off;
    sendfile on;
    tcp_nopush on;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {inside}
}}
"""


def shipped(folder: Path, *, portal: int, plain: int, tls: int, limits: bool = True) -> str:
    """
    Return deploy/nginx.conf for the portal at a port; ``folder`` holds static/ and media/.

    ``limits=False`` lifts those for one address: a load comes from one.
    """
    changes = {
        "127.0.0.1:8000": f"127.0.0.1:{portal}",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{tls} ssl http2;",
        "/var/cache/nginx/portal": f"{folder}/kept",
        "/srv/portal/var": f"{folder}",
        "/etc/ssl/portal": f"{folder}",
    }
    if not limits:
        changes |= {"rate=100r/s": "rate=1000000r/s", "connections 200": "connections 60000"}
    text = re.sub(r"\n *listen \[::\].*", "", SHIPPED.read_text())
    for old, new in changes.items():
        if old not in text:
            raise LookupError(f"deploy/nginx.conf does not say {old}")
        text = text.replace(old, new)
    return text


def make_certificate(folder: Path) -> None:
    """Write a certificate that nobody else trusts."""
    subprocess.run(
        [
            *(program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=soct.example.gov.vn", "-out", folder / "fullchain.pem"),
            *("-keyout", folder / "privkey.pem"),
        ],
        check=True,
        capture_output=True,
    )


def write(folder: Path, inside: str, *, workers: int = 1) -> Path:
    """Write a configuration that needs nothing of the machine's; return its file."""
    user = "user root;" if os.geteuid() == 0 else ""
    file = folder / "nginx.conf"
    file.write_text(AROUND.format(user=user, workers=workers, folder=folder, inside=inside))
    return file


def check(file: Path) -> str:
    """Return what `nginx -t` says of a configuration."""
    return subprocess.run(
        [program("nginx"), "-t", "-c", file, "-g", "error_log stderr warn;"],
        capture_output=True,
        text=True,
    ).stderr


@contextlib.contextmanager
def running(file: Path, port: int) -> Iterator[subprocess.Popen]:
    """Run nginx inside the block; ``port`` is one it listens at."""
    process = subprocess.Popen([program("nginx"), "-c", file])
    try:
        _wait_for(port, process)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(port: int, process: subprocess.Popen) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"nginx did not start; exit status {process.poll()}")
