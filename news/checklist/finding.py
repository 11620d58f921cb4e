"""What a rule reads and what it finds."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from django.db import models
from django.utils.text import Truncator

from news.models import Article
from portal import fragments
from portal.richtext import plain_text, stored_html

SHOUTED = 5  # words in capitals that are not a name


class Level(models.TextChoices):
    MUST = "must", "Phải sửa"
    SHOULD = "should", "Nên sửa"


class Place(NamedTuple):
    """Where to put something right: a field of the form, or a part of the text in it."""

    field: str
    part: str = ""  # CSS selector inside the body
    number: int = 0  # which of these parts or rows, from 0

    @property
    def anchor(self) -> str:
        """Return the id of the element in the form."""
        if self.field == "photos":
            return f"photos-{self.number}"
        return f"id_{self.field}_0" if self.field.endswith("_at") else f"id_{self.field}"


class Finding(NamedTuple):
    message: str
    place: Place
    level: Level = Level.SHOULD


class Checked:
    """An article with its body taken apart once for all rules."""

    def __init__(self, article: Article):
        self.article = article

    @cached_property
    def body(self):
        return fragments.parse(stored_html(self.article.body))

    @cached_property
    def words(self) -> int:
        return len(plain_text(self.article.body).split())

    def parts(self, *tags: str) -> Iterator[tuple]:
        """Yield (element, its words, its place) of the body in reading order."""
        for number, element in enumerate(self.body.iter(*tags)):
            text = " ".join(element.text_content().split())
            yield element, text, Place("body", ", ".join(tags), number)

    def headings(self):
        return self.parts("h2", "h3", "h4")


Rule = Callable[[Checked], Iterable[Finding]]


def quoted(text: str) -> str:
    return f"“{Truncator(text).chars(60, truncate='…')}”"


def is_shouted(text: str) -> bool:
    return text.isupper() and len(text.split()) >= SHOUTED
