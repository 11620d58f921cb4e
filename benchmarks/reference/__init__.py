"""
What the same machine can do at best with the same bytes, measured beside the portal.

- ``nginx``: Debian's, sending a page as a file compressed beforehand, with the same headers.
- ``bare``: a WSGI application that returns it, under Granian set as the portal sets it.
- ``view``: the same as a view of a small Django, under the same Granian.
"""

import contextlib
import os
import pickle
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.load import Page
from benchmarks.portals import served
from tests import nginx
from tests.portals import free_port

# What each server says of itself, or works out by itself.
OWN = {"connection", "content-length", "date", "keep-alive", "server", "transfer-encoding"}
OF_NGINX = OWN | {"content-encoding", "content-type", "etag", "last-modified", "vary"}


@contextlib.contextmanager
def static_nginx(page: Page) -> Iterator[str]:
    """Serve one page at every path; give the address."""
    port = free_port()
    headers = "\n".join(
        f'add_header {name} "{value.replace(chr(34), "")}";'
        for name, value in page.headers
        if name.lower() not in OF_NGINX
    )
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "page.html").write_bytes(page.plain)
        (folder / "page.html.gz").write_bytes(page.packed)
        inside = f"""
        keepalive_requests 1000000;
        open_file_cache max=100; open_file_cache_valid 60s;
        server {{
            listen 127.0.0.1:{port};
            root {folder}; charset utf-8; gzip_static on; gzip_vary on;
            location / {{ try_files /page.html =404; {headers} }}
        }}
        """
        with nginx.running(nginx.write(folder, inside, workers=2), port):
            yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def bare(pages: dict[str, Page]) -> Iterator[str]:
    """Serve pages by their paths from a bare WSGI application; give the address."""
    with _granian("benchmarks.reference.bare:application", pages) as address:
        yield address


@contextlib.contextmanager
def view(pages: dict[str, Page]) -> Iterator[str]:
    """Serve pages by their paths from a Django view; give the address."""
    with _granian("benchmarks.reference.view:application", pages) as address:
        yield address


@contextlib.contextmanager
def _granian(target: str, pages: dict[str, Page]) -> Iterator[str]:
    port = free_port()
    by_path = {
        urlsplit(path).path: (
            [(name, value) for name, value in page.headers if name.lower() not in OWN],
            page.packed,
        )
        for path, page in pages.items()
    }
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(pickle.dumps(by_path))
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2"]
        command += ["--blocking-threads", "1", "--runtime-mode", "st", "--no-ws", "--no-log"]
        command += ["--workers-kill-timeout", "5"]  # of one that is told while it starts
        command += ["--port", str(port), target]
        first = next(iter(by_path))
        with served(command, port, first, BENCHMARK_PAGES=file.name):
            yield f"http://127.0.0.1:{port}"


def handed_over() -> dict[str, tuple[list[tuple[str, str]], bytes]]:
    """Return headers and body of each path, inside the process that serves them."""
    return pickle.loads(Path(os.environ["BENCHMARK_PAGES"]).read_bytes())  # noqa: S301 -- our own
