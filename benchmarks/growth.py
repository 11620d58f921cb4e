"""
What pages take when there are a hundred, and a thousand, times as many articles.

Portals, each a process with a database made for it, are asked for the same pages in turn, every
page rendered anew, so that what else the machine does falls on all alike.

    python -m benchmarks.growth [--short | --full]
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from math import ceil
from pathlib import Path
from statistics import median

from benchmarks.tables import print_table

FEW, MANY, MOST = 1_000, 100_000, 1_000_000
TIMES = 40  # each page is asked for
ALIKE = "alike"  # no page: the worker's search for articles like one
DIFFERENT = 5_000  # articles of which search reads the words; of more it has these anew


def main() -> None:
    sizes = [FEW, MANY, MOST] if "--full" in sys.argv else [FEW, MANY]
    if "--short" in sys.argv:
        sizes = [200, 1_000]
    with contextlib.ExitStack() as stack:
        portals = [stack.enter_context(portal_of(size)) for size in sizes]
        names, *_ = [json.loads(one.stdout.readline()) for one in portals]
        taken = {name: [[] for _ in portals] for name in names}
        for _ in range(TIMES):
            for name, times in taken.items():
                for one, of_one in zip(portals, times, strict=True):
                    of_one.append(ask(one, name))
    rows = []
    for name, times in taken.items():
        first, *others = middles = list(map(median, times))
        rows.append((name, *middles, *(other / first for other in others)))
    heads = [f"{size:,} articles, ms" for size in sizes]
    print_table(["page", *heads, *(f"{size // sizes[0]:,} times" for size in sizes[1:])], rows)


@contextlib.contextmanager
def portal_of(articles: int):
    """Start a process that prints its pages' names when ready, then answers to each its time."""
    with tempfile.TemporaryDirectory() as data:
        environment = os.environ | {"PORTAL_DATA": data}
        environment["DJANGO_SETTINGS_MODULE"] = "portal.settings"
        environment.pop("DATABASE_URL", None)
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.growth", "--inside", str(articles)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
        )
        try:
            yield process
        finally:
            process.stdin.close()
            process.wait(timeout=600)


def ask(portal: subprocess.Popen, name: str) -> float:
    portal.stdin.write(f"{name}\n")
    portal.stdin.flush()
    return float(portal.stdout.readline())


# -- inside the process of one portal ----------------------------------------------------


def answer(articles: int) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from portal import embedded
    from portal.staticfiles import collect_if_changed

    settings.ALLOWED_HOSTS.append("testserver")
    with embedded.running(Path(settings.DATA)):
        call_command("migrate", verbosity=0)
        collect_if_changed()
        call_command("load_demo", verbosity=0, stdout=sys.stderr)
        call_command("generate_articles", articles, add=True, verbosity=0)
        make_findable(articles)
        asked = pages()
        print(json.dumps(list(asked)), flush=True)
        for line in sys.stdin:
            work = asked[line.strip()]
            begun = time.perf_counter()
            work()
            print((time.perf_counter() - begun) * 1000, flush=True)


def make_findable(articles: int) -> None:
    """Let search know DIFFERENT articles by their own words, the others by the words of these."""
    from django.db import connection

    from benchmarks.search import DROP_INDEXES, MAKE_INDEXES
    from news.generating.storing import Stored
    from news.management.commands.generate_articles import make_findable
    from news.models import Article

    last = Article.objects.order_by("pk").last().pk
    first = last - articles + 1
    make_findable(Stored(first, min(articles, DIFFERENT)))
    with connection.cursor() as cursor:
        cursor.execute(DROP_INDEXES)  # kept row by row they would take hours
        cursor.execute(COPY, {"first": first, "last": last, "different": DIFFERENT})
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute(MAKE_INDEXES)
        cursor.execute("VACUUM ANALYZE")


COPY = """
INSERT INTO portal_searchentry (kind, object_id, category_id, shown_from, shown_until, version,
                                url, title, body, title_document, document)
SELECT kind, other.id, entry.category_id, other.published_at, other.expires_at, version,
    '/tin-tuc/' || other.slug || '/', entry.title, entry.body, title_document, document
FROM news_article AS other JOIN portal_searchentry AS entry
    ON entry.kind = 'article'
    AND entry.object_id = %(first)s + (other.id - %(first)s) %% %(different)s
WHERE other.id BETWEEN %(first)s + %(different)s AND %(last)s
"""


def pages() -> dict:
    """Return what fetches each page, by the page's name."""
    from django.test import Client

    from news.archive import PublishedArticles
    from news.models import Category, Tag
    from news.views import ARTICLES_PER_PAGE

    client, category, topic = Client(), Category.objects.first(), Tag.objects.first()
    everything = PublishedArticles()
    middle = len(everything) // 2

    def last(articles):
        return ceil(len(articles) / ARTICLES_PER_PAGE)

    def page(address):
        def fetch():
            found = client.get(address)
            if found.status_code != 200:
                raise RuntimeError(f"{address} answered {found.status_code}")

        return fetch

    of_category, of_topic = category.get_absolute_url(), topic.get_absolute_url()
    last_of_category = last(PublishedArticles(category=category))
    return {
        "home": page("/"),
        "list, page 1": page("/tin-tuc/"),
        "list, middle page": page(f"/tin-tuc/?trang={last(everything) // 2}"),
        "list, last page": page(f"/tin-tuc/?trang={last(everything)}"),
        "category, page 1": page(of_category),
        "category, last page": page(f"{of_category}?trang={last_of_category}"),
        "topic, last page": page(f"{of_topic}?trang={last(PublishedArticles(tag=topic))}"),
        "archive": page("/tin-tuc/luu-tru/"),
        "article": page(everything[middle : middle + 1][0].get_absolute_url()),
        "feed": page("/rss/"),
        "search": page("/tim-kiem/?q=gia+tri+san+xuat+cong+nghiep"),
        "site map, first part": page("/sitemap.xml"),
        ALIKE: find_alike,
    }


def find_alike() -> None:
    """Do what the worker does after an article was saved: find its like, tell eight others."""
    from news import alike
    from news.models import Article

    alike.find(Article.objects.published().newest_first().first())


if __name__ == "__main__":
    if "--inside" in sys.argv:
        answer(int(sys.argv[-1]))
    else:
        main()
