"""
What can be made of an invented article by itself, in several processes at a time.

What depends on other articles, its key, address and like ones, is left to ``storing``.
"""

import os
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from heapq import nlargest
from math import log
from multiprocessing import get_context
from random import Random
from typing import NamedTuple

from news import alike
from news.generating.wording import ACTIVITY, SUBJECTS, Subject
from news.generating.writing import WITH_COVER, Written, write
from news.models import Article
from portal import text

AT_ONCE = 1_000  # articles drafted, and copied, together
LOOKED_AT = 2_000  # articles by which is judged how rare a word is
AHEAD = 2  # portions that wait for each process's hand

COLUMNS = tuple(field.column for field in Article._meta.concrete_fields)


class Shelf(NamedTuple):
    """What an article may be filed under and be shown with."""

    categories: list[tuple[int, Subject]]  # primary keys, each with what its articles are about
    topics: dict[str, int]  # primary keys by slug
    photos: list[int]


class Plan(NamedTuple):
    """What every process knows of the articles."""

    count: int
    seed: int
    until: datetime
    shelf: Shelf
    tells: dict[int, float]  # how much a word tells; of one not seen, ``most``
    most: float


class Draft(NamedTuple):
    article: list  # values by COLUMNS
    address: str  # what an address of it begins with
    kind: tuple[str, str]
    topics: set[int]
    words: list[int]


def plan(count: int, seed: int, until: datetime, shelf: Shelf) -> Plan:
    """Return the plan of so many articles, after a look at some of them."""
    without_words = Plan(count, seed, until, shelf, {}, 0.0)
    looked_at = min(count, LOOKED_AT)
    having = Counter()
    for _, _, one in _written(without_words, range(looked_at)):
        having.update(one.words.keys())
    articles = 1 + min(count, 2 * alike.RARE)
    tells = {
        word: max(0.0, log(articles / (1 + min(number * count / looked_at, alike.RARE))))
        for word, number in having.items()
    }
    return without_words._replace(tells=tells, most=log(articles))


def portions(plan: Plan, *, in_many_processes: bool) -> Iterator[list[Draft]]:
    """Give the drafts of all articles in order, some at a time."""
    numbers = range(plan.count)
    parts = [numbers[begin : begin + AT_ONCE] for begin in range(0, plan.count, AT_ONCE)]
    if not in_many_processes:
        yield from (drafts(plan, part) for part in parts)
        return
    processes = os.cpu_count()
    waiting = deque()
    # Not a Pool: it ends its processes by a signal, and one may wait for what another held.
    with ProcessPoolExecutor(processes, get_context("fork"), _learn, [plan]) as pool:
        for part in parts:
            waiting.append(pool.submit(_drafts_of_plan, part))
            if len(waiting) > AHEAD * processes:  # or they would fill the memory
                yield waiting.popleft().result()
        yield from (each.result() for each in waiting)


def _learn(plan: Plan) -> None:
    global _plan  # of a process that does nothing else
    _plan = plan


def _drafts_of_plan(numbers: range) -> list[Draft]:
    return drafts(_plan, numbers)


def drafts(plan: Plan, numbers: range) -> list[Draft]:
    defaults = {field.column: field.get_default() for field in Article._meta.concrete_fields}
    found = []
    for category, chance, one in _written(plan, numbers):
        photos = plan.shelf.photos
        cover = photos and chance.random() < WITH_COVER
        values = one._asdict() | {
            "category_id": category,
            "cover_id": chance.choice(photos) if cover else None,
            "state": Article.State.APPROVED.value,
            "created_at": one.published_at - timedelta(hours=3),
            "updated_at": one.published_at - timedelta(hours=1),
        }
        row = [values.get(column, defaults[column]) for column in COLUMNS]
        topics = _topics(one, chance, plan.shelf)
        address = text.slug(one.title, max_length=110)
        found.append(Draft(row, address, one.kind, topics, _telling_words(plan, one.words)))
    return found


def _written(plan: Plan, numbers: range) -> Iterator[tuple[int, Random, Written]]:
    """Give articles by number, each with its category and the chance that goes on with it."""
    for number in numbers:
        chance = Random(plan.seed * 1_000_003 + number)  # noqa: S311 -- the same on every machine
        category, subject = chance.choice(plan.shelf.categories)
        article = write(number, plan.count, subject=subject, chance=chance, until=plan.until)
        yield category, chance, article


def _topics(one: Written, chance: Random, shelf: Shelf) -> set[int]:
    subject = next((each for each in SUBJECTS if each.categories[0] == one.kind[0]), ACTIVITY)
    of_subject = [shelf.topics[slug] for slug in subject.topics if slug in shelf.topics]
    topics = of_subject or list(shelf.topics.values())
    return set(chance.sample(topics, min(len(topics), chance.randint(0, 2))))


def _telling_words(plan: Plan, times: Counter) -> list[int]:
    """Return an article's telling words, chosen as ``alike.telling_words`` does."""
    weights = [(plan.tells.get(word, plan.most) * n**0.5, word) for word, n in times.items()]
    return [word for _, word in nlargest(alike.WORDS, weights)]
