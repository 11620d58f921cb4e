"""
Invented articles brought into the database by COPY, with what is derived from articles.

The counts of lists follow by triggers, as with every article; the words that tell articles
apart, which the worker looks for one article at a time, are chosen here over all of them.
"""

import contextlib
import itertools
import json
import shutil
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from heapq import nlargest
from math import log
from pathlib import Path
from random import Random
from typing import NamedTuple

from django.conf import settings
from django.core import serializers
from django.db import connection, transaction

from news import alike
from news.generating.wording import ACTIVITY, SUBJECTS, Subject
from news.generating.writing import WITH_COVER, Written, write
from news.models import Article, ArticleWord, Category, FormerSlug, Photo, Tag
from news.models.articles import FIXED_ADDRESSES
from portal import text

AT_ONCE = 5_000  # articles copied together
MANY = 20_000  # articles for which indexes are sooner made anew than kept row by row
LOOKED_AT = 2_000  # articles by which is judged how rare a word is
DEMONSTRATION = settings.BASE_DIR / "fixtures"


class Stored(NamedTuple):
    first: int  # primary key
    count: int


class Shelf(NamedTuple):
    """What an article may be filed under and be shown with."""

    categories: list[tuple[int, Subject]]  # primary keys, each with what its articles are about
    topics: dict[str, int]  # primary keys by slug
    photos: list[int]


@transaction.atomic
def store(count: int, *, seed: int, until: datetime, told: Callable[[int], None]) -> Stored:
    """Store so many articles, telling how many there are after each portion."""
    shelf = _shelf()
    stored = Stored(_reserve(count), count)
    telling = _telling(count, seed, until, shelf)
    rows = _rows(stored, seed, until, shelf, telling)
    with connection.cursor() as cursor:
        with _made_anew(cursor) if count >= MANY else contextlib.nullcontext():
            for begin in range(0, count, AT_ONCE):
                portion = list(itertools.islice(rows, AT_ONCE))
                _copy_portion(cursor, portion)
                told(begin + len(portion))
        cursor.execute(ANALYZE)
    return stored


def written(
    count: int, *, seed: int, until: datetime, shelf: Shelf
) -> Iterator[tuple[int, Random, Written]]:
    """Give so many articles, each with its category and the chance that goes on with it."""
    for number in range(count):
        chance = Random(seed * 1_000_003 + number)  # noqa: S311 -- the same on every machine
        category, subject = chance.choice(shelf.categories)
        yield category, chance, write(number, count, subject=subject, chance=chance, until=until)


# -- what they are filed under ---------------------------------------------------------


def _shelf() -> Shelf:
    """Return the categories, topics and photos there are; where none are, the demonstration's."""
    for model in (Category, Tag, Photo):
        if not model.objects.exists():
            _take_from_demonstration(model)
    known = {slug: subject for subject in SUBJECTS for slug in subject.categories}
    categories = Category.objects.order_by("pk").values_list("pk", "slug")
    return Shelf(
        [
            (pk, known.get(slug) or SUBJECTS[place % len(SUBJECTS)])
            for place, (pk, slug) in enumerate(categories)
        ],
        dict(Tag.objects.order_by("pk").values_list("slug", "pk")),
        list(Photo.objects.order_by("pk").values_list("pk", flat=True)[:20]),
    )


def _take_from_demonstration(model) -> None:
    objects = json.loads((DEMONSTRATION / "demo_news.json").read_text())
    wanted = [one for one in objects if one["model"] == model._meta.label_lower]
    for one in serializers.deserialize("python", wanted):
        one.object.save()
    if model is Photo:
        pictures = Path(settings.MEDIA_ROOT) / "demo"
        shutil.copytree(DEMONSTRATION / "media" / "demo", pictures, dirs_exist_ok=True)


# -- their rows ------------------------------------------------------------------------

COLUMNS = tuple(field.column for field in Article._meta.concrete_fields)


class Row(NamedTuple):
    pk: int
    article: list
    topics: set[int]
    words: list[int]


def _rows(
    stored: Stored, seed: int, until: datetime, shelf: Shelf, telling: Callable
) -> Iterator[Row]:
    defaults = {field.column: field.get_default() for field in Article._meta.concrete_fields}
    slugs = Slugs()
    of_kind = defaultdict(lambda: deque(maxlen=alike.KEPT))
    everything = written(stored.count, seed=seed, until=until, shelf=shelf)
    for pk, (category, chance, one) in enumerate(everything, stored.first):
        cover = shelf.photos and chance.random() < WITH_COVER
        values = one._asdict() | {
            "id": pk,
            "slug": slugs.next_for(one.title),
            "category_id": category,
            "cover_id": chance.choice(shelf.photos) if cover else None,
            "state": Article.State.APPROVED.value,
            "created_at": one.published_at - timedelta(hours=3),
            "updated_at": one.published_at - timedelta(hours=1),
            "alike": list(of_kind[one.kind]),
        }
        of_kind[one.kind].appendleft(pk)
        row = [values.get(column, defaults[column]) for column in COLUMNS]
        yield Row(pk, row, _topics(one, chance, shelf), telling(one.words))


def _topics(one: Written, chance: Random, shelf: Shelf) -> set[int]:
    subject = next((each for each in SUBJECTS if each.categories[0] == one.kind[0]), ACTIVITY)
    of_subject = [shelf.topics[slug] for slug in subject.topics if slug in shelf.topics]
    topics = of_subject or list(shelf.topics.values())
    return set(chance.sample(topics, min(len(topics), chance.randint(0, 2))))


class Slugs:
    """The addresses of articles by the rule of ``portal.slugs.free_slug``, without asking each."""

    def __init__(self):
        self._taken = set(FIXED_ADDRESSES)
        for model in (Article, FormerSlug):
            self._taken.update(model.objects.values_list("slug", flat=True).iterator())
        self._last = Counter()  # number of the latest, by what stands before it

    def next_for(self, title: str) -> str:
        base = slug = text.slug(title, max_length=110)
        number = max(self._last[base], 1)
        while slug in self._taken:
            number += 1
            slug = f"{base}-{number}"
        self._last[base] = number
        self._taken.add(slug)
        return slug


def _telling(count: int, seed: int, until: datetime, shelf: Shelf) -> Callable[[Counter], list]:
    """Return what chooses an article's telling words, as ``alike.telling_words`` does."""
    looked_at = min(count, LOOKED_AT)
    having = Counter()
    for _, _, one in written(looked_at, seed=seed, until=until, shelf=shelf):
        having.update(one.words.keys())
    articles = 1 + min(count, 2 * alike.RARE)
    tells = {
        word: max(0.0, log(articles / (1 + min(number * count / looked_at, alike.RARE))))
        for word, number in having.items()
    }
    most = log(articles)

    def choose(times: Counter) -> list[int]:
        weights = [(tells.get(word, most) * n**0.5, word) for word, n in times.items()]
        return [word for _, word in nlargest(alike.WORDS, weights)]

    return choose


# -- the database ----------------------------------------------------------------------

# Of articles the columns alone: what an index makes of their words takes longer than all else.
ANALYZE = """
ANALYZE news_article (id, slug, category_id, state, published_at, expires_at, is_featured),
    news_article_tags, news_articleword, news_monthcount
"""


def _reserve(count: int) -> int:
    """Return the first of so many primary keys that nobody else will get."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(sequence, nextval(sequence) + %s) - %s"
            " FROM (SELECT pg_get_serial_sequence('news_article', 'id')::regclass AS sequence)",
            [count - 1, count - 1],
        )
        return cursor.fetchone()[0]


# Indexes that take most of the time of a row, and what looks up each word's article.
SLOW_INDEXES = ["article_words", "article_word"]
SLOW_CONSTRAINT = "articleword_of_article"


@contextlib.contextmanager
def _made_anew(cursor) -> Iterator[None]:
    """Make the slow indexes after the block instead of row by row within it."""
    cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = ANY(%s)", [SLOW_INDEXES])
    indexes = [definition for (definition,) in cursor.fetchall()]
    cursor.execute(
        "SELECT conrelid::regclass, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conname = %s",
        [SLOW_CONSTRAINT],
    )
    table, definition = cursor.fetchone()
    cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {SLOW_CONSTRAINT}")
    for name in SLOW_INDEXES:
        cursor.execute(f"DROP INDEX {name}")
    yield
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no index is made while they wait
    for index in indexes:
        cursor.execute(index)
    cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {SLOW_CONSTRAINT} {definition}")


def _copy_portion(cursor, rows: list[Row]) -> None:
    _copy(cursor, Article._meta.db_table, COLUMNS, [row.article for row in rows])
    topics = [(row.pk, topic) for row in rows for topic in row.topics]
    _copy(cursor, Article.tags.through._meta.db_table, ("article_id", "tag_id"), topics)
    words = [(row.pk, word) for row in rows for word in row.words]
    _copy(cursor, ArticleWord._meta.db_table, ("article_id", "word"), words)


def _copy(cursor, table: str, columns: tuple[str, ...], rows: list) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
