"""Machines of five kinds that send messages, and people at a real browser."""

import asyncio
import http.client
import itertools
import json
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from django.utils import timezone
from playwright.async_api import Error, async_playwright

from benchmarks.spam_texts import advert, letter
from feedback import challenge, work

CLIENTS = 6
PATIENCE = 5  # seconds for which a patient machine seems to have the form open
TRIES = 64  # of a machine's work: that costs money, not time
PEOPLE_AT_ONCE = 4
COMMON = {"kind": "suggestion", "consent": "on", "website": ""}


class Form(NamedTuple):
    """An open form: what a machine has to send back."""

    token: str
    csrf: str = ""
    cookie: str = ""


class Result(NamedTuple):
    sent: int
    refused: int
    aside: int
    let_through: int

    @property
    def stopped(self) -> float:
        """Return the percentage refused or put aside."""
        return 100 * (self.refused + self.aside) / self.sent


# -- the machines --------------------------------------------------------------------------


class Machines:
    """Five kinds, each a method that sends one message; a door says how."""

    replays = 400  # of one token

    def __init__(self, door):
        self.door = door
        self.worn = {}  # tokens that are sent again and again, by batch

    def blind(self, number, network):
        self.door.post(advert(number) | COMMON | {"name": name_of("blind", number)}, None, network)

    def filling(self, number, network):
        """Fill in every box there is, every other time with a code that somebody solved."""
        form = self.door.open(network)
        code = challenge.answer(form.token) if number % 2 else f"{number % 100_000:05}"
        fields = COMMON | {"website": "a", "email": "a@b.vn", "phone": "0912345678", "address": "a"}
        fields |= advert(number) | {"name": name_of("filling", number), "code": code}
        self.door.post(fields, form, network)

    def headless(self, number, network):
        """Have everything right that a browser has, at once, with texts of their own."""
        written = letter(10**6 + number)
        self._well_made("headless", number, self.door.open(network), network, written)

    def replayed(self, number, network):
        fresh = self.door.open(network, PATIENCE)
        form = self.worn.setdefault(number // self.replays, fresh)
        self._well_made("replayed", number, form, network, letter(2 * 10**6 + number))

    def repeated(self, number, network):
        form = self.door.open(network, PATIENCE)
        self._well_made("repeated", number, form, network, advert(number))

    def _well_made(self, kind, number, form, network, written):
        fields = (
            COMMON | written | {"name": name_of(kind, number), "code": challenge.answer(form.token)}
        )
        self.door.post(fields | {"work": solved(form)}, form, network)


KINDS = ("blind", "filling", "headless", "replayed", "repeated")


def name_of(kind: str, number: int) -> str:
    return f"{kind} {number}"


def network_of(number: int) -> str:
    """Return one of 5,000 addresses."""
    return f"10.{number % 20}.{number // 20 % 250}.7"


def token_of(since: int) -> str:
    """Return a token as the portal gives it, so many seconds ago."""
    return challenge.issue(timezone.now() - timedelta(seconds=since), tries=TRIES)


def solved(form: Form) -> str:
    """Return the work a browser would have done."""
    bound = work.bound(work.LIGHT, TRIES)
    numbers = (
        next(n for n in itertools.count() if work.digest(form.token, work.LIGHT, part, n) < bound)
        for part in range(work.PARTS)
    )
    return f"{work.LIGHT.name}:{'.'.join(map(str, numbers))}"


def flood(door, each: int, clients: int = CLIENTS) -> None:
    """
    Send ``each`` messages of every kind, mixed, as fast as they are answered.

    From no clients, one after the other in this thread.
    """
    machines = Machines(door)

    def send(one):
        number, kind = one
        getattr(machines, kind)(number, network_of(number))

    messages = itertools.product(range(each), KINDS)
    if not clients:
        for one in messages:
            send(one)
        return
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(send, messages))


def results(states: dict[str, str], each: int) -> dict[str, Result]:
    """Return what became of each kind, from the states of what was stored, by sender's name."""
    counted = {kind: Counter() for kind in KINDS}
    for name, state in states.items():
        kind = name.partition(" ")[0]
        if kind in counted:
            counted[kind][state == "spam"] += 1
    return {
        kind: Result(each, each - found.total(), found[True], found[False])
        for kind, found in counted.items()
    }


# -- over HTTP -----------------------------------------------------------------------------


class HttpDoor:
    """A portal, asked as machines ask it."""

    def __init__(self, port: int):
        self.port = port
        self.statuses = Counter()
        self._local = threading.local()

    def open(self, network, since=0):
        """Return the form as a machine gets it, its token bought elsewhere."""
        status, headers, body = self._ask("GET", "/gop-y/ma/", network)
        if status != 200:
            raise RuntimeError(f"no form: {status}")
        cookie = headers["Set-Cookie"].partition(";")[0]
        return Form(token_of(since), json.loads(body)["csrf"], cookie)

    def post(self, fields, form, network):
        if form:
            fields |= {"challenge": form.token, "csrfmiddlewaretoken": form.csrf}
        headers = {"Cookie": form.cookie} if form else {}
        headers |= {"Origin": f"http://127.0.0.1:{self.port}", "Accept": "application/json"}
        headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        status, _, _ = self._ask("POST", "/gop-y/", network, urlencode(fields), headers)
        self.statuses[status] += 1

    def _ask(self, method, path, network, body=None, headers=()):
        if not hasattr(self._local, "connection"):
            self._local.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection = self._local.connection
        headers = {"X-Forwarded-For": network} | dict(headers)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        except (OSError, http.client.HTTPException):
            connection.close()
            raise


# -- people --------------------------------------------------------------------------------


async def people(address: str, count: int) -> list[tuple[bool, float]]:
    """Have people type messages into a browser; return whether each got a code, and when."""
    from tests.chromium import FLAGS, find

    turn = asyncio.Semaphore(PEOPLE_AT_ONCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find(), args=FLAGS)
        found = await asyncio.gather(
            *(person(browser, address, number, turn) for number in range(count))
        )
        await browser.close()
    return found


async def press_until_received(page) -> None:
    """Press the button, again where the page says that the portal was busy, as people do."""
    answer = page.locator(".tracking-code, [data-feedback-result] .notice, [data-error-summary]")
    for _ in range(5):
        await page.locator("form[data-feedback-form] button.button[type=submit]").last.click()
        await answer.first.wait_for()
        if await page.locator("[data-feedback-result] .notice--bad").count() == 0:
            break
        await page.wait_for_timeout(5_000)
    if await page.locator("[data-error-summary]").count():
        said = await page.locator("[data-error-summary]").inner_text()
        raise Error(f"refused: {' '.join(said.split())}")
    await page.locator(".tracking-code").wait_for()


async def person(browser, address: str, number: int, turn) -> tuple[bool, float]:
    async with turn:
        # Three at a time share a network, as behind a mobile carrier.
        network = {"X-Forwarded-For": f"172.16.{number // 3 % 250}.9"}
        context = await browser.new_context(base_url=address, extra_http_headers=network)
        page = await context.new_page()
        page.set_default_timeout(180_000)  # the flood is served from the same machine
        try:
            await page.goto("/gop-y/")
            written = letter(number)
            await page.locator("#gop-y-name").press_sequentially(f"Người dân {number}", delay=20)
            await page.locator("#gop-y-title").press_sequentially(written["title"], delay=20)
            await page.locator("#gop-y-content").fill(written["content"])
            await page.locator("#gop-y-consent").check()
            token = await page.locator("[name=challenge]").input_value()
            await page.locator("#gop-y-code").fill(challenge.answer(token))
            pressed = time.monotonic()
            await press_until_received(page)
            return True, time.monotonic() - pressed
        except Error as error:
            print(f"person {number}: {str(error).splitlines()[0]}", file=sys.stderr)
            return False, 0.0
        finally:
            await context.close()
