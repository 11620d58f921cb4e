"""
A thousand articles to read aloud: what readers notice of it, what the process that speaks takes.

    python -m benchmarks.narration [--short]
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import psycopg

from benchmarks.load import Measure, ask, in_turn
from benchmarks.portals import ROOT, Portal, article_path, portal, pss
from benchmarks.tables import print_table

SPEAKS = "news.narration.child"  # in the command of the process that does
LOOKED_AT_EVERY = 0.5  # seconds
PATIENCE = 120  # seconds
TICKS = os.sysconf("SC_CLK_TCK")  # a second
OF_ALL_KINDS = ["/", "/tin-tuc/", "/chi-tieu/", "/nghe/", "/rss/nghe/"]
RESTS, WORKS = "the worker rests", "it reads aloud"
# Saved as by somebody who publishes; what else that asks of the worker is another question.
PUBLISH = """
from django_tasks_db.models import DBTaskResult
from news.models import Article
for article in Article.objects.published().newest_first()[:{articles}]:
    article.save()
DBTaskResult.objects.filter(task_path="news.tasks.find_alike").delete()
"""
PUT_OFF = """
UPDATE django_tasks_database_dbtaskresult SET run_after = now() + %s::interval
WHERE task_path = 'news.tasks.narrate' AND status = 'READY'
"""
COUNT = """
SELECT count(*) FROM django_tasks_database_dbtaskresult
WHERE task_path = 'news.tasks.narrate' AND status = %s
"""


def main() -> None:
    if "--short" in sys.argv:
        measure(60, seconds=3, rounds=3)
    else:
        measure(1_000, seconds=5, rounds=5)


def measure(articles: int, *, seconds: float, rounds: int) -> None:
    """Compare reading while so many articles wait with reading while one of them is spoken."""
    with portal(articles) as site, psycopg.connect(site.database, autocommit=True) as sql:
        publish(site, articles)
        voice = Voice(site, sql)
        queued = voice.count("READY")
        reads = {"an article": [article_path(site.port)], "pages of all kinds": OF_ALL_KINDS}
        found = in_turn(
            {
                f"{what}, {meanwhile}": _reading(site, paths, during)
                for what, paths in reads.items()
                for meanwhile, during in ((RESTS, voice.rests), (WORKS, voice.works))
            },
            seconds=seconds,
            rounds=rounds,
        )
    print_table(
        ["read are", "a second", "spread", "of resting", "p99 ms", "failed"],
        (
            (name, one.rate, one.spread, one.rate / _resting(found, name).rate, one.p99, one.failed)
            for name, one in found.items()
        ),
    )
    print_table(
        ["", "queued", "read aloud", "of a processor", "PSS MB", "the worker's"],
        [("beside", queued, voice.read, voice.share, voice.memory, voice.memory_of_worker)],
    )


def publish(site: Portal, articles: int) -> None:
    """Have the worker asked to read so many articles aloud."""
    command = [sys.executable, "manage.py", "shell", "--no-imports", "--verbosity=0"]
    subprocess.run(
        [*command, "--command", PUBLISH.format(articles=articles)],
        cwd=ROOT,
        env=os.environ | {"PORTAL_DATA": str(site.data), "DATABASE_URL": site.database},
        stdout=subprocess.DEVNULL,
        check=True,
    )


def _reading(
    site: Portal, paths: list[str], during: Callable[[], AbstractContextManager]
) -> Callable[[float], Measure]:
    def read(seconds: float) -> Measure:
        with during():
            return ask(site.address, paths, seconds=seconds)

    return read


def _resting(found: dict[str, Measure], name: str) -> Measure:
    return found[f"{name.partition(', ')[0]}, {RESTS}"]


class Voice:
    """The worker reading aloud or kept from it, and what the process that speaks takes."""

    def __init__(self, site: Portal, sql: psycopg.Connection):
        self._site, self._sql = site, sql
        self._processor, self._elapsed = 0.0, 0.0  # seconds
        self.read = 0  # articles
        self.memory = self.memory_of_worker = 0.0  # MB, at most

    @property
    def share(self) -> float:
        """Return how much of one processor it had while it was looked at."""
        return self._processor / self._elapsed

    def count(self, status: str) -> int:
        return self._sql.execute(COUNT, [status]).fetchone()[0]

    @contextmanager
    def rests(self) -> Iterator[None]:
        self._sql.execute(PUT_OFF, ["1 day"])
        _wait_for(lambda: not self.count("RUNNING"))
        with self._looked_at():  # which costs a little, and so must cost it here as well
            yield

    @contextmanager
    def works(self) -> Iterator[None]:
        self._sql.execute(PUT_OFF, ["0 s"])
        _wait_for(self._taken)
        began, read = time.monotonic(), self.count("SUCCESSFUL")
        with self._looked_at():
            yield
        self._elapsed += time.monotonic() - began
        self.read += self.count("SUCCESSFUL") - read

    @contextmanager
    def _looked_at(self) -> Iterator[None]:
        ended = threading.Event()
        looking = threading.Thread(target=self._look, args=[ended])
        looking.start()
        try:
            yield
        finally:
            ended.set()
            looking.join()

    def _look(self, ended: threading.Event) -> None:
        """Note what each speaking process takes until the end."""
        before = self._taken()
        last = dict(before)
        while not ended.wait(LOOKED_AT_EVERY):
            last |= self._taken()
        self._processor += sum(last.values()) - sum(before.values())

    def _taken(self) -> dict[int, float]:
        """Return the processor seconds of each that speaks; note what it and the worker hold."""
        taken = {}
        for pid, command in self._site.processes().items():
            with suppress(OSError):  # done meanwhile
                if _name(pid) == "portal-worker":
                    self.memory_of_worker = max(self.memory_of_worker, pss(pid))
                elif SPEAKS in command:
                    taken[pid] = _processor_seconds(pid)
                    self.memory = max(self.memory, pss(pid))
        return taken


def _name(pid: int) -> str:
    return Path(f"/proc/{pid}/comm").read_text().strip()


def _processor_seconds(pid: int) -> float:
    """Return what a process has had of the processor."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS  # utime, stime


def _wait_for(is_so: Callable) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > until:
            raise RuntimeError("the worker did not come to it")
        time.sleep(0.05)


if __name__ == "__main__":
    main()
