"""Lighthouse: what a phone on a slow network, a search engine and an auditor make of a page."""

import json
import os
import subprocess
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.chromium import FLAGS, find
from tests.tools import LIGHTHOUSE, NODE

PHOTOS = {"Image", "Media"}  # resource types that arrive when they are scrolled to


class Request(NamedTuple):
    host: str
    kind: str  # Document, Stylesheet, Script, Font, Image, …
    size: int  # bytes that went over the wire, headers included


class Report(NamedTuple):
    """What one visit showed; a category that was not asked for is missing in `scores`."""

    scores: dict[str, int]  # 0–100
    faults: dict[str, str]  # audits that cost points: id -> title
    layout_shift: float
    requests: list[Request]
    largest_paint: float | None  # milliseconds, simulated; None unless speed was asked for

    def besides_photos(self) -> list[Request]:
        return [request for request in self.requests if request.kind not in PHOTOS]


class IncompleteError(RuntimeError):
    """Lighthouse itself failed at something, so its report says nothing about the page."""


def visit(address: str, *categories: str) -> Report:
    """
    Open the page as Lighthouse's mobile preset does: a phone, slow 4G simulated.

    On a busy machine the browser may answer Lighthouse too late; then it is asked once more.
    """
    try:
        return read(_run(address, categories))
    except IncompleteError:
        return read(_run(address, categories))


def _run(address: str, categories: tuple[str, ...]) -> dict:
    command = [
        *(NODE, LIGHTHOUSE, address, "--output=json", "--quiet"),
        "--only-categories=" + ",".join(categories),
        "--only-audits=cumulative-layout-shift,network-requests",
        "--chrome-flags=" + " ".join(["--headless=new", *FLAGS]),
        "--no-enable-error-reporting",
    ]
    environment = os.environ | {"CHROME_PATH": find()}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    return json.loads(done.stdout)


def read(report: dict) -> Report:
    audits = report["audits"]
    failed = {
        name: audit.get("errorMessage")
        for name, audit in audits.items()
        if audit["scoreDisplayMode"] == "error"
    }
    if failed or "runtimeError" in report:
        raise IncompleteError(f"{report.get('runtimeError')} {failed}")
    asked = [
        reference["id"]
        for category in report["categories"].values()
        for reference in category["auditRefs"]
        if reference["weight"]
    ]
    return Report(
        scores={
            name: round(100 * category["score"]) for name, category in report["categories"].items()
        },
        faults={
            name: audits[name]["title"]
            for name in asked
            if audits[name]["score"] is not None and audits[name]["score"] < 1
        },
        layout_shift=audits["cumulative-layout-shift"]["numericValue"],
        requests=[
            Request(urlsplit(item["url"]).netloc, item["resourceType"], item["transferSize"])
            for item in audits["network-requests"]["details"]["items"]
            if item["url"].startswith("http")
        ],
        largest_paint=audits.get("largest-contentful-paint", {}).get("numericValue"),
    )
