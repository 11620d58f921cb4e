"""
What lists and articles take when there are a hundred times as many articles.

Two portals, each a process with a database made for it, are asked for the same pages in turn,
every page rendered anew, so that what else the machine does falls on both alike.
"""

import contextlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from math import ceil
from pathlib import Path
from statistics import median

FEW, MANY = 1_000, 100_000
TIMES = 40  # each page is asked for
YEARS = 12
CATEGORIES, TOPICS = 12, 40
WORDS, WORDS_OF_ONE = 20_000, 80  # of two syllables: there are, an article has
ALIKE = "alike"  # no page: the worker's search for articles like one


def print_table() -> None:
    with portal_of(FEW) as few, portal_of(MANY) as many:
        names = json.loads(few.stdout.readline())
        many.stdout.readline()
        taken = {name: ([], []) for name in [*names, ALIKE]}
        for _ in range(TIMES):
            for name, times in taken.items():
                for portal, of_portal in zip((few, many), times, strict=True):
                    of_portal.append(ask(portal, name))
    print(f"| page | {FEW} articles, ms | {MANY} articles, ms | ratio |")
    print("| --- | ---: | ---: | ---: |")
    for name, times in taken.items():
        first, second = map(median, times)
        print(f"| {name} | {first:.1f} | {second:.1f} | {second / first:.2f} |")


@contextlib.contextmanager
def portal_of(articles: int):
    """Start a process that prints its pages' names when ready, then answers to each its time."""
    with tempfile.TemporaryDirectory() as data:
        environment = os.environ | {"PORTAL_DATA": data}
        environment["DJANGO_SETTINGS_MODULE"] = "portal.settings"
        environment.pop("DATABASE_URL", None)
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.lists", str(articles)],
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
        fill(articles)
        asked = pages()
        print(json.dumps(list(asked)), flush=True)
        for line in sys.stdin:
            name = line.strip()
            work = find_alike if name == ALIKE else asked[name]
            begun = time.perf_counter()
            work()
            print((time.perf_counter() - begun) * 1000, flush=True)


def fill(wanted: int) -> None:
    """Store as many articles, spread over the years; some scheduled, some with an end."""
    from django.db import connection
    from django.utils import timezone

    from news import alike
    from news.models import Article, ArticleWord, Category, Tag

    for number in range(CATEGORIES // 2):
        top = Category.objects.create(name=f"Mục {number}")
        Category.objects.create(name=f"Mục con {number}", parent=top)
    for number in range(TOPICS):
        Tag.objects.create(name=f"Chủ đề {number}")
    categories, step = list(Category.objects.all()), timedelta(days=365 * YEARS) / FEW
    now = timezone.now()
    rows = [article(n, now - (n - 20) * step, categories) for n in range(FEW)]
    for one in Article.objects.bulk_create(rows):
        words = {alike.checksum(word) for word in words_of(one.title)[: alike.WORDS]}
        ArticleWord.objects.bulk_create(ArticleWord(article=one, word=word) for word in words)
    moved = {
        "slug": "slug || '-' || copy",
        "published_at": "published_at - copy * interval '1 hour'",
    }
    columns = [field.column for field in Article._meta.concrete_fields if not field.primary_key]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO news_article ({', '.join(columns)})"  # noqa: S608 -- names of columns
            f" SELECT {', '.join(moved.get(column, column) for column in columns)}"
            " FROM news_article CROSS JOIN generate_series(1, %s) AS copy",
            [wanted // FEW - 1],
        )
        cursor.execute(
            "INSERT INTO news_articleword (article_id, word) SELECT other.id, word"
            " FROM news_articleword JOIN news_article AS one ON one.id = article_id"
            " JOIN news_article AS other ON other.title = one.title AND other.id <> one.id"
        )
        cursor.execute(
            "INSERT INTO news_article_tags (article_id, tag_id) SELECT article.id, topic.id"
            " FROM news_article AS article JOIN (SELECT id, row_number() OVER () AS place"
            " FROM news_tag) AS topic ON article.id %% %s + 1 = topic.place",
            [TOPICS],
        )
        cursor.execute("VACUUM ANALYZE")


def article(number, moment, categories):
    from news.models import Article

    title = f"Hội nghị công nghiệp, thương mại và năng lượng lần thứ {number}"
    return Article(
        title=title,
        slug=f"hoi-nghi-{number}",
        lead="Sở tổ chức hội nghị đánh giá kết quả và bàn nhiệm vụ của quý sau.",
        body=f"<p>{'. '.join(words_of(title))}.</p>",
        state=Article.State.APPROVED,
        published_at=moment,
        expires_at=moment.replace(year=2099) if number % 200 == 7 else None,
        category=categories[number % len(categories)],
    )


def words_of(title: str) -> list[str]:
    """Return the words of an article: a few of them frequent in all, most of them rare."""
    chance = random.Random(title)  # noqa: S311 -- the same articles in every run
    places = (int(WORDS * chance.random() ** 3) for _ in range(WORDS_OF_ONE))
    return [f"{syllable(place // 150)} {syllable(place % 150)}" for place in places]


def syllable(number: int) -> str:
    first, last = divmod(number, 10)
    return f"{'bcdghklmnprstvx'[first]}ơ{'acghimnopt'[last]}"


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
    return {
        "home": page("/"),
        "list, page 1": page("/tin-tuc/"),
        "list, middle page": page(f"/tin-tuc/?trang={last(everything) // 2}"),
        "list, last page": page(f"/tin-tuc/?trang={last(everything)}"),
        "category, page 1": page(of_category),
        "category, last page": page(
            f"{of_category}?trang={last(PublishedArticles(category=category))}"
        ),
        "topic, last page": page(f"{of_topic}?trang={last(PublishedArticles(tag=topic))}"),
        "archive": page("/tin-tuc/luu-tru/"),
        "article": page(everything[middle : middle + 1][0].get_absolute_url()),
        "feed": page("/rss/"),
    }


def find_alike() -> None:
    """Do what the worker does after an article was saved: find its like, tell eight others."""
    from news import alike
    from news.models import Article

    alike.find(Article.objects.published().newest_first().first())


if __name__ == "__main__":
    answer(int(sys.argv[1]))
