"""
How long search takes in the database over 100,000 articles.

The articles are those of `manage.py generate_articles`, with sentences of the test set of relevance
strewn among them, so that there is something to find with rare words; a fixed seed makes them the
same every time. Each stands there twenty times, published at different moments: the lists of an
index are as long as those of as many different articles.
"""

import contextlib
import os
import random
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from multiprocessing import Pool
from pathlib import Path
from statistics import median, quantiles

from django.utils import timezone

ARTICLES = 100_000
DIFFERENT = 5_000  # the others are their copies, published at other times
FIRST = 1_000_000  # number of the first
PORTION = 250  # articles written in one transaction
STREWN = 2  # sentences of the test set in each
ROUNDS = 5  # of all questions
WITHIN = 366 * 12  # days over which they were published

QUESTIONS = {
    "frequent words": ["công nghiệp", "cong nghiep", "sản xuất", "doanh nghiệp", "tỉnh", "nam"],
    "several words": [
        "giá trị sản xuất công nghiệp",
        "gia tri san xuat cong nghiep",
        "phát triển thương mại",
        "hỗ trợ doanh nghiệp nhỏ",
        "ke hoach nam 2024",
        "hội nghị tổng kết năm",
    ],
    "rare words": ["amoniac", "cây số 41237", "thổ cẩm", "vai thieu", "Bát Tràng", "77123 ty"],
    "phrases": ['"giá trị sản xuất công nghiệp"', '"khu công nghiệp"', '"nam 2024"', '"hàng Tết"'],
    "numbers": ["35360", "12.345 tấn", "4,44", "1 250"],
    "abbreviations": ["KCN", "UBND tỉnh", "ủy ban nhân dân", "XNK", "SXCN", "TTHC"],
    "slips, most words": ["cong nghep", "xuat kahu tom", "hỗ trợ khuyến công ở đâu cho hộ xyzw"],
    "excluded": ["công nghiệp -Sóc", "bán lẻ -điện"],
}
BEGINNINGS = ["co", "th", "công", "cong ng", "gia tri s", "ke hoach n", "thổ c", "xyz"]


def main() -> None:
    """Print how long each kind of question takes, and all together."""
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"PORTAL_DATA": data, "DJANGO_SETTINGS_MODULE": "portal.settings"}
        os.environ.pop("DATABASE_URL", None)
        _measure(Path(data))


def _measure(data: Path) -> None:
    import django

    from portal import embedded

    with embedded.running(data):
        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        call_command("load_demo", verbosity=0)
        size = fill()
        print_table(size)
        connection.close()


def fill() -> float:
    """Write the entries of ARTICLES articles; return how many GB the table takes."""
    from django.db import connection

    sentences = source_sentences()
    with connection.cursor() as cursor:
        cursor.execute(DROP_INDEXES)
        connection.close()  # each process has its own
        with Pool(os.cpu_count()) as pool:
            pool.starmap(write, [(sentences, start) for start in range(0, DIFFERENT, PORTION)])
    with connection.cursor() as cursor:
        for copy in range(1, ARTICLES // DIFFERENT):
            cursor.execute(COPY, COPY_OF | {"copy": copy * ARTICLES})
        cursor.execute(MAKE_INDEXES)
        cursor.execute("VACUUM ANALYZE portal_searchentry")
        cursor.execute("SELECT pg_total_relation_size('portal_searchentry') / 1e9")
        return cursor.fetchone()[0]


DROP_INDEXES = "DROP INDEX entry_title; DROP INDEX entry_document"
MAKE_INDEXES = """
CREATE INDEX entry_title ON portal_searchentry USING gin (title_document) WITH (fastupdate = off);
CREATE INDEX entry_document ON portal_searchentry USING gin (document) WITH (fastupdate = off)
"""
COPY_OF = {"first": FIRST, "last": FIRST + DIFFERENT - 1, "within": WITHIN}
COPY = """
INSERT INTO portal_searchentry (kind, object_id, category_id, shown_from, version, url, title,
                                body, title_document, document)
SELECT kind, object_id + %(copy)s, 1 + (random() * 9)::int,
    now() - random() * %(within)s * interval '1 day', version, url, title,
    body, title_document, document
FROM portal_searchentry WHERE object_id BETWEEN %(first)s AND %(last)s ORDER BY random()
"""


def source_sentences() -> list[str]:
    from tests.portal import relevance

    texts = (article.text_to_read() for article in relevance.articles())
    return [sentence for text in texts for sentence in re.findall(r"[^.;!?\n]+", text)]


def write(sentences: list[str], start: int) -> None:
    """Make PORTION articles from number ``start`` on and write their entries."""
    from django.db import connection

    from news.generating.wording import SUBJECTS
    from news.generating.writing import write as write_article
    from portal.richtext import plain_text
    from portal.search.entries import Document, keep

    chance, now = random.Random(start), timezone.now()  # noqa: S311 -- not a secret
    documents = []
    for number in range(start, start + PORTION):
        subject = chance.choice(SUBJECTS)
        article = write_article(number, DIFFERENT, subject=subject, chance=chance, until=now)
        strewn = chance.sample(sentences, STREWN)
        documents.append(
            Document(
                "article",
                FIRST + number,
                url=f"/tin-tuc/bai-{number}/",
                title=article.title,
                lead=article.lead,
                body="\n".join([plain_text(article.body), *strewn]),
                category_id=chance.randint(1, 10),
                shown_from=now - timedelta(days=chance.random() * WITHIN),
            )
        )
    keep(documents)
    connection.close()


def print_table(size: float) -> None:
    times, proposed = defaultdict(list), []
    for _ in range(ROUNDS):
        for kind, typed, options in questions():
            times[kind].append(ask(typed, **options))
        proposed += map(suggest, BEGINNINGS)
    print(f"Search over {ARTICLES:,} articles, {size:.1f} GB with indexes.\n")
    print("| questions | median ms | p95 ms | slowest ms |")
    print("| --- | ---: | ---: | ---: |")
    everything = [one for each in times.values() for one in each]
    for kind, found in [*times.items(), ("all", everything), ("while typing", proposed)]:
        p95 = quantiles(found, n=20)[-1]
        print(f"| {kind} | {median(found):.1f} | {p95:.1f} | {max(found):.1f} |")


def questions() -> Iterator[tuple[str, str, dict]]:
    """Give each question plainly; the first of each kind also filtered and by date."""
    for kind, asked in QUESTIONS.items():
        for typed in asked:
            yield kind, typed, {}
        yield "one category", asked[0], {"categories": [3, 4]}
        yield "one year", asked[0], {"years_ago": 3}
        yield "newest first", asked[0], {"newest_first": True}


def ask(typed: str, *, categories=(), years_ago=0, newest_first=False) -> float:
    """Return the milliseconds the database took for one page of results."""
    from portal.search.engine import Filters
    from portal.search.queries import parse
    from portal.search.results import Results

    at = timezone.now()
    year = at.year - years_ago if years_ago else None
    filters = Filters(at, categories=categories, year=year)
    with database_time() as spent:
        results = Results(parse(typed), filters, newest_first)
        results.near(results.found[0:10])
    return sum(spent) * 1000


def suggest(typed: str) -> float:
    """Return the milliseconds the database took for what is proposed while somebody types."""
    from portal.search.engine import Filters
    from portal.search.suggestions import suggestions

    with database_time() as spent:
        suggestions(typed, Filters(timezone.now()))
    return sum(spent) * 1000


@contextlib.contextmanager
def database_time() -> Iterator[list[float]]:
    """Give a list that fills with the seconds each statement takes."""
    from django.db import connection

    spent = []

    def timed(execute, *arguments):
        begun = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            spent.append(time.perf_counter() - begun)

    with connection.execute_wrapper(timed):
        yield spent


if __name__ == "__main__":
    main()
