"""
What a large photo costs: the request that brings it, and the memory of the worker after it.

Peaks are Linux's (VmHWM), of the worker process that `make run` starts.
"""

import re
import secrets
import time
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from io import BytesIO
from pathlib import Path
from statistics import median

from PIL import Image, ImageOps

from benchmarks.portals import portal

ROUNDS = 5
SIZES = {"20 MP": (5472, 3648), "25 MP": (5773, 4330)}
PATIENCE = 600  # seconds until the worker has done what waits before


class Editor:
    """Somebody signed in who uploads photos."""

    def __init__(self, address: str, password: str):
        self.address = address
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.get("/quan-tri/login/")
        signing_in = {"username": "quantri", "password": password, "next": "/quan-tri/"}
        self.post("/quan-tri/login/", urllib.parse.urlencode(signing_in).encode())

    def get(self, path: str) -> str:
        with self.opener.open(self.address + path) as answer:
            return answer.read().decode()

    def post(self, path: str, body: bytes, kind: str = "application/x-www-form-urlencoded") -> None:
        (token,) = (cookie.value for cookie in self.cookies if cookie.name.endswith("csrftoken"))
        headers = {"Content-Type": kind, "X-CSRFToken": token}
        request = urllib.request.Request(self.address + path, body, headers)  # noqa: S310
        self.opener.open(request).close()

    def upload(self, photo: bytes) -> float:
        """Return how many seconds the portal took to answer."""
        boundary = secrets.token_hex(8)
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="upload"; filename="a.jpg"'
        body = f"{head}\r\n\r\n".encode() + photo + f"\r\n--{boundary}--\r\n".encode()
        begun = time.perf_counter()
        self.post("/quan-tri/tep/tai-len/", body, f"multipart/form-data; boundary={boundary}")
        return time.perf_counter() - begun

    def wait_for_sizes(self) -> None:
        until = time.monotonic() + PATIENCE
        while "Đang tạo ảnh nhỏ" in self.get("/quan-tri/tep/"):
            if time.monotonic() > until:
                raise RuntimeError("the worker did not make the sizes")
            time.sleep(0.5)


def photo_like(size: tuple[int, int], kind: str) -> bytes:
    """Return an encoded picture as rich in detail as photos are, without any in the repository."""
    width, height = size
    coarse = Image.effect_noise((width // 8, height // 8), 90).resize(size)
    fine = Image.blend(coarse, Image.effect_noise(size, 20), 0.3)
    if kind == "PNG":  # a drawing or a screenshot: of a photo this large it would be refused
        fine = ImageOps.posterize(coarse, 5)
    output = BytesIO()
    Image.merge("RGB", (fine, ImageOps.mirror(fine), fine)).save(output, kind, quality=90)
    return output.getvalue()


def print_table(address: str, password: str, server: int) -> None:
    """Print a row per kind; ``server`` is the process of `manage.py serve`."""
    editor = Editor(address, password)
    editor.wait_for_sizes()
    print("| photo | MB | request s | worker's peak MB |")
    print("| --- | ---: | ---: | ---: |")
    for name, size in SIZES.items():
        for kind in ("JPEG", "PNG"):
            photo = photo_like(size, kind)
            worker = _worker_of(server)  # it may have begun anew
            Path(f"/proc/{worker}/clear_refs").write_text("5")  # forget the peak so far
            seconds = median(editor.upload(photo) for _ in range(ROUNDS))
            editor.wait_for_sizes()
            megabytes = len(photo) / 1e6
            print(f"| {name} {kind} | {megabytes:.1f} | {seconds:.2f} | {_peak(worker):.0f} |")


def _worker_of(server: int) -> int:
    for child in Path(f"/proc/{server}/task/{server}/children").read_text().split():
        if Path(f"/proc/{child}/comm").read_text() == "portal-worker\n":
            return int(child)
    raise RuntimeError("the portal has no worker")


def _peak(process: int) -> float:
    """Return the most memory a process had at once, in MB."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1000


if __name__ == "__main__":
    with portal(0) as site:
        secret = (site.data / "admin_password").read_text().strip()
        print_table(site.address, secret, site.process)
