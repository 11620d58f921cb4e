"""
Invented articles brought into the database by COPY, with what is derived from articles.

The counts of lists follow by triggers, as with every article; the words that tell articles
apart, which the worker looks for one article at a time, are chosen here over all of them.
"""

import contextlib
import json
import shutil
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core import serializers
from django.db import connection, transaction

from news import alike
from news.generating import drafting
from news.generating.drafting import COLUMNS, Draft, Shelf
from news.generating.wording import SUBJECTS
from news.models import Article, ArticleWord, Category, FormerSlug, Photo, Tag
from news.models.articles import FIXED_ADDRESSES

MANY = 20_000  # articles for which indexes are sooner made anew than kept row by row
DEMONSTRATION = settings.BASE_DIR / "fixtures"
ID, SLUG, ALIKE = map(COLUMNS.index, ("id", "slug", "alike"))


class Stored(NamedTuple):
    first: int  # primary key
    count: int


@transaction.atomic
def store(count: int, *, seed: int, until: datetime, told: Callable[[int], None]) -> Stored:
    """Store so many articles, telling how many there are after each portion."""
    plan = drafting.plan(count, seed, until, _shelf())
    stored = Stored(_reserve(count), count)
    places = Places(stored.first)
    number = 0
    with connection.cursor() as cursor:
        with _made_anew(cursor) if count >= MANY else contextlib.nullcontext():
            for portion in drafting.portions(plan, in_many_processes=count >= MANY):
                _copy_portion(cursor, list(map(places.given_to, portion)))
                number += len(portion)
                told(number)
        cursor.execute(ANALYZE)
    return stored


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


# -- what an article gets in its turn -------------------------------------------------


class Places:
    """Keys, addresses and like articles: what depends on the articles before one."""

    def __init__(self, first: int):
        self._next = first
        self._slugs = Slugs()
        self._of_kind = defaultdict(lambda: deque(maxlen=alike.KEPT))

    def given_to(self, draft: Draft) -> Draft:
        of_kind = self._of_kind[draft.kind]
        draft.article[ID] = self._next
        draft.article[SLUG] = self._slugs.next_for(draft.address)
        draft.article[ALIKE] = list(of_kind)
        of_kind.appendleft(self._next)
        self._next += 1
        return draft


class Slugs:
    """The addresses of articles by the rule of ``portal.slugs.free_slug``, without asking each."""

    def __init__(self):
        self._taken = set(FIXED_ADDRESSES)
        for model in (Article, FormerSlug):
            self._taken.update(model.objects.values_list("slug", flat=True).iterator())
        self._last = Counter()  # number of the latest, by what stands before it

    def next_for(self, base: str) -> str:
        slug, number = base, max(self._last[base], 1)
        while slug in self._taken:
            number += 1
            slug = f"{base}-{number}"
        self._last[base] = number
        self._taken.add(slug)
        return slug


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
    cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no index is made while they wait
    for index in indexes:
        cursor.execute(index)
    cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {SLOW_CONSTRAINT} {definition}")


def _copy_portion(cursor, drafts: list[Draft]) -> None:
    _copy(cursor, Article._meta.db_table, COLUMNS, [one.article for one in drafts])
    topics = [(one.article[ID], topic) for one in drafts for topic in one.topics]
    _copy(cursor, Article.tags.through._meta.db_table, ("article_id", "tag_id"), topics)
    words = [(one.article[ID], word) for one in drafts for word in one.words]
    _copy(cursor, ArticleWord._meta.db_table, ("article_id", "word"), words)


def _copy(cursor, table: str, columns: tuple[str, ...], rows: list) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
