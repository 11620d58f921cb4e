"""
Invented articles: the same for a seed on every machine, each of its own number.

What is said in one article hangs together: a commune, a product, a company, a year.
"""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from random import Random
from typing import NamedTuple

from news.alike import checksum, pairs
from news.generating import wording
from news.generating.wording import Subject

YEARS = 12  # over which articles are spread
PARAGRAPHS = (3, 12)
SENTENCES = (2, 4)  # of a paragraph
# Of so many articles one …
SCHEDULED, ENDING, FEATURED = 500, 200, 500
WITH_COVER, WITH_TABLE, WITH_QUOTATION = 0.6, 0.15, 0.4  # chances


class Written(NamedTuple):
    """An article as chance wrote it; all of it is clean."""

    title: str
    lead: str
    body: str
    byline: str
    issuing_unit: str
    place: str
    published_at: datetime
    expires_at: datetime | None
    is_featured: bool
    kind: tuple[str, str]  # subject and product: articles of one kind are alike
    words: Counter  # checksums as news/alike.py keeps them


def write(number: int, of: int, *, subject: Subject, chance: Random, until: datetime) -> Written:
    """Return article ``number`` of so many, the last a little after ``until``."""
    scene = Scene(chance, subject, _moment(number, of, chance, until))
    title, lead = scene.tell(scene.pick(subject.titles)), scene.tell(scene.pick(subject.leads))
    words = Counter()
    body = "\n".join(_blocks(scene, words))
    for text, weight in ((title, 3), (lead, 2)):
        for pair in pairs(text):
            words[checksum(pair)] += weight
    published = scene.moment
    return Written(
        title=title[0].upper() + title[1:],
        lead=lead,
        body=body,
        byline=scene.person() if scene.happens(0.7) else "",
        issuing_unit=scene.unit(),
        place=scene.commune() if scene.happens(0.5) else "",
        published_at=published,
        expires_at=published + timedelta(days=30 * scene.between(1, 200))
        if number % ENDING == 7
        else None,
        is_featured=number % FEATURED == 3,
        kind=(subject.categories[0], scene.product()),
        words=words,
    )


def _moment(number: int, of: int, chance: Random, until: datetime) -> datetime:
    """Return when an article is published: in working hours, the later the higher its number."""
    scheduled = of // SCHEDULED
    if number >= of - scheduled:
        day = until + timedelta(days=1 + (number - of + scheduled) % 30)
    else:
        days = 365 * YEARS * (of - scheduled - 1 - number) / of
        day = until - timedelta(days=1 + int(days))
    return day.replace(hour=chance.randint(7, 16), minute=chance.randrange(60), second=0)


def _blocks(scene: "Scene", words: Counter) -> Iterator[str]:
    sentences = itertools.cycle(scene.shuffled(scene.subject.sentences))
    count = scene.between(*PARAGRAPHS)
    quotation = scene.between(1, count) if scene.happens(WITH_QUOTATION) else None
    table = scene.between(1, count) if scene.happens(WITH_TABLE) else None
    for place in range(1, count + 1):
        if place % 5 == 0:
            yield f"<h2>{scene.tell(scene.pick(wording.HEADINGS))}</h2>"
        patterns = list(itertools.islice(sentences, scene.between(*SENTENCES)))
        if place == quotation:
            patterns.append(scene.pick(wording.QUOTATIONS))
        for pattern in patterns:
            words.update(_words_of(pattern))
        yield f"<p>{' '.join(map(scene.tell, patterns))}</p>"
        if place == table:
            yield scene.table()


@lru_cache(maxsize=1000)
def _words_of(pattern: str) -> list[int]:
    """Return the telling words of what a sentence always says."""
    return [checksum(pair) for pair in pairs(re.sub(r"{\w+}", "…", pattern))]


@lru_cache(maxsize=1000)
def _parts(pattern: str) -> list[str | Callable]:
    """Return what is always there, and in turn what chance puts between."""
    parts = re.split(r"{(\w+)}", pattern)
    return [getattr(Scene, part) if place % 2 else part for place, part in enumerate(parts)]


class Scene:
    """Where an article plays; a method for each place in a sentence."""

    def __init__(self, chance: Random, subject: Subject, moment: datetime):
        self.subject, self.moment = subject, moment
        self._next = chance.random  # the methods of Random take several times as long
        self._place = self._name()
        self._product = self.pick(wording.PRODUCTS)
        self._commune = f"{self.pick(('xã', 'phường'))} {self._name()}"
        self._company = f"Công ty {self.pick(('cổ phần', 'TNHH'))} {self._name()}"
        self._field = self.pick(wording.FIELDS)
        self._market = self.pick(wording.MARKETS)
        self._unit = self.pick(subject.units)

    def happens(self, share: float) -> bool:
        return self._next() < share

    def between(self, first: int, last: int) -> int:
        return first + int(self._next() * (last - first + 1))

    def pick(self, choices):
        return choices[int(self._next() * len(choices))]

    def shuffled(self, choices) -> list:
        return sorted(choices, key=lambda _: self._next())

    def tell(self, pattern: str) -> str:
        """Return a sentence with its places filled."""
        told = [part if type(part) is str else part(self) for part in _parts(pattern)]
        sentence = "".join(told)
        return sentence[0].upper() + sentence[1:]

    def table(self) -> str:
        rows = "\n".join(
            f"<tr><td>{name}</td><td>{unit}</td><td>{self.sum()}</td><td>{self.share()}</td></tr>"
            for name, unit in self.shuffled(wording.ROWS)[:3]
        )
        return (
            f"<table>\n<caption>Một số chỉ tiêu {self.months()} tháng năm {self.year()}</caption>\n"
            '<thead><tr><th scope="col">Chỉ tiêu</th><th scope="col">ĐVT</th>'
            '<th scope="col">Ước thực hiện</th><th scope="col">So kế hoạch (%)</th></tr></thead>\n'
            f"<tbody>\n{rows}\n</tbody>\n</table>"
        )

    def _name(self) -> str:
        return f"{self.pick(wording.FIRST_HALVES)} {self.pick(wording.SECOND_HALVES)}"

    def place(self) -> str:
        return self._place

    def commune(self) -> str:
        return self._commune

    def product(self) -> str:
        return self._product

    def product_first(self) -> str:
        return self._product.capitalize()

    def company(self) -> str:
        return self._company

    def field(self) -> str:
        return self._field

    def market(self) -> str:
        return self._market

    def unit(self) -> str:
        return self._unit

    def person(self) -> str:
        family, middle = self.pick(wording.FAMILY_NAMES), self.pick(wording.MIDDLE_NAMES)
        return f"{family} {middle} {self.pick(wording.GIVEN_NAMES)}"

    def year(self) -> str:
        return str(self.moment.year)

    def last_year(self) -> str:
        return str(self.moment.year - 1)

    def next_year(self) -> str:
        return str(self.moment.year + 1)

    def month(self) -> str:
        return str(self.moment.month)

    def months(self) -> str:
        return str(max(2, self.moment.month - 1))

    def quarter(self) -> str:
        return "I II III IV".split()[(self.moment.month - 1) // 3]

    def day(self) -> str:
        return f"{self.moment.day:02}/{self.moment.month:02}/{self.moment.year}"

    def percent(self) -> str:
        return f"{self.between(2, 27)},{self.between(0, 99):02}"

    def share(self) -> str:
        return f"{self.between(45, 99)},{self.between(0, 9)}"

    def few(self) -> str:
        return str(self.between(2, 9))

    def digit(self) -> str:
        return str(self.between(1, 9))

    def hundreds(self) -> str:
        return f"{self.between(0, 9)}00"

    def age(self) -> str:
        return str(self.between(20, 90))

    def count(self) -> str:
        return str(self.between(11, 140))

    def small_sum(self) -> str:
        return str(self.between(105, 990))

    def people(self) -> str:
        return self.sum()

    def sum(self) -> str:
        return f"{self.between(1, 60)}.{self.between(0, 99):02}0"
